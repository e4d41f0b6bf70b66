"""The staff's pages about pairs: what needs somebody first, the whole history, every step, the same few queries."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from allies.kit import scope
from mentoring.models import Pair
from mentoring.services import pairs, pulses, sessions
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


def test_the_list_shows_what_needs_somebody_first_and_is_narrowed(at):
    good = two()
    Pair.objects.filter(pk=good.pair.pk).update(programme=at.pair.programme)
    good.pair.refresh_from_db()
    confirmed(good, 600)
    long_over, done = two(), two()
    for days, over in ((30, long_over), (0, done)):
        Pair.objects.filter(pk=over.pair.pk).update(
            programme=at.pair.programme,
            state="ended_early",
            ended_on=TODAY - timedelta(days=days),
            end_reason="moved",
        )
    client, address = browser(at.coordinator), staff(at, "pair-list")
    found = lambda query="": [row.record.pk for row in client.get(address + query).context["table"].rows]  # noqa: E731
    assert found() == [at.pair.pk, good.pair.pk, done.pair.pk, long_over.pair.pk]
    assert found("?level=risk") == [at.pair.pk]
    assert found("?level=good") == [good.pair.pk]
    assert found("?state=ended_early") == [done.pair.pk, long_over.pair.pk]
    assert len(found("?q=amara")) == 4
    assert found("?q=nobody") == []
    for column in ("mentee", "-mentor", "hours", "-last_met", "-level", "planned_end_on"):
        assert len(found(f"?sort={column}")) == 4
    page = client.get(address + "?level=nonsense&programme=x")
    assert "left out: How it goes, Programme" in page.content.decode()


def test_the_file_holds_what_the_list_holds(at):
    confirmed(at, 90)
    response = browser(at.coordinator).get(staff(at, "pair-csv") + "?state=active")
    (head, row) = b"".join(response.streaming_content).decode("utf-8-sig").strip().splitlines()
    assert head.startswith("Mentee,Mentor,Programme,State,How it goes,Reasons,Hours counted")
    assert "Amara Diallo,Claire Roy,Halifax Mentoring,Under way,Keep an eye on,6 h 30 min behind the pace," in row
    assert ",1.5,24,0,0,0,2026-04-25," in row
    book = browser(at.coordinator).get(staff(at, "pair-xlsx"))
    assert b"".join(book.streaming_content).startswith(b"PK")


def test_the_page_of_one_pair_tells_its_whole_history(at):
    session = met(at)
    sessions.confirm(session, by=at.mentee)
    pulses.answer(at.pair, wave="day_30", fit="deciding", rating=3, by=at.mentor)
    pairs.pause(at.pair, until=TODAY.replace(month=5), by=at.coordinator)
    page = text_of(browser(at.coordinator), staff(at, "pair-staff", pk=at.pair.pk))
    for words in ("Logged a meeting Claire Roy", "Confirmed a meeting Amara Diallo", "Put the pair on hold", "3 of 5"):
        assert words in page


def test_the_staff_replace_a_mentor_on_the_page(at):
    client, address = browser(at.coordinator), staff(at, "pair-staff-replace", pk=at.pair.pk)
    refused = client.post(address, {"replace-reason": "silent"})
    assert refused.status_code == 422
    client.post(address, {"replace-reason": "silent", "replace-note": "No answer for six weeks."})
    at.pair.application.refresh_from_db()
    assert at.pair.application.state == "ready"
    assert "No answer for six weeks." in text_of(client, staff(at, "pair-staff", pk=at.pair.pk))
    assert "No answer for six weeks." not in text_of(browser(at.mentor), own(at))


def test_the_staff_pause_help_complete_and_end_on_the_page(at):
    client = browser(at.coordinator)
    post = lambda name, **data: client.post(staff(at, name, pk=at.pair.pk), data).status_code  # noqa: E731
    browser(at.mentee).post(own(at, "pair-help"), {"note": "We can't find a time."})
    assert "find a time" in text_of(client, staff(at, "pair-staff", pk=at.pair.pk))
    assert post("pair-staff-helped") == 302
    assert "find a time" not in text_of(client, staff(at, "pair-staff", pk=at.pair.pk))
    assert post("pair-staff-pause", until="2026-05-01") == 302
    assert post("pair-staff-resume") == 302
    assert post("pair-staff-end") == 422
    assert post("pair-staff-complete", note="All done on paper.") == 302
    assert post("pair-staff-end", **{"end-reason": "moved"}) == 422
    at.pair.refresh_from_db()
    assert at.pair.state == "completed"


# ------------------------------------------------------------------ queries


def _counted(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_the_list_asks_the_same_number_of_queries_for_1_3_and_50_rows(at):
    client, address, counts = browser(at.coordinator), staff(at, "pair-list"), set()
    for more in (0, 2, 47):
        for _ in range(more):
            application = make.ApplicationFactory(ready=True, intake=at.pair.application.intake)
            mentor = make.MentorFactory(council=at.pair.programme.council, available=True)
            pair = make.PairFactory(application=application, mentor=mentor, active=True)
            make.SessionFactory(pair=pair)
        counts.add(_counted(client, address))
    assert counts == {10}


def test_the_page_of_a_pair_asks_the_same_number_of_queries_for_1_3_and_50_meetings(at):
    own_counts, staff_counts = set(), set()
    for more in (1, 2, 47):
        make.SessionFactory.create_batch(more, pair=at.pair)
        make.PairGoalFactory.create_batch(more, pair=at.pair)
        own_counts.add(_counted(browser(at.mentee), own(at)))
        staff_counts.add(_counted(browser(at.coordinator), staff(at, "pair-staff", pk=at.pair.pk)))
    assert len(own_counts) == len(staff_counts) == 1
