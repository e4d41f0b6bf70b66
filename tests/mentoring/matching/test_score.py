"""Scores: the arrays say what a loop over pairs says, points add up, and rules take pairs off the list."""

from dataclasses import replace

import numpy as np
import pytest

from mentoring.matching import Criterion, Mentee, Mentees, Mentor, Mentors, Mode, Policy, Rule, Weight
from mentoring.matching.people import People
from mentoring.matching.policy import USUAL, WEIGHED
from mentoring.matching.score import Excluded, Scorer
from tests.mentoring.matching import loop
from tests.mentoring.matching.invented import Crowd

POLICIES = {
    "usual": Policy(),
    "network": Policy(network_wide=True, local_councils=frozenset({"council-01"})),
    "strict": Policy(
        weights={**USUAL, Criterion.OCCUPATION: Weight.MUST, Criterion.YEARS: Weight.MUST, Criterion.TEER: Weight.OFF},
        floor=450,
        waiting_points=17,
        waiting_cap=40,
    ),
    "french": Policy(languages=frozenset({"fr"}), language_level=5, waiting_points=0, waiting_cap=0),
    "one thing": Policy(weights={Criterion.GOALS: Weight.LOW}, waiting_points=200, waiting_cap=999),
}


def scorer(mentees, mentors, policy, excluded=()):
    return Scorer(mentees, mentors, policy, Excluded.of(list(excluded)))


def table(of):
    """All scores as one matrix."""
    scores = np.full((of.n, of.m), -1)
    for block in of.blocks():
        scores[np.ix_(block.rows, block.columns)] = block.scores
    return scores


def looped(mentees, mentors, policy):
    people = [loop.person(mentors, at) for at in range(len(mentors))]
    return [[loop.score(loop.person(mentees, at), other, policy) for other in people] for at in range(len(mentees))]


@pytest.mark.parametrize("policy", POLICIES.values(), ids=POLICIES)
def test_scores_in_blocks_are_those_of_a_loop_over_pairs(policy):
    crowd = Crowd(4, councils=3)
    mentees, mentors = crowd.mentees(90), crowd.mentors(60)

    scores = table(scorer(mentees, mentors, policy))

    assert scores.tolist() == looped(mentees, mentors, policy)
    assert 0 < np.count_nonzero(scores >= 0) < scores.size
    assert scores.max() <= 1000


def test_scores_in_one_piece_by_row_by_column_and_by_pair_are_the_same():
    crowd = Crowd(5, councils=2)
    mentees, mentors = crowd.mentees(40), crowd.mentors(30)
    excluded = [(0, 0), (3, 29), (39, 5), (39, 6)]
    of = scorer(mentees, mentors, POLICIES["network"], excluded)
    expected = np.array(looped(mentees, mentors, POLICIES["network"]))
    for row, column in excluded:
        expected[row, column] = -1
    rows, columns = (at.ravel() for at in np.indices(expected.shape))

    assert (table(of) == expected).all()
    assert (of.rows(np.arange(40)) == expected).all()
    assert (np.column_stack([of.column(at) for at in range(30)]) == expected).all()
    assert (of.scores(rows, columns).reshape(expected.shape) == expected).all()
    some = np.array([0, 3, 17, 39])
    assert (table(of.only(some)) == expected[some]).all()


def test_many_labels_take_more_than_one_word_of_bits():
    labels = [f"goal {at}" for at in range(150)]
    facts = {"council": "a", "occupation": "21231", "industry": "54", "years": 1, "languages": {"en": 12}}
    mentees = Mentees.of(
        Mentee(id=str(at), goals=frozenset(labels[at : at + 3]), availability=frozenset(labels[at::7]), **facts)
        for at in range(100)
    )
    mentors = Mentors.of(
        Mentor(id=str(at), goals=frozenset(labels[2 * at :: 2]), availability=frozenset(labels[at::5]), **facts)
        for at in range(70)
    )

    assert table(scorer(mentees, mentors, Policy())).tolist() == looped(mentees, mentors, Policy())


def test_components_add_up_to_the_score_and_never_exceed_their_points():
    crowd = Crowd(6)
    mentees, mentors = crowd.mentees(50), crowd.mentors(50)
    of = scorer(mentees, mentors, Policy())
    rows, columns = np.nonzero(table(of) >= 0)

    parts = of.components(rows, columns)

    assert (parts.sum(axis=1) == of.scores(rows, columns)).all()
    assert (parts >= 0).all()
    assert (parts <= [Policy().points[criterion] for criterion in Criterion]).all()


@pytest.mark.parametrize("policy", POLICIES.values(), ids=POLICIES)
def test_the_points_of_all_criteria_add_up_to_1000(policy):
    assert sum(policy.points.values()) == 1000


def test_a_pair_that_suits_in_everything_scores_1000():
    facts = {"council": "a", "occupation": "21231", "industry": "54", "languages": {"en": 12}, "city": "b"}
    facts |= {"goals": frozenset("xyz"), "availability": frozenset("pqr")}
    mentees = Mentees.of([Mentee(id="1", years=4, waiting=3, **facts)])
    mentors = Mentors.of([Mentor(id="2", years=9, **facts)])

    assert table(scorer(mentees, mentors, Policy())).tolist() == [[1000]]


BASE = {"council": "a", "occupation": "21231", "industry": "54", "years": 5, "languages": {"en": 9}}
BASE |= {"availability": frozenset({"mon"}), "city": "b", "employer": "", "mode": Mode.EITHER, "goals": frozenset()}


@pytest.mark.parametrize(
    ("rule", "mentee", "mentor", "policy"),
    [
        (Rule.COUNCIL, {}, {"council": "z"}, Policy()),
        (Rule.COUNCIL, {"mode": Mode.IN_PERSON}, {"council": "z"}, Policy(network_wide=True)),
        (Rule.COUNCIL, {}, {"council": "z"}, Policy(network_wide=True, local_councils=frozenset("z"))),
        (Rule.MODE, {"mode": Mode.VIRTUAL}, {"mode": Mode.IN_PERSON}, Policy()),
        (Rule.AVAILABILITY, {}, {"availability": frozenset({"tue"})}, Policy()),
        (Rule.AVAILABILITY, {}, {"availability": frozenset()}, Policy()),
        (Rule.LANGUAGE, {}, {"languages": {"fr": 12}}, Policy()),
        (Rule.LANGUAGE, {"languages": {"en": 6}}, {"languages": {"en": 12}}, Policy()),
        (Rule.LANGUAGE, {}, {}, Policy(languages=frozenset({"fr"}))),
        (Rule.EMPLOYER, {"employer": "x"}, {"employer": "x"}, Policy()),
        (Rule.MUST, {}, {"years": 4}, Policy(weights={**USUAL, Criterion.YEARS: Weight.MUST})),
        (Rule.FLOOR, {}, {"occupation": "13100"}, Policy(floor=700)),
    ],
)
def test_a_rule_takes_a_pair_off_the_list_and_says_so(rule, mentee, mentor, policy):
    mentees = Mentees.of([Mentee(id="1", **{**BASE, **mentee})])
    mentors = Mentors.of([Mentor(id="2", **{**BASE, **mentor}), Mentor(id="3", **{**BASE, "years": 12})])
    of = scorer(mentees, mentors, policy)

    assert of.rows(np.array([0]))[0, 0] == -1
    taken = of.waterfalls(np.array([0]))
    assert taken[rule] >= 1
    assert 2 - sum(taken.values()) == np.count_nonzero(of.rows(np.array([0])) >= 0)


def test_an_excluded_pair_is_off_the_list_and_told_as_such():
    mentees = Mentees.of([Mentee(id="1", **BASE)])
    mentors = Mentors.of([Mentor(id="2", **BASE), Mentor(id="3", **BASE)])
    of = scorer(mentees, mentors, Policy(), [(0, 1)])

    assert (of.rows(np.array([0])) >= 0).tolist() == [[True, False]]
    assert of.waterfalls(np.array([0]))[Rule.EXCLUSION] == 1


def test_an_unknown_city_or_employer_is_nobody_elses():
    unknown = {**BASE, "city": "", "mode": Mode.IN_PERSON}
    of = scorer(Mentees.of([Mentee(id="1", **unknown)]), Mentors.of([Mentor(id="2", **unknown)]), Policy())

    place = of.components(np.array([0]), np.array([0]))[0, list(Criterion).index(Criterion.PLACE)]

    assert place == Policy().points[Criterion.PLACE] * 8 // 20


def test_waiting_helps_up_to_its_cap_and_does_not_lift_over_the_floor():
    people = [Mentee(id=str(waiting), waiting=waiting, **BASE) for waiting in (0, 1, 3, 50, 1 << 40)]
    mentors = Mentors.of([Mentor(id="m", **BASE)])
    scores = table(scorer(Mentees.of(people), mentors, Policy()))[:, 0]

    assert (scores - scores[0]).tolist() == [0, 30, 90, 90, 90]
    floor = Policy(floor=int(scores[0]) + 1)
    assert table(scorer(Mentees.of(people), mentors, floor)).max() == -1


def test_what_nobody_chose_has_no_place_in_a_score():
    facts = set(People.__dataclass_fields__) | set(Mentees.__dataclass_fields__) | set(Mentors.__dataclass_fields__)

    assert facts == {
        *("id", "council", "occupation", "industry", "years", "languages", "goals", "availability", "mode", "city"),
        *("employer", "waiting", "capacity"),
    }


@pytest.mark.parametrize(
    ("facts", "fault"),
    [
        ({"weights": {Criterion.WAITING: Weight.HIGH}}, "no weight can be given to waiting"),
        ({"weights": dict.fromkeys(WEIGHED, Weight.OFF)}, "at least one criterion must count"),
        ({"language_level": 13}, "a language level is 1 to 12"),
        ({"floor": 1001}, "the floor is 0 to 1000"),
        ({"waiting_cap": 1000}, "waiting earns 0 to 999 points"),
    ],
)
def test_a_policy_that_cannot_be_weighed_is_refused(facts, fault):
    with pytest.raises(ValueError, match=fault):
        Policy(**facts)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"occupation": "2123"}, "five digits"),
        ({"occupation": "２１２３１"}, "five digits"),
        ({"years": -1}, "years of experience are 0 to 80"),
        ({"languages": {"en": 13}}, "a language level is 1 to 12"),
        ({"mode": Mode(0)}, "a mode is virtual, in person or either"),
        ({"waiting": -1}, "nobody has missed fewer than no intakes"),
    ],
)
def test_people_who_cannot_be_are_refused(change, fault):
    with pytest.raises(ValueError, match=fault):
        Mentees.of([replace(Mentee(id="1", **BASE), **change)])


def test_an_identifier_that_comes_twice_is_refused():
    with pytest.raises(ValueError, match="an identifier stands for two people"):
        Mentors.of([Mentor(id="1", **BASE), Mentor(id="1", **BASE)])
