"""The Celery application: workers find every task by its name."""

import gc
import os
from typing import Any

from celery import Celery
from celery.signals import worker_process_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "allies.settings")

app = Celery("allies")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


def let_lie_what_stays(**_signal: Any) -> None:
    """Spare the collector of rubbish what stays until the worker ends: looking through it slows large tasks down."""
    gc.collect()
    gc.freeze()


worker_process_init.connect(let_lie_what_stays)
