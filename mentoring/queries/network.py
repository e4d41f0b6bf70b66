"""Mentoring over the whole network, in numbers: what each programme does, and where places are missing."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, F, Q, Sum
from django.utils import timezone

from allies.kit.bilingual import alphabetical
from councils.models import Council, OccupationGroup
from mentoring.models import Application, Mentor, Pair, Programme
from mentoring.states import ApplicationState, MentorState, PairState

A_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Row:
    """One programme: people over the last year, and where it stands today."""

    programme: Programme
    council: Council
    applied: int
    ready: int
    active: int
    completed: int
    ended: int
    free: int

    @property
    def missing(self) -> int:
        """How many of those who are ready find no place at this council, whatever their field."""
        return max(self.ready - self.free, 0)


def programmes() -> list[Row]:
    """Every programme by its council's name; four queries however many there are. No league table: no ranking."""
    since = timezone.now() - A_YEAR
    people = _counts(
        Application.objects.values_list("intake__programme").annotate(
            applied=Count("pk", filter=Q(submitted_at__gte=since)),
            ready=Count("pk", filter=Q(state=ApplicationState.READY)),
        )
    )
    lately = Q(ended_on__gte=since.date())
    pairs = _counts(
        Pair.objects.values_list("programme").annotate(
            active=Count("pk", filter=Q(state__in=[PairState.ACTIVE, PairState.ON_HOLD])),
            completed=Count("pk", filter=lately & Q(state=PairState.COMPLETED)),
            ended=Count("pk", filter=lately & Q(state=PairState.ENDED_EARLY)),
        )
    )
    available = Mentor.objects.filter(state=MentorState.AVAILABLE).values_list("council")
    free = dict(available.annotate(free=Sum(F("capacity") - F("active_load"))).order_by())
    found = Programme.objects.select_related("council").order_by(alphabetical("council__name"), "slug", "pk")
    return [
        Row(programme, programme.council, *numbers)
        for programme in found
        for numbers in [
            (
                *people.get(programme.pk, (0, 0)),
                *pairs.get(programme.pk, (0, 0, 0)),
                int(free.get(programme.council_id, 0)),
            )
        ]
    ]


def _counts(rows: object) -> dict[object, tuple[int, ...]]:
    return {key: tuple(numbers) for key, *numbers in rows.order_by()}  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class InCity:
    """One field in one council's city: its mentors and free places, and the people who are ready for one."""

    council: Council
    group: OccupationGroup
    mentors: int
    free: int
    ready: int

    @property
    def missing(self) -> int:
        """How many of those who are ready find no place in their field and city."""
        return max(self.ready - self.free, 0)


def by_city() -> list[InCity]:
    """Places against people by city and field, where people are ready; where most are missing comes first.

    Four queries, however many councils there are.
    """
    ready: Counter[tuple[object, str]] = Counter()
    waiting = Application.objects.filter(state=ApplicationState.READY, occupation__isnull=False)
    told = waiting.values_list("intake__programme__council", "occupation").annotate(people=Count("pk")).order_by()
    for council, occupation, people in told:
        ready[council, occupation[0]] += people
    available = Mentor.objects.filter(state=MentorState.AVAILABLE).values_list("council", "occupation__group")
    supply = available.annotate(people=Count("pk"), free=Sum(F("capacity") - F("active_load"))).order_by()
    there = {(council, group): (people, free) for council, group, people, free in supply}
    councils = Council.objects.select_related("place").in_bulk({council for council, _group in ready})
    groups = OccupationGroup.objects.in_bulk({group for _council, group in ready})
    found = [
        InCity(councils[council], groups[group], *there.get((council, group), (0, 0)), people)
        for (council, group), people in ready.items()
    ]
    return sorted(found, key=lambda row: (-row.missing, -row.ready, row.council.name, row.group.code))
