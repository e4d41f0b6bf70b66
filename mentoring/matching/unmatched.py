"""Why not: which rules left somebody without a mentor, or the proof that there are too few places for all.

The proof is a set of mentees who together can reach only mentors with fewer places than they are (Hall). It is found
by walking from those unmatched to every mentor they may have, on to the mentees whom these have, and so on: in a
result with the most people all mentors on the way are full, or one more could be matched.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mentoring.matching.arrays import NOBODY
from mentoring.matching.policy import Rule
from mentoring.matching.standing import Standing


@dataclass(frozen=True)
class Deficiency:
    """These mentees can reach only these mentors, who have so many places: whoever decides, `short` go without."""

    mentees: tuple[str, ...]
    mentors: tuple[str, ...]
    places: int

    @property
    def short(self) -> int:
        """How many must go without."""
        return len(self.mentees) - self.places


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
    taken = standing.problem.scorer.waterfall(row)
    mentors = len(standing.problem.mentors)
    return Unmatched(mentee, mentors, taken, mentors - sum(taken.values()), _deficiency(standing, [row]))


def deficiency(standing: Standing, mentees: Sequence[str] | None = None) -> Deficiency:
    """Prove that no result matches more of these mentees and those whom they compete with; of all who are unmatched."""
    rows = np.flatnonzero(standing.mate == NOBODY).tolist() if mentees is None else map(standing.mentee, mentees)
    return _deficiency(standing, list(rows))


def _deficiency(standing: Standing, rows: list[int]) -> Deficiency:
    problem, reach = standing.problem, standing.reach
    found = frontier = np.bitwise_or.reduce(reach.of_mentees[rows], axis=0, initial=0)
    while frontier.any():
        mentors = np.flatnonzero(np.unpackbits(frontier))
        more = np.bitwise_or.reduce(reach.of_mentors[mentors], axis=0) & ~found
        found, frontier = found | more, more
    reached = np.append(np.unpackbits(found, count=len(problem.mentors)).astype(np.bool_), False)
    # Who is pinned competes with nobody, and their places are not counted.
    joined = reached[standing.mate] & ~problem.pinned
    joined[rows] = True
    mentors = np.flatnonzero(reached)
    return Deficiency(
        tuple(problem.mentees.id[row] for row in np.flatnonzero(joined).tolist()),
        tuple(problem.mentors.id[column] for column in mentors.tolist()),
        int(problem.capacity[mentors].sum()),
    )
