"""Every way to match a few people, tried out: what the engine is held against."""

from functools import cache

import numpy as np
from hypothesis import strategies as st

from mentoring.matching import ScoreList
from mentoring.matching.graph import Graph


class Brute:
    """A small problem, scores with -1 where a pair is not allowed, tried out completely."""

    def __init__(self, scores, capacity):
        self.scores, self.capacity = np.array(scores), tuple(capacity)
        self.n, self.m = self.scores.shape
        self.best_from = cache(self._best_from)

    @property
    def best(self):
        """People matched, total, worst score (a huge number for nobody)."""
        return self.best_from(0, self.capacity)

    def _best_from(self, row, room):
        if row == self.n:
            return 0, 0, 1 << 62
        return max(self._after(row, room, column) for column in self._choices(row, room))

    def _choices(self, row, room):
        return [None] + [column for column in range(self.m) if room[column] and self.scores[row, column] >= 0]

    def _after(self, row, room, column):
        if column is None:
            return self.best_from(row + 1, room)
        people, total, worst = self.best_from(row + 1, self._less(room, column))
        score = int(self.scores[row, column])
        return people + 1, total + score, min(worst, score)

    @staticmethod
    def _less(room, column):
        return (*room[:column], room[column] - 1, *room[column + 1 :])

    def optima(self, row=0, room=None):
        """All results with the most people and the best total, each as a list of mentors or -1."""
        room = self.capacity if room is None else room
        if row == self.n:
            yield []
            return
        best = self.best_from(row, room)[:2]
        for column in self._choices(row, room):
            if self._after(row, room, column)[:2] == best:
                left = room if column is None else self._less(room, column)
                for rest in self.optima(row + 1, left):
                    yield [-1 if column is None else column, *rest]

    def results(self, row=0, room=None):
        """All results whatsoever."""
        room = self.capacity if room is None else room
        if row == self.n:
            yield []
            return
        for column in self._choices(row, room):
            left = room if column is None else self._less(room, column)
            for rest in self.results(row + 1, left):
                yield [-1 if column is None else column, *rest]

    def value(self, mate):
        """People matched, total and worst of a result."""
        scores = [int(self.scores[row, column]) for row, column in enumerate(mate) if column >= 0]
        return len(scores), sum(scores), min(scores, default=1 << 62)

    @property
    def graph(self):
        rows, columns = np.nonzero(self.scores >= 0)
        return Graph.of(self.n, self.m, rows, columns, self.scores[rows, columns].astype(np.int64))

    @property
    def mentees(self):
        return tuple(f"mentee {row}" for row in range(self.n))

    @property
    def capacities(self):
        return {f"mentor {column}": places for column, places in enumerate(self.capacity)}

    @property
    def score_list(self):
        rows, columns = np.nonzero(self.scores >= 0)
        scores = self.scores[rows, columns].astype(np.int64)
        return ScoreList(self.mentees, tuple(self.capacities), rows, columns, scores)


@st.composite
def problems(draw, size=7, highest=(2, 9, 1000, (1 << 31) - 1), places=3):
    """Small problems: few or many ties, few or many allowed pairs, mentors without a place."""
    n, m = draw(st.integers(1, size)), draw(st.integers(1, size))
    score = st.integers(0, draw(st.sampled_from(highest)))
    cell = st.one_of(score, st.just(-1)) if draw(st.booleans()) else score
    scores = draw(st.lists(st.lists(cell, min_size=m, max_size=m), min_size=n, max_size=n))
    return Brute(scores, draw(st.lists(st.integers(0, places), min_size=m, max_size=m)))
