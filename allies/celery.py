"""The Celery application: workers find every task by its name."""

import os
from typing import Any

from celery import Celery
from celery.signals import worker_process_init

from allies.kit.memory import let_lie_what_stays

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "allies.settings")

app = Celery("allies")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


def prepare(**_signal: Any) -> None:
    """Make a worker's process ready for its tasks."""
    let_lie_what_stays()


worker_process_init.connect(prepare)
