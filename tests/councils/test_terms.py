"""Stretches of days with and without a coordinator."""

from datetime import timedelta

import pytest
from django.utils import timezone

from councils.queries.terms import first_gap, first_loss

TODAY = timezone.localdate()
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("before", "after", "lost"),
    [
        ([(0, None)], [(0, None)], None),
        ([(0, None)], [], 0),
        ([(0, None)], [(0, 5)], 5),
        ([(0, None), (0, 9)], [(0, 9)], 9),
        ([(0, 9)], [(0, 9)], None),
        ([(0, 9)], [(0, 4)], 4),
        ([(3, None)], [(7, None)], 3),
        ([(0, 5), (7, None)], [(0, 5), (8, None)], 7),
        ([(-9, None)], [(-9, -1), (0, None)], None),
        ([(-9, None)], [(-9, -1), (2, None)], 0),
        ([(0, 4), (2, None)], [(2, None)], 0),
        ([(0, 4), (0, 8)], [(0, 8), (0, 4)], None),
    ],
)
def test_the_first_day_that_loses_its_coordinator(before, after, lost) -> None:
    def days(terms):
        return [(TODAY + start * DAY, None if end is None else TODAY + end * DAY) for start, end in terms]

    assert first_loss(days(before), days(after), TODAY) == (None if lost is None else TODAY + lost * DAY)


@pytest.mark.parametrize(
    ("terms", "gap"), [([(0, None)], None), ([(0, 5)], 5), ([], 0), ([(-3, 2), (2, None)], None), ([(1, None)], 0)]
)
def test_the_first_day_without_a_coordinator(terms, gap) -> None:
    days = [(TODAY + start * DAY, None if end is None else TODAY + end * DAY) for start, end in terms]
    assert first_gap(days, TODAY) == (None if gap is None else TODAY + gap * DAY)
