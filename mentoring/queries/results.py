"""What became of those who were mentored: the same indicators at each wave, with what they rest on."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from django.utils.functional import Promise

from mentoring.disclosure import Atoms
from mentoring.outcomes import Share, median_place
from mentoring.queries.measures import BANDS, CONTACTS, EARNINGS, LABELS, LEAN, MEASURES, Measure
from mentoring.queries.tallies import NOTHING, WAVES, Choice, Ledger, Number, Tally

# From so many points on, those who answered are said to differ from everybody.
LEANS = 5


@dataclass(frozen=True, slots=True)
class Asking:
    """How asking went at one wave. It says nothing of anybody's situation and is shown as it was counted."""

    wave: str
    due: int
    asked: int
    answered: int
    late: int
    refused: int
    lost: int
    waiting: int

    @property
    def label(self) -> str | Promise:
        """When they were asked."""
        return LABELS[self.wave]

    @property
    def response(self) -> float:
        """The share of those due who answered."""
        return self.answered / self.due if self.due else 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator over the waves: a share where it may be told, None where too few stand behind it."""

    measure: Measure
    shares: list[Share | None]


@dataclass(frozen=True, slots=True)
class Middle:
    """A median, in the words of its class, of how many."""

    value: str
    said: int

    @property
    def words(self) -> str:
        """The class of earnings, or the number."""
        return str(BANDS.get(self.value, self.value))


@dataclass(frozen=True, slots=True)
class Lean:
    """Who lacked work when they applied: of those who answered at a wave, and of all who were due."""

    wave: str
    told: Share
    everybody: Share

    @property
    def label(self) -> str | Promise:
        """When they were asked."""
        return LABELS[self.wave]

    @property
    def by(self) -> int:
        """By how many points those who answered lacked work more often than everybody; negative for less often."""
        return round(100 * (self.told.rate - self.everybody.rate))

    @property
    def is_even(self) -> bool:
        """Whether the two are too close to speak of leaning."""
        return abs(self.by) < LEANS


@dataclass(frozen=True, slots=True)
class Results:
    """The indicators of a choice of follow-ups, in the order of the waves."""

    asking: list[Asking]
    lines: list[Line]
    earnings: list[Middle | None]
    contacts: list[Middle | None]
    lean: Lean | None
    partial: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nobody has answered yet."""
        return not any(wave.answered for wave in self.asking)

    @property
    def rows(self) -> list[tuple[Line, list[tuple[Asking, Share | None]]]]:
        """Each indicator with its shares beside how asking went."""
        return [(line, list(zip(self.asking, line.shares, strict=True))) for line in self.lines]

    @property
    def earnings_cells(self) -> list[tuple[Asking, Middle | None]]:
        """The medians of earnings beside how asking went."""
        return list(zip(self.asking, self.earnings, strict=True))

    @property
    def contacts_cells(self) -> list[tuple[Asking, Middle | None]]:
        """The medians of contacts beside how asking went."""
        return list(zip(self.asking, self.contacts, strict=True))

    def share(self, name: str, wave: str) -> Share | None:
        """Find one share."""
        return next(line.shares[WAVES.index(wave)] for line in self.lines if line.measure.name == name)


class Source(Protocol):
    """Where results are taken from: a choice within a council, or the whole network."""

    @property
    def rows(self) -> int:
        """How many follow-ups were counted."""

    def whole(self, wave: str) -> Tally:
        """Count everybody, for how asking went."""

    def told(self, wave: str, number: Number) -> Tally | None:
        """Count those of whom a number may be told; None where it may not."""

    def lean(self) -> str | None:
        """Name the last wave whose answerers can be compared with everybody."""


@dataclass(frozen=True)
class Chosen:
    """A choice within one council."""

    ledger: Ledger
    choice: Choice

    @property
    def rows(self) -> int:
        """How many follow-ups of the council were counted."""
        return self.ledger.rows

    @property
    def atoms(self) -> Atoms:
        """The smallest groups of the choice."""
        return self.ledger.chosen(self.choice)

    def whole(self, wave: str) -> Tally:
        """Count everybody of the choice."""
        return self.ledger.tally(wave, self.atoms)

    def told(self, wave: str, number: Number) -> Tally | None:
        """Count the choice, if it is made of pieces that may be told."""
        return self.whole(wave) if self.ledger.tells(wave, number, self.atoms) else None

    def lean(self) -> str | None:
        """Take the last wave that the council as a whole may tell; it is the same for each choice."""
        return next((wave for wave in reversed(WAVES[1:]) if self.ledger.pieces(wave, LEAN)), None)


@dataclass(frozen=True)
class Network:
    """All councils together: those that tell a number themselves, and the others if together they are many."""

    ledgers: Mapping[UUID, Ledger]

    @property
    def rows(self) -> int:
        """How many follow-ups were counted."""
        return sum(ledger.rows for ledger in self.ledgers.values())

    def whole(self, wave: str) -> Tally:
        """Count everybody."""
        return sum((_everybody(ledger, wave) for ledger in self.ledgers.values()), NOTHING)

    def told(self, wave: str, number: Number) -> Tally | None:
        """Leave out the councils with too few answers where they are too few together: nothing can be taken away."""
        alone, rest, is_first = NOTHING, NOTHING, True
        for ledger in self.ledgers.values():
            tally = _everybody(ledger, wave)
            if ledger.tells_all(wave, number):
                alone += tally
            else:
                rest += tally
                # Who was among the others of an earlier report is not known: they are not told a second time.
                is_first &= not ledger.published
        counted = alone + rest if is_first and number.is_safe(rest) else alone
        return counted if counted.answered else None

    def lean(self) -> str | None:
        """Take the last wave that may be told."""
        return next((wave for wave in reversed(WAVES[1:]) if self.told(wave, LEAN)), None)


def _everybody(ledger: Ledger, wave: str) -> Tally:
    return ledger.tally(wave, range(len(ledger.atoms)))


def results(source: Source) -> Results:
    """Work the indicators out."""
    lines, partial = [], False
    for measure in MEASURES:
        told = [source.told(wave, measure.number) if wave in measure.waves else None for wave in WAVES]
        lines.append(Line(measure, [share_of(tally, measure) for tally in told]))
        partial |= any(
            tally is not None and tally.answered < source.whole(wave).answered
            for wave, tally in zip(WAVES, told, strict=True)
        )
    return Results(
        asking=[_asking(wave, source.whole(wave)) for wave in WAVES],
        lines=lines,
        earnings=_middles(source, EARNINGS, lambda tally: tally.earnings, list(BANDS)),
        contacts=_middles(source, CONTACTS, lambda tally: tally.contacts),
        lean=_leaning(source),
        partial=partial,
    )


def share_of(tally: Tally | None, measure: Measure) -> Share | None:
    """Make the share of a measure; None where nothing may be told or nobody answered."""
    whole = getattr(tally, measure.of) if tally else 0
    return Share(getattr(tally, measure.name), whole, tally.due) if tally and whole else None


def _asking(wave: str, tally: Tally) -> Asking:
    names = ("due", "asked", "answered", "late", "refused", "lost", "waiting")
    return Asking(wave, *(getattr(tally, name) for name in names))


def _middles(
    source: Source, number: Number, said: Callable[[Tally], Counter[Any]], order: Sequence[str] | None = None
) -> list[Middle | None]:
    return [_middle(said(tally), order) if (tally := source.told(wave, number)) else None for wave in WAVES]


def _middle(said: Counter[Any], order: Sequence[str] | None) -> Middle | None:
    values = list(order) if order is not None else list(range(max(said, default=0) + 1))
    place = median_place([said[value] for value in values])
    return None if place is None else Middle(str(values[place]), said.total())


def _leaning(source: Source) -> Lean | None:
    wave = source.lean()
    tally = source.told(wave, LEAN) if wave else None
    if wave is None or tally is None or not tally.told:
        return None
    told = Share(tally.told_out, tally.told, tally.told)
    return Lean(wave, told, Share(tally.known_out, tally.known, tally.known))
