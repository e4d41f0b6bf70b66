"""The result is the best there is: most people, then total, then worst pair, then the lottery; in whatever order."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring.matching import ScoreList, match, match_scores
from mentoring.matching.lottery import Lottery
from mentoring.matching.policy import Policy
from mentoring.matching.solve import solve
from tests.mentoring.matching.brute import Brute, problems
from tests.mentoring.matching.invented import Crowd

LARGEST = (1 << 31) - 1


def solved(brute, seed=0):
    return match_scores(brute.score_list, brute.capacities, seed)


def mates(result, n):
    mate = [-1] * n
    for row, column in zip(result.rows.tolist(), result.columns.tolist(), strict=True):
        mate[row] = column
    return mate


@settings(max_examples=300, deadline=None)
@given(problems())
def test_a_result_has_the_most_people_then_the_best_total_then_the_best_worst_pair(brute):
    result = solved(brute)

    assert (result.matched, result.total, result.worst if result.matched else 1 << 62) == brute.best
    assert brute.value(mates(result, brute.n)) == brute.best
    assert result.certificate.ok


@pytest.mark.parametrize("seed", range(4))
def test_hundreds_of_problems_full_of_ties_are_solved_as_by_trying_out(seed):
    draw = np.random.default_rng(seed)
    for highest in [3, 10] * 60:
        n, m = draw.integers(1, 8, 2)
        brute = Brute(draw.integers(draw.integers(-1, 1), highest, (n, m)), draw.integers(0, 4, m).tolist())
        assert brute.value(mates(solved(brute, seed), n)) == brute.best


@pytest.mark.parametrize("seed", range(8))
def test_of_two_results_with_one_total_the_one_with_the_better_worst_pair_wins(seed):
    brute = Brute([[5, 4], [6, 5]], [1, 1])

    assert solved(brute, seed).worst == 5


@settings(max_examples=100, deadline=None)
@given(problems(size=5, highest=(0, 1, 2)), st.integers(0, 1 << 40))
def test_among_equals_the_lottery_of_the_seed_decides(brute, seed):
    result = solved(brute, seed)
    lottery = Lottery(seed, brute.mentees, tuple(brute.capacities))

    def draw(mate):
        rows = np.array([row for row, column in enumerate(mate) if column >= 0], dtype=np.int64)
        return int(lottery.keys(rows, np.array(mate, dtype=np.int64)[rows]).sum())

    equals = {tuple(mate): draw(mate) for mate in brute.optima() if brute.value(mate) == brute.best}
    assert equals[tuple(mates(result, brute.n))] == max(equals.values())


def test_another_seed_chooses_another_of_many_equals():
    brute = Brute([[5] * 6] * 6, [1] * 6)

    results = {tuple(mates(solved(brute, seed), 6)) for seed in range(8)}

    assert len(results) > 4


def test_the_lottery_favours_nobody():
    """Two ask for one place: over many seeds each gets it about as often."""
    brute = Brute([[7], [7]], [1])

    first = sum(mates(solved(brute, seed), 2)[0] == 0 for seed in range(200))

    assert 70 < first < 130


@settings(max_examples=100, deadline=None)
@given(problems(highest=(1, 3)), st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_nothing(brute, random):
    triples = [
        (mentee, mentor, int(brute.scores[row, column]))
        for row, mentee in enumerate(brute.mentees)
        for column, mentor in enumerate(brute.capacities)
        if brute.scores[row, column] >= 0
    ]
    shuffled, capacities = triples[:], list(brute.capacities.items())
    random.shuffle(shuffled)
    random.shuffle(capacities)

    one, other = (
        match_scores(ScoreList.of(rows), dict(places), seed=3)
        for rows, places in ((triples, brute.capacities.items()), (shuffled, capacities))
    )

    assert one.pairs == other.pairs
    assert one.pairs_sha256 == other.pairs_sha256
    assert one.input_sha256 == other.input_sha256
    assert one.certificate == other.certificate


@pytest.mark.parametrize("seed", [0, 1])
def test_the_order_of_people_changes_nothing(seed):
    crowd = Crowd(seed)
    mentees, mentors = crowd.mentees(150), crowd.mentors(70)
    shuffled = mentees.take(crowd.draw.permutation(150)), mentors.take(crowd.draw.permutation(70))
    exclusions = [(mentees.id[at], mentors.id[at]) for at in range(40)]
    pins = [(mentees.id[at], mentors.id[at]) for at in range(50, 60)]

    one = match(mentees, mentors, policy=Policy(), exclusions=exclusions, pins=pins, seed=seed)
    other = match(*shuffled, policy=Policy(), exclusions=exclusions[::-1], pins=pins[::-1], seed=seed)

    assert one.csv() == other.csv()
    assert (one.input_sha256, one.pairs_sha256) == (other.input_sha256, other.pairs_sha256)
    assert one.unmatched_ids == other.unmatched_ids
    assert dict(zip(one.mentees, one.u.tolist(), strict=True)) == dict(
        zip(other.mentees, other.u.tolist(), strict=True)
    )


def test_the_largest_scores_of_many_people_stay_exact():
    """So many people with scores of 31 bits pass the 53 bits of a float; one point must still count."""
    draw = np.random.default_rng(0)
    n, near = 5000, 6
    rows = np.repeat(np.arange(n), near)
    columns = (rows + np.tile(np.arange(near) * 7, n)) % n
    scores = draw.integers(LARGEST - 50, LARGEST, rows.size, endpoint=True)
    names = tuple(f"{at:05d}" for at in range(n))
    scores_of = ScoreList(names, names, rows, columns, scores)

    result = match_scores(scores_of, dict.fromkeys(names, 1))

    assert result.certificate.person * n > 1 << 53
    assert result.certificate.ok
    assert result.matched == n
    # The same problem without the height of the scores, which fits a float with room to spare.
    low = ScoreList(names, names, rows, columns, scores - (LARGEST - 50))
    assert result.total == match_scores(low, dict.fromkeys(names, 1)).total + n * (LARGEST - 50)


def test_a_mentor_with_endless_places_takes_everybody():
    brute = Brute([[3], [4], [0]], [LARGEST])

    assert mates(solved(brute), 3) == [0, 0, 0]


def test_a_mentor_whom_all_suit_best_takes_all_though_others_have_places():
    """More places of one mentor are wanted than are laid out at first."""
    brute = Brute([[9] + [1] * 19] * 20, [20] * 20)

    found = solve(brute.graph, np.array(brute.capacity))

    assert found.mate.tolist() == [0] * 20
    assert found.prices.v.tolist() == [0] * 20
    assert (solved(brute).total, solved(brute).certificate.ok) == (180, True)


def test_nobody_and_nothing_match_nobody():
    result = match_scores(ScoreList.of([]), {"a": 2})

    assert (result.pairs, result.total, result.worst, result.certificate.ok) == ([], 0, None, True)


@pytest.mark.parametrize(
    ("triples", "capacities", "fault"),
    [
        ([("a", "b", 1), ("a", "b", 2)], {"b": 1}, "a pair comes twice"),
        ([("a", "b", 1)], {"c": 1}, "no capacity is given for b"),
        ([("a", "b", -1)], {"b": 1}, "scores are 0 to 2147483647"),
        ([("a", "b", 1 << 31)], {"b": 1}, "scores are 0 to 2147483647"),
        ([("a", "b", 1)], {"b": -1}, "no mentor has fewer than no places"),
    ],
)
def test_scores_that_contradict_themselves_are_refused(triples, capacities, fault):
    with pytest.raises(ValueError, match=fault):
        match_scores(ScoreList.of(triples), capacities)
