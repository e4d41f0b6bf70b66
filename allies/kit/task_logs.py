"""Logs of the workers: the portal's own format, and the number of the request that a task came from."""

from typing import Any

import structlog
from celery import Task
from celery.signals import before_task_publish, setup_logging, task_postrun, task_prerun

from allies.kit import logs


@setup_logging.connect
def keep_the_portals_format(**_: Any) -> None:
    """Keep Celery from setting up logging of its own, by being there: Django's settings already did it."""


@before_task_publish.connect
def send_the_number_along(headers: dict[str, Any] | None = None, **_: Any) -> None:
    """Send the request's number with the task."""
    number = structlog.contextvars.get_contextvars().get("request_id")
    if headers is not None and number:
        headers["request_id"] = number


@task_prerun.connect
def begin(task_id: str, task: "Task[..., Any]", **_: Any) -> None:
    """Let a task's lines carry its own numbers and none of the task before."""
    task.request.outer_context = structlog.contextvars.get_contextvars()
    structlog.contextvars.clear_contextvars()
    logs.bind(task_id=task_id, task_name=task.name)
    if number := getattr(task.request, "request_id", None):
        logs.bind(request_id=number)


@task_postrun.connect
def end(task: "Task[..., Any]", **_: Any) -> None:
    """Go back to what was bound before, which matters where a task runs inside a request."""
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(**getattr(task.request, "outer_context", {}))
