"""Reasons: a card says why these two, every alternative costs at least what it says, and the unmatched learn why."""

import numpy as np
import pytest
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from mentoring.matching import Criterion, Mentors, Policy, Rule, match
from mentoring.matching.cards import cards
from mentoring.matching.explain import alternatives, card, exact_cost
from mentoring.matching.problem import Problem
from mentoring.matching.recruiting import recruiting_list, worth
from mentoring.matching.standing import Cost, Standing
from mentoring.matching.unmatched import all_unmatched, deficiency, unmatched
from tests.mentoring.matching.invented import Crowd


class Case:
    """A solved problem with its exclusions and pins, laid beside its input."""

    def __init__(self, seed, mentees=60, mentors=25, policy=None):
        crowd = Crowd(seed, councils=2)
        self.mentees, self.mentors = crowd.mentees(mentees), crowd.mentors(mentors)
        self.mentees = self.mentees.take(crowd.draw.permutation(mentees))
        self.facts = {
            "policy": policy or Policy(network_wide=True, local_councils=frozenset({"council-01"})),
            "exclusions": [(self.mentees.id[at], self.mentors.id[at]) for at in range(min(20, mentors))],
            "pins": [(self.mentees.id[at + 1], self.mentors.id[at]) for at in range(3)],
        }
        self.result = match(self.mentees, self.mentors, **self.facts)
        self.standing = Standing.of(self.result, Problem(self.mentees, self.mentors, **self.facts))


@pytest.fixture(scope="module")
def case():
    return Case(1)


def test_a_card_adds_up_and_says_what_the_two_share(case):
    for mentee, mentor, score in case.result.pairs:
        told = card(case.standing, mentee)
        parts = {part.criterion: part for part in told.parts}
        assert (told.mentor, told.score) == (mentor, score)
        assert tuple(parts) == tuple(Criterion)
        assert sum(part.points for part in told.parts) == score
        assert all(0 <= part.points <= part.most for part in told.parts)
        goals = parts[Criterion.GOALS]
        assert set(goals.shared) == set(goals.mentee.split(";")) & set(goals.mentor.split(";")) - {""}


@pytest.mark.parametrize("policy", [Policy(), Policy(network_wide=True), Policy(floor=300, waiting_points=0)])
def test_the_cards_of_all_pairs_at_once_are_those_of_each(policy):
    case = Case(4, policy=policy)

    assert cards(case.standing) == [card(case.standing, mentee) for mentee, _, _ in case.result.pairs]


def test_a_card_ranks_the_two_among_all_whom_each_could_have(case):
    mentee, mentor, score = next(pair for pair in case.result.pairs if pair[0] not in dict(case.facts["pins"]))
    told = card(case.standing, mentee)
    scores = case.standing.problem.scorer.rows(np.arange(len(case.mentees))).astype(int)
    row, column = case.standing.mentee(mentee), case.standing.mentor(mentor)

    assert told.rank_of_mentor == 1 + sum(other > score for other in scores[row])
    assert told.rank_of_mentee == 1 + sum(other > score for other in scores[:, column])
    assert told.allowed_mentors == sum(other >= 0 for other in scores[row])
    assert told.allowed_mentees == sum(other >= 0 for other in scores[:, column])


def test_every_alternative_costs_at_least_what_it_says(case):
    told = exact = 0
    for mentee in case.mentees.id[5:45]:
        for other in alternatives(case.standing, mentee):
            cost = exact_cost(case.standing, mentee, other.mentor)
            least = other.costs_at_least
            assert (cost.people, cost.points) >= (least.people, least.points) >= (0, 0)
            told += 1
            exact += cost == least
    assert told > 40
    assert exact > 0


def test_a_pinned_pair_is_told_as_such_and_has_no_alternatives(case):
    mentee, mentor = case.facts["pins"][0]
    told = card(case.standing, mentee)

    assert (told.mentor, told.pinned, told.alternatives) == (mentor, True, ())


def test_the_unmatched_learn_how_many_mentors_each_rule_took(case):
    assert case.result.unmatched_ids
    for mentee in case.result.unmatched_ids:
        told = unmatched(case.standing, mentee)
        scores = case.standing.problem.scorer.rows(np.array([case.standing.mentee(mentee)]))[0]
        assert told.allowed == np.count_nonzero(scores >= 0)
        assert told.allowed + sum(told.taken.values()) == len(case.mentors)
        assert tuple(told.taken) == tuple(Rule)


def test_everybody_left_over_is_told_what_each_would_be_told_alone(case):
    told = list(all_unmatched(case.standing))
    assert [one.mentee for one in told] == sorted(case.result.unmatched_ids)
    for one in told:
        alone = unmatched(case.standing, one.mentee)
        assert (one.mentors, one.taken, one.allowed) == (alone.mentors, alone.taken, alone.allowed)
        for name in ("mentees", "mentors", "places", "short"):
            assert getattr(one.deficiency, name) == getattr(alone.deficiency, name)


@pytest.mark.parametrize("seed", range(6))
def test_a_deficiency_is_what_a_maximum_flow_finds(seed):
    case = Case(seed, mentees=50, mentors=10)
    for mentees in [None, *([name] for name in case.result.unmatched_ids)]:
        told = deficiency(case.standing, mentees)
        expected = len(case.result.unmatched) if mentees is None else 1
        assert told.short == expected
        assert len(told.mentees) - flow(case, told.mentees) == expected
        assert set(mentees or case.result.unmatched_ids) <= set(told.mentees)


def flow(case, names):
    """The most of some mentees that the places left by pins can take, by scipy's maximum flow."""
    problem = case.standing.problem
    rows = np.array([case.standing.mentee(name) for name in names])
    allowed = problem.scorer.rows(rows) >= 0
    n, m = allowed.shape
    graph = np.zeros((n + m + 2, n + m + 2), dtype=np.int32)
    graph[n + m, :n] = 1
    graph[:n, n : n + m] = allowed
    graph[n : n + m, n + m + 1] = problem.capacity
    return maximum_flow(csr_array(graph), n + m, n + m + 1).flow_value


def test_reasons_are_not_given_for_what_is_not_so(case):
    matched, lonely = case.result.pairs[0][0], case.result.unmatched_ids[0]

    with pytest.raises(ValueError, match="has a mentor"):
        unmatched(case.standing, matched)
    with pytest.raises(ValueError, match="has a mentor"):
        deficiency(case.standing, [lonely, matched])
    with pytest.raises(ValueError, match="has no mentor"):
        card(case.standing, lonely)


def test_a_newcomer_is_worth_exactly_what_matching_again_gains(case):
    newcomers = Crowd(99, councils=2).mentors(25, (1,))
    fields = {name: getattr(newcomers, name) for name in Mentors.__dataclass_fields__}
    newcomers = Mentors(**fields | {"id": tuple(f"new {at}" for at in range(25))})

    told = worth(case.standing, newcomers)

    person, gains = case.result.certificate.person, []
    for at in range(25):
        again = match(case.mentees, joined(case.mentors, newcomers.take(np.array([at]))), **case.facts)
        gains.append((again.matched - case.result.matched) * person + again.total - case.result.total)
    assert told.tolist() == gains
    assert max(gains) > person


def joined(mentors, more):
    columns = {}
    for name in Mentors.__dataclass_fields__:
        one, other = getattr(mentors, name), getattr(more, name)
        columns[name] = np.concatenate([one, other]) if isinstance(one, np.ndarray) else (*one, *other)
    return Mentors(**columns)


def test_the_recruiting_list_names_the_groups_that_place_the_most_people_first(case):
    wanted = recruiting_list(case.standing)

    assert [(-one.adds.people, -one.adds.points) for one in wanted] == sorted(
        (-one.adds.people, -one.adds.points) for one in wanted
    )
    assert wanted[0].adds.people == 1
    groups = {(case.mentees.council[row], case.mentees.occupation[row][:4]) for row in case.result.unmatched.tolist()}
    placing = {(one.council, one.group) for one in wanted if one.adds.people}
    assert sum(one.waiting for one in wanted if (one.council, one.group) in groups) == sum(
        one.waiting for one in wanted
    )
    assert placing & groups


def test_the_price_of_a_place_is_exactly_what_one_more_place_gains(case):
    for at in range(0, len(case.mentors), 5):
        more = case.mentors.capacity.copy()
        more[at] += 1
        fields = {name: getattr(case.mentors, name) for name in Mentors.__dataclass_fields__}
        again = match(case.mentees, Mentors(**fields | {"capacity": more}), **case.facts)
        person = case.result.certificate.person
        gain = (again.matched - case.result.matched) * person + again.total - case.result.total
        assert case.result.v[at] == gain


@pytest.mark.parametrize(
    ("weight", "cost"), [(0, (0, 0)), (40, (0, 40)), (100, (1, 0)), (93, (1, -7)), (207, (2, 7)), (-100, (-1, 0))]
)
def test_a_weight_is_told_as_people_and_points(weight, cost):
    assert Cost.of(weight, 100) == Cost(*cost)
