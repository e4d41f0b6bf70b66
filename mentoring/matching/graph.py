"""The allowed pairs as a sparse matrix by mentee: where each mentee's pairs begin, whom they name, what they weigh."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

import numpy as np

from mentoring.matching.arrays import NOBODY, Index, Ints, Mask

# Pairs handled at a time: their temporary arrays stay within a processor's cache.
CHUNK = 1 << 18


@dataclass(frozen=True)
class Graph:
    """Pairs of `n` mentees and `m` mentors: the pairs of mentee i are those from start[i] to start[i + 1].

    Within a mentee they stand in the order of the mentors, each mentor once. `weight` is int64, non-negative.
    """

    n: int
    m: int
    start: Ints
    mentor: Index
    weight: Ints

    @classmethod
    def of(cls, n: int, m: int, rows: Ints | Index, columns: Ints | Index, weight: Ints) -> Self:
        """Sort pairs in any order into a graph; a pair that comes twice is a ValueError."""
        key = rows.astype(np.int64) * max(m, 1) + columns
        if key.size and not (key[1:] > key[:-1]).all():
            order = np.argsort(key, kind="stable")
            key, rows, columns, weight = key[order], rows[order], columns[order], weight[order]
            if (key[1:] == key[:-1]).any():
                raise ValueError("a pair comes twice")
        start = np.zeros(n + 1, dtype=np.int64)
        np.cumsum(np.bincount(rows, minlength=n), out=start[1:])
        return cls(n, m, start, columns.astype(np.int32, copy=False), weight.astype(np.int64, copy=False))

    @property
    def size(self) -> int:
        """The number of pairs."""
        return int(self.mentor.size)

    @property
    def rows(self) -> Index:
        """The mentee of each pair."""
        return np.repeat(np.arange(self.n, dtype=np.int32), np.diff(self.start))

    def chunks(self, mentees: Ints) -> Iterator[tuple[Ints, Index, Ints]]:
        """Give the pairs of some mentees, a cache-sized piece at a time: places in `mentees`, mentors, weights."""
        degree = np.diff(self.start)[mentees]
        ends = np.cumsum(degree)
        first = 0
        while first < mentees.size:
            before = int(ends[first - 1]) if first else 0
            last = max(first + 1, int(np.searchsorted(ends, before + CHUNK, side="right")))
            some = degree[first:last]
            shift = self.start[mentees[first:last]] - (ends[first:last] - some)
            at = np.arange(before, int(ends[last - 1]), dtype=np.int64) + np.repeat(shift, some)
            yield np.repeat(np.arange(first, last), some), self.mentor[at], self.weight[at]
            first = last

    def held(self, mate: Ints) -> tuple[Ints, Mask]:
        """The weight of each mentee's pair with their mate, 0 where there is none; and whether it is allowed."""
        weight, allowed = np.zeros(self.n, dtype=np.int64), mate == NOBODY
        matched = np.flatnonzero(mate != NOBODY)
        for places, mentors, weights in self.chunks(matched):
            theirs = mentors == mate[matched[places]]
            mentees = matched[places[theirs]]
            weight[mentees] = weights[theirs]
            allowed[mentees] = True
        return weight, allowed

    def only(self, kept: Mask) -> "Graph":
        """The graph of the pairs that are marked, among the same people."""
        return Graph.of(self.n, self.m, self.rows[kept], self.mentor[kept], self.weight[kept])

    def weighing(self, weight: Ints) -> "Graph":
        """The same pairs with other weights."""
        return Graph(self.n, self.m, self.start, self.mentor, weight)


def load(mate: Ints, m: int) -> Ints:
    """How many mentees each of `m` mentors has."""
    return np.bincount(mate[mate != NOBODY], minlength=m).astype(np.int64)
