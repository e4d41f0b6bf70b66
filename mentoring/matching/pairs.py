"""Where the allowed pairs come from: listed with their scores, or scored again each time because there are too many."""

from collections.abc import Iterator
from typing import NamedTuple, Protocol

import numpy as np

from mentoring.matching.arrays import Ints
from mentoring.matching.graph import Graph
from mentoring.matching.score import NOT_ALLOWED, Scorer

# Above so many pairs of a mentee and a mentor, scoring again costs less than keeping.
MOST_KEPT = 16_000_000
CANDIDATES = 50


class Reaching(NamedTuple):
    """Pairs whose score is at least what their two people ask, with how many allowed pairs were looked at for them."""

    rows: Ints
    columns: Ints
    scores: Ints
    looked_at: int


class Pairs(Protocol):
    """All allowed pairs of `n` mentees and `m` mentors; no score is above `highest`."""

    n: int
    m: int
    highest: int

    def candidates(self) -> Graph:
        """The pairs to begin with, weighing their scores."""

    def reaching(self, mentee: Ints, mentor: Ints) -> Iterator[Reaching]:
        """Look at all pairs, a piece at a time, for those with score >= mentee[i] + mentor[j]."""

    def scores(self, rows: Ints, columns: Ints) -> Ints:
        """The scores of some pairs, -1 where one is not allowed."""


class Listed:
    """Pairs that are all kept in a graph, weighing their scores."""

    def __init__(self, graph: Graph) -> None:
        self.graph, self.n, self.m = graph, graph.n, graph.m
        self.highest = int(graph.weight.max()) if graph.size else 0

    def candidates(self) -> Graph:
        """All of them."""
        return self.graph

    def reaching(self, mentee: Ints, mentor: Ints) -> Iterator[Reaching]:
        """Look at all pairs for those with score >= mentee[i] + mentor[j]."""
        for rows, columns, scores in self.graph.chunks(np.arange(self.n)):
            kept = scores >= mentee[rows] + mentor[columns]
            yield Reaching(rows[kept], columns[kept].astype(np.int64), scores[kept], int(rows.size))

    def scores(self, rows: Ints, columns: Ints) -> Ints:
        """The scores of some pairs, -1 where one is not listed."""
        mine = np.full(rows.size, NOT_ALLOWED, dtype=np.int64)
        for places, mentors, scores in self.graph.chunks(rows):
            theirs = mentors == columns[places]
            mine[places[theirs]] = scores[theirs]
        return mine


class Scored:
    """Pairs of people who are compared whenever they are looked at."""

    def __init__(self, scorer: Scorer, candidates: int = CANDIDATES) -> None:
        self.scorer, self.n, self.m, self.highest = scorer, scorer.n, scorer.m, scorer.highest
        self.most = candidates

    def candidates(self) -> Graph:
        """The best few mentors of each mentee."""
        found = [_none()]
        for rows, columns, block in self.scorer.blocks():
            few = min(self.most, columns.size)
            best = np.argpartition(block, columns.size - few, axis=1)[:, columns.size - few :]
            scores = np.take_along_axis(block, best, axis=1)
            row, place = np.nonzero(scores != NOT_ALLOWED)
            found.append((rows[row], columns[best[row, place]], scores[row, place].astype(np.int64)))
        return Graph.of(self.n, self.m, *(np.concatenate(parts) for parts in zip(*found, strict=True)))

    def reaching(self, mentee: Ints, mentor: Ints) -> Iterator[Reaching]:
        """Look at all pairs for those with score >= mentee[i] + mentor[j]."""
        if max(-mentee.min(initial=0), mentor.max(initial=0)) < 1 << 30:
            # Half as wide is twice as fast.
            mentee, mentor = mentee.astype(np.int32), mentor.astype(np.int32)
        for rows, columns, block in self.scorer.blocks():
            allowed = block != NOT_ALLOWED
            asked = mentee[rows][:, np.newaxis] + mentor[columns]
            row, place = np.nonzero(allowed & (block >= asked))
            scores = block[row, place].astype(np.int64)
            yield Reaching(rows[row], columns[place], scores, int(np.count_nonzero(allowed)))

    def scores(self, rows: Ints, columns: Ints) -> Ints:
        """The scores of some pairs, -1 where one is not allowed."""
        return self.scorer.scores(rows, columns)


def listed(scorer: Scorer) -> Graph:
    """Score all pairs once and keep the allowed ones."""
    found = [tuple(part.astype(np.int32) for part in _none())]
    for rows, columns, block in scorer.blocks():
        row, place = np.nonzero(block != NOT_ALLOWED)
        found.append((rows[row].astype(np.int32), columns[place].astype(np.int32), block[row, place].astype(np.int32)))
    rows, columns, scores = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return Graph.of(scorer.n, scorer.m, rows, columns, scores.astype(np.int64))


def _none() -> tuple[Ints, Ints, Ints]:
    nothing = np.zeros(0, dtype=np.int64)
    return nothing, nothing, nothing
