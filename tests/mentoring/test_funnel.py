"""The funnel: how far people have come, how long it took, and who waits for whom."""

from datetime import timedelta

import pytest
from django.urls import reverse

from allies.kit import scope
from mentoring.queries.funnel import STEPS, WAITS, funnel
from mentoring.states import ApplicationState as S
from tests.factories import mentoring as make
from tests.mentoring.coordinating import applicant, place, slot

NOW = make.NOW


@pytest.fixture
def here(world):
    with scope.within(world.halifax):
        yield place(world)


@pytest.fixture
def crowd(here):
    """Ten people, each somewhere else, and one draft that nobody sees."""
    make.ApplicationFactory(intake=here.intake)
    make.ApplicationFactory(intake=here.intake, state=S.NEEDS_EVIDENCE, submitted_at=NOW)
    make.ApplicationFactory(intake=here.intake, state=S.INELIGIBLE, submitted_at=NOW)
    applicant(here)
    ahead = applicant(here, state=S.BOOKED)
    over = applicant(here, state=S.BOOKED)
    make.InterviewFactory(application=ahead, slot=slot(here, hours=20))
    make.InterviewFactory(application=over, slot=slot(here, hours=-20))
    applicant(here, state=S.SCREENED, screened_at=NOW + timedelta(days=3))
    applicant(here, state=S.SCREENED, screened_at=NOW + timedelta(days=5), oriented_at=NOW + timedelta(days=9))
    make.ApplicationFactory(intake=here.intake, ready=True)
    applicant(here, state=S.DECLINED, closed_at=NOW)
    make.ApplicationFactory(intake=here.intake, ready=True, state=S.COMPLETED, matched_at=NOW, proposed_at=NOW)
    return here


def test_each_step_counts_who_reached_it(crowd):
    counts = {level.step.name: level.count for level in funnel(crowd.intake).levels}
    assert counts == {
        "applied": 10,
        "eligible": 8,
        "screened": 4,
        "oriented": 3,
        "ready": 2,
        "proposed": 1,
        "matched": 1,
        "completed": 1,
    }


def test_what_waits_says_for_whom(crowd):
    found = funnel(crowd.intake)
    ours = {kept.wait.name: kept.count for kept in found.for_us}
    theirs = {kept.wait.name: kept.count for kept in found.for_people}
    assert ours == {"evidence": 1, "interview_record": 1, "referral": 1, "pairing": 1}
    assert theirs == {"booking": 1, "interview": 1, "orientation": 1, "handbook": 1}
    assert found.left == 1


def test_the_time_of_a_step_is_the_middle_one(crowd):
    applicant(crowd, state=S.SCREENED, screened_at=NOW + timedelta(days=300), eligible_at=NOW)
    days = {level.step.name: level.days for level in funnel(crowd.intake).levels}
    assert days["screened"] == 3
    assert days["applied"] is None


def test_an_empty_intake_has_an_empty_funnel(here):
    found = funnel(here.intake)
    assert (found.total, found.for_us, found.for_people) == (0, [], [])


def test_a_funnel_is_one_query(crowd, django_assert_num_queries):
    with django_assert_num_queries(1):
        funnel(crowd.intake)


def test_each_count_leads_to_exactly_the_people_it_counts(crowd, signed_in):
    browser, found = signed_in("coordinator"), funnel(crowd.intake)
    url = reverse("mentoring:application-list", kwargs={"council": crowd.council.slug_en})
    wanted = [("reached", level.step.name, level.count) for level in found.levels]
    wanted += [("waits", kept.wait.name, kept.count) for kept in (*found.for_us, *found.for_people)]
    for name, value, count in wanted:
        page = browser.get(url, {"intake": str(crowd.intake.pk), name: value})
        assert len(page.context["table"].rows) == count, (name, value)


def test_the_board_reads_the_numbers_without_links_to_people(crowd, signed_in):
    url = reverse("mentoring:coordinate-intake-show", kwargs={"council": crowd.council.slug_en, "pk": crowd.intake.pk})
    page = signed_in("board").get(url).content.decode()
    assert "How far people have come" in page
    assert "/applications/" not in page
    assert "/applications/" in signed_in("coordinator").get(url).content.decode()


def test_steps_and_waits_have_names_of_their_own():
    assert len({step.name for step in STEPS}) == len(STEPS)
    assert len({wait.name for wait in WAITS}) == len(WAITS)
