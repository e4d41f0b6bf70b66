"""The proof that a result is best, from the result and the allowed pairs alone, in exact integers.

A pair weighs `person` + its score, where `person` is more than all scores of a result together: so the most people
come first and the best total second. Prices u of mentees and v of places with

    u >= 0, v >= 0, u[i] + v[j] >= weight[i, j] for every allowed pair, v[j] = 0 where a place is free

bound every result by the sum of u and of capacity * v, and a result that reaches the bound is best (weak duality).
How the prices were found does not matter; they are checked here over all pairs.
"""

from dataclasses import dataclass

import numpy as np

from mentoring.matching.arrays import NOBODY, Ints, exact_sum
from mentoring.matching.graph import Graph, load
from mentoring.matching.pairs import Pairs
from mentoring.matching.prices import Prices, prices

_WIDEST = 1 << 62


@dataclass(frozen=True)
class Certificate:
    """What was proved: sum_u + sum_cv == matched * person + total is the bound, reached.

    Where `ok` is False, `reason` says what fails. `pairs_checked` counts the allowed pairs held against the prices.
    """

    ok: bool
    reason: str
    matched: int
    total: int
    person: int
    sum_u: int
    sum_cv: int
    passes: int
    pairs_checked: int


def person_weight(n: int, capacity: Ints, highest: int) -> int:
    """More than twice all scores of any result together, and of one with a place more.

    So a sum of weights tells how many people it stands for, whatever the points besides: they are less than half a
    person, up or down. Raises OverflowError where weights would pass 64 bits.
    """
    person = 2 * (min(n, exact_sum(capacity)) + 1) * highest + 1
    if person + highest >= _WIDEST:
        raise OverflowError("so many people with such high scores do not fit 64 bits")
    return person


def certify(pairs: Pairs, graph: Graph, capacity: Ints, mate: Ints, person: int) -> tuple[Certificate, Prices]:
    """Prove a result (`mate`: each mentee's mentor or -1) the best over all pairs, or say why it is not.

    `graph` holds the pairs, weighing their scores, from which prices are worked out; those of the result among them.
    """
    found = prices(graph.weighing(graph.weight + person), capacity, mate)
    matched = np.flatnonzero(mate != NOBODY)
    scores = pairs.scores(matched, mate[matched])
    sum_u, sum_cv = _bound(capacity, found)
    reason, checked = (found.flaw, 0) if found.flaw else check(pairs, capacity, mate, found, person)
    return Certificate(
        ok=not reason,
        reason=reason,
        matched=int(matched.size),
        total=exact_sum(scores),
        person=person,
        sum_u=sum_u,
        sum_cv=sum_cv,
        passes=found.passes,
        pairs_checked=checked,
    ), found


def check(pairs: Pairs, capacity: Ints, mate: Ints, found: Prices, person: int) -> tuple[str, int]:
    """Hold a result against prices from anywhere: why they do not prove it ("" where they do), and pairs checked."""
    matched = np.flatnonzero(mate != NOBODY)
    scores, taken = pairs.scores(matched, mate[matched]), load(mate, capacity.size)
    if (scores < 0).any():
        return "a pair is not allowed", 0
    if (taken > capacity).any():
        return "a mentor has more mentees than places", 0
    if (found.u < 0).any() or (found.v < 0).any():
        return "a price is negative", 0
    if found.v[taken < capacity].any():
        return "a free place has a price", 0
    wanting, checked = _over(pairs, found, person)
    if wanting:
        return f"{wanting} pairs weigh more than the prices of their people", checked
    reached = sum(_bound(capacity, found)) == matched.size * person + exact_sum(scores)
    return "" if reached else "the bound is not reached", checked


def _bound(capacity: Ints, found: Prices) -> tuple[int, int]:
    """The sums of prices that no result surpasses, of mentees and of places."""
    places = zip(capacity.tolist(), found.v.tolist(), strict=True)
    return exact_sum(found.u), sum(room * price for room, price in places)


def _over(pairs: Pairs, found: Prices, person: int) -> tuple[int, int]:
    """Count the pairs that weigh more than their prices, and all that were looked at."""
    over = checked = 0
    for some in pairs.reaching(found.u - person + 1, found.v):
        over += int(some.rows.size)
        checked += some.looked_at
    return over, checked
