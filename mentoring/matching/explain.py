"""Why these two: the points with the facts behind them, ranks both ways, and what any other mentor would cost."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np

from mentoring.matching.arrays import NOBODY, Ints, Narrow
from mentoring.matching.people import Mode
from mentoring.matching.policy import Criterion
from mentoring.matching.problem import Problem
from mentoring.matching.standing import Cost, Standing

ALTERNATIVES = 3
_CRITERIA = tuple(Criterion)
# What two can share of how they meet, by the number of what both can.
_MODES = {
    int(shared): tuple(str(mode.name).lower() for mode in (Mode.VIRTUAL, Mode.IN_PERSON) if mode in shared)
    for shared in (Mode(0), Mode.VIRTUAL, Mode.IN_PERSON, Mode.EITHER)
}


class Part(NamedTuple):
    """Points of one criterion out of the most there are, with what each of the two said and what they share."""

    criterion: Criterion
    points: int
    most: int
    mentee: str
    mentor: str
    shared: tuple[str, ...] = ()


class Alternative(NamedTuple):
    """Another allowed mentor, their score, and the least that the whole result loses if this pair is forced.

    In a run of groups, `too_small` says that a group would be left with fewer mentees than it needs.
    """

    mentor: str
    score: int
    costs_at_least: Cost
    too_small: bool = False


class Ranks(NamedTuple):
    """The rank of each for the other, 1 for the best and shared by equal scores, out of so many allowed people."""

    rank_of_mentor: int
    allowed_mentors: int
    rank_of_mentee: int
    allowed_mentees: int

    @classmethod
    def of(cls, score: int, mine: Narrow | Ints, theirs: Narrow | Ints) -> Self:
        """Rank a score among those of the mentee with every mentor, and of the mentor with every mentee."""
        return cls(
            int(np.count_nonzero(mine > score)) + 1,
            int(np.count_nonzero(mine >= 0)),
            int(np.count_nonzero(theirs > score)) + 1,
            int(np.count_nonzero(theirs >= 0)),
        )


@dataclass(frozen=True)
class Card:
    """A pair explained."""

    mentee: str
    mentor: str
    score: int
    pinned: bool
    parts: tuple[Part, ...]
    rank_of_mentor: int
    allowed_mentors: int
    rank_of_mentee: int
    allowed_mentees: int
    alternatives: tuple[Alternative, ...]


def card(standing: Standing, mentee: str) -> Card:
    """Explain the pair of a mentee; raises ValueError for one without a mentor."""
    row = standing.mentee(mentee)
    if standing.mate[row] == NOBODY:
        raise ValueError(f"{mentee} has no mentor")
    problem, column = standing.problem, int(standing.mate[row])
    parts = tuple(parts_of(problem, row, column))
    score = sum(part.points for part in parts)
    ranks = Ranks.of(score, problem.scorer.rows(np.array([row]))[0], problem.scorer.column(column))
    return card_of(standing, row, parts, ranks, alternatives(standing, mentee))


def card_of(
    standing: Standing, row: int, parts: tuple[Part, ...], ranks: Ranks, others: tuple[Alternative, ...]
) -> Card:
    """Put the card of a matched mentee together."""
    problem, score = standing.problem, sum(part.points for part in parts)
    names = problem.mentees.id[row], problem.mentors.id[int(standing.mate[row])]
    return Card(*names, score, bool(problem.pinned[row]), parts, *ranks, others)


def alternatives(standing: Standing, mentee: str, count: int = ALTERNATIVES) -> tuple[Alternative, ...]:
    """The other mentors whom a mentee could have for the least loss, cheapest first; none for a pinned mentee."""
    problem, row = standing.problem, standing.mentee(mentee)
    if problem.pinned[row]:
        return ()
    scores = problem.scorer.rows(np.array([row]))[0].astype(np.int64)
    others = (scores >= 0) & (problem.capacity > 0) & (np.arange(scores.size) != standing.mate[row])
    columns = np.flatnonzero(others)
    loss = standing.u[row] + standing.v[columns] - standing.person - scores[columns]
    order = np.lexsort((columns, -scores[columns], loss))[:count]
    return tuple(
        Alternative(problem.mentors.id[columns[at]], int(scores[columns[at]]), Cost.of(int(loss[at]), standing.person))
        for at in order.tolist()
    )


def exact_cost(standing: Standing, mentee: str, mentor: str) -> Cost:
    """What forcing a pair really costs the whole result: solved again with the pair pinned.

    Raises ValueError where the mentee is pinned already, the pair is excluded, or pins have taken the mentor's places.
    """
    problem = standing.problem
    forced = Problem(
        problem.mentees,
        problem.mentors,
        policy=problem.policy,
        exclusions=problem.exclusions,
        pins=(*problem.pin_names, (mentee, mentor)),
    )
    mate = forced.mates(forced.solve(0))
    rows = np.flatnonzero(mate != NOBODY)
    total = int(forced.scorer.components(rows, mate[rows]).sum())
    return Cost(standing.total.people - rows.size, standing.total.points - total)


def parts_of(problem: Problem, row: int, column: int, earned: Ints | None = None) -> list[Part]:
    """The points of a pair, with the facts behind them; `earned` where the points are known already."""
    if earned is None:
        earned = problem.scorer.components(np.array([row]), np.array([column]))[0]
    # In the order of the criteria, as the points are.
    told = zip(_CRITERIA, earned.tolist(), problem.policy.points.values(), _facts(problem, row, column), strict=True)
    return [Part(criterion, points, most, *facts) for criterion, points, most, facts in told]


def _facts(problem: Problem, row: int, column: int) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """What the two say of each criterion, in the order of the criteria, and what they share."""
    mentees, mentors, scorer = problem.mentees, problem.mentors, problem.scorer
    mine, theirs = mentees.occupation[row], mentors.occupation[column]
    digits = next((length for length in (5, 4, 1) if mine[:length] == theirs[:length]), 0)
    industries = mentees.industry[row], mentors.industry[column]
    said = mentees.languages[row], mentors.languages[column]
    levels = [f"{name}:{min(said[0][name], said[1][name])}" for name in sorted(said[0].keys() & said[1].keys())]
    city = mentees.city[row] if mentees.city[row] == mentors.city[column] else ""
    both = _MODES[int(mentees.mode[row] & mentors.mode[column])]
    return (
        (mine, theirs, (mine[:digits],) if digits else ()),
        (mine[1], theirs[1], (mine[1],) if mine[1] == theirs[1] else ()),
        (*industries, industries[:1] if industries[0] == industries[1] else ()),
        (str(mentees.years[row]), str(mentors.years[column]), ()),
        (_levels(said[0]), _levels(said[1]), tuple(levels)),
        _sets(mentees.goals[row], mentors.goals[column]),
        _sets(mentees.availability[row], mentors.availability[column]),
        (mentees.city[row], mentors.city[column], (*both, city) if city else both),
        (str(scorer.mentees.rung[row]), str(scorer.mentors.rung[column]), ()),
        (str(mentees.waiting[row]), "", ()),
    )


def _sets(mine: frozenset[str], theirs: frozenset[str]) -> tuple[str, str, tuple[str, ...]]:
    return ";".join(sorted(mine)), ";".join(sorted(theirs)), tuple(sorted(mine & theirs))


def _levels(said: Mapping[str, int]) -> str:
    return ";".join(f"{name}:{level}" for name, level in sorted(said.items()))
