"""What pairs need every day: silence that confirms, pulses to ask for, pauses that are over."""

import structlog
from celery import shared_task
from django.utils import timezone

from allies.kit.refusals import Refused
from allies.kit.scope import across
from mentoring.models import Pair
from mentoring.services import pairs, pulses, sessions
from mentoring.states import PairState

logger = structlog.get_logger(__name__)


@shared_task(name="mentoring.settle_sessions", queue="default", time_limit=600, soft_time_limit=540)
def settle_sessions() -> int:
    """Confirm the meetings about which nobody said a word for seven days."""
    settled = sessions.settle_the_silent()
    logger.info("sessions_settled", count=settled)
    return settled


@shared_task(name="mentoring.ask_pulses", queue="default", time_limit=600, soft_time_limit=540)
def ask_pulses() -> int:
    """Ask both sides of each pair how it is going, at its times."""
    asked = pulses.ask()
    logger.info("pulses_asked", count=asked)
    return asked


@shared_task(name="mentoring.resume_pairs", queue="default", time_limit=600, soft_time_limit=540)
def resume_pairs() -> int:
    """Let pairs go on whose pause is over."""
    with across():
        due = list(
            Pair.objects.filter(state=PairState.ON_HOLD, hold_until__lte=timezone.localdate()).order_by("hold_until")
        )
    resumed = 0
    for pair in due:
        try:
            pairs.resume(pair, by=None)
        except Refused:
            # Somebody went on, or ended it, while this was running.
            continue
        resumed += 1
    logger.info("pairs_resumed", count=resumed)
    return resumed
