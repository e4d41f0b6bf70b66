"""Choosing among all results of the best total: the best worst pair, then the lottery.

Every such result uses tight pairs only (those that weigh as much as their two prices), matches every mentee whose
worth is above 0 and fills every place whose price is; and every matching that does so is one of them.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from mentoring.matching.arrays import Index, Ints, Mask
from mentoring.matching.graph import Graph
from mentoring.matching.lottery import KEY_BITS, Lottery
from mentoring.matching.solve import solve


@dataclass(frozen=True)
class Tight:
    """The pairs of all best results, weighing their scores; the mentees in each, and the mentors full in each."""

    graph: Graph
    capacity: Ints
    mentees: Mask
    mentors: Mask


def choose(tight: Tight, mate: Ints, lottery: Lottery) -> Ints:
    """Give the one result that has the best worst pair and, among those, the highest draws of the lottery."""
    worst = best_worst(tight, mate)
    graph = tight.graph.only(tight.graph.weight >= worst)
    # One who must be matched outweighs all draws together, so the most draws are found among the right results.
    must = (graph.n + 1) << KEY_BITS
    needed = tight.mentees[graph.rows].astype(np.int64) + tight.mentors[graph.mentor]
    draws = lottery.keys(graph.rows, graph.mentor)
    return solve(graph.weighing(draws + must * needed), tight.capacity).mate


def best_worst(tight: Tight, mate: Ints) -> int:
    """The highest score that no pair needs to be under, by halving the candidates."""
    held, _ = tight.graph.held(mate)
    matched = held[mate >= 0]
    if not matched.size:
        return 0
    low = int(matched.min())
    candidates = np.unique(tight.graph.weight[tight.graph.weight <= _ceiling(tight)])
    candidates = candidates[candidates >= low]
    least, most = 0, candidates.size - 1
    while least < most:
        middle = (least + most + 1) // 2
        if _feasible(tight, int(candidates[middle])):
            least = middle
        else:
            most = middle - 1
    return int(candidates[least])


def _ceiling(tight: Tight) -> int:
    """What the worst pair cannot surpass: each mentee who must be matched has a best pair, each full mentor a last."""
    best = np.full(tight.graph.n, -1, dtype=np.int64)
    np.maximum.at(best, tight.graph.rows, tight.graph.weight)
    tops = [best[tight.mentees]]
    order = np.lexsort((-tight.graph.weight, tight.graph.mentor))
    degree = np.bincount(tight.graph.mentor, minlength=tight.graph.m)
    full = np.flatnonzero(tight.mentors & (tight.capacity > 0))
    last = (np.cumsum(degree) - degree)[full] + tight.capacity[full] - 1
    tops.append(tight.graph.weight[order][last])
    return int(np.concatenate(tops).min())


def _feasible(tight: Tight, worst: int) -> bool:
    """Whether all who must be matched can be with pairs of this score or better.

    If some matching holds all the mentees and some matching fills all the mentors, one does both (Mendelsohn and
    Dulmage 1958), so the two sides are asked one after the other.
    """
    kept = tight.graph.weight >= worst
    rows, columns = tight.graph.rows[kept], tight.graph.mentor[kept]
    mentees = tight.mentees[rows]
    if _most(rows[mentees], columns[mentees], tight.capacity) < np.count_nonzero(tight.mentees):
        return False
    mentors = tight.mentors[columns]
    return _most(rows[mentors], columns[mentors], tight.capacity) == int(tight.capacity[tight.mentors].sum())


def _most(rows: Index, columns: Index, capacity: Ints) -> int:
    """The most mentees that these pairs can match: a maximum flow."""
    if not rows.size:
        return 0
    mentees, i = np.unique(rows, return_inverse=True)
    mentors, j = np.unique(columns, return_inverse=True)
    n, m = mentees.size, mentors.size
    source, sink = n + m, n + m + 1
    tail = np.concatenate([np.full(n, source), i, n + np.arange(m)])
    head = np.concatenate([np.arange(n), n + j, np.full(m, sink)])
    room = np.concatenate([np.ones(n + i.size, dtype=np.int64), np.minimum(capacity[mentors], n)]).astype(np.int32)
    return int(maximum_flow(csr_array((room, (tail, head)), shape=(n + m + 2, n + m + 2)), source, sink).flow_value)
