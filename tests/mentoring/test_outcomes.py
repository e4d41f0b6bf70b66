"""Statistics against worked examples, and suppression that nobody undoes by subtracting."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.outcomes import LEAST_CELL, Share, median_place, suppressed, wilson


@pytest.mark.parametrize(
    ("yes", "answered", "low", "high"),
    [
        # 73 % and 19 % of the 292 replies to the network's survey of 2010 to 2012.
        (213, 292, 0.676, 0.777),
        (55, 292, 0.148, 0.237),
        (6, 8, 0.409, 0.929),
        (0, 10, 0.0, 0.278),
        (10, 10, 0.722, 1.0),
        (0, 0, 0.0, 1.0),
    ],
)
def test_wilsons_interval_agrees_with_worked_examples(yes, answered, low, high) -> None:
    assert wilson(yes, answered) == (pytest.approx(low, abs=0.0006), pytest.approx(high, abs=0.0006))


def test_the_bounds_say_what_the_silent_could_change() -> None:
    share = Share(yes=55, answered=292, due=1900)
    assert share.bounds == (pytest.approx(0.029, abs=0.0005), pytest.approx(0.8753, abs=0.0005))
    assert share.response == pytest.approx(0.1537, abs=0.0001)


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_an_interval_holds_its_share_and_the_bounds_hold_every_completion(yes, no, silent) -> None:
    share = Share(yes, yes + no, yes + no + silent)
    low, high = share.interval
    assert 0 <= low <= share.rate <= high <= 1
    least, most = share.bounds
    if share.due:
        for extra in range(silent + 1):
            assert least <= (yes + extra) / share.due <= most


@pytest.mark.parametrize("numbers", [(2, 1, 5), (1, 2, 1), (-1, 3, 3)])
def test_an_impossible_share_is_refused(numbers) -> None:
    with pytest.raises(ValueError, match="is no share"):
        Share(*numbers)


@pytest.mark.parametrize(
    ("yes", "answered", "shown"),
    [(5, 10, True), (0, 12, True), (12, 12, True), (4, 12, False), (9, 12, False), (5, 9, False)],
)
def test_a_share_of_a_few_people_is_not_shown(yes, answered, shown) -> None:
    assert Share(yes, answered, 40).is_shown is shown


@pytest.mark.parametrize(("among", "shown"), [(9, True), (10, False), (13, False), (14, True), (None, True)])
def test_what_lies_between_two_groups_on_one_page_is_not_a_few_people_either(among, shown) -> None:
    assert Share(9, 43, 66, among).is_shown is shown


@pytest.mark.parametrize(
    ("counts", "place"), [([0, 0], None), ([1, 1], 0), ([1, 2], 1), ([0, 3, 1], 1), ([2, 0, 2], 0), ([0, 0, 7], 2)]
)
def test_the_median_lies_in_its_class(counts, place) -> None:
    assert median_place(counts) == place


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([20, 30, 40], [20, 30, 40]),
        ([20, 3, 40], [None, None, 40]),
        ([20, 3, 2], [20, None, None]),
        ([20, 1, 2, 9], [20, None, None, None]),
        ([0, 12, 8], [0, 12, 8]),
        ([3, 0], [None, None]),
    ],
)
def test_small_cells_take_others_along(counts, shown) -> None:
    assert suppressed(counts) == shown


@given(st.lists(st.integers(0, 12), min_size=2, max_size=4))
def test_nobody_finds_a_small_cell_by_subtracting_from_the_total(counts) -> None:
    shown = suppressed(counts)
    hidden = [place for place, value in enumerate(shown) if value is None]
    small = [place for place, count in enumerate(counts) if 0 < count < LEAST_CELL]
    assert set(small) <= set(hidden)
    if not hidden or all(value is None for value in shown):
        return
    rest = sum(counts) - sum(value for value in shown if value is not None)
    # Whoever knows the total and the rule still has more than one possibility for each hidden cell.
    fits = [cells for cells in product(range(rest + 1), repeat=len(hidden)) if sum(cells) == rest]
    for place in range(len(hidden)):
        assert len({cells[place] for cells in fits}) > 1
