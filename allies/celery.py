"""The Celery application: workers find every task by its name."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "allies.settings")

app = Celery("allies")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
