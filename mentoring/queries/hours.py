"""The hours of a pair: what both agree on, what still waits, and how much is due by now."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet, Sum
from django.utils import timezone

from allies.kit.scope import across
from mentoring.models import Pair, Session
from mentoring.states import PairState, SessionState

_LENGTH = F("sessions__ends_at") - F("sessions__starts_at")
_NONE = timedelta()


def _sum(condition: Q) -> Sum:
    return Sum(_LENGTH, filter=condition)


def with_hours(pairs: "QuerySet[Pair]") -> "QuerySet[Pair]":
    """Add to each pair the time that is confirmed, that waits, and that was confirmed by silence."""
    confirmed = Q(sessions__state=SessionState.CONFIRMED)
    return pairs.annotate(
        time_confirmed=_sum(confirmed),
        time_waiting=_sum(Q(sessions__state__in=[SessionState.LOGGED, SessionState.DISPUTED])),
        time_unanswered=_sum(confirmed & Q(sessions__confirmed_by=None)),
    )


@dataclass(frozen=True, slots=True)
class Hours:
    """Time together, in minutes; `counted` is nothing until both have signed the agreement."""

    confirmed: int
    waiting: int
    unanswered: int
    needed: int
    due: int
    agreed: bool

    @property
    def counted(self) -> int:
        """The confirmed minutes that count."""
        return self.confirmed if self.agreed else 0

    @property
    def are_reached(self) -> bool:
        """Whether the hours of the programme are there."""
        return self.counted >= self.needed

    @property
    def share(self) -> int:
        """How much of the programme's hours is there, in per cent, at most 100."""
        return min(100, self.counted * 100 // self.needed)

    @property
    def due_share(self) -> int:
        """How much would be due by now, in per cent."""
        return min(100, self.due * 100 // self.needed)

    @property
    def silent_share(self) -> int:
        """How much of the confirmed time nobody answered for, in per cent."""
        return self.unanswered * 100 // self.confirmed if self.confirmed else 0


def minutes(time: Any) -> int:
    """Whole minutes of a span of time, none for nothing."""
    return int((time or _NONE).total_seconds() // 60)


def due(pair: Pair, today: date) -> int:
    """The minutes due by a day at an even pace; the days of a pause don't count, for they moved the planned end."""
    needed = pair.programme.hours * 60
    if pair.started_on is None or pair.planned_end_on is None:
        return 0
    whole = pair.programme.weeks * 7
    now = pair.hold_until if pair.state == PairState.ON_HOLD and pair.hold_until else today
    passed = whole - (pair.planned_end_on - now).days
    return max(0, min(needed, needed * passed // whole))


def of(pair: Any, today: date | None = None) -> Hours:
    """The hours of a pair that was read with them."""
    return Hours(
        confirmed=minutes(pair.time_confirmed),
        waiting=minutes(pair.time_waiting),
        unanswered=minutes(pair.time_unanswered),
        needed=pair.programme.hours * 60,
        due=due(pair, pair.ended_on or today or timezone.localdate()),
        agreed=bool(pair.mentee_signed_at and pair.mentor_signed_at),
    )


def reached(pair: Pair) -> bool:
    """Whether a pair has the hours of its programme, read anew."""
    with across():
        time = Session.objects.filter(pair=pair.pk, state=SessionState.CONFIRMED).aggregate(
            time=Sum(F("ends_at") - F("starts_at"))
        )["time"]
    agreed = bool(pair.mentee_signed_at and pair.mentor_signed_at)
    return agreed and minutes(time) >= pair.programme.hours * 60
