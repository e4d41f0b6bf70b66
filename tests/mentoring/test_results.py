"""Results by programme, cohort and year: counted right, told only where many stand behind each number."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from allies.kit import scope
from mentoring.models import FollowUp
from mentoring.outcomes import Share
from mentoring.queries.followups import standing
from mentoring.queries.reports import pairs_of, source_of
from mentoring.queries.results import results
from mentoring.queries.tallies import WAVES, Choice
from tests.factories import mentoring as make
from tests.mentoring.cohorts import ENDED, LOOKS, WORKS, answers, mentored

TODAY = date(2026, 11, 20)


@pytest.fixture
def everywhere(db):
    with scope.across():
        yield


def told(council, **choice):
    with scope.within(council):
        return results(source_of(council.pk, Choice(**choice), TODAY))


def counts(found, name="at_work", wave="m12"):
    share = found.share(name, wave)
    return share and (share.yes, share.answered, share.due)


@pytest.fixture
def intakes(world):
    """Two programmes at Halifax, two cohorts in the first and one in the second."""
    with scope.across():
        first, second = (make.ProgrammeFactory(council=world.halifax, slug=slug) for slug in ("a", "b"))
        return [
            make.IntakeFactory(programme=first, opens_on=date(2024, 9, 1)),
            make.IntakeFactory(programme=first, opens_on=date(2025, 1, 5)),
            make.IntakeFactory(programme=second, opens_on=date(2025, 1, 6)),
        ]


def test_everybody_who_was_due_counts_and_each_number_says_of_how_many(world, intakes) -> None:
    with scope.across():
        mentored(intakes[0], answers(yes=12, no=6, silent=7))
        mentored(intakes[0], answers(yes=3), due_on=TODAY + timedelta(days=1))
    found = told(world.halifax)
    assert counts(found) == (12, 18, 25)
    assert counts(found, "unemployed") == (6, 18, 25)
    assert counts(found, "full_time") == counts(found, "in_field") == (12, 18, 25)
    assert [counts(found, wave=wave) for wave in WAVES[:3]] == [None] * 3
    year = found.asking[-1]
    assert (year.due, year.asked, year.answered, year.late, year.lost, year.waiting) == (25, 25, 18, 0, 7, 0)
    assert (found.earnings[-1].words, found.earnings[-1].said) == ("$60,000 to $79,999", 12)
    assert (found.contacts[-1].value, found.contacts[-1].said) == ("6", 18)
    with scope.within(world.halifax):
        assert pairs_of(Choice(), TODAY) == {"began": 28, "completed": 28, "ended_early": 0}


def test_late_answers_and_answers_of_later_days_are_counted_on_their_day(world, intakes) -> None:
    with scope.across():
        mentored(intakes[0], answers(yes=10, no=5), on=ENDED + timedelta(days=450))
        mentored(intakes[0], answers(yes=5), on=TODAY + timedelta(days=1))
    found = told(world.halifax)
    assert (found.asking[-1].answered, found.asking[-1].late, found.asking[-1].waiting) == (15, 15, 5)


def test_unemployed_are_not_told_where_that_would_tell_who_studies(world, intakes) -> None:
    with scope.across():
        mentored(intakes[0], answers(yes=12, no=6, other=2))
    found = told(world.halifax)
    assert counts(found) == (12, 20, 20)
    assert counts(found, "unemployed") is None


def test_earnings_are_not_told_where_their_number_would_tell_who_works_part_time(world, intakes) -> None:
    part_time = WORKS | {"hours": 20}
    with scope.across():
        mentored(intakes[0], [*answers(yes=12, no=6), part_time, part_time])
    found = told(world.halifax)
    assert counts(found) == (14, 20, 20)
    assert (counts(found, "full_time"), found.earnings[-1]) == (None, None)


def test_who_stayed_is_told_of_those_who_were_asked(world, intakes) -> None:
    stayed, moved = WORKS | {"employer": "same"}, WORKS | {"employer": "other"}
    with scope.across():
        mentored(intakes[0], [*[stayed] * 9, *[moved] * 5, *answers(yes=5, no=6)])
    found = told(world.halifax)
    assert (counts(found), counts(found, "retained")) == ((19, 25, 25), (9, 20, 25))
    line = next(line for line in found.lines if line.measure.name == "retained")
    assert line.measure.waves == ("m6", "m12")


def test_a_small_cohort_takes_another_along_so_that_subtracting_finds_nobody(world, intakes) -> None:
    with scope.across():
        mentored(intakes[0], answers(yes=12, no=8))
        mentored(intakes[1], answers(yes=2, no=1))
    assert counts(told(world.halifax)) == (14, 23, 23)
    programme = intakes[0].programme_id
    assert counts(told(world.halifax, programme=programme)) == (14, 23, 23)
    assert [counts(told(world.halifax, intake=intake.pk)) for intake in intakes[:2]] == [None, None]


def test_no_choice_of_programme_cohort_and_year_isolates_a_few(world, intakes) -> None:
    with scope.across():
        mentored(intakes[0], answers(yes=12, no=8))
        mentored(intakes[1], answers(yes=11, no=9))
        mentored(intakes[2], answers(yes=10, no=7))
        # Two people of the second cohort ended a year earlier.
        mentored(intakes[1], answers(yes=1, no=1), ended_on=date(2024, 12, 20), due_on=date(2025, 12, 20))
    whole = told(world.halifax)
    assert counts(whole) == (34, 59, 59)
    shown = {
        name: counts(told(world.halifax, **choice))
        for name, choice in {
            "first": {"programme": intakes[0].programme_id},
            "second": {"programme": intakes[2].programme_id},
            "2024": {"year": 2024},
            "2025": {"year": 2025},
            "cohort": {"intake": intakes[1].pk},
            "cohort in 2025": {"intake": intakes[1].pk, "year": 2025},
            "first in 2024": {"programme": intakes[0].programme_id, "year": 2024},
        }.items()
    }
    assert shown == {
        "first": (24, 42, 42),
        "second": (10, 17, 17),
        # All less 2025 would be those two.
        "2024": None,
        "2025": None,
        "cohort": (12, 22, 22),
        # The cohort less its part of 2025 would be those two.
        "cohort in 2025": None,
        "first in 2024": None,
    }


def test_an_unknown_choice_counts_nobody(world, intakes) -> None:
    with scope.across():
        mentored(intakes[0], answers(yes=12, no=8))
    assert told(world.halifax, year=1999).is_empty
    assert told(world.calgary).is_empty


def test_who_answered_is_compared_with_everybody_by_their_work_before(world, intakes) -> None:
    before = ["unemployed"] * 10 + ["survival"] * 5 + ["unemployed"] * 6 + ["survival"] * 9
    with scope.across():
        mentored(intakes[0], answers(yes=9, no=6, silent=15), before=before)
    lean = told(world.halifax).lean
    assert (lean.wave, lean.told.yes, lean.told.answered) == ("m12", 10, 15)
    assert (lean.everybody.yes, lean.everybody.answered) == (16, 30)
    assert (lean.by, lean.is_even) == (13, False)


def test_who_is_missing_is_not_told_where_few_are_missing(world, intakes) -> None:
    with scope.across():
        mentored(intakes[0], answers(yes=9, no=6, silent=3), before=["unemployed", "survival"] * 9)
    assert told(world.halifax).lean is None


def test_the_network_leaves_out_councils_whose_numbers_could_be_found(world, intakes) -> None:
    with scope.across():
        calgary = make.IntakeFactory(programme__council=world.calgary)
        mentored(intakes[0], answers(yes=12, no=8))
        mentored(calgary, answers(yes=2, no=1))
        found = results(source_of(None, Choice(), TODAY))
        assert (counts(found), found.partial) == ((12, 20, 20), True)
        # Another small one makes the two large enough together.
        mentored(make.IntakeFactory(), answers(yes=4, no=5))
        found = results(source_of(None, Choice(), TODAY))
        assert (counts(found), found.partial) == ((18, 32, 32), False)


def test_where_few_answered_only_the_bounds_are_read() -> None:
    assert [Share(8, 16, due).is_thin for due in (16, 53, 54, 80)] == [False, False, True, True]


def test_follow_up_counts_what_was_due(everywhere) -> None:
    intake = make.IntakeFactory()
    rows = mentored(intake, answers(yes=12, silent=2), wave="start", due_on=date(2026, 3, 1))
    FollowUp.objects.filter(pk=rows[-1].pk).update(state="to_call")
    first = standing()[0]
    assert (first.due, first.answered, first.waiting, first.lost) == (14, 12, 1, 1)


@pytest.mark.parametrize("count", [1, 3, 20])
def test_the_page_asks_the_same_number_of_queries_however_many(
    world, signed_in, count, django_assert_num_queries
) -> None:
    with scope.across():
        programme = make.ProgrammeFactory(council=world.halifax)
        for _number in range(count):
            mentored(make.IntakeFactory(programme=programme), [WORKS, LOOKS, None])
    board = signed_in("board")
    path = reverse("mentoring:result-list", args=["halifax"])
    board.get(path)
    with django_assert_num_queries(10):
        assert board.get(path).status_code == 200


def test_the_page_narrows_and_leaves_out_what_means_nothing(world, intakes, signed_in) -> None:
    with scope.across():
        mentored(intakes[0], answers(yes=12, no=8))
        mentored(intakes[2], answers(yes=11, no=9))
    board, path = signed_in("board"), reverse("mentoring:result-list", args=["halifax"])
    page = board.get(path, {"intake": intakes[0].pk, "year": "1066"})
    assert counts(page.context["results"]) == (12, 20, 20)
    assert page.context["filter"].ignored == ["Ended in"]
    assert "60%" in page.text
    assert "Write these results down" not in page.text
    with scope.across():
        foreign = make.IntakeFactory(programme__council=world.calgary)
    assert board.get(path, {"intake": foreign.pk}).context["filter"].ignored == ["Intake"]


def test_nobody_is_counted_on_the_day_before_they_are_due(world, intakes) -> None:
    with scope.across():
        mentored(intakes[0], answers(yes=12, no=8), due_on=timezone.localdate() + timedelta(days=1))
    assert told(world.halifax).asking[-1].due == 0
