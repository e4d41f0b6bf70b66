"""Mentees and mentors as columns: one array or tuple per fact, one place in each per person."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from enum import IntFlag
from typing import Any, Self

import numpy as np

from mentoring.matching.arrays import Index, Ints

LONGEST_CAREER = 80
# The columns that are arrays.
NUMBERS = frozenset({"years", "mode", "waiting", "capacity"})


class Mode(IntFlag):
    """How somebody can meet; `EITHER` is both."""

    VIRTUAL = 1
    IN_PERSON = 2
    EITHER = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """What matching knows of one person: no name, no age, no gender, no origin.

    `occupation` is a unit group of NOC 2021 (five digits), `industry` a sector of NAICS, `languages` gives the CLB or
    NCLC level of each (12 = native). Texts are compared as they are; an empty city or employer is an unknown one.
    """

    id: str
    council: str
    occupation: str
    industry: str
    years: int
    languages: Mapping[str, int]
    goals: frozenset[str] = frozenset()
    availability: frozenset[str] = frozenset()
    mode: Mode = Mode.EITHER
    city: str = ""
    employer: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Mentee(Person):
    """A person who waits for a mentor; `waiting` counts the intakes that went by without one."""

    waiting: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Mentor(Person):
    """A person who mentors up to `capacity` people at once."""

    capacity: int = 1


@dataclass(frozen=True, kw_only=True)
class People:
    """Columns of equal length; raises ValueError where an identifier repeats or a number is out of range."""

    id: tuple[str, ...]
    council: tuple[str, ...]
    occupation: tuple[str, ...]
    industry: tuple[str, ...]
    years: Ints
    languages: tuple[Mapping[str, int], ...]
    goals: tuple[frozenset[str], ...]
    availability: tuple[frozenset[str], ...]
    mode: Ints
    city: tuple[str, ...]
    employer: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse columns that do not fit together."""
        if {len(getattr(self, column.name)) for column in fields(self)} - {len(self.id)}:
            raise ValueError("columns of people must be of one length")
        if len(set(self.id)) < len(self.id):
            raise ValueError("an identifier stands for two people")
        if any(len(code) != 5 or not (code.isascii() and code.isdigit()) for code in self.occupation):
            raise ValueError("an occupation is a NOC 2021 unit group of five digits")
        if any(not 1 <= level <= 12 for levels in self.languages for level in levels.values()):
            raise ValueError("a language level is 1 to 12")
        if len(self) and not (self.years.min() >= 0 and self.years.max() <= LONGEST_CAREER):
            raise ValueError(f"years of experience are 0 to {LONGEST_CAREER}")
        if len(self) and not (self.mode.min() >= Mode.VIRTUAL and self.mode.max() <= Mode.EITHER):
            raise ValueError("a mode is virtual, in person or either")

    def __len__(self) -> int:
        return len(self.id)

    @classmethod
    def of(cls, people: Iterable[Person]) -> Self:
        """Turn rows into columns."""
        rows = list(people)
        columns: dict[str, Sequence[object] | Ints] = {}
        for column in fields(cls):
            cells = [getattr(person, column.name) for person in rows]
            columns[column.name] = np.array(cells, dtype=np.int64) if column.name in NUMBERS else tuple(cells)
        return cls(**columns)  # type: ignore[arg-type]  # the columns are those of the class

    def take(self, which: Index | Ints) -> Self:
        """Keep the people at these places, in this order."""
        places = which.tolist()
        kept: dict[str, Any] = {}
        for column in fields(self):
            cells = getattr(self, column.name)
            kept[column.name] = cells[which] if column.name in NUMBERS else tuple(cells[place] for place in places)
        return replace(self, **kept)

    def order(self) -> Ints:
        """The places of the people sorted by identifier, so that no later step depends on the order of the input."""
        return np.array(sorted(range(len(self)), key=self.id.__getitem__), dtype=np.int64)


@dataclass(frozen=True, kw_only=True)
class Mentees(People):
    """Mentees as columns; `waiting` counts the intakes that each has missed."""

    waiting: Ints

    def __post_init__(self) -> None:
        """Refuse what nobody can have waited."""
        super().__post_init__()
        if len(self) and self.waiting.min() < 0:
            raise ValueError("nobody has missed fewer than no intakes")


@dataclass(frozen=True, kw_only=True)
class Mentors(People):
    """Mentors as columns; `capacity` is the number of places each has left."""

    capacity: Ints

    def __post_init__(self) -> None:
        """Refuse what no mentor can offer."""
        super().__post_init__()
        if len(self) and self.capacity.min() < 0:
            raise ValueError("no mentor has fewer than no places")
