"""The page that two people share: who finds it, what it shows, and how it answers bad input."""

from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from allies.kit import scope
from allies.kit.ui import panels
from mentoring.models import PairGoal, Pulse, Session
from mentoring.services import sessions
from mentoring.states import SessionState
from tests import factories
from tests.councils.reading import text_of
from tests.factories import mentoring as make
from tests.mentoring.pairing import NOW, TODAY, browser, confirmed, met, own, staff, two

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_spring():
    with time_machine.travel(NOW, tick=True), scope.across():
        yield


@pytest.fixture
def at():
    return two()


def meeting(**changes):
    facts = {"token": uuid4(), "day": "2026-04-25", "start": "18:00", "preset": "60", "how": "video", "topic": "CV"}
    return facts | changes


# ------------------------------------------------------------------ the page of the two


def test_the_two_see_how_to_reach_each_other_and_nobody_else_finds_the_page(at):
    at.mentor.phone = "902 555 0101"
    at.mentor.save()
    page = text_of(browser(at.mentee), own(at))
    assert at.mentor.email in page
    assert "902 555 0101" in page
    for person in (factories.UserFactory(), at.coordinator):
        assert browser(person).get(own(at)).status_code == 404


def test_a_place_that_is_only_held_shows_nobody_to_anybody():
    pair = make.PairFactory()
    assert browser(pair.mentee_person).get(reverse("mentoring:pair-show", args=[pair.pk])).status_code == 404


def test_what_comes_next_is_different_for_each_of_the_two():
    at = two(signed=False)
    met(at)
    mentee, mentor = (text_of(browser(person), own(at)) for person in (at.mentee, at.mentor))
    assert "Confirm 1 meeting" in mentee
    assert "Confirm 1 meeting" not in mentor
    for page in (mentee, mentor):
        assert "Read and sign the agreement" in page
        assert "Say how it is going: two questions" in page


def test_an_agreement_is_signed_by_ticking_the_box(at):
    at = two(signed=False)
    client = browser(at.mentee)
    refused = client.post(own(at, "pair-sign"), {"version": "2026-1"}, follow=True)
    assert b"Tick the box first" in refused.content
    client.post(own(at, "pair-sign"), {"version": "2026-1", "agree": "1"})
    at.pair.refresh_from_db()
    assert at.pair.mentee_signed_at is not None


def test_goals_are_added_moved_reached_and_taken_away(at):
    client = browser(at.mentee)
    assert client.post(own(at, "goal-add"), {"kind": "network", "target": ""}).status_code == 422
    for target in ("Meet five people", "Write a CV"):
        client.post(own(at, "goal-add"), {"kind": "network", "target": target})
    one, two_ = PairGoal.objects.order_by("target")
    client.post(own(at, "goal-move", goal=one.pk), {"progress": "100"})
    client.post(own(at, "goal-move", goal=two_.pk), {"progress": "lots"})
    client.post(own(at, "goal-drop", goal=one.pk))
    client.post(own(at, "goal-drop", goal=two_.pk))
    (left,) = PairGoal.objects.all()
    assert (left.target, left.progress, left.reached_on) == ("Meet five people", 100, TODAY)


def test_a_goal_and_a_meeting_of_another_pair_are_not_found(at):
    other = two()
    goal = make.PairGoalFactory(pair=other.pair)
    session = met(other)
    client = browser(at.mentee)
    assert client.post(own(at, "goal-move", goal=goal.pk), {"progress": "100"}).status_code == 404
    assert client.post(own(at, "session-confirm", session=session.pk)).status_code == 404


# ------------------------------------------------------------------ logging an hour


def test_an_hour_is_logged_in_the_time_of_the_council(at):
    response = browser(at.mentor).post(own(at, "session-log"), meeting())
    assert response.status_code == 302
    session = Session.objects.get()
    assert session.starts_at.isoformat() == "2026-04-25T21:00:00+00:00"
    assert (session.ends_at - session.starts_at).total_seconds() == 3600


def test_the_form_sent_twice_logs_one_meeting_and_says_so_both_times(at):
    client, facts = browser(at.mentor), meeting()
    answers = [client.post(own(at, "session-log"), facts, follow=True).content for _ in range(2)]
    assert all(b"The meeting is logged" in answer for answer in answers)
    assert Session.objects.count() == 1


def test_a_length_that_was_written_goes_before_the_one_that_was_chosen(at):
    browser(at.mentor).post(own(at, "session-log"), meeting(minutes="75"))
    assert (Session.objects.get().ends_at - Session.objects.get().starts_at).total_seconds() == 75 * 60


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"day": "2026-04-28"}, "not over yet"),
        ({"day": "9999-12-31", "start": "23:59"}, "not over yet"),
        ({"day": "2026-03-15"}, "before the two of you started"),
        ({"day": "0001-01-01", "start": "00:00"}, "before the two of you started"),
        ({"minutes": "481"}, "480"),
        ({"minutes": "4"}, "5"),
        ({"preset": "61"}, "Select a valid choice"),
        ({"start": "25:00"}, "valid time"),
        ({"token": "x"}, "valid UUID"),
        ({"how": ""}, "required"),
    ],
)
def test_a_wrong_meeting_is_refused_next_to_the_field_and_what_was_typed_stays(at, changes, sentence):
    response = browser(at.mentor).post(own(at, "session-log"), meeting(**changes))
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert 'value="CV"' in page
    assert Session.objects.count() == 0


def test_an_overlap_is_told_next_to_the_day(at):
    browser(at.mentor).post(own(at, "session-log"), meeting())
    response = browser(at.mentee).post(own(at, "session-log"), meeting(start="18:30"))
    assert response.status_code == 422
    assert b"already logged" in response.content


def test_what_is_questioned_stands_where_the_other_one_reads_it(at):
    session = met(at)
    client = browser(at.mentee)
    assert client.post(own(at, "session-question", session=session.pk), {"objection": " "}).status_code == 422
    client.post(own(at, "session-question", session=session.pk), {"objection": "It was <half> an hour"})
    assert "What is questioned: It was <half> an hour" in text_of(browser(at.mentor), own(at))


def test_a_meeting_confirmed_by_silence_says_so(at):
    session = met(at)
    Session.objects.filter(pk=session.pk).update(state=SessionState.CONFIRMED, settled_at=NOW)
    assert "counted after seven days without an answer" in text_of(browser(at.mentee), own(at))


# ------------------------------------------------------------------ pulse, help, pause, end


def test_a_pulse_is_asked_once_and_stays_between_the_person_and_the_staff(at):
    client = browser(at.mentee)
    assert client.post(own(at, "pair-pulse"), {"fit": "good"}).status_code == 422
    client.post(own(at, "pair-pulse"), {"fit": "good", "rating": "2", "note": "Slow answers"})
    assert Pulse.objects.get().wave == "day_30"
    assert client.get(own(at, "pair-pulse")).status_code == 302
    assert "Slow answers" not in text_of(browser(at.mentor), own(at))
    assert "Slow answers" in text_of(browser(at.coordinator), staff(at, "pair-staff", pk=at.pair.pk))


def test_a_pause_out_of_bounds_is_told_next_to_the_day(at):
    client = browser(at.mentee)
    response = client.post(own(at, "pair-pause"), {"until": "2026-05-28"})
    assert (response.status_code, b"next thirty days" in response.content) == (422, True)
    client.post(own(at, "pair-pause"), {"until": "2026-05-27"})
    assert "until May 27, 2026" in text_of(client, own(at))
    client.post(own(at, "pair-resume"))
    at.pair.refresh_from_db()
    assert at.pair.state == "active"


def test_the_button_to_complete_is_there_once_the_hours_are(at):
    confirmed(at, 23 * 60)
    client = browser(at.mentee)
    assert "Complete the mentoring" not in text_of(client, own(at))
    sessions.confirm(met(at, days_ago=20, minutes=60), by=at.mentee)
    assert "Complete the mentoring" in text_of(client, own(at))
    client.post(own(at, "pair-complete"))
    assert "You did it" in text_of(client, own(at))
    file = client.get(own(at, "pair-certificate"))
    assert (file["Content-Type"], file.content[:5]) == ("application/pdf", b"%PDF-")


def test_an_end_needs_its_reason_and_closes_the_page_for_changes(at):
    client = browser(at.mentor)
    assert client.post(own(at, "pair-end"), {"reason": "other", "note": ""}).status_code == 422
    client.post(own(at, "pair-end"), {"reason": "no_time", "note": ""})
    page = text_of(client, own(at))
    assert "Ended early" in page
    assert at.mentee.email not in page
    for name in ("pair-end", "session-log", "pair-pulse", "pair-certificate"):
        assert client.get(own(at, name)).status_code == 302


@pytest.mark.parametrize("side", ["mentee", "mentor"])
def test_the_card_on_the_own_page_leads_to_the_pair(at, rf, side):
    met(at)
    request = rf.get("/")
    request.user = getattr(at, side)
    subject = at.pair.application if side == "mentee" else at.pair.mentor
    place = "mentoring.application" if side == "mentee" else "mentoring.mentor"
    ((_template, context),) = panels.found(place, request, subject)
    (item,) = context["pairs"]
    assert (item["pair"], item["to_answer"], item["to_say"]) == (at.pair, int(side == "mentee"), True)
