"""What was aimed at in a year and what came of it, by programme, by council and by who delivers the programmes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Q
from django.utils import timezone

from allies.kit.bilingual import alphabetical
from councils.models import Council, Organisation
from mentoring.models import Pair, Programme, YearTarget
from mentoring.states import PairState


@dataclass(frozen=True, slots=True)
class Aim:
    """How many there are, and how many there were to be; None where nobody set a target."""

    actual: int = 0
    target: int | None = None

    def __add__(self, other: "Aim") -> "Aim":
        targets = [aim.target for aim in (self, other) if aim.target is not None]
        return Aim(self.actual + other.actual, sum(targets) if targets else None)

    @property
    def share(self) -> float | None:
        """How much of the target is reached."""
        return self.actual / self.target if self.target else None

    @property
    def most(self) -> int:
        """The end of a bar that shows both."""
        return max(self.target or 0, self.actual, 1)


@dataclass(frozen=True, slots=True)
class Row:
    """A programme, a partner, a council or all of them in one year."""

    name: Programme | Organisation | Council | None
    matches: Aim
    completed: Aim


def years(today: date | None = None) -> list[int]:
    """The years with pairs or targets, and the next one, the latest first; two queries."""
    now = (today or timezone.localdate()).year
    began = Pair.objects.aggregate(first=Min("started_on"))["first"]
    aimed = YearTarget.objects.aggregate(first=Min("year"))["first"]
    first = min(now, began.year if began else now, aimed or now)
    return list(range(now + 1, first - 1, -1))


def by_programme(year: int) -> list[Row]:
    """Each programme of the scope by council and name; three queries. A pair counts in the year in which it began."""
    began = Q(started_on__year=year)
    completed = Q(ended_on__year=year, state=PairState.COMPLETED)
    counts = Pair.objects.order_by().values_list("programme")
    pairs = {
        key: (matches, done)
        for key, matches, done in counts.annotate(a=Count("pk", filter=began), b=Count("pk", filter=completed))
    }
    targets = {target.programme_id: target for target in YearTarget.objects.filter(year=year)}
    found = Programme.objects.select_related("council", "delivered_by")
    rows = []
    for programme in found.order_by(alphabetical("council__name"), alphabetical("name"), "pk"):
        matches, done = pairs.get(programme.pk, (0, 0))
        target = targets.get(programme.pk)
        rows.append(
            Row(
                programme,
                Aim(matches, target.matches if target else None),
                Aim(done, target.completed if target else None),
            )
        )
    return rows


def total(rows: Iterable[Row], name: Programme | Organisation | Council | None = None) -> Row:
    """Add rows up."""
    rows = list(rows)
    return Row(name, sum((row.matches for row in rows), Aim()), sum((row.completed for row in rows), Aim()))


def by_partner(rows: Iterable[Row]) -> list[Row]:
    """Add programmes up by who delivers them, by name; the council itself comes last, without a name."""
    found: dict[object, list[Row]] = {}
    for row in rows:
        found.setdefault(_programme(row).delivered_by, []).append(row)
    added = [total(group, _programme(group[0]).delivered_by) for group in found.values()]
    return sorted(added, key=lambda row: (row.name is None, str(row.name).casefold()))


def by_council(rows: Iterable[Row]) -> list[Row]:
    """Add programmes up by council, in the order in which they come: by name, not by rank."""
    found: dict[object, list[Row]] = {}
    for row in rows:
        found.setdefault(_programme(row).council, []).append(row)
    return [total(group, _programme(group[0]).council) for group in found.values()]


def _programme(row: Row) -> Programme:
    if not isinstance(row.name, Programme):
        raise TypeError("Only rows of programmes are added up.")
    return row.name
