"""The certificate accepts every best result and nothing else, whoever found it."""

import numpy as np
import pytest
from hypothesis import given, settings

from mentoring.matching.certify import certify, check, person_weight
from mentoring.matching.pairs import Listed
from mentoring.matching.prices import Prices
from mentoring.matching.solve import settle
from tests.mentoring.matching.brute import Brute, problems


def certificate(brute, mate):
    capacity = np.array(brute.capacity, dtype=np.int64)
    person = person_weight(brute.n, capacity, Listed(brute.graph).highest)
    return certify(Listed(brute.graph), brute.graph, capacity, np.array(mate, dtype=np.int64), person)[0]


@settings(max_examples=100, deadline=None)
@given(problems(size=5, highest=(0, 2, 9)))
def test_every_best_result_is_accepted(brute):
    for mate in brute.optima():
        proof = certificate(brute, mate)
        assert (proof.ok, proof.reason) == (True, "")
        assert (proof.matched, proof.total) == brute.best[:2]
        assert proof.sum_u + proof.sum_cv == proof.matched * proof.person + proof.total
        assert proof.pairs_checked == brute.graph.size


@settings(max_examples=60, deadline=None)
@given(problems(size=4, highest=(0, 2, 9)))
def test_every_other_result_is_rejected(brute):
    for mate in brute.results():
        assert certificate(brute, mate).ok == (brute.value(mate)[:2] == brute.best[:2])


@settings(max_examples=60, deadline=None)
@given(problems(size=7, highest=(9, 1000)))
def test_a_best_result_made_worse_by_one_swap_is_rejected(brute):
    best = next(brute.optima())
    for one in range(brute.n):
        for other in range(one):
            swapped = best[:]
            swapped[one], swapped[other] = swapped[other], swapped[one]
            allowed = all(column < 0 or brute.scores[row, column] >= 0 for row, column in enumerate(swapped))
            if not allowed or brute.value(swapped)[:2] < brute.best[:2]:
                assert not certificate(brute, swapped).ok


@settings(max_examples=100, deadline=None)
@given(problems())
def test_any_result_can_be_bettered_step_by_step_to_the_best(brute):
    """The exact repairs alone reach the best from nothing: no floating-point solver is needed for that."""
    graph, capacity = brute.graph, np.array(brute.capacity, dtype=np.int64)
    person = person_weight(brute.n, capacity, Listed(graph).highest)
    nobody = np.full(brute.n, -1, dtype=np.int64)

    mate = settle(graph.weighing(graph.weight + person), capacity, nobody).mate

    assert brute.value(mate.tolist())[:2] == brute.best[:2]


@pytest.mark.parametrize(
    ("mate", "reason"),
    [
        ([0, 0], "a mentor has more mentees than places"),
        ([1, 0], "a pair is not allowed"),
        ([-1, -1], "a free place is wanted"),
        ([-1, 0], "a free place is wanted"),
    ],
)
def test_the_reason_is_told(mate, reason):
    brute = Brute([[5, -1], [3, 4]], [1, 1])

    assert certificate(brute, mate).reason == reason


def test_mentees_who_gain_by_changing_round_are_told():
    brute = Brute([[1, 9], [9, 1]], [1, 1])

    proof = certificate(brute, [0, 1])

    assert not proof.ok
    assert proof.reason in {
        "mentees gain by moving round in a circle",
        "a place is worth more than the pair that holds it",
    }


def test_a_pair_that_the_prices_do_not_know_is_found_by_looking_at_all():
    """Prices from a few candidates are held against all pairs."""
    brute = Brute([[1, 9], [8, 5]], [1, 1])
    few = brute.graph.only(np.array([True, False, False, True]))

    proof, _ = certify(Listed(brute.graph), few, np.array([1, 1]), np.array([0, 1]), person=100)

    assert (proof.ok, proof.reason) == (False, "2 pairs weigh more than the prices of their people")
    assert proof.pairs_checked == 4


@pytest.mark.parametrize(
    ("mate", "u", "v", "reason"),
    [
        ([0, -1], [105, 0], [0, 0], "2 pairs weigh more than the prices of their people"),
        ([0, 1], [105, 104], [0, 0], ""),
        ([0, 1], [100, 104], [5, 0], ""),
        ([0, 1], [106, 104], [-1, 0], "a price is negative"),
        ([0, 1], [106, 104], [0, 0], "the bound is not reached"),
        ([0, 0], [105, 104], [0, 0], "a mentor has more mentees than places"),
        ([1, 0], [105, 104], [0, 0], "a pair is not allowed"),
        ([-1, 0], [0, 3], [105, 104], "a free place has a price"),
    ],
)
def test_prices_from_anywhere_are_checked_line_by_line(mate, u, v, reason):
    brute = Brute([[5, -1], [3, 4]], [1, 1])
    given = Prices(np.array(u), np.array(v), passes=0)

    assert check(Listed(brute.graph), np.array([1, 1]), np.array(mate), given, person=100)[0] == reason


def test_weights_that_would_pass_64_bits_are_refused():
    with pytest.raises(OverflowError, match="do not fit 64 bits"):
        person_weight(1 << 40, np.array([1 << 40]), (1 << 31) - 1)
