"""Groups have their least and most size, place the most people there can be, and then the best total."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring.matching import Policy
from mentoring.matching.groups import Sizes, group_scores, match_groups
from mentoring.matching.lottery import Lottery
from tests.mentoring.matching.brute import problems
from tests.mentoring.matching.invented import Crowd


def best(brute, sizes, pinned):
    """People and total over all ways to fill groups, tried out."""

    @cache
    def after(row, load):
        if row == brute.n:
            fits = all(
                any(sizes.smallest * opened <= taken <= sizes.largest * opened for opened in range(limit + 1))
                for taken, limit in zip(load, brute.capacity, strict=True)
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
@given(problems(size=6, highest=(2, 1000), places=2), st.integers(1, 3), st.integers(0, 2))
def test_groups_place_the_most_people_then_reach_the_best_total(brute, smallest, wider):
    sizes = Sizes(smallest, smallest + wider)

    found = grouped(brute, sizes)

    assert (found.matched, found.total) == best(brute, sizes, [-1] * brute.n)
    assert found.ok


@settings(max_examples=60, deadline=None)
@given(problems(size=5, highest=(9,), places=2), st.data())
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


def test_groups_of_people_have_four_to_six_mentees_each():
    crowd = Crowd(1)
    mentees, mentors = crowd.mentees(80), crowd.mentors(15, (1, 2))

    found = match_groups(mentees, mentors, policy=Policy())

    sizes = [
        np.count_nonzero((found.mate == mentor) & (found.group == group))
        for mentor in range(15)
        for group in range(found.opened[mentor])
    ]
    assert sum(sizes) == found.matched > 20
    assert set(sizes) <= {4, 5, 6}
    assert (found.opened <= mentors.capacity).all()
    assert found.ok


def test_the_order_of_people_changes_no_group():
    crowd = Crowd(2)
    mentees, mentors = crowd.mentees(50), crowd.mentors(10)
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
