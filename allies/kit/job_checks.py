"""System check: every task of the portal has a queue that exists and a time limit below the broker's patience."""

from typing import Any

from celery import current_app
from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from allies.kit.jobs import registered


@register()
def every_task_is_bounded(**_: Any) -> list[CheckMessage]:
    """Refuse a task without a queue or limits, and a timetable that names an unknown task."""
    found: list[CheckMessage] = []
    patience = settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"]
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        try:
            registered(entry["task"])
        except LookupError as unknown:
            found.append(Error(f"The timetable is wrong: {unknown}", id="kit.E020"))
    for name, task in sorted(current_app.tasks.items()):
        if name.startswith("celery."):
            continue
        if getattr(task, "queue", None) not in settings.CELERY_TASK_QUEUES:
            found.append(Error(f"The task {name} names no queue that workers serve.", id="kit.E021"))
        if not task.time_limit or not task.soft_time_limit or not task.soft_time_limit < task.time_limit < patience:
            found.append(
                Error(
                    f"The task {name} needs a time limit below {patience} s and a soft one below that.",
                    hint="A task that runs longer than the broker waits is delivered a second time.",
                    id="kit.E022",
                )
            )
    return found
