"""Follow-ups counted by programme, intake and year of completion, and what of these counts may be told."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import ExtractYear

from mentoring.disclosure import Atoms, is_told, told_pieces
from mentoring.models import Employment, FollowUp
from mentoring.outcomes import is_large
from mentoring.states import FollowUpState

FULL_TIME = 30
WAVES = tuple(str(wave) for wave in FollowUp.Wave)
_AT_WORK = (FollowUp.Work.EMPLOYED, FollowUp.Work.SELF)
_LOST = (FollowUpState.UNREACHABLE, FollowUpState.LAPSED)
_KEY = (
    *("pair__programme__council", "pair__programme", "pair__programme__slug"),
    *("pair__application__intake", "pair__application__intake__opens_on"),
)


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted in one group at one wave; those who lacked work when they applied are `out`."""

    due: int = 0
    asked: int = 0
    answered: int = 0
    late: int = 0
    refused: int = 0
    lost: int = 0
    at_work: int = 0
    unemployed: int = 0
    full_time: int = 0
    in_field: int = 0
    retained: int = 0
    asked_retained: int = 0
    known: int = 0
    known_out: int = 0
    told: int = 0
    told_out: int = 0
    earnings: Counter[Any] = field(default_factory=Counter)
    contacts: Counter[Any] = field(default_factory=Counter)

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(getattr(self, part.name) + getattr(other, part.name) for part in fields(self)))

    @property
    def waiting(self) -> int:
        """Who was due and neither answered nor is out of reach."""
        return self.due - self.answered - self.refused - self.lost


NOTHING = Tally()
Safe = Callable[[Tally], bool]


@dataclass(frozen=True, slots=True)
class Number:
    """A kind of number: its name, when it is made of enough people, and whether it counts the silent as well."""

    name: str
    is_safe: Safe
    counts_silent: bool = False


@dataclass(frozen=True, slots=True)
class Atom:
    """The smallest group that counts: one intake, one year of completion, and between which reports they answered."""

    programme: UUID
    slug: str
    intake: UUID
    opens_on: date
    year: int | None
    part: int


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reader narrows the results to; nothing chosen is everything."""

    programme: UUID | None = None
    intake: UUID | None = None
    year: int | None = None

    def takes(self, atom: Atom) -> bool:
        """Whether a group is part of the choice."""
        return (
            self.programme in (None, atom.programme)
            and self.intake in (None, atom.intake)
            and self.year in (None, atom.year)
        )


@dataclass(frozen=True, slots=True)
class Published:
    """What an earlier report told: of which choice, of answers up to which part, and which numbers at which waves."""

    choice: Choice
    part: int
    told: frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Ledger:
    """The counts of one council: for each wave a tally of each atom; and what earlier reports told of them."""

    atoms: list[Atom]
    tallies: dict[str, list[Tally]]
    published: Sequence[Published] = ()
    last: int = 0
    # The pieces of each number at each wave, once they were asked for.
    known: dict[tuple[str, str], list[Atoms]] = field(default_factory=dict, compare=False)

    @property
    def rows(self) -> int:
        """How many follow-ups were counted."""
        return sum(tally.due for tallies in self.tallies.values() for tally in tallies)

    def chosen(self, choice: Choice, part: int | None = None) -> Atoms:
        """Find the atoms of a choice, of all parts or up to one."""
        most = self.last if part is None else part
        return frozenset(number for number, atom in enumerate(self.atoms) if atom.part <= most and choice.takes(atom))

    def tally(self, wave: str, atoms: Iterable[int]) -> Tally:
        """Add the tallies of atoms up."""
        rows = self.tallies.get(wave)
        return sum((rows[number] for number in atoms), NOTHING) if rows else NOTHING

    @cached_property
    def groups(self) -> list[Atoms]:
        """All that a reader can choose, in the order in which it is made public: the whole, then its parts.

        The order depends on names and days only, never on who asks: two readers with different choices are told the
        same pieces.
        """
        programmes = sorted({(atom.slug, atom.programme) for atom in self.atoms})
        years = sorted({atom.year for atom in self.atoms if atom.year})
        intakes = sorted({(atom.opens_on, atom.intake) for atom in self.atoms})
        choices = [
            Choice(),
            *(Choice(programme=key) for _slug, key in programmes),
            *(Choice(year=year) for year in years),
            *(Choice(intake=key) for _day, key in intakes),
        ]
        return [self.chosen(choice) for choice in choices]

    def pieces(self, wave: str, number: Number) -> list[Atoms]:
        """Give the pieces of one number at one wave that may be told; they are the same for every choice."""
        if (number.name, wave) not in self.known:
            self.known[number.name, wave] = self._pieces(wave, number, self.groups)
        return self.known[number.name, wave]

    def _pieces(self, wave: str, number: Number, groups: Sequence[Atoms]) -> list[Atoms]:
        out = [earlier for earlier in self.published if (number.name, wave) in earlier.told]
        if number.counts_silent and any(earlier.part < self.last for earlier in out):
            # Who was silent then and answered since stands between the two reports, however many answered.
            return []
        return told_pieces(
            groups,
            lambda piece: number.is_safe(self.tally(wave, piece)),
            [self.chosen(earlier.choice, earlier.part) for earlier in out],
        )

    def tells(self, wave: str, number: Number, atoms: Atoms) -> bool:
        """Whether one number of a choice at one wave may be told."""
        return is_told(atoms, self.pieces(wave, number))

    def tells_all(self, wave: str, number: Number) -> bool:
        """Whether one number of everybody may be told: they come first, and no later group takes that back."""
        return bool(self._pieces(wave, number, [self.chosen(Choice())]))


def safe_share(yes: str, among: Callable[[Tally], int] | None = None, of: str = "answered") -> Safe:
    """Say when the share of those counted under a name is safe: nobody answered, or many on each side."""

    def judge(tally: Tally) -> bool:
        wider = None if among is None else among(tally)
        whole = getattr(tally, of)
        return not whole or is_large(getattr(tally, yes), whole, wider)

    return judge


def ledgers(
    rows: "QuerySet[FollowUp]",
    until: date,
    cuts: Sequence[date] = (),
    published: Mapping[UUID | None, Sequence[Published]] | None = None,
) -> dict[UUID, Ledger]:
    """Count follow-ups that were due on a day, and the answers until then, for each council; one query.

    `cuts` are the last days of earlier reports in order: answers are counted apart between them, and whoever is silent
    with the latest. `published` is what those reports told, by council; under None, of the whole network.
    """
    parts = [When(_answered(until) & Q(answered_on__lte=cut), then=Value(number)) for number, cut in enumerate(cuts)]
    found = rows.annotate(year=ExtractYear("pair__ended_on"), part=Case(*parts, default=Value(len(cuts))))
    councils: dict[UUID, dict[Atom, dict[str, Tally]]] = {}
    for (council, *key, wave), tally in _counted(found, until, *_KEY, "year", "part", "wave"):
        councils.setdefault(council, {}).setdefault(Atom(*key), {})[wave] = tally
    told = published or {}
    return {
        council: _ledger(atoms, [*told.get(council, ()), *told.get(None, ())], len(cuts))
        for council, atoms in councils.items()
    }


def by_council(rows: "QuerySet[FollowUp]", until: date) -> dict[UUID, Ledger]:
    """Count the same with everybody of a council in one group, which is all that adding councils up takes; one query.

    With earlier reports it would not do: what they told cuts a council into parts.
    """
    councils: dict[UUID, dict[Atom, dict[str, Tally]]] = {}
    for (council, wave), tally in _counted(rows, until, _KEY[0], "wave"):
        everybody = Atom(council, "", council, until, None, 0)
        councils.setdefault(council, {}).setdefault(everybody, {})[wave] = tally
    return {council: _ledger(atoms, (), 0) for council, atoms in councils.items()}


def _answered(until: date) -> Q:
    return Q(state=FollowUpState.ANSWERED, answered_on__lte=until)


def _counted(rows: Any, until: date, *key: str) -> Iterable[tuple[list[Any], Tally]]:
    """Count what was due in each group; one query."""
    answered = _answered(until)
    full = answered & Q(hours__gte=FULL_TIME)
    known, out = ~Q(pair__application__employment=""), Q(pair__application__employment=Employment.UNEMPLOYED)
    counted: dict[str, Any] = {
        "due": Q(),
        "asked": answered | Q(asked__gt=0),
        "answered": answered,
        "late": answered & Q(answered_on__gt=F("closes_on")),
        "refused": Q(state=FollowUpState.REFUSED),
        "lost": Q(state__in=_LOST),
        "at_work": answered & Q(work__in=_AT_WORK),
        "unemployed": answered & Q(work=FollowUp.Work.LOOKING),
        "full_time": full,
        "in_field": answered & Q(in_field=True),
        "retained": answered & Q(employer=FollowUp.Employer.SAME),
        # Those at work who answered before this was asked have not said.
        "asked_retained": answered & ~Q(work__in=_AT_WORK, employer=""),
        "known": known,
        "known_out": out,
        "told": answered & known,
        "told_out": answered & out,
    }
    # Names of their own: some are those of the table's columns.
    sums: dict[str, Any] = {f"n_{name}": Count("pk", filter=condition) for name, condition in counted.items()}
    sums["l_earnings"] = ArrayAgg("earnings", filter=full & ~Q(earnings=""))
    sums["l_contacts"] = ArrayAgg("contacts", filter=answered & Q(contacts__isnull=False))
    for row in rows.filter(due_on__lte=until).order_by().values(*key).annotate(**sums):
        yield [row[name] for name in key], _tally(row)


def _tally(row: dict[str, Any]) -> Tally:
    numbers = {name[2:]: value for name, value in row.items() if name.startswith("n_")}
    return Tally(**numbers, earnings=Counter(row["l_earnings"] or ()), contacts=Counter(row["l_contacts"] or ()))


def _ledger(found: dict[Atom, dict[str, Tally]], published: Sequence[Published], last: int) -> Ledger:
    atoms = list(found)
    tallies = {wave: [found[atom].get(wave, NOTHING) for atom in atoms] for wave in WAVES}
    return Ledger(atoms, tallies, published, last)
