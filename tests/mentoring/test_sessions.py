"""Meetings: logged once, never at the same time, confirmed by the other side or by seven days of silence."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine

from allies.kit import scope
from allies.kit.access import Denied
from allies.kit.models import Letter
from allies.kit.refusals import Refused
from councils.services.editing import Faulty
from mentoring.models import Pair, Session
from mentoring.queries import hours
from mentoring.services import pairs, sessions
from mentoring.states import SessionState
from tests.mentoring.pairing import NOW, TODAY, confirmed, met, two

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_spring():
    with time_machine.travel(NOW, tick=True), scope.across():
        yield


@pytest.fixture
def at():
    return two()


def read(at):
    return hours.of(hours.with_hours(Pair.objects.filter(pk=at.pair.pk)).get(), TODAY)


def test_the_other_one_is_asked_to_confirm_a_meeting_and_then_it_counts(at):
    session = met(at)
    assert (read(at).counted, read(at).waiting) == (0, 90)
    letter = Letter.objects.get(to=at.mentee.email)
    assert (letter.context["act"], letter.language, letter.context["length"]) == ("logged", "fr", "1 h 30 min")
    sessions.confirm(session, by=at.mentee)
    assert (read(at).counted, read(at).waiting, read(at).silent_share) == (90, 0, 0)


def test_the_same_form_sent_twice_logs_one_meeting(at):
    facts = {"token": uuid4(), "starts_at": NOW - timedelta(days=1), "minutes": 60, "how": "phone", "by": at.mentor}
    first, again = sessions.log(at.pair, **facts), sessions.log(at.pair, **facts)
    assert first == again
    assert Session.objects.count() == 1
    assert Letter.objects.count() == 1


def test_a_token_of_somebody_elses_form_gives_nothing_away(at):
    session = met(at)
    other = two()
    with pytest.raises(Refused, match="used before"):
        sessions.log(
            other.pair, token=session.token, starts_at=NOW - timedelta(days=1), minutes=60, how="phone", by=other.mentor
        )


def test_meetings_of_a_pair_do_not_overlap_and_those_of_others_may(at):
    met(at, minutes=90, hour=14)
    with pytest.raises(Faulty, match="already logged"):
        met(at, minutes=30, hour=15, by=at.mentee)
    met(at, minutes=30, hour=16)
    met(two(), minutes=90, hour=14)


def test_a_meeting_that_was_taken_back_makes_room(at):
    sessions.take_back(met(at), by=at.mentor)
    met(at)


@pytest.mark.parametrize(("minutes", "fits"), [(4, False), (5, True), (480, True), (481, False)])
def test_a_meeting_takes_from_five_minutes_to_eight_hours(at, minutes, fits):
    if fits:
        met(at, minutes=minutes, hour=4)
    else:
        with pytest.raises(Faulty, match="5 minutes"):
            met(at, minutes=minutes, hour=4)


def test_a_meeting_is_over_before_it_is_logged(at):
    with pytest.raises(Faulty, match="not over yet"):
        sessions.log(at.pair, token=uuid4(), starts_at=NOW, minutes=5, how="video", by=at.mentor)
    sessions.log(at.pair, token=uuid4(), starts_at=NOW - timedelta(minutes=5), minutes=5, how="video", by=at.mentor)


def test_no_meeting_before_the_two_started(at):
    before = datetime(2026, 3, 15, 12, tzinfo=UTC)
    with pytest.raises(Faulty, match="before the two of you started"):
        sessions.log(at.pair, token=uuid4(), starts_at=before, minutes=60, how="video", by=at.mentor)


def test_only_the_two_log_and_only_the_other_one_confirms(at):
    session = met(at)
    with pytest.raises(Denied):
        met(at, by=at.coordinator)
    with pytest.raises(Denied):
        sessions.confirm(session, by=at.coordinator)
    with pytest.raises(Refused, match="other one confirms"):
        sessions.confirm(session, by=at.mentor)


def test_a_questioned_meeting_does_not_count_and_its_logger_hears_why(at):
    session = met(at)
    with pytest.raises(Faulty):
        sessions.question(session, objection=" ", by=at.mentee)
    sessions.question(session, objection="It was half an hour.", by=at.mentee)
    assert (session.state, read(at).counted) == (SessionState.DISPUTED, 0)
    assert Letter.objects.get(to=at.mentor.email).context["act"] == "questioned"
    sessions.confirm(session, by=at.mentee)
    assert (session.objection, read(at).counted) == ("", 90)


def test_nobody_questions_their_own_meeting_or_takes_back_another_ones(at):
    session = met(at)
    with pytest.raises(Refused, match="yourself"):
        sessions.question(session, objection="Hm", by=at.mentor)
    with pytest.raises(Refused, match="who logged"):
        sessions.take_back(session, by=at.mentee)


def test_a_confirmed_meeting_stays(at):
    session = met(at)
    sessions.confirm(session, by=at.mentee)
    with pytest.raises(Refused):
        sessions.take_back(session, by=at.mentor)


def test_seven_days_of_silence_confirm_and_are_counted_apart(at):
    session = met(at)
    assert sessions.settle_the_silent(NOW + timedelta(days=6, hours=23)) == 0
    assert sessions.settle_the_silent(NOW + timedelta(days=7, hours=1)) == 1
    assert sessions.settle_the_silent(NOW + timedelta(days=7, hours=1)) == 0
    session.refresh_from_db()
    assert (session.state, session.confirmed_by) == (SessionState.CONFIRMED, None)
    assert (read(at).counted, read(at).silent_share) == (90, 100)
    sessions.confirm(met(at, days_ago=8, minutes=90), by=at.mentee)
    assert read(at).silent_share == 50


def test_silence_does_not_settle_what_is_questioned(at):
    sessions.question(met(at), objection="When?", by=at.mentee)
    assert sessions.settle_the_silent(NOW + timedelta(days=30)) == 0


def test_nothing_is_logged_after_the_end_but_what_waits_can_still_be_confirmed(at):
    session = met(at)
    pairs.end_early(at.pair, reason="moved", by=at.mentor)
    with pytest.raises(Refused, match="not under way"):
        met(at, days_ago=1)
    sessions.confirm(session, by=at.mentee)


def test_the_pace_is_even_and_stands_still_during_a_pause(at):
    assert read(at).due == 24 * 60 * 42 // 119
    pairs.pause(at.pair, until=TODAY + timedelta(days=30), by=at.mentee)
    at.pair.refresh_from_db()
    for days in (0, 10, 29):
        assert hours.due(at.pair, TODAY + timedelta(days=days)) == 24 * 60 * 42 // 119
    with time_machine.travel(NOW + timedelta(days=30)):
        pairs.resume(at.pair, by=None)
    assert hours.due(at.pair, TODAY + timedelta(days=30)) == 24 * 60 * 42 // 119
    assert hours.due(at.pair, TODAY + timedelta(days=300)) == 24 * 60


def test_more_than_the_hours_is_a_full_bar(at):
    confirmed(at, 26 * 60)
    assert (read(at).share, read(at).are_reached) == (100, True)
