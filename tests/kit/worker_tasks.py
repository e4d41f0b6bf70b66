"""Work for the real worker that the tests start."""

import time

from celery import shared_task
from django.utils.translation import gettext_noop

from allies.kit import audit, jobs


@shared_task(name="tests.slow", queue="default", time_limit=60, soft_time_limit=50, title="Slow work")
def slow(job_id, steps):
    with jobs.running(job_id) as progress:
        progress.of(steps)
        for number in range(steps):
            time.sleep(0.3)
            progress.step(gettext_noop("Step %(number)s"), number=number + 1)
        progress.result("/result/")


@shared_task(name="tests.record", queue="default", time_limit=60, soft_time_limit=50)
def record():
    audit.record("tests.recorded", by=None)
