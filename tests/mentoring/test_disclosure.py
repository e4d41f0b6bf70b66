"""What may be told of overlapping groups: whoever adds and subtracts all that is told finds no few people."""

from fractions import Fraction
from itertools import chain, combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring.disclosure import is_told, refined, told_pieces
from mentoring.outcomes import is_large


def safe(counts):
    """Judge pieces by (yes, answered) of each atom."""

    def judge(piece):
        yes, answered = (sum(counts[atom][side] for atom in piece) for side in (0, 1))
        return not answered or is_large(yes, answered)

    return judge


def atoms(*numbers):
    return frozenset(numbers)


def test_groups_cut_each_other_into_pieces() -> None:
    assert refined([atoms(0, 1, 2)], atoms(1, 2, 3)) == [atoms(1, 2), atoms(0), atoms(3)]
    assert refined([], atoms()) == []


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        # All, and each of three cohorts.
        ([(10, 20), (9, 20), (8, 20)], [True, True, True, True]),
        # One cohort is small: whoever took the other two from all would find it, so one of them goes as well.
        ([(10, 20), (9, 20), (2, 3)], [True, True, False, False]),
        # Two small ones are enough together to hide each other.
        ([(10, 20), (3, 6), (3, 6)], [True, True, False, False]),
        # Of two cohorts, one small: neither is told.
        ([(10, 20), (2, 3)], [True, False, False]),
        # Nobody answered in one of them: nothing is found by subtracting.
        ([(10, 20), (0, 0)], [True, True, True]),
        # All are few.
        ([(2, 3), (1, 2)], [False, False, False]),
    ],
)
def test_a_cohort_is_told_only_if_the_rest_of_the_others_is_large_too(counts, told) -> None:
    groups = [frozenset(range(len(counts))), *(atoms(number) for number in range(len(counts)))]
    pieces = told_pieces(groups, safe(counts))
    assert [is_told(group, pieces) for group in groups] == told


def test_crossing_choices_leave_no_small_corner() -> None:
    # Programmes A and B by years 1 and 2: B in year 1 is two people. All, A, B, year 1, year 2.
    counts = [(10, 20), (10, 20), (1, 2), (10, 20)]
    groups = [atoms(0, 1, 2, 3), atoms(0, 1), atoms(2, 3), atoms(0, 2), atoms(1, 3)]
    pieces = told_pieces(groups, safe(counts))
    assert [is_told(group, pieces) for group in groups] == [True, True, True, False, False]
    assert not is_told(atoms(2), pieces)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=1, max_size=5),
    st.lists(st.sets(st.integers(0, 4), min_size=1), max_size=5),
)
def test_no_sum_and_difference_of_what_is_told_gives_a_few_people(sides, chosen) -> None:
    counts = [(yes, yes + no) for yes, no in sides]
    everything = frozenset(range(len(counts)))
    groups = [everything, *(frozenset(group) & everything for group in chosen)]
    pieces = told_pieces(groups, safe(counts))
    # What a reader may choose: any set of atoms at all, in any order; what is answered must be the same pieces.
    told = [
        frozenset(choice)
        for choice in chain.from_iterable(combinations(everything, size) for size in range(len(counts) + 1))
        if is_told(frozenset(choice), pieces)
    ]
    for target in map(frozenset, product(*[[None, atom] for atom in everything])):
        wanted = frozenset(atom for atom in target if atom is not None)
        if wanted and _can_be_computed(wanted, told, len(counts)):
            yes, answered = (sum(counts[atom][side] for atom in wanted) for side in (0, 1))
            assert not answered or is_large(yes, answered)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(*[st.integers(0, 14)] * 4), min_size=1, max_size=3),
    st.sets(st.integers(0, 2)),
    st.sets(st.integers(0, 2)),
)
def test_reports_of_two_days_do_not_tell_of_a_few_who_answered_between(people, first, second) -> None:
    # Of each cohort: who said yes and no until the first report, and between the two.
    size = len(people)
    counts = [(yes, yes + no) for yes, no, _y, _n in people] + [(yes, yes + no) for _y, _n, yes, no in people]
    early, later = frozenset(range(size)), frozenset(range(2 * size))
    out = []
    cohorts = [atoms(number) for number in range(size)]
    chosen = frozenset(first) & early or early
    if is_told(chosen, told_pieces([early, *cohorts], safe(counts))):
        out.append(chosen)
    whole = [atoms(number, number + size) for number in range(size)]
    then = frozenset().union(*(whole[number] for number in second if number < size)) or later
    if is_told(then, told_pieces([later, *whole], safe(counts), out)):
        out.append(then)
    for numbers in chain.from_iterable(combinations(later, length) for length in range(1, 2 * size + 1)):
        if _can_be_computed(frozenset(numbers), out, 2 * size):
            yes, answered = (sum(counts[number][side] for number in numbers) for side in (0, 1))
            assert not answered or is_large(yes, answered)


def _can_be_computed(wanted, told, size):
    """Whether the number of a set follows from those of others by adding and subtracting them, in any multiple."""
    rows = [[Fraction(atom in group) for atom in range(size)] for group in told]
    return _rank([*rows, [Fraction(atom in wanted) for atom in range(size)]]) == _rank(rows)


def _rank(rows):
    rows, rank = [row[:] for row in rows], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((row for row in range(rank, len(rows)) if rows[row][column]), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        for row in range(rank + 1, len(rows)):
            factor = rows[row][column] / rows[rank][column]
            rows[row] = [a - factor * b for a, b in zip(rows[row], rows[rank], strict=True)]
        rank += 1
    return rank
