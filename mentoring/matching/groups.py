"""Group mentoring: a mentor with four to six mentees, or none. Most people first, then the best total.

Which groups are open is decided first (`openings`); with these, the rest is a matching again, solved and proved in
exact integers like any other.
"""

from dataclasses import dataclass, replace

import numpy as np

from mentoring.matching.arrays import NOBODY, Ints
from mentoring.matching.certify import Certificate, certify, person_weight
from mentoring.matching.graph import Graph
from mentoring.matching.lottery import Lottery
from mentoring.matching.openings import NoGroups, Sizes, openings
from mentoring.matching.pairs import Listed, listed
from mentoring.matching.people import Mentees, Mentors
from mentoring.matching.policy import Policy
from mentoring.matching.problem import IdPairs, Problem
from mentoring.matching.solve import solve
from mentoring.matching.ties import Tight, choose


@dataclass(frozen=True)
class Groups:
    """Each mentee's mentor (-1 for none) and group with them (0, 1, …), and how many groups each mentor opens.

    `certificate` proves the matching best for these open groups: in its total, each place that a group needs and each
    pin counts `bonus` more, so that they are filled first. `u`, `needed` and `extra` are the prices of the proof: of
    mentees, of the places that a mentor's groups need, and of those that they may have besides. `bound` is the total
    that the solver proved unsurpassed.
    """

    mate: Ints
    group: Ints
    opened: Ints
    matched: int
    total: int
    bound: int
    bonus: int
    u: Ints
    needed: Ints
    extra: Ints
    certificate: Certificate

    @property
    def ok(self) -> bool:
        """Whether both proofs hold."""
        return self.certificate.ok and self.total == self.bound


def match_groups(
    mentees: Mentees,
    mentors: Mentors,
    *,
    policy: Policy,
    sizes: Sizes | None = None,
    exclusions: IdPairs = (),
    pins: IdPairs = (),
    seed: int = 0,
) -> Groups:
    """Score people and put them in groups; a mentor leads as many groups as their places allow.

    Raises ValueError where pins contradict each other or the sizes of groups.
    """
    problem = Problem(mentees, mentors, policy=policy, exclusions=exclusions)
    found = solve_groups(problem, sizes or Sizes(), pins, seed)
    mate, group, u = (np.empty_like(found.mate) for _ in range(3))
    opened, needed, extra = (np.empty_like(found.opened) for _ in range(3))
    mate[problem.mentee_order] = np.append(problem.mentor_order, NOBODY)[found.mate]
    group[problem.mentee_order], u[problem.mentee_order] = found.group, found.u
    for mine, theirs in ((opened, found.opened), (needed, found.needed), (extra, found.extra)):
        mine[problem.mentor_order] = theirs
    return replace(found, mate=mate, group=group, u=u, opened=opened, needed=needed, extra=extra)


def solve_groups(problem: Problem, sizes: Sizes, pins: IdPairs, seed: int) -> Groups:
    """Put the people of a problem without pins in groups, everybody in the order of the problem."""
    graph, pinned = pinned_graph(problem, pins)
    lottery = Lottery(seed, problem.mentees.id, problem.mentors.id * 2)
    return group_scores(graph, problem.mentors.capacity, sizes, lottery, pinned)


def pinned_graph(problem: Problem, pins: IdPairs) -> tuple[Graph, Ints]:
    """The pairs there may be, and each mentee's pinned mentor, -1 for none; who is pinned has no other pair.

    A pin may join a pair that breaks a rule: somebody has decided.
    """
    places, hosts = problem.mentee_place, problem.mentor_place
    pinned = np.full(len(problem.mentees), NOBODY, dtype=np.int64)
    for mentee, mentor in sorted(set(pins)):
        if mentee not in places or mentor not in hosts or pinned[places[mentee]] != NOBODY:
            raise ValueError(f"{mentee} cannot be pinned to {mentor}")
        pinned[places[mentee]] = hosts[mentor]
    graph, rows = listed(problem.scorer), np.flatnonzero(pinned != NOBODY)
    free = pinned[graph.rows] == NOBODY
    return Graph.of(
        graph.n,
        graph.m,
        np.concatenate([graph.rows[free], rows]),
        np.concatenate([graph.mentor[free], pinned[rows]]),
        np.concatenate([graph.weight[free], problem.scorer.components(rows, pinned[rows]).sum(axis=1)]),
    ), pinned


def group_scores(graph: Graph, places: Ints, sizes: Sizes, lottery: Lottery, pinned: Ints | None = None) -> Groups:
    """Group by bare scores; `places` counts the mentees a mentor can take, `lottery` names each mentor twice.

    `pinned` gives mentees' mentors or -1.
    """
    pinned = np.full(graph.n, NOBODY, dtype=np.int64) if pinned is None else pinned
    graph = graph.only((pinned[graph.rows] == NOBODY) | (pinned[graph.rows] == graph.mentor))
    if (pinned[np.bincount(graph.rows, minlength=graph.n) == 0] != NOBODY).any():
        raise NoGroups
    best = openings(graph, places, sizes, pinned)
    opened = best.groups
    # Places that a group needs come first, as mentors of their own; those that it may have besides, second.
    needed = sizes.smallest * opened
    split = np.concatenate([needed, np.minimum(sizes.largest * opened, places) - needed])
    both = Graph.of(
        graph.n,
        2 * graph.m,
        np.concatenate([graph.rows, graph.rows]),
        np.concatenate([graph.mentor, graph.mentor + graph.m]),
        np.concatenate([graph.weight, graph.weight]),
    )
    highest = int(graph.weight.max()) if graph.size else 0
    bonus = graph.n * highest + 1
    first = (both.mentor < graph.m).astype(np.int64) + (pinned[both.rows] != NOBODY)
    scores = both.weighing(both.weight + bonus * first)
    pairs = Listed(scores)
    person = person_weight(graph.n, split, pairs.highest)
    weighed = scores.weighing(scores.weight + person)
    solution = solve(weighed, split)
    u, v = solution.prices.u, solution.prices.v
    tight = both.only(u[both.rows] + v[both.mentor] == weighed.weight)
    mate = choose(Tight(tight, split, u > 0, (v > 0) & (split > 0)), solution.mate, lottery)
    certificate, proved = certify(pairs, scores, split, mate, person)
    mate = np.where(mate == NOBODY, NOBODY, mate % max(1, graph.m))
    held, _ = graph.held(mate)
    return Groups(
        mate=mate,
        group=_numbered(mate, opened),
        opened=opened,
        matched=int(np.count_nonzero(mate != NOBODY)),
        total=int(held.sum()),
        bound=best.total,
        bonus=bonus,
        u=proved.u,
        needed=proved.v[: graph.m],
        extra=proved.v[graph.m :],
        certificate=certificate,
    )


def _numbered(mate: Ints, opened: Ints) -> Ints:
    """Deal each mentor's mentees round their groups, so that sizes differ by one at most."""
    group = np.zeros_like(mate)
    for mentor in np.flatnonzero(opened > 1).tolist():
        mentees = np.flatnonzero(mate == mentor)
        group[mentees] = np.arange(mentees.size) % opened[mentor]
    return group
