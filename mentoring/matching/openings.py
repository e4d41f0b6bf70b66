"""How many groups each mentor opens: an integer programme, because a group has a least size.

HiGHS decides it with no gap: first the most people, then the best total. With the groups open, the rest is a matching
like any other (`groups`).
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array, vstack

from mentoring.matching.arrays import NOBODY, Ints
from mentoring.matching.graph import Graph

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


class NoGroups(ValueError):
    """The pins cannot be made groups of the sizes asked for."""

    def __init__(self) -> None:
        super().__init__("the pins cannot be made groups")


@dataclass(frozen=True)
class Openings:
    """The groups each mentor opens, and the people and the total that no other choice surpasses."""

    groups: Ints
    people: int
    total: int


def openings(graph: Graph, places: Ints, sizes: Sizes, pinned: Ints) -> Openings:
    """Decide who opens how many groups with their places; `pinned` gives mentees' mentors or -1.

    Whoever is pinned has no other pair in the graph. Raises NoGroups where the pins cannot be made groups.
    """
    n, m, pairs = graph.n, graph.m, graph.size
    most = places // sizes.smallest
    if not pairs or not most.any():
        if (pinned != NOBODY).any():
            raise NoGroups
        return Openings(np.zeros(m, dtype=np.int64), 0, 0)
    at, ones = np.arange(pairs), np.ones(pairs)
    shape = (m, pairs + m)
    mentors, column = np.arange(m), pairs + np.arange(m)
    per_mentee = csr_array(coo_array((ones, (graph.rows, at)), shape=(n, pairs + m)))
    load = csr_array(coo_array((ones, (graph.mentor, at)), shape=shape))
    groups = csr_array(coo_array((np.ones(m), (mentors, column)), shape=shape))
    limits = vstack([per_mentee, load - sizes.largest * groups, sizes.smallest * groups - load, load], format="csr")
    rules = [LinearConstraint(limits, -np.inf, np.concatenate([np.ones(n), np.zeros(2 * m), places]))]
    lowest = np.concatenate([(pinned[graph.rows] == graph.mentor).astype(float), np.zeros(m)])
    bounds = Bounds(lowest, np.concatenate([ones, most.astype(float)]))
    each = np.concatenate([ones, np.zeros(m)])
    people, _, _ = _best(each, rules, bounds, pairs)
    rules.append(LinearConstraint(each[np.newaxis, :], people, np.inf))
    _, total, opened = _best(np.concatenate([graph.weight.astype(float), np.zeros(m)]), rules, bounds, pairs)
    return Openings(opened, people, total)


def _best(worth: Ints, rules: list[LinearConstraint], bounds: Bounds, pairs: int) -> tuple[int, int, Ints]:
    """Solve with no gap: what is reached, what cannot be surpassed, and the groups opened."""
    integer = np.concatenate([np.zeros(pairs), np.ones(worth.size - pairs)])
    found = milp(-worth, integrality=integer, bounds=bounds, constraints=rules, options={"mip_rel_gap": 0})
    if found.x is None:
        raise NoGroups
    # Totals are whole numbers, so nothing lies between the bound and the whole number below it.
    bound = int(np.floor(-found.mip_dual_bound + 1e-4))
    return round(-found.fun), bound, np.rint(found.x[pairs:]).astype(np.int64)
