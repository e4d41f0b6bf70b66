"""The time that mentors give, each hour once, however many mentees share it."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from mentoring.models import Session
from mentoring.queries.hours import minutes
from mentoring.states import SessionState


@dataclass(slots=True)
class Given:
    """What one mentor gave: time in all, time since a moment, and the people who had it."""

    time: timedelta = timedelta()
    lately: timedelta = timedelta()
    people: set[UUID] = field(default_factory=set)

    @property
    def minutes(self) -> int:
        """The time in all, in whole minutes."""
        return minutes(self.time)

    @property
    def minutes_lately(self) -> int:
        """The time since the moment, in whole minutes."""
        return minutes(self.lately)


def given(sessions: "QuerySet[Session]", *, since: datetime | None = None) -> dict[UUID, Given]:
    """Add up, for each mentor, the confirmed meetings of pairs that both signed.

    A group meets at one time and logs it for each of its mentees: for the mentor that hour counts once.
    """
    rows = (
        sessions.filter(
            state=SessionState.CONFIRMED,
            pair__mentee_signed_at__isnull=False,
            pair__mentor_signed_at__isnull=False,
        )
        .order_by("pair__mentor", "starts_at", "ends_at")
        .values_list("pair__mentor", "pair__mentee_person", "starts_at", "ends_at")
    )
    found: dict[UUID, Given] = defaultdict(Given)
    counted_until: dict[UUID, datetime] = {}
    for mentor, mentee, starts_at, ends_at in rows.iterator():
        own = found[mentor]
        own.people.add(mentee)
        begins = max(starts_at, counted_until.get(mentor, starts_at))
        if ends_at > begins:
            own.time += ends_at - begins
            if since is None or starts_at >= since:
                own.lately += ends_at - begins
            counted_until[mentor] = ends_at
    return dict(found)
