"""What is done for mentors once a year: they are thanked."""

import structlog
from celery import shared_task
from django.utils import timezone

from mentoring.services.thanks import thank_everybody

logger = structlog.get_logger(__name__)


@shared_task(name="mentoring.thank_mentors", queue="default", time_limit=1200, soft_time_limit=1100)
def thank_mentors() -> int:
    """Thank the mentors for the year; run again, it thanks only those it has not thanked yet."""
    thanked = thank_everybody(timezone.localdate())
    logger.info("mentors_thanked", count=thanked)
    return thanked
