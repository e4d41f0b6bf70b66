"""Whom to recruit for groups: what a further mentor with a group of their own would add, solved again for each."""

from collections import Counter
from collections.abc import Callable

import numpy as np

from mentoring.matching.arrays import NOBODY, Ints
from mentoring.matching.graph import Graph
from mentoring.matching.groups import Groups, pinned_graph
from mentoring.matching.openings import Sizes, openings
from mentoring.matching.people import LONGEST_CAREER, Mentor, Mentors, Mode
from mentoring.matching.problem import IdPairs, Problem
from mentoring.matching.recruiting import AHEAD, NATIVE, Wanted
from mentoring.matching.score import Excluded, Scorer
from mentoring.matching.standing import Cost

# Each mentor who is tried takes as long as the groups themselves did.
MOST_TRIED = 12


def group_recruiting_list(
    problem: Problem,
    groups: Groups,
    sizes: Sizes,
    pins: IdPairs = (),
    on_try: Callable[[], None] = lambda: None,
) -> list[Wanted]:
    """Give the minor groups of which one more mentor adds something, the most people first, then the most points.

    Those most people wait for are tried, each exactly; `on_try` is called before each.
    """
    (graph, pinned), places = pinned_graph(problem, pins), np.append(problem.mentors.capacity, sizes.largest)
    there = Counter(
        (council, occupation[:4])
        for council, occupation in zip(problem.mentors.council, problem.mentors.occupation, strict=True)
    )
    found = []
    for (council, group), rows in _waiting(problem, groups):
        on_try()
        newcomer = suiting(problem, rows)
        more = openings(_with(graph, problem, newcomer, pinned), places, sizes, pinned)
        adds = Cost(more.people - groups.matched, more.total - groups.total)
        if (adds.people, adds.points) > (0, 0):
            found.append(Wanted(council, group, newcomer.occupation, len(rows), there[council, group], adds))
    return sorted(found, key=lambda one: (-one.adds.people, -one.adds.points, one.council, one.group))


def _waiting(problem: Problem, groups: Groups) -> list[tuple[tuple[str, str], list[int]]]:
    """Those in no group by council and minor group, where the most wait first."""
    people = problem.mentees
    found: dict[tuple[str, str], list[int]] = {}
    for row in np.flatnonzero(groups.mate == NOBODY).tolist():
        found.setdefault((people.council[row], people.occupation[row][:4]), []).append(row)
    return sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))[:MOST_TRIED]


def suiting(problem: Problem, rows: list[int]) -> Mentor:
    """A mentor who would suit all of these: free when one of them is, ahead of the most experienced."""
    people = problem.mentees
    common = Counter(people.occupation[row] for row in rows)
    first = rows[0]
    return Mentor(
        id=people.id[first],
        council=people.council[first],
        occupation=min(common, key=lambda code: (-common[code], code)),
        industry=Counter(people.industry[row] for row in rows).most_common(1)[0][0],
        years=min(max(int(people.years[row]) for row in rows) + AHEAD, LONGEST_CAREER),
        languages={name: NATIVE for row in rows for name in people.languages[row]},
        goals=frozenset().union(*(people.goals[row] for row in rows)),
        availability=frozenset().union(*(people.availability[row] for row in rows)),
        mode=Mode.EITHER,
        city=people.city[first],
    )


def _with(graph: Graph, problem: Problem, newcomer: Mentor, pinned: Ints) -> Graph:
    """The pairs with one mentor more, the last; whoever is pinned is not theirs."""
    one = Scorer(problem.mentees, Mentors.of([newcomer]), problem.policy, Excluded.of([])).column(0).astype(np.int64)
    rows = np.flatnonzero((one >= 0) & (pinned == NOBODY))
    return Graph.of(
        graph.n,
        graph.m + 1,
        np.concatenate([graph.rows, rows]),
        np.concatenate([graph.mentor, np.full(rows.size, graph.m)]),
        np.concatenate([graph.weight, one[rows]]),
    )
