"""People matched from their facts: pins and exclusions hold, and few candidates priced out give what all pairs give."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring.matching import Mentors, Policy, ScoreList, match, match_scores, score_list
from mentoring.matching.assign import assign
from mentoring.matching.lottery import Lottery
from mentoring.matching.pairs import Listed, Scored, listed
from mentoring.matching.problem import Problem
from mentoring.matching.score import Excluded, Scorer
from tests.mentoring.matching import loop
from tests.mentoring.matching.brute import Brute
from tests.mentoring.matching.invented import Crowd

POLICY = Policy(network_wide=True, language_level=4)


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 1 << 20), st.integers(1, 7), st.integers(1, 7), st.data())
def test_pins_and_exclusions_hold_and_the_rest_is_the_best_there_is(seed, n, m, data):
    crowd = Crowd(seed, councils=2)
    mentees, mentors = crowd.mentees(n), crowd.mentors(m, (1, 2))
    cells = st.tuples(st.integers(0, n - 1), st.integers(0, m - 1))
    pins = dict(data.draw(st.lists(cells, max_size=2)))
    pins = {row: column for row, column in pins.items() if list(pins.values()).count(column) == 1}
    excluded = set(data.draw(st.lists(cells, max_size=6))) - set(pins.items())
    names = [[(mentees.id[row], mentors.id[column]) for row, column in pairs] for pairs in (excluded, pins.items())]

    result = match(mentees, mentors, policy=POLICY, exclusions=names[0], pins=names[1])

    given = [loop.person(mentors, at) for at in range(m)]
    scores = np.array([[loop.score(loop.person(mentees, at), other, POLICY) for other in given] for at in range(n)])
    for pair in excluded:
        scores[pair] = -1
    scores[list(pins)] = -1
    room = mentors.capacity - np.bincount(list(pins.values()), minlength=m)
    people, total, worst = Brute(scores, room.tolist()).best
    assert set(names[1]) <= {pair[:2] for pair in result.pairs}
    assert not set(names[0]) & {pair[:2] for pair in result.pairs}
    assert (result.certificate.matched, result.certificate.total) == (people, total)
    assert result.matched == people + len(pins)
    free = result.scores[~result.pinned]
    assert (free.size, free.min(initial=1 << 62)) == (people, worst)
    assert result.certificate.ok


@pytest.mark.parametrize(
    ("pins", "exclusions", "fault"),
    [
        ([("000000", "000001")], [("000000", "000001")], "000000 and 000001 are excluded and pinned"),
        ([("000000", "000001"), ("000000", "000002")], [], "a mentee is pinned twice"),
        ([("000000", "000001"), ("000001", "000001")], [], "000001 is pinned beyond their capacity"),
        ([("nobody", "000001")], [], "a pin names 'nobody', who is not there"),
        ([], [("000000", "nobody")], "an exclusion names 'nobody', who is not there"),
    ],
)
def test_pins_and_exclusions_that_contradict_themselves_are_refused(pins, exclusions, fault):
    crowd = Crowd()

    with pytest.raises(ValueError, match=fault):
        match(crowd.mentees(3), crowd.mentors(3, (1,)), policy=Policy(), pins=pins, exclusions=exclusions)


@pytest.mark.parametrize("capacities", [(1,), (1, 2, 3), (0, 1)])
def test_few_candidates_priced_out_over_all_pairs_give_what_all_pairs_give(capacities):
    crowd = Crowd(7)
    mentees, mentors = crowd.mentees(260), crowd.mentors(200, capacities)
    scorer = Scorer(mentees, mentors, POLICY, Excluded.of([(at, at) for at in range(100)]))
    lottery = Lottery(1, mentees.id, mentors.id)

    few = assign(Scored(scorer, candidates=3), mentors.capacity, lottery)
    kept = Listed(listed(scorer))
    # A person then weighs the same in both, and prices can be compared.
    kept.highest = scorer.highest
    whole = assign(kept, mentors.capacity, lottery)

    assert few.rounds > 1
    assert few.mate.tolist() == whole.mate.tolist()
    assert few.u.tolist() == whole.u.tolist()
    assert few.v.tolist() == whole.v.tolist()
    assert few.certificate.ok
    assert few.certificate.pairs_checked == whole.certificate.pairs_checked


def test_pairs_too_many_to_keep_are_matched_alike():
    crowd = Crowd(8, councils=3)
    mentees, mentors = crowd.mentees(120), crowd.mentors(60)
    pins = [(mentees.id[0], mentors.id[0])]

    kept = match(mentees, mentors, policy=POLICY, pins=pins)
    again = match(mentees, mentors, policy=POLICY, pins=pins, most_kept=0)

    assert again.csv() == kept.csv()
    assert again.certificate.ok


def test_bare_scores_of_people_give_the_same_pairs():
    crowd = Crowd(9, councils=2)
    mentees, mentors = crowd.mentees(150), crowd.mentors(60)
    exclusions = [(mentees.id[at], mentors.id[at]) for at in range(60)]

    by_people = match(mentees, mentors, policy=Policy(), exclusions=exclusions, seed=4)
    scores = score_list(mentees, mentors, policy=Policy(), exclusions=exclusions)
    by_scores = match_scores(scores, dict(zip(mentors.id, mentors.capacity.tolist(), strict=True)), seed=4)

    assert by_scores.pairs == by_people.pairs
    assert by_scores.certificate.pairs_checked == by_people.certificate.pairs_checked


def test_parts_that_hang_together_are_solved_one_by_one_and_proved_as_a_whole():
    """Large enough for a matrix for each part; the best total is that of the parts alone."""
    crowd = Crowd(10, councils=3)
    mentees, mentors = crowd.mentees(1000), crowd.mentors(400)

    whole = match(mentees, mentors, policy=Policy())

    alone = 0
    for council in sorted(set(mentees.council)):
        some = [
            people.take(np.array([at for at, name in enumerate(people.council) if name == council]))
            for people in (mentees, mentors)
        ]
        alone += match(*some, policy=Policy()).total
    assert whole.total == alone
    assert whole.certificate.ok


def test_the_floor_leaves_people_on_the_list_rather_than_poorly_matched():
    crowd = Crowd(11)
    mentees, mentors = crowd.mentees(100), crowd.mentors(50)

    result = match(mentees, mentors, policy=Policy(floor=500))

    assert result.matched < match(mentees, mentors, policy=Policy()).matched
    assert result.worst >= 500
    assert len(result.unmatched) == 100 - result.matched


def test_the_hash_of_the_input_tells_every_change():
    crowd = Crowd(12)
    mentees, mentors = crowd.mentees(10), crowd.mentors(8)
    pair = [(mentees.id[0], mentors.id[0])]
    fuller = Mentors(
        **{name: getattr(mentors, name) for name in Mentors.__dataclass_fields__} | {"capacity": mentors.capacity + 1}
    )
    changes = [
        {},
        {"policy": replace(Policy(), floor=1)},
        {"exclusions": pair},
        {"pins": pair},
        {"seed": 1},
        {"mentors": fuller},
    ]

    hashes = {
        match(mentees, change.pop("mentors", mentors), **{"policy": Policy(), **change}).input_sha256
        for change in changes
    }

    assert len(hashes) == len(changes)


def test_a_stage_may_cancel():
    class CancelledError(Exception):
        pass

    stages = []

    def begin(stage):
        stages.append(stage)
        if stage == "ties":
            raise CancelledError

    crowd = Crowd(13)
    with pytest.raises(CancelledError):
        match(crowd.mentees(5), crowd.mentors(5), policy=Policy(), on_stage=begin)
    assert stages == ["prepare", "score", "candidates", "solve", "price", "ties"]


@pytest.mark.parametrize(("mentees", "mentors"), [(0, 3), (3, 0), (0, 0)])
def test_with_nobody_on_a_side_nobody_is_matched(mentees, mentors):
    crowd = Crowd(14)

    result = match(crowd.mentees(mentees), crowd.mentors(mentors), policy=Policy())

    assert (result.matched, result.total, len(result.unmatched)) == (0, 0, mentees)
    assert result.certificate.ok


def test_a_problem_of_people_knows_whom_pins_leave():
    crowd = Crowd(15)
    mentees, mentors = crowd.mentees(4), crowd.mentors(3, (2,))

    problem = Problem(mentees, mentors, policy=Policy(), pins=[(mentees.id[1], mentors.id[2])])

    assert problem.free.tolist() == [0, 2, 3]
    assert problem.capacity.tolist() == [2, 2, 1]


def test_scores_keep_identifiers_whatever_is_in_them():
    names = ["a,b", ' "quoted" ', "line\nbreak", "é\u0301", "=1+1", "nul", "\r"]
    triples = ScoreList.of((name, name, 1) for name in names)

    assert {pair[0] for pair in match_scores(triples, dict.fromkeys(names, 1)).pairs} == set(names)
