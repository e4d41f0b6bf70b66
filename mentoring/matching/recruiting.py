"""Whom to recruit: what one more place with a mentor of each occupation group would add, council by council."""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from mentoring.matching.arrays import NOBODY, Ints
from mentoring.matching.people import LONGEST_CAREER, Mentor, Mentors, Mode
from mentoring.matching.score import Excluded, Scorer
from mentoring.matching.standing import Cost, Standing

# How far ahead of the mentee a mentor who suits is: the years that earn full points.
AHEAD = 8
NATIVE = 12


@dataclass(frozen=True)
class Wanted:
    """One more place with a mentor of this minor group (NOC 2021, four digits) in this council, and what it adds.

    `waiting` counts the unmatched mentees of the group, `mentors` those there are, `example` the unit group of the
    mentor who would add the most.
    """

    council: str
    group: str
    example: str
    waiting: int
    mentors: int
    adds: Cost


def worth(standing: Standing, newcomers: Mentors) -> Ints:
    """What one place with each of some further mentors would add, in weights (int64), exactly.

    A place adds the most that a mentee would gain by it beyond what they are worth already.
    """
    problem = standing.problem
    free = problem.mentees.take(problem.free)
    order = newcomers.order()
    scorer = Scorer(free, newcomers.take(order), problem.policy, Excluded.of([]))
    best = np.zeros(len(newcomers), dtype=np.int64)
    u = standing.u[problem.free]
    for rows, columns, scores in scorer.blocks():
        gain = np.where(scores >= 0, scores.astype(np.int64) + standing.person - u[rows][:, np.newaxis], 0)
        best[order[columns]] = np.maximum(best[order[columns]], gain.max(axis=0, initial=0))
    return best


def recruiting_list(standing: Standing) -> list[Wanted]:
    """Give the groups in which one more place adds something, the most people first, then the most points.

    A group's place is priced by the mentors it has, and by a mentor who would suit one of those unmatched.
    """
    problem = standing.problem
    waiting = np.flatnonzero(standing.mate == NOBODY).tolist()
    suiting = Mentors.of(_suiting(standing, waiting))
    offers = [
        *zip(problem.mentors.council, problem.mentors.occupation, standing.v.tolist(), strict=True),
        *zip(suiting.council, suiting.occupation, worth(standing, suiting).tolist(), strict=True),
    ]
    best: dict[tuple[str, str], tuple[int, str]] = {}
    for council, occupation, adds in offers:
        key = council, occupation[:4]
        best[key] = max(best.get(key, (0, occupation)), (adds, occupation))
    unplaced = Counter((problem.mentees.council[row], problem.mentees.occupation[row][:4]) for row in waiting)
    there = Counter(
        (council, occupation[:4])
        for council, occupation in zip(problem.mentors.council, problem.mentors.occupation, strict=True)
    )
    ranked = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))
    return [
        Wanted(council, group, example, unplaced[council, group], there[council, group], Cost.of(adds, standing.person))
        for (council, group), (adds, example) in ranked
        if adds > 0
    ]


def _suiting(standing: Standing, waiting: list[int]) -> list[Mentor]:
    """A mentor who would suit the first mentee of each council and occupation among those who wait."""
    people = standing.problem.mentees
    first: dict[tuple[str, str], int] = {}
    for row in waiting:
        first.setdefault((people.council[row], people.occupation[row]), row)
    return [
        Mentor(
            id=people.id[row],
            council=people.council[row],
            occupation=people.occupation[row],
            industry=people.industry[row],
            years=min(int(people.years[row]) + AHEAD, LONGEST_CAREER),
            languages=dict.fromkeys(people.languages[row], NATIVE),
            goals=people.goals[row],
            availability=people.availability[row],
            mode=Mode(int(people.mode[row])),
            city=people.city[row],
        )
        for row in first.values()
    ]
