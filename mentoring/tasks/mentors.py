"""What happens to mentors by itself: pauses end."""

from celery import shared_task
from django.utils import timezone

from mentoring.services.mentors import end_pauses


@shared_task(name="mentoring.end_pauses", queue="default", time_limit=300, soft_time_limit=280)
def end_mentors_pauses() -> None:
    """End the pauses of mentors whose day has come."""
    end_pauses(timezone.localdate())
