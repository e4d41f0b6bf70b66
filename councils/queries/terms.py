"""Terms of office as stretches of days, and the days on which a council has no coordinator."""

from collections.abc import Iterable
from datetime import date

from django.db.models import F, Q, Value
from django.db.models.functions import Greatest

from councils.models import Council, Membership
from councils.roles import Role

# From a day up to, not including, another; None is "for good".
Term = tuple[date, date | None]


def terms_of_coordinators(council: Council, today: date) -> list[Term]:
    """The terms of a council's coordinators that reach beyond today; to be read within its scope."""
    return list(
        Membership.objects.filter(Q(ends_on=None) | Q(ends_on__gt=Greatest(F("starts_on"), Value(today))))
        .filter(council=council, role=Role.COORDINATOR)
        .values_list("starts_on", "ends_on")
    )


def _gaps(terms: Iterable[Term], today: date) -> list[Term]:
    """The stretches from today on that no term covers."""
    gaps: list[Term] = []
    reached: date | None = today
    for start, end in sorted(terms, key=lambda term: term[0]):
        if reached is None:
            break
        if start > reached:
            gaps.append((reached, start))
        if end is None:
            reached = None
        elif end > reached or start > reached:
            reached = max(end, start)
    if reached is not None:
        gaps.append((reached, None))
    return gaps


def first_loss(before: Iterable[Term], after: Iterable[Term], today: date) -> date | None:
    """The first day from today on that was covered before and is not covered after."""
    old, losses = list(before), []
    for start, end in _gaps(after, today):
        for covered_from, covered_until in old:
            day = max(start, covered_from)
            if (end is None or day < end) and (covered_until is None or day < covered_until):
                losses.append(day)
    return min(losses, default=None)


def first_gap(terms: Iterable[Term], today: date) -> date | None:
    """The first day from today on without a coordinator."""
    return next((start for start, _end in _gaps(terms, today)), None)
