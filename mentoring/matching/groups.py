"""Group mentoring: a mentor with four to six mentees, or none. Most people first, then the best total.

The least size of a group makes it an integer programme: how many groups each mentor opens. HiGHS decides that with no
gap; with the groups open, the rest is a matching again, solved and proved in exact integers like any other.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array, vstack

from mentoring.matching.arrays import NOBODY, Ints
from mentoring.matching.certify import Certificate, certify, person_weight
from mentoring.matching.graph import Graph
from mentoring.matching.lottery import Lottery
from mentoring.matching.pairs import Listed, listed
from mentoring.matching.people import Mentees, Mentors
from mentoring.matching.policy import Policy
from mentoring.matching.problem import IdPairs, Problem
from mentoring.matching.solve import solve
from mentoring.matching.ties import Tight, choose

SMALLEST, LARGEST = 4, 6


@dataclass(frozen=True)
class Sizes:
    """The fewest and the most mentees of one group."""

    smallest: int = SMALLEST
    largest: int = LARGEST

    def __post_init__(self) -> None:
        """Refuse sizes that make no group."""
        if not 1 <= self.smallest <= self.largest:
            raise ValueError("a group has one mentee at least, and no more at least than at most")


@dataclass(frozen=True)
class Groups:
    """Each mentee's mentor (-1 for none) and group with them (0, 1, …), and how many groups each mentor opens.

    `certificate` proves the matching best for these open groups: in its total, each place that a group needs and each
    pin counts `bonus` more, so that they are filled first. `bound` is the total that the solver proved unsurpassed.
    """

    mate: Ints
    group: Ints
    opened: Ints
    matched: int
    total: int
    bound: int
    bonus: int
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
    """Score people and put them in groups; a mentor's capacity is the number of groups. Places are those given.

    A pin must be an allowed pair. Raises ValueError where pins contradict each other or the sizes of groups.
    """
    problem = Problem(mentees, mentors, policy=policy, exclusions=exclusions)
    graph = listed(problem.scorer)
    places, hosts = problem.mentee_place, problem.mentor_place
    pinned = np.full(graph.n, NOBODY, dtype=np.int64)
    for mentee, mentor in sorted(set(pins)):
        if mentee not in places or mentor not in hosts or pinned[places[mentee]] != NOBODY:
            raise ValueError(f"{mentee} cannot be pinned to {mentor}")
        pinned[places[mentee]] = hosts[mentor]
    lottery = Lottery(seed, problem.mentees.id, problem.mentors.id * 2)
    found = group_scores(graph, problem.mentors.capacity, sizes or Sizes(), lottery, pinned)
    mate, group, opened = np.full_like(found.mate, NOBODY), np.zeros_like(found.group), np.zeros_like(found.opened)
    mate[problem.mentee_order] = np.where(found.mate == NOBODY, NOBODY, problem.mentor_order[found.mate])
    group[problem.mentee_order] = found.group
    opened[problem.mentor_order] = found.opened
    return Groups(mate, group, opened, found.matched, found.total, found.bound, found.bonus, found.certificate)


def group_scores(graph: Graph, capacity: Ints, sizes: Sizes, lottery: Lottery, pinned: Ints | None = None) -> Groups:
    """Group by bare scores; `pinned` gives mentees' mentors or -1, `lottery` names each mentor twice."""
    pinned = np.full(graph.n, NOBODY, dtype=np.int64) if pinned is None else pinned
    graph = graph.only((pinned[graph.rows] == NOBODY) | (pinned[graph.rows] == graph.mentor))
    opened, bound = _opened(graph, capacity, sizes, pinned)
    # Places that a group needs come first, as mentors of their own; those that it may have besides, second.
    split = np.concatenate([sizes.smallest * opened, (sizes.largest - sizes.smallest) * opened])
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
    certificate, _ = certify(pairs, scores, split, mate, person)
    mate = np.where(mate == NOBODY, NOBODY, mate % max(1, graph.m))
    held, _ = graph.held(mate)
    return Groups(
        mate=mate,
        group=_numbered(mate, opened),
        opened=opened,
        matched=int(np.count_nonzero(mate != NOBODY)),
        total=int(held.sum()),
        bound=bound,
        bonus=bonus,
        certificate=certificate,
    )


def _numbered(mate: Ints, opened: Ints) -> Ints:
    """Deal each mentor's mentees round their groups, so that sizes differ by one at most."""
    group = np.zeros_like(mate)
    for mentor in np.flatnonzero(opened > 1).tolist():
        mentees = np.flatnonzero(mate == mentor)
        group[mentees] = np.arange(mentees.size) % opened[mentor]
    return group


def _opened(graph: Graph, capacity: Ints, sizes: Sizes, pinned: Ints) -> tuple[Ints, int]:
    """How many groups each mentor opens, and the total that no choice surpasses: most people, then most points."""
    n, m, pairs = graph.n, graph.m, graph.size
    if not pairs or not capacity.any():
        if (pinned != NOBODY).any():
            raise ValueError("the pins cannot be made groups")
        return np.zeros(m, dtype=np.int64), 0
    at, ones = np.arange(pairs), np.ones(pairs)
    shape = (m, pairs + m)
    mentors, column = np.arange(m), pairs + np.arange(m)
    per_mentee = csr_array(coo_array((ones, (graph.rows, at)), shape=(n, pairs + m)))
    load = csr_array(coo_array((ones, (graph.mentor, at)), shape=shape))
    groups = csr_array(coo_array((np.ones(m), (mentors, column)), shape=shape))
    limits = vstack([per_mentee, load - sizes.largest * groups, sizes.smallest * groups - load], format="csr")
    rules = [LinearConstraint(limits, -np.inf, np.concatenate([np.ones(n), np.zeros(2 * m)]))]
    lowest = np.concatenate([(pinned[graph.rows] == graph.mentor).astype(float), np.zeros(m)])
    if int(lowest.sum()) < np.count_nonzero(pinned != NOBODY):
        raise ValueError("a pin is not an allowed pair")
    bounds = Bounds(lowest, np.concatenate([ones, capacity.astype(float)]))
    people = np.concatenate([ones, np.zeros(m)])
    most, _, _ = _best(people, rules, bounds, pairs)
    rules.append(LinearConstraint(people[np.newaxis, :], most, np.inf))
    _, bound, opened = _best(np.concatenate([graph.weight.astype(float), np.zeros(m)]), rules, bounds, pairs)
    return opened, bound


def _best(worth: Ints, rules: list[LinearConstraint], bounds: Bounds, pairs: int) -> tuple[int, int, Ints]:
    """Solve with no gap: what is reached, what cannot be surpassed, and the groups opened."""
    integer = np.concatenate([np.zeros(pairs), np.ones(worth.size - pairs)])
    found = milp(-worth, integrality=integer, bounds=bounds, constraints=rules, options={"mip_rel_gap": 0})
    if found.x is None:
        raise ValueError("the pins cannot be made groups")
    # Totals are whole numbers, so nothing lies between the bound and the whole number below it.
    bound = int(np.floor(-found.mip_dual_bound + 1e-4))
    return round(-found.fun), bound, np.rint(found.x[pairs:]).astype(np.int64)
