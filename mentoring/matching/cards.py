"""The cards of all pairs at once: one look at all scores, instead of one for each pair."""

import numpy as np

from mentoring.matching.arrays import NOBODY, Ints
from mentoring.matching.explain import ALTERNATIVES, Alternative, Card, Ranks, card_of, parts_of
from mentoring.matching.policy import HIGHEST_SCORE
from mentoring.matching.score import Block
from mentoring.matching.standing import Cost, Standing

_NEVER = np.iinfo(np.int64).max


def cards(standing: Standing) -> list[Card]:
    """Explain every pair, in the order of the mentees' identifiers; each card is what `explain.card` gives."""
    problem = standing.problem
    rows = np.flatnonzero(standing.mate != NOBODY)
    columns = standing.mate[rows]
    earned = problem.scorer.components(rows, columns)
    looked = _Looked(standing, rows, columns, earned.sum(axis=1))
    for block in problem.scorer.blocks():
        looked.at(block)
    ranks = looked.ranks + np.array([1, 0, 1, 0])
    told = zip(rows.tolist(), columns.tolist(), earned, ranks.tolist(), strict=True)
    return [
        card_of(standing, row, tuple(parts_of(problem, row, column, points)), Ranks(*rank), looked.others.get(row, ()))
        for row, column, points, rank in told
    ]


class _Looked:
    """What has been seen of all scores: for each pair how many are better and allowed, both ways, and alternatives."""

    def __init__(self, standing: Standing, rows: Ints, columns: Ints, scores: Ints) -> None:
        self.standing, self.rows, self.columns, self.scores = standing, rows, columns, scores
        self.ranks = np.zeros((rows.size, 4), dtype=np.int64)
        self.others: dict[int, tuple[Alternative, ...]] = {}
        self._seen = columns[:0], (rows[:0], rows[:0])

    def at(self, block: Block) -> None:
        """Look at a block of scores."""
        pairs = np.flatnonzero(np.isin(self.rows, block.rows))
        mine = block.scores[np.searchsorted(block.rows, self.rows[pairs])]
        self.ranks[pairs, 0] += np.count_nonzero(mine > self.scores[pairs, np.newaxis], axis=1)
        self.ranks[pairs, 1] += np.count_nonzero(mine >= 0, axis=1)
        hosted, places = self._hosted(block.columns)
        theirs = block.scores[:, places]
        self.ranks[hosted, 2] += np.count_nonzero(theirs > self.scores[hosted], axis=0)
        self.ranks[hosted, 3] += np.count_nonzero(theirs >= 0, axis=0)
        self._alternatives(pairs, mine.astype(np.int64), block.columns)

    def _hosted(self, columns: Ints) -> tuple[Ints, Ints]:
        """The pairs whose mentor is among these columns, and where; the blocks of a council share their columns."""
        if columns is not self._seen[0]:
            hosted = np.flatnonzero(np.isin(self.columns, columns))
            self._seen = columns, (hosted, np.searchsorted(columns, self.columns[hosted]))
        return self._seen[1]

    def _alternatives(self, pairs: Ints, scores: Ints, columns: Ints) -> None:
        """The cheapest others of each pair's mentee: by loss, then score, then identifier, as one number each."""
        standing, problem = self.standing, self.standing.problem
        loss = self.standing.u[self.rows[pairs], np.newaxis] + standing.v[columns] - standing.person - scores
        barred = (scores < 0) | (problem.capacity[columns] == 0) | (columns == self.columns[pairs, np.newaxis])
        key = (loss * (HIGHEST_SCORE + 1) + HIGHEST_SCORE - scores) * columns.size + np.arange(columns.size)
        np.putmask(key, barred, _NEVER)
        few = min(ALTERNATIVES, columns.size)
        best = np.sort(np.partition(key, few - 1, axis=1)[:, :few], axis=1)
        for number, row in enumerate(self.rows[pairs].tolist()):
            if not problem.pinned[row]:
                at = (best[number][best[number] < _NEVER] % columns.size).tolist()
                self.others[row] = tuple(
                    Alternative(
                        problem.mentors.id[columns[one]],
                        int(scores[number, one]),
                        Cost.of(int(loss[number, one]), standing.person),
                    )
                    for one in at
                )
