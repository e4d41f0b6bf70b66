"""Groups have their least and most size, place the most people there can be, and then the best total."""

from dataclasses import fields, replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring.matching import Mentors, Policy
from mentoring.matching.group_cards import NEVER, alternative, group_cards, left_out, losses
from mentoring.matching.group_recruiting import MOST_TRIED, group_recruiting_list, suiting
from mentoring.matching.groups import group_scores, match_groups, solve_groups
from mentoring.matching.lottery import Lottery
from mentoring.matching.openings import Sizes
from mentoring.matching.problem import Problem
from mentoring.matching.standing import Cost
from tests.mentoring.matching.brute import problems
from tests.mentoring.matching.invented import Crowd


def best(brute, sizes, pinned, opened=None):
    """People and total over all ways to fill groups, tried out; `opened` where it is decided who opens how many."""
    choices_of = [range(limit + 1) for limit in brute.capacity] if opened is None else [[each] for each in opened]

    @cache
    def after(row, load):
        if row == brute.n:
            fits = all(
                any(sizes.smallest * groups <= taken <= min(sizes.largest * groups, limit) for groups in possible)
                for taken, possible, limit in zip(load, choices_of, brute.capacity, strict=True)
            )
            return (0, 0) if fits else (-100, 0)
        choices = [] if pinned[row] >= 0 else [after(row + 1, load)]
        for column in range(brute.m):
            if brute.scores[row, column] >= 0 and pinned[row] in (-1, column):
                people, total = after(row + 1, (*load[:column], load[column] + 1, *load[column + 1 :]))
                choices.append((people + 1, total + int(brute.scores[row, column])))
        return max(choices, default=(-100, 0))

    return after(0, (0,) * brute.m)


def grouped(brute, sizes, pinned=None):
    lottery = Lottery(0, brute.mentees, tuple(brute.capacities) * 2)
    return group_scores(brute.graph, np.array(brute.capacity, dtype=np.int64), sizes, lottery, pinned)


@settings(max_examples=120, deadline=None)
@given(problems(size=6, highest=(2, 1000), places=5), st.integers(1, 3), st.integers(0, 2))
def test_groups_place_the_most_people_then_reach_the_best_total(brute, smallest, wider):
    sizes = Sizes(smallest, smallest + wider)

    found = grouped(brute, sizes)

    assert (found.matched, found.total) == best(brute, sizes, [-1] * brute.n)
    assert found.ok


@settings(max_examples=60, deadline=None)
@given(problems(size=5, highest=(9,), places=5), st.data())
def test_a_pin_is_kept_or_said_to_be_impossible(brute, data):
    row, column = data.draw(st.integers(0, brute.n - 1)), data.draw(st.integers(0, brute.m - 1))
    pinned = np.full(brute.n, -1)
    pinned[row] = column
    expected = best(brute, Sizes(2, 3), pinned.tolist())

    if expected[0] < 0:
        with pytest.raises(ValueError, match="pin"):
            grouped(brute, Sizes(2, 3), pinned)
    else:
        found = grouped(brute, Sizes(2, 3), pinned)
        assert found.mate[row] == column
        assert (found.matched, found.total) == expected


@settings(max_examples=150, deadline=None)
@given(problems(size=6, highest=(2, 9, 1000), places=5), st.integers(1, 3), st.integers(0, 2))
def test_another_open_group_costs_at_least_what_is_said(brute, smallest, wider):
    sizes = Sizes(smallest, smallest + wider)
    found = grouped(brute, sizes)

    for row in range(brute.n):
        for column, loss in enumerate(losses(found, row, brute.scores[row]).tolist()):
            if loss == NEVER:
                assert brute.scores[row, column] < 0 or not found.opened[column]
                continue
            told = alternative(found, f"mentor {column}", int(brute.scores[row, column]), loss)
            forced = [column if at == row else -1 for at in range(brute.n)]
            people, total = best(brute, sizes, forced, found.opened.tolist())
            if told.too_small or told.costs_at_least.people > 0:
                assert people < found.matched
            elif people == found.matched:
                assert found.total - total >= told.costs_at_least.points >= 0
            if found.mate[row] == column:
                assert (told.costs_at_least, told.too_small) == (Cost(0, 0), False)


def test_groups_of_people_have_four_to_six_mentees_each():
    crowd = Crowd(1)
    mentees, mentors = crowd.mentees(80), crowd.mentors(15, (4, 6, 7, 12))

    found = match_groups(mentees, mentors, policy=Policy())

    sizes = [
        np.count_nonzero((found.mate == mentor) & (found.group == group))
        for mentor in range(15)
        for group in range(found.opened[mentor])
    ]
    assert sum(sizes) == found.matched > 20
    assert set(sizes) <= {4, 5, 6}
    assert (np.bincount(found.mate[found.mate >= 0], minlength=15) <= mentors.capacity).all()
    assert sizes.count(4) < len(sizes)
    assert found.ok


def test_the_order_of_people_changes_no_group():
    crowd = Crowd(2)
    mentees, mentors = crowd.mentees(50), crowd.mentors(10, (6, 12))
    turned = np.arange(50)[::-1], np.arange(10)[::-1]

    one = match_groups(mentees, mentors, policy=Policy())
    other = match_groups(mentees.take(turned[0]), mentors.take(turned[1]), policy=Policy())

    back = other.mate[turned[0]]
    assert one.mate.tolist() == np.where(back < 0, -1, 9 - back).tolist()
    assert one.group.tolist() == other.group[turned[0]].tolist()
    assert one.opened.tolist() == other.opened[turned[1]].tolist()


@pytest.mark.parametrize("sizes", [(0, 3), (5, 4)])
def test_sizes_that_make_no_group_are_refused(sizes):
    with pytest.raises(ValueError, match="a group has one mentee at least"):
        Sizes(*sizes)


@pytest.mark.parametrize("pins", [[("nobody", "000000")], [("000000", "000000"), ("000000", "000001")]])
def test_pins_that_name_nobody_or_two_are_refused(pins):
    crowd = Crowd(3)

    with pytest.raises(ValueError, match="cannot be pinned"):
        match_groups(crowd.mentees(5), crowd.mentors(2), policy=Policy(), pins=pins)


def test_the_cards_of_groups_add_up_and_name_other_mentors_with_a_group():
    crowd = Crowd(4)
    problem = Problem(crowd.mentees(60), crowd.mentors(12, (6, 12)), policy=Policy())
    pins = [(problem.mentees.id[allowed_with(problem, 2)[0]], problem.mentors.id[2])]
    groups = solve_groups(problem, Sizes(), pins, 0)
    leading = {problem.mentors.id[at] for at in np.flatnonzero(groups.opened)}

    told = group_cards(problem, groups, pins)

    assert [one.mentee for one in told] == [problem.mentees.id[row] for row in np.flatnonzero(groups.mate >= 0)]
    assert sum(one.score for one in told) == groups.total
    assert all(sum(part.points for part in one.parts) == one.score for one in told)
    assert all({other.mentor for other in one.alternatives} <= leading - {one.mentor} for one in told)
    assert any(one.alternatives for one in told)
    assert [one.alternatives for one in told if one.pinned] == [()]
    left = list(left_out(problem, groups))
    assert [one.mentee for one in left] == [problem.mentees.id[row] for row in np.flatnonzero(groups.mate < 0)]
    assert all(one.leading <= one.allowed for one in left)


def test_whom_to_recruit_adds_exactly_what_is_said():
    crowd = Crowd(6, councils=2)
    problem = Problem(crowd.mentees(60), crowd.mentors(4, (6,)), policy=Policy())
    pins = [(problem.mentees.id[allowed_with(problem, 0)[0]], problem.mentors.id[0])]
    groups = solve_groups(problem, Sizes(), pins, 0)
    tries = []

    wanted = group_recruiting_list(problem, groups, Sizes(), pins, lambda: tries.append(1))

    assert len(wanted) <= len(tries) == MOST_TRIED
    assert wanted
    assert wanted[0].adds.people >= Sizes().smallest
    for one in wanted:
        there = zip(groups.mate, problem.mentees.council, problem.mentees.occupation, strict=True)
        rows = [
            row
            for row, facts in enumerate(there)
            if facts[0] < 0 and (facts[1], facts[2][:4]) == (one.council, one.group)
        ]
        newcomer = replace(suiting(problem, rows), id="~", capacity=6)
        people = [problem.mentors, Mentors.of([newcomer])]
        mentors = Mentors(
            **{each.name: joined(*(getattr(some, each.name) for some in people)) for each in fields(Mentors)}
        )
        again = match_groups(problem.mentees, mentors, policy=Policy(), pins=pins)
        assert one.waiting == len(rows)
        assert one.adds == Cost(again.matched - groups.matched, again.total - groups.total)


def allowed_with(problem, mentor):
    return np.flatnonzero(problem.scorer.column(mentor) >= 0).tolist()


def joined(one, other):
    return np.concatenate([one, other]) if isinstance(one, np.ndarray) else one + other


def test_a_pin_may_join_two_whom_a_rule_keeps_apart():
    crowd = Crowd(1)
    problem = Problem(crowd.mentees(40), crowd.mentors(8, (6,)), policy=Policy())
    popular = max(range(8), key=lambda mentor: len(allowed_with(problem, mentor)))
    apart = np.flatnonzero(problem.scorer.column(popular) < 0).tolist()
    pin = problem.mentees.id[apart[0]], problem.mentors.id[popular]

    found = solve_groups(problem, Sizes(), [pin], 0)

    assert found.mate[apart[0]] == popular
    assert found.ok
