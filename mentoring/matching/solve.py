"""The best matching of a graph of weighted pairs, exact whatever the size of the weights.

Floating-point solvers of scipy find it; the prices in exact integers accept it or name an improvement, which is made
until there is none. So the solvers decide how fast an answer comes, never whether it is right.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components, min_weight_full_bipartite_matching

from mentoring.matching.arrays import NOBODY, Index, Ints
from mentoring.matching.graph import Graph
from mentoring.matching.prices import Prices, prices

# A dense matrix of float64 takes 8 bytes a cell.
MOST_CELLS = 40_000_000
FEWEST_CELLS = 1 << 16
SPARSE = 0.1

Solver = Callable[[Graph, Ints], Ints]


@dataclass(frozen=True)
class Solution:
    """Each mentee's mentor (-1 for none) and the prices that prove it best."""

    mate: Ints
    prices: Prices


def solve(graph: Graph, capacity: Ints, solver: Solver | None = None) -> Solution:
    """Match so that the weights add up to the most, each mentor taking at most `capacity` mentees.

    Places beyond the first few of a mentor are laid out only where their price says that they are wanted.
    """
    degree = np.bincount(graph.mentor, minlength=graph.m)
    most = np.minimum(capacity, degree)
    few = 2 + 2 * graph.n // max(1, int(np.count_nonzero(most)))
    open_places = np.minimum(most, few)
    while True:
        solution = settle(graph, open_places, (solver or scipy_solver)(graph, open_places))
        wanted = (solution.prices.v > 0) & (open_places < most)
        if not wanted.any():
            return solution
        open_places = np.where(wanted, np.minimum(most, 2 * open_places), open_places)


def settle(graph: Graph, capacity: Ints, mate: Ints) -> Solution:
    """Better a matching by exact integers until nothing betters it."""
    mate = mate.copy()
    while True:
        found = prices(graph, capacity, mate)
        if not found.flaw:
            return Solution(mate, found)
        if not found.moves:
            raise ArithmeticError(f"a solver returned what is no matching: {found.flaw}")
        for mentee, mentor in found.moves:
            mate[mentee] = mentor


def scipy_solver(graph: Graph, capacity: Ints) -> Ints:
    """Solve each part of the graph that hangs together on its own: dense where it is dense, the rest at once."""
    mate = np.full(graph.n, NOBODY, dtype=np.int64)
    keep = capacity[graph.mentor] > 0
    if not keep.any():
        return mate
    rows, columns, weight = graph.rows[keep], graph.mentor[keep], graph.weight[keep]
    rest = np.ones(rows.size, dtype=np.bool_)
    for pairs in _dense_parts(graph, capacity, rows, columns):
        rest[pairs] = False
        _Part(graph, capacity, rows[pairs], columns[pairs], weight[pairs]).solve_dense(mate)
    if rest.any():
        _Part(graph, capacity, rows[rest], columns[rest], weight[rest]).solve_sparse(mate)
    return mate


def _dense_parts(graph: Graph, capacity: Ints, rows: Index, columns: Index) -> list[Ints | slice]:
    """The pairs of each part that a matrix suits; small graphs go as a whole."""
    if _count(rows, graph.n) * int(capacity[np.bincount(columns, minlength=graph.m) > 0].sum()) <= FEWEST_CELLS:
        return [slice(None)]
    whole = graph.n + graph.m
    links = coo_array((np.ones(rows.size, dtype=np.int8), (rows, columns + graph.n)), shape=(whole, whole))
    count, part = connected_components(links.tocsr(), directed=False)
    of_pair = part[rows]
    mentees = np.bincount(part[: graph.n], minlength=count)
    places = np.bincount(part[graph.n :], weights=capacity, minlength=count)
    pairs = np.bincount(of_pair, minlength=count)
    cells = mentees * places
    suits = np.flatnonzero((cells <= MOST_CELLS) & (cells > FEWEST_CELLS) & (pairs >= SPARSE * cells))
    return [np.flatnonzero(of_pair == which) for which in suits]


def _count(people: Index, among: int) -> int:
    return int(np.count_nonzero(np.bincount(people, minlength=among)))


class _Part:
    """Some pairs, their people numbered from 0 and each mentor copied once per place, the copies side by side."""

    def __init__(self, graph: Graph, capacity: Ints, rows: Index, columns: Index, weight: Ints) -> None:
        self.mentees, self.i = _numbered(rows, graph.n)
        mentors, self.j = _numbered(columns, graph.m)
        self.places, self.weight = capacity[mentors], weight
        self.owner = np.repeat(mentors, self.places)
        self.first = np.cumsum(self.places) - self.places

    def copies(self) -> Iterator[tuple[Ints | slice, Ints]]:
        """Give, copy by copy of the mentors, the pairs that have it and its place."""
        yield slice(None), self.first[self.j]
        for nth in range(1, int(self.places.max())):
            at = np.flatnonzero(self.places[self.j] > nth)
            yield at, self.first[self.j[at]] + nth

    def solve_dense(self, mate: Ints) -> None:
        """Solve a matrix of mentees and places in which what is not allowed weighs nothing."""
        shape = self.mentees.size, self.owner.size
        # The solver would copy a matrix that has more rows than columns.
        lying = np.zeros((min(shape), max(shape)))
        cost = lying if lying.shape == shape else lying.T
        for at, place in self.copies():
            # Negated here: asked to maximise, the solver would copy the matrix too.
            cost[self.i[at], place] = -self.weight[at]
        row, column = linear_sum_assignment(lying)
        if cost is not lying:
            row, column = column, row
        real = cost[row, column] < 0
        mate[self.mentees[row[real]]] = self.owner[column[real]]

    def solve_sparse(self, mate: Ints) -> None:
        """Solve a sparse matrix with one place beside for each mentee, so that everybody can be placed somewhere."""
        n, highest = self.mentees.size, int(self.weight.max())
        copies = list(self.copies())
        # Costs begin at 1, because the solver takes a 0 for a pair that is not there.
        cost = [*(highest + 1 - self.weight[at] for at, _ in copies), np.full(n, highest + 1)]
        row = [*(self.i[at] for at, _ in copies), np.arange(n)]
        column = [*(place for _, place in copies), self.owner.size + np.arange(n)]
        cells = np.concatenate(cost).astype(np.float64), (np.concatenate(row), np.concatenate(column))
        found, place = min_weight_full_bipartite_matching(csr_array(coo_array(cells, (n, self.owner.size + n))))
        real = place < self.owner.size
        mate[self.mentees[found[real]]] = self.owner[place[real]]


def _numbered(people: Index, among: int) -> tuple[Ints, Ints]:
    """The people there are, and each one's number among them."""
    there = np.flatnonzero(np.bincount(people, minlength=among))
    number = np.zeros(among, dtype=np.int64)
    number[there] = np.arange(there.size)
    return there, number[people]
