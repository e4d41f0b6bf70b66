"""What follow-up needs every day: what is missing is scheduled, who is due is asked."""

import structlog
from celery import shared_task
from django.utils import timezone

from allies.kit.scope import across
from mentoring.services import followups

logger = structlog.get_logger(__name__)


@shared_task(name="mentoring.follow_up", queue="default", time_limit=1200, soft_time_limit=1100)
def follow_up() -> dict[str, int]:
    """Schedule and ask; repeating it on the same day changes nothing."""
    with across():
        count = {"scheduled": followups.schedule_missing(), **followups.ask_due(timezone.localdate())}
    logger.info("followed_up", **count)
    return count
