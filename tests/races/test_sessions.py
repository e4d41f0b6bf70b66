"""Two people, or one impatient finger, log the same meeting at once; the database keeps one of them."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from allies.kit import audit
from allies.kit.models import Letter
from allies.kit.scope import across
from mentoring.models import Pair, Session
from mentoring.services import pairs, sessions
from mentoring.states import SessionState
from tests.factories import mentoring as make
from tests.mentoring.pairing import Two, two
from tests.races.racing import at_once, refused_by_the_database, slowly

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def at() -> Two:
    today = timezone.localdate()
    with across():
        at = two()
        start = today - timedelta(days=30)
        Pair.objects.filter(pk=at.pair.pk).update(started_on=start, planned_end_on=start + timedelta(weeks=17))
        at.pair.refresh_from_db()
    return at


def logs(at, by, token, *, minutes=60):
    starts_at = timezone.now().replace(microsecond=0) - timedelta(days=2)
    return lambda: sessions.log(at.pair, token=token, starts_at=starts_at, minutes=minutes, how="video", by=by)


def read_without_lock(pair) -> Pair:
    with across():
        return Pair.objects.select_related("programme__council", "mentee_person", "mentor_person").get(pk=pair.pk)


def kept() -> int:
    with across():
        return Session.objects.count()


def test_both_log_the_same_meeting_at_once_and_one_of_them_is_kept(at) -> None:
    answers = at_once(logs(at, at.mentee, uuid4()), logs(at, at.mentor, uuid4()))
    assert kept() == 1
    assert sorted(answers) == [str(sessions.OVERLAPS), "done"]


def test_without_the_lock_the_database_refuses_the_second_one_all_the_same(at, monkeypatch) -> None:
    monkeypatch.setattr(sessions, "under_way", read_without_lock)
    monkeypatch.setattr(sessions, "_sent_before", slowly(sessions._sent_before))
    answers = at_once(*[refused_by_the_database(logs(at, by, uuid4())) for by in (at.mentee, at.mentor)])
    assert kept() == 1
    assert sorted(answer == "done" for answer in answers) == [False, True]


def test_control_two_who_look_first_and_write_later_would_both_write(at) -> None:
    both_have_looked, free = threading.Barrier(2), []

    def careless(by) -> None:
        with across():
            clear = not Session.objects.filter(pair=at.pair).exists()
            both_have_looked.wait(10)
            if clear:
                free.append(by)
                make.SessionFactory(pair=at.pair, logged_by=by, starts_at=timezone.now() - timedelta(days=1))

    at_once(*[refused_by_the_database(lambda by=by: careless(by)) for by in (at.mentee, at.mentor)])
    # Both believed that the time was free; only the constraint stood between them and two meetings.
    assert (len(free), kept()) == (2, 1)


def test_a_form_sent_twice_at_once_logs_one_meeting_and_says_done_twice(at) -> None:
    token = uuid4()
    assert at_once(*[logs(at, at.mentor, token)] * 3) == ["done"] * 3
    assert kept() == 1
    assert Letter.objects.count() == 1
    assert audit.Entry.objects.filter(action="mentoring.session_logged").count() == 1


def test_a_meeting_is_confirmed_by_one_word_or_by_silence_never_both(at) -> None:
    session = logs(at, at.mentor, uuid4())()
    later = timezone.now() + timedelta(days=8)

    def confirm() -> None:
        with across():
            sessions.confirm(Session.objects.select_related("pair__programme__council").get(), by=at.mentee)

    at_once(confirm, lambda: sessions.settle_the_silent(later))
    with across():
        session.refresh_from_db()
    assert session.state == SessionState.CONFIRMED
    acts = audit.Entry.objects.filter(action__in=["mentoring.session_confirmed", "mentoring.session_not_answered"])
    assert acts.count() == 1


def test_both_end_a_pair_at_once_and_it_ends_once(at) -> None:
    answers = at_once(
        lambda: pairs.end_early(at.pair, reason="moved", by=at.mentee),
        lambda: pairs.end_early(at.pair, reason="no_time", by=at.mentor),
    )
    assert sorted(answer == "done" for answer in answers) == [False, True]
    with across():
        at.pair.mentor.refresh_from_db()
    assert at.pair.mentor.active_load == 0
