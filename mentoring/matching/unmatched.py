"""Why not: which rules left somebody without a mentor, or the proof that there are too few places for all.

The proof is a set of mentees who together can reach only mentors with fewer places than they are (Hall). It is found
by walking from those unmatched to every mentor they may have, on to the mentees whom these have, and so on: in a
result with the most people all mentors on the way are full, or one more could be matched.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from mentoring.matching.arrays import NOBODY, Bits, Ints
from mentoring.matching.policy import Rule
from mentoring.matching.problem import Problem
from mentoring.matching.standing import Standing

_AT_A_TIME = 100


@dataclass(frozen=True, eq=False)
class Deficiency:
    """These mentees can reach only these mentors, who have so many places: whoever decides, `short` go without.

    `asked` are the mentees of whom it was asked, `matched` those whom these mentors have, `columns` the mentors: their
    places in the problem (int64), which takes a run less time than their names.
    """

    problem: Problem
    asked: Ints
    matched: Ints
    columns: Ints
    places: int

    @property
    def rivals(self) -> int:
        """How many mentees there are."""
        return int(self.asked.size + self.matched.size)

    @property
    def mentees(self) -> tuple[str, ...]:
        """The identifiers of the mentees, in order."""
        rows = np.sort(np.concatenate([self.asked, self.matched]))
        return tuple(self.problem.mentees.id[row] for row in rows.tolist())

    @property
    def mentors(self) -> tuple[str, ...]:
        """The identifiers of the mentors, in order."""
        return tuple(self.problem.mentors.id[column] for column in self.columns.tolist())

    @property
    def short(self) -> int:
        """How many must go without."""
        return self.rivals - self.places


@dataclass(frozen=True)
class Unmatched:
    """How many mentors each rule takes from a mentee, how many are left, and why none of these has a place."""

    mentee: str
    mentors: int
    taken: dict[Rule, int]
    allowed: int
    deficiency: Deficiency


def unmatched(standing: Standing, mentee: str) -> Unmatched:
    """Explain why a mentee has no mentor; raises ValueError for one who has."""
    row = standing.mentee(mentee)
    if standing.mate[row] != NOBODY:
        raise ValueError(f"{mentee} has a mentor")
    return next(_explained(_Walks(standing), np.array([row])))


def all_unmatched(standing: Standing) -> Iterator[Unmatched]:
    """Explain everybody who has no mentor, in the order of their identifiers."""
    walks, rows = _Walks(standing), np.flatnonzero(standing.mate == NOBODY)
    for first in range(0, rows.size, _AT_A_TIME):
        yield from _explained(walks, rows[first : first + _AT_A_TIME])


def deficiency(standing: Standing, mentees: Sequence[str] | None = None) -> Deficiency:
    """Prove that no result matches more of these mentees and those whom they compete with; of all who are unmatched.

    Raises ValueError for a mentee who has a mentor.
    """
    rows = np.flatnonzero(standing.mate == NOBODY)
    if mentees is not None:
        rows = np.array([standing.mentee(name) for name in mentees], dtype=np.int64)
    if (standing.mate[rows] != NOBODY).any():
        raise ValueError("somebody of them has a mentor")
    return _Walks(standing).begun_at(rows)


def _explained(walks: "_Walks", rows: Ints) -> Iterator[Unmatched]:
    problem = walks.standing.problem
    taken, mentors = problem.scorer.waterfalls(rows), len(problem.mentors)
    for number, row in enumerate(rows):
        counts = {rule: int(each[number]) for rule, each in taken.items()}
        allowed = mentors - sum(counts.values())
        yield Unmatched(problem.mentees.id[row], mentors, counts, allowed, walks.begun_at(rows[number : number + 1]))


class _Walks:
    """Walks from mentees to mentors and on; many begin alike, and more end alike, and what is known is not redone."""

    def __init__(self, standing: Standing) -> None:
        self.standing = standing
        self._reached: dict[bytes, Bits] = {}
        self._facts: dict[bytes, tuple[Ints, Ints, int]] = {}

    def begun_at(self, rows: Ints) -> Deficiency:
        """The proof for some mentees without a mentor, by their places."""
        start = np.bitwise_or.reduce(self.standing.reach.of_mentees[rows], axis=0, initial=0)
        reached = self._reached.get(key := start.tobytes())
        if reached is None:
            reached = self._reached[key] = self._walk(start)
        facts = self._facts.get(key := reached.tobytes())
        if facts is None:
            facts = self._facts[key] = self._told(reached)
        return Deficiency(self.standing.problem, rows, *facts)

    def _walk(self, start: Bits) -> Bits:
        """All mentors at the end of the walk, a bit each."""
        found = frontier = start
        while frontier.any():
            mentors = np.flatnonzero(np.unpackbits(frontier))
            more = np.bitwise_or.reduce(self.standing.reach.of_mentors[mentors], axis=0) & ~found
            found, frontier = found | more, more
        return found

    def _told(self, reached: Bits) -> tuple[Ints, Ints, int]:
        """The mentees whom these mentors have, the mentors, and their places; the pinned compete with nobody."""
        problem = self.standing.problem
        mentors = np.unpackbits(reached, count=len(problem.mentors)).astype(np.bool_)
        # One more, for those whose mate is nobody.
        matched = np.append(mentors, False)[self.standing.mate] & ~problem.pinned
        return np.flatnonzero(matched), np.flatnonzero(mentors), int(problem.capacity[mentors].sum())
