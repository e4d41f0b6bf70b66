"""Why these groups: every mentee's points and ranks, what another of the open groups would cost, and who is left."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from mentoring.matching.arrays import NOBODY, Ints
from mentoring.matching.explain import ALTERNATIVES, Alternative, Card, Ranks, parts_of
from mentoring.matching.groups import Groups
from mentoring.matching.policy import Rule
from mentoring.matching.problem import IdPairs, Problem
from mentoring.matching.standing import Cost

NEVER = np.iinfo(np.int64).max


def group_cards(problem: Problem, groups: Groups, pins: IdPairs = ()) -> list[Card]:
    """Explain every pair of a mentee and the mentor of their group, in the order of the mentees' identifiers.

    The alternatives are the other mentors with a group: what one of them costs at least as long as the same groups are
    open, and whether a group would then be too small.
    """
    pinned = {mentee for mentee, _mentor in pins}
    rows = np.flatnonzero(groups.mate != NOBODY)
    scores = problem.scorer.rows(np.arange(len(problem.mentees))).astype(np.int64)
    earned = problem.scorer.components(rows, groups.mate[rows])
    found = []
    for row, points in zip(rows.tolist(), earned, strict=True):
        column, score = int(groups.mate[row]), int(points.sum())
        ranks = Ranks.of(score, scores[row], scores[:, column])
        is_pinned = problem.mentees.id[row] in pinned
        others = () if is_pinned else _others(problem, groups, row, scores[row])
        parts = tuple(parts_of(problem, row, column, points))
        names = problem.mentees.id[row], problem.mentors.id[column]
        found.append(Card(*names, score, is_pinned, parts, *ranks, others))
    return found


def _others(problem: Problem, groups: Groups, row: int, scores: Ints) -> tuple[Alternative, ...]:
    """The mentors of other groups, those first whom to choose would cost the least."""
    loss = losses(groups, row, scores)
    loss[groups.mate[row]] = NEVER
    order = np.lexsort((np.arange(loss.size), -scores, loss))[:ALTERNATIVES]
    return tuple(
        alternative(groups, problem.mentors.id[column], int(scores[column]), int(loss[column]))
        for column in order.tolist()
        if loss[column] < NEVER
    )


def losses(groups: Groups, row: int, scores: Ints) -> Ints:
    """What forcing each mentor on a mentee takes at least from the total of the proof; the largest int64 for never.

    A place of a mentor is one that the group needs, which counts `bonus` more, or one that it may have besides.
    """
    first = np.minimum(groups.needed - groups.bonus, groups.extra)
    loss = groups.u[row] + first - groups.certificate.person - scores
    return np.where((scores >= 0) & (groups.opened > 0), np.maximum(loss, 0), NEVER)


def alternative(groups: Groups, mentor: str, score: int, loss: int) -> Alternative:
    cost = Cost.of(loss, groups.certificate.person)
    return Alternative(mentor, score, cost, too_small=cost.people <= 0 and cost.points >= groups.bonus)


@dataclass(frozen=True)
class LeftOut:
    """Somebody in no group: how many mentors each rule takes, how many are left, and how many of these lead a group."""

    mentee: str
    taken: dict[Rule, int]
    allowed: int
    leading: int


def left_out(problem: Problem, groups: Groups) -> Iterator[LeftOut]:
    """Say of everybody in no group why; those who lead a group with them allowed have no place left."""
    rows = np.flatnonzero(groups.mate == NOBODY)
    taken = problem.scorer.waterfalls(rows)
    leading = np.count_nonzero((problem.scorer.rows(rows) >= 0) & (groups.opened > 0), axis=1)
    for number, row in enumerate(rows.tolist()):
        counts = {rule: int(each[number]) for rule, each in taken.items()}
        allowed = len(problem.mentors) - sum(counts.values())
        yield LeftOut(problem.mentees.id[row], counts, allowed, int(leading[number]))
