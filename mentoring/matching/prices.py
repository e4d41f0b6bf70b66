"""Prices of places: exact integers that prove a matching best, or show how to better it.

The price of a mentor is what one more place with them would add: 0, or the most that a chain of moves earns which
begins with a mentee moving to that place. Prices are the least fixed point of

    v[j] = max(v[j], max over pairs (i, j) of w[i, j] - w[i, mate of i] + v[mate of i])

found from 0 upwards (Bellman and Ford on the alternating paths). A chain that ends in gain without a new place is an
improvement, and there is one exactly where the matching is not best.
"""

from dataclasses import dataclass

import numpy as np

from mentoring.matching.arrays import NOBODY, Ints, Mask
from mentoring.matching.graph import Graph, load

# Looking for a circle of moves costs little, but not nothing: every so many passes.
_LOOK_EVERY = 8


@dataclass(frozen=True)
class Prices:
    """What each place and each mentee is worth (int64), or the flaw of the matching and the moves that mend it.

    A move is (mentee, mentor), the mentor -1 where the mentee gives up their place.
    """

    u: Ints
    v: Ints
    passes: int
    flaw: str = ""
    moves: tuple[tuple[int, int], ...] = ()


def prices(graph: Graph, capacity: Ints, mate: Ints) -> Prices:
    """Price the places under a matching (`mate`: each mentee's mentor or -1), or find what is wrong with it."""
    held, allowed = graph.held(mate)
    full = load(mate, graph.m) >= capacity
    none = np.zeros(graph.n, dtype=np.int64), np.zeros(graph.m, dtype=np.int64), 0
    if not allowed.all():
        return Prices(*none, "a pair is not allowed")
    if not graph.size:
        return Prices(*none)
    if (load(mate, graph.m) > capacity).any():
        return Prices(*none, "a mentor has more mentees than places")
    return _Search(graph, mate, held, full).run()


class _Search:
    """The fixed point on its way: prices, and for each the mentee who would move there."""

    def __init__(self, graph: Graph, mate: Ints, held: Ints, full: Mask) -> None:
        self.graph, self.mate, self.held, self.full = graph, mate, held, full
        self.matched = mate != NOBODY
        self.v = np.zeros(graph.m, dtype=np.int64)
        self.mover = np.full(graph.m, NOBODY, dtype=np.int64)
        self.passes = 0

    def run(self) -> Prices:
        active = np.arange(self.graph.n)
        used = int(np.unique(self.mate[self.matched]).size)
        while active.size:
            self.passes += 1
            changed = self._relax(active)
            if (wrong := np.flatnonzero(changed & ~self.full)).size:
                return self._flawed("a free place is wanted", int(wrong[0]))
            active = np.flatnonzero(self.matched & changed[self.mate])
            dear = active[self.v[self.mate[active]] > self.held[active]]
            if dear.size:
                return self._flawed("a place is worth more than the pair that holds it", giving_up=int(dear[0]))
            if (self.passes % _LOOK_EVERY == 0 or self.passes > used + 1) and (circle := self._circle()) != NOBODY:
                return self._flawed("mentees gain by moving round in a circle", circle)
        return Prices(self._worth(), self.v, self.passes)

    def _worth(self) -> Ints:
        """What each mentee's being matched adds: the weight of their pair beyond the price of its place."""
        return np.where(self.matched, self.held - self.v[self.mate], 0)

    def _relax(self, active: Ints) -> Mask:
        """Raise prices to what the active mentees would gain by moving; mark those that rose."""
        gain = np.where(self.matched[active], self.v[self.mate[active]] - self.held[active], 0)
        best = self.v.copy()
        for places, mentors, weights in self.graph.chunks(active):
            value = weights + gain[places]
            more = np.flatnonzero(value > best[mentors])
            np.maximum.at(best, mentors[more], value[more])
            top = more[value[more] == best[mentors[more]]]
            self.mover[mentors[top]] = active[places[top]]
        changed = best > self.v
        self.v = best
        return np.asarray(changed)

    def _circle(self) -> int:
        """A mentor on a circle of moves, or -1: follow every chain further than the longest without a circle."""
        after = np.full(self.graph.m + 1, self.graph.m)
        moved = np.flatnonzero(self.mover != NOBODY)
        to = self.mate[self.mover[moved]]
        after[moved] = np.where(to == NOBODY, self.graph.m, to)
        for _ in range(self.graph.m.bit_length()):
            after = after[after]
        left = np.flatnonzero(after < self.graph.m)
        return int(after[left[0]]) if left.size else NOBODY

    def _flawed(self, flaw: str, at: int = NOBODY, giving_up: int = NOBODY) -> Prices:
        moves: list[tuple[int, int]] = []
        if giving_up != NOBODY:
            moves, at = [(giving_up, NOBODY)], int(self.mate[giving_up])
        seen: dict[int, int] = {}
        while at != NOBODY and (mover := int(self.mover[at])) != NOBODY:
            if at in seen:
                moves = moves[seen[at] :]
                break
            seen[at] = len(moves)
            moves.append((mover, at))
            at = int(self.mate[mover])
        return Prices(self._worth(), self.v, self.passes, flaw, tuple(moves))
