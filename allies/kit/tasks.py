"""What the kit does in the background."""

from typing import Any

from celery import Task, shared_task
from celery.signals import worker_ready
from django.core.management import call_command

from allies.kit import files, health, jobs, mail, retention

_BRIEF = {"queue": "default", "time_limit": 120, "soft_time_limit": 100}
_LONG = {"queue": "default", "time_limit": 1500, "soft_time_limit": 1400}


@shared_task(
    name="kit.send_mail", bind=True, queue="mail", time_limit=120, soft_time_limit=100, max_retries=mail.MOST_TRIES
)
def send_mail(self: "Task[..., Any]", letter_id: str) -> None:
    """Send one letter, again and again with growing waits while the mail server is away."""
    try:
        mail.deliver(letter_id)
    except mail.Later as later:
        raise self.retry(countdown=later.wait, exc=later) from later


@shared_task(name="kit.sweep_jobs", **_BRIEF)
def sweep_jobs() -> None:
    """Send again what got lost, and end what died."""
    jobs.sweep()
    mail.sweep()


@shared_task(name="kit.sweep_files", **_LONG)
def sweep_files() -> None:
    """Remove files that nothing points to."""
    files.sweep()


@shared_task(name="kit.apply_retention", **_LONG)
def apply_retention() -> None:
    """Erase what has been kept long enough."""
    retention.apply()
    jobs.forget_ended()


@shared_task(name="kit.clear_sessions", **_LONG)
def clear_sessions() -> None:
    """Forget sessions that are over, which name the address that signed in."""
    call_command("clearsessions")


@shared_task(name="kit.heartbeat", queue="default", time_limit=20, soft_time_limit=15)
def heartbeat() -> None:
    """Show that beat, Redis and a worker work together."""
    health.beat()


@worker_ready.connect
def say_hello(**_: Any) -> None:
    """Show it as soon as a worker is ready, not only at the first beat."""
    health.beat()
