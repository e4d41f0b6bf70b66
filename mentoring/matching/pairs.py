"""Where the allowed pairs come from: listed with their scores, or scored again each time because there are too many."""

from collections.abc import Iterator
from typing import NamedTuple, Protocol

import numpy as np

from mentoring.matching.arrays import Index, Ints, Narrow
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

    def row(self, mentee: int) -> Ints:
        """The scores of one mentee with every mentor, -1 where the pair is not allowed."""

    def column(self, mentor: int) -> Ints:
        """The scores of one mentor with every mentee, -1 where the pair is not allowed."""


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

    def row(self, mentee: int) -> Ints:
        """The scores of one mentee with every mentor."""
        scores = np.full(self.m, NOT_ALLOWED, dtype=np.int64)
        at = slice(self.graph.start[mentee], self.graph.start[mentee + 1])
        scores[self.graph.mentor[at]] = self.graph.weight[at]
        return scores

    def column(self, mentor: int) -> Ints:
        """The scores of one mentor with every mentee."""
        scores = np.full(self.n, NOT_ALLOWED, dtype=np.int64)
        at = np.flatnonzero(self.graph.mentor == mentor)
        scores[np.searchsorted(self.graph.start, at, side="right") - 1] = self.graph.weight[at]
        return scores


class Scored:
    """Pairs of people who are compared whenever they are looked at."""

    def __init__(self, scorer: Scorer, candidates: int = CANDIDATES) -> None:
        self.scorer, self.n, self.m, self.highest = scorer, scorer.n, scorer.m, scorer.highest
        self.most = candidates

    def candidates(self) -> Graph:
        """The best few mentors of each mentee."""
        few = min(self.most, self.m)
        found: list[tuple[Ints, Ints, Ints]] = []
        for first, block in self.scorer.blocks():
            best = np.argpartition(block, self.m - few, axis=1)[:, self.m - few :]
            scores = np.take_along_axis(block, best, axis=1)
            row, place = np.nonzero(scores != NOT_ALLOWED)
            found.append((row + first, best[row, place], scores[row, place].astype(np.int64)))
        rows, columns, scores64 = (np.concatenate(parts) for parts in zip(*found, strict=True))
        return Graph.of(self.n, self.m, rows, columns, scores64)

    def reaching(self, mentee: Ints, mentor: Ints) -> Iterator[Reaching]:
        """Look at all pairs for those with score >= mentee[i] + mentor[j]."""
        if max(-mentee.min(initial=0), mentor.max(initial=0)) < 1 << 30:
            # Half as wide is twice as fast.
            mentee, mentor = mentee.astype(np.int32), mentor.astype(np.int32)
        for first, block in self.scorer.blocks():
            allowed = block != NOT_ALLOWED
            asked = mentee[first : first + len(block), np.newaxis] + mentor
            rows, columns = np.nonzero(allowed & (block >= asked))
            scores = block[rows, columns].astype(np.int64)
            yield Reaching(rows + first, columns, scores, int(np.count_nonzero(allowed)))

    def scores(self, rows: Ints, columns: Ints) -> Ints:
        """The scores of some pairs, -1 where one is not allowed."""
        return self.scorer.scores(rows, columns)

    def row(self, mentee: int) -> Ints:
        """The scores of one mentee with every mentor."""
        return np.asarray(self.scorer.block(mentee, mentee + 1)[0].astype(np.int64))

    def column(self, mentor: int) -> Ints:
        """The scores of one mentor with every mentee."""
        return self.scorer.column(mentor).astype(np.int64)


def listed(scorer: Scorer) -> Graph:
    """Score all pairs once and keep the allowed ones."""
    rows: list[Index] = []
    columns: list[Index] = []
    scores: list[Narrow] = []
    for first, block in scorer.blocks():
        row, column = np.nonzero(block != NOT_ALLOWED)
        scores.append(block[row, column])
        rows.append((row + first).astype(np.int32))
        columns.append(column.astype(np.int32))
    if not rows:
        return Graph.of(scorer.n, scorer.m, *(np.zeros(0, dtype=np.int64),) * 3)
    return Graph.of(
        scorer.n, scorer.m, np.concatenate(rows), np.concatenate(columns), np.concatenate(scores).astype(np.int64)
    )
