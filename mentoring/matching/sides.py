"""Both sides of a match in small integers: what the criteria and the rules compare, in codes that both sides share."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from mentoring.matching.arrays import NOBODY, Index, Ints, Numbers
from mentoring.matching.people import Mentees, Mentors, People
from mentoring.matching.policy import Policy

# Sectors of NAICS that exchange people: what one knows of the first helps in the others of its family.
FAMILIES = (
    ("11", "21", "22", "23", "31-33"),
    ("41", "44-45", "48-49"),
    ("51", "52", "53", "54", "55", "56"),
    ("61", "62", "91"),
    ("71", "72", "81"),
)
# The rung of somebody new to each TEER (0 is management), and the years after which each next rung is reached.
RUNGS = np.array([3, 2, 1, 1, 0, 0, 0, 0, 0, 0])
STEPS = (8, 15)


@dataclass(frozen=True)
class Side:
    """One side as arrays, a place per person; `languages`, `goals` and `availability` have a row per language or word.

    Sets are bits, as many words of them as the labels need. `only` is True where a council keeps to itself.
    """

    council: Numbers
    only: Numbers
    broad: Numbers
    minor: Numbers
    unit: Numbers
    teer: Numbers
    industry: Numbers
    family: Numbers
    years: Numbers
    languages: Numbers
    goals: Numbers
    per_goal: Numbers
    no_goal: Numbers
    availability: Numbers
    mode: Numbers
    city: Numbers
    employer: Numbers
    rung: Numbers
    waiting: Numbers

    def take(self, which: Index | Ints | slice) -> "Side":
        """Keep some people."""
        return Side(*(getattr(self, field.name)[..., which] for field in fields(self)))

    def upright(self) -> "Side":
        """Stand the people below each other, to be compared with everybody of the other side at once."""
        return Side(*(getattr(self, field.name)[..., np.newaxis] for field in fields(self)))


def sides(mentees: Mentees, mentors: Mentors, policy: Policy) -> tuple[Side, Side]:
    """Encode mentees and mentors together, so that equal facts have equal codes."""
    both = (mentees, mentors)
    shared = _Shared(both, policy)
    return _side(mentees, 0, shared, policy), _side(mentors, 1, shared, policy)


class _Shared:
    """The codes that both sides share: for each fact a pair of arrays, the mentees' and the mentors'."""

    def __init__(self, both: tuple[People, People], policy: Policy) -> None:
        self.council = _codes(*(people.council for people in both))
        self.unit = _codes(*(people.occupation for people in both))
        self.minor = _codes(*([code[:4] for code in people.occupation] for people in both))
        self.industry = _codes(*(people.industry for people in both))
        # An unknown city or employer is nobody else's, so it has another code on each side.
        self.city = _codes(*_unknown([people.city for people in both]))
        self.employer = _codes(*_unknown([people.employer for people in both]))
        self.languages = _levels(*(people.languages for people in both), policy=policy)
        self.goals = _bits(*(people.goals for people in both))
        self.availability = _bits(*(people.availability for people in both))


def _side(people: People, which: int, shared: _Shared, policy: Policy) -> Side:
    unit = np.array([int(code) for code in people.occupation], dtype=np.int64)
    teer = (unit // 1000) % 10
    family = {sector: number for number, sectors in enumerate(FAMILIES) for sector in sectors}
    count = np.array([len(goals) for goals in people.goals], dtype=np.int64)
    waiting = people.waiting if isinstance(people, Mentees) else np.zeros(len(people), dtype=np.int64)
    most = policy.waiting_cap // max(1, policy.waiting_points) + 1
    earned = np.minimum(policy.waiting_points * np.minimum(waiting, most), policy.waiting_cap)
    rung = RUNGS[teer] + sum((people.years >= step).astype(np.int64) for step in STEPS)
    return Side(
        council=shared.council[which],
        only=np.array([council in policy.local_councils for council in people.council], dtype=np.bool_),
        broad=(unit // 10_000).astype(np.int8),
        minor=shared.minor[which],
        unit=shared.unit[which],
        teer=teer.astype(np.int8),
        industry=shared.industry[which],
        # A sector in no family is related to none: the two sides have codes of their own for it.
        family=np.array([family.get(sector, -1 - which) for sector in people.industry], dtype=np.int8),
        years=people.years.astype(np.int16),
        languages=shared.languages[which],
        goals=shared.goals[which],
        per_goal=np.where(count <= 3, -(-20 // np.maximum(count, 1)), 7).astype(np.int16),
        no_goal=(count == 0).astype(np.int16),
        availability=shared.availability[which],
        mode=people.mode.astype(np.int8),
        city=shared.city[which],
        employer=shared.employer[which],
        rung=np.asarray(rung).astype(np.int8),
        waiting=earned.astype(np.int16),
    )


def _codes(left: Iterable[Hashable], right: Iterable[Hashable]) -> tuple[Numbers, Numbers]:
    known: dict[Hashable, int] = {}
    coded = [[known.setdefault(fact, len(known)) for fact in facts] for facts in (left, right)]
    kind = np.int16 if len(known) < 1 << 15 else np.int32
    return np.array(coded[0], dtype=kind), np.array(coded[1], dtype=kind)


def _unknown(both: list[tuple[str, ...]]) -> list[list[Hashable]]:
    return [[fact or (NOBODY, which) for fact in facts] for which, facts in enumerate(both)]


def _levels(
    left: Sequence[Mapping[str, int]], right: Sequence[Mapping[str, int]], *, policy: Policy
) -> tuple[Numbers, Numbers]:
    """A row of levels for each language that both sides know and the policy allows; one row of zeros for none."""
    known = {name for levels in left for name in levels} & {name for levels in right for name in levels}
    names = sorted(known & policy.languages if policy.languages else known)
    rows = [
        np.array([[levels.get(name, 0) for levels in people] for name in names] or [[0] * len(people)], dtype=np.int8)
        for people in (left, right)
    ]
    return rows[0], rows[1]


def _bits(left: Sequence[frozenset[str]], right: Sequence[frozenset[str]]) -> tuple[Numbers, Numbers]:
    """A bit for each label that both sides use, in the narrowest words that hold them."""
    labels = sorted({label for labels in left for label in labels} & {label for labels in right for label in labels})
    place = {label: at for at, label in enumerate(labels)}
    kind: Any = next(
        (kind for kind in (np.uint8, np.uint16, np.uint32) if len(labels) <= np.iinfo(kind).bits), np.uint64
    )
    width = np.iinfo(kind).bits
    words = max(1, -(-len(labels) // width))
    sides = []
    for people in (left, right):
        bits = np.zeros((words, len(people)), dtype=kind)
        for number, labels_of_one in enumerate(people):
            for label in labels_of_one & place.keys():
                bits[place[label] // width, number] |= kind(1 << place[label] % width)
        sides.append(bits)
    return sides[0], sides[1]
