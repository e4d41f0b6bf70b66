"""The best result over all allowed pairs: most people, then best total, then best worst pair, then the lottery.

Where there are too many pairs to keep, the best few of each mentee are solved, and every pair that weighs more than
the prices of its two people is added, until no pair among all does: the optimum of the whole problem, not of the few.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from mentoring.matching.arrays import Ints
from mentoring.matching.certify import Certificate, certify, person_weight
from mentoring.matching.graph import Graph
from mentoring.matching.lottery import Lottery
from mentoring.matching.pairs import Pairs
from mentoring.matching.solve import Solver, solve
from mentoring.matching.ties import Tight, choose

# Of the pairs that weigh too much, so many of each mentee are added at a time.
ADDED = 50

# Called with the name of each stage as it begins; it may raise to cancel.
OnStage = Callable[[str], None]


def unobserved(stage: str) -> None:
    """Let a stage begin without telling anybody."""


@dataclass(frozen=True)
class Assignment:
    """Each mentee's mentor (-1 for none), the prices of mentees and places, and the proof; `rounds` of adding pairs."""

    mate: Ints
    u: Ints
    v: Ints
    certificate: Certificate
    rounds: int


def assign(
    pairs: Pairs, capacity: Ints, lottery: Lottery, solver: Solver | None = None, on_stage: OnStage = unobserved
) -> Assignment:
    """Find the one best result and prove it."""
    person = person_weight(pairs.n, capacity, pairs.highest)
    on_stage("candidates")
    graph, rounds = pairs.candidates(), 0
    while True:
        on_stage("solve")
        rounds += 1
        solution = solve(graph.weighing(graph.weight + person), capacity, solver)
        on_stage("price")
        u, v = solution.prices.u, solution.prices.v
        tight, wanting = _scan(pairs, u - person, v)
        if not wanting.size:
            break
        graph = _joined(graph, wanting)
    on_stage("ties")
    mate = choose(Tight(tight, capacity, u > 0, (v > 0) & (capacity > 0)), solution.mate, lottery)
    on_stage("certify")
    certificate, proved = certify(pairs, _joined(graph, _pairs_of(tight, mate)), capacity, mate, person)
    return Assignment(mate, proved.u, proved.v, certificate, rounds)


def _scan(pairs: Pairs, mentee: Ints, mentor: Ints) -> tuple[Graph, Graph]:
    """The tight pairs among all, and the worst of those that weigh more than their prices."""
    tight: list[tuple[Ints, Ints, Ints]] = []
    wanting: list[tuple[Ints, Ints, Ints]] = []
    for rows, columns, scores, _looked_at in pairs.reaching(mentee, mentor):
        over = scores - mentee[rows] - mentor[columns]
        at = over == 0
        tight.append((rows[at], columns[at], scores[at]))
        if not at.all():
            at = _most_over(rows, over)
            wanting.append((rows[at], columns[at], scores[at]))
    return _gathered(pairs, tight), _gathered(pairs, wanting)


def _most_over(rows: Ints, over: Ints) -> Ints:
    """The places of up to `ADDED` pairs of each mentee that weigh the most too much."""
    at = np.flatnonzero(over > 0)
    at = at[np.lexsort((-over[at], rows[at]))]
    mentees = rows[at]
    nth = np.arange(at.size) - np.searchsorted(mentees, mentees)
    return np.asarray(at[nth < ADDED])


def _gathered(pairs: Pairs, parts: list[tuple[Ints, Ints, Ints]]) -> Graph:
    none = np.zeros(0, dtype=np.int64)
    rows, columns, scores = (np.concatenate(part) for part in zip(*parts, (none, none, none), strict=True))
    return Graph.of(pairs.n, pairs.m, rows, columns, scores)


def _pairs_of(graph: Graph, mate: Ints) -> Graph:
    return graph.only(mate[graph.rows] == graph.mentor)


def _joined(graph: Graph, more: Graph) -> Graph:
    """The pairs of both graphs, each once."""
    held = _key(graph)
    key = _key(more)
    at = np.minimum(np.searchsorted(held, key), max(0, held.size - 1))
    new = np.flatnonzero(held[at] != key) if held.size else np.arange(key.size)
    if not new.size:
        return graph
    return Graph.of(
        graph.n,
        graph.m,
        np.concatenate([graph.rows, more.rows[new]]),
        np.concatenate([graph.mentor, more.mentor[new]]),
        np.concatenate([graph.weight, more.weight[new]]),
    )


def _key(graph: Graph) -> Ints:
    return graph.rows.astype(np.int64) * max(1, graph.m) + graph.mentor
