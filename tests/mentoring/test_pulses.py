"""Pulses: asked after the first meeting and at days 30, 60 and 90; the other one never reads the answers."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail as outbox

from allies.kit import mail, scope
from allies.kit.access import Denied
from allies.kit.models import Letter
from allies.kit.refusals import Refused
from mentoring.models import Pulse
from mentoring.queries.pairs import wave_due
from mentoring.services import pair_health, pairs, pulses
from mentoring.tasks import pairs as tasks
from tests.mentoring.pairing import NOW, TODAY, met, two

pytestmark = pytest.mark.django_db
ANSWER = {"fit": "good", "rating": 4}


@pytest.fixture(autouse=True)
def in_spring():
    with time_machine.travel(NOW, tick=True), scope.across():
        yield


@pytest.fixture
def at():
    return two()


@pytest.mark.parametrize(
    ("days", "has_met", "wave"),
    [
        (0, False, None),
        (3, True, "first"),
        (29, True, "first"),
        (30, True, "day_30"),
        (30, False, "day_30"),
        (59, True, "day_30"),
        (60, True, "day_60"),
        (90, True, "day_90"),
        (400, True, "day_90"),
    ],
)
def test_only_the_latest_pulse_is_asked(at, days, has_met, wave):
    assert wave_due(at.pair, has_met=has_met, today=at.pair.started_on + timedelta(days=days)) == wave


def test_nobody_is_asked_during_a_pause_or_after_the_end(at):
    pairs.pause(at.pair, until=TODAY + timedelta(days=9), by=at.mentee)
    assert wave_due(at.pair, has_met=True, today=TODAY) is None
    pairs.end_early(at.pair, reason="moved", by=at.mentee)
    assert wave_due(at.pair, has_met=True, today=TODAY) is None
    assert pulses.ask(TODAY) == 0


def test_each_of_the_two_is_asked_once_for_each_time(at):
    assert (pulses.ask(TODAY), pulses.ask(TODAY + timedelta(days=1))) == (2, 0)
    assert set(Letter.objects.values_list("to", "language")) == {(at.mentee.email, "fr"), (at.mentor.email, "en")}
    assert pulses.ask(TODAY + timedelta(days=30)) == 2


def test_who_has_answered_is_not_asked(at):
    pulses.answer(at.pair, wave="day_30", **ANSWER, by=at.mentee)
    assert pulses.ask(TODAY) == 1


def test_a_pulse_is_answered_once_and_by_the_two_only(at):
    pulses.answer(at.pair, wave="day_30", **ANSWER, by=at.mentee)
    with pytest.raises(Refused, match="already answered"):
        pulses.answer(at.pair, wave="day_30", **ANSWER, by=at.mentee)
    pulses.answer(at.pair, wave="day_30", **ANSWER, by=at.mentor)
    with pytest.raises(Denied):
        pulses.answer(at.pair, wave="day_30", **ANSWER, by=at.coordinator)
    assert Pulse.objects.count() == 2


def test_what_does_not_fit_reaches_the_coordinator_at_once_and_nobody_else(at):
    pulses.answer(at.pair, wave="day_30", fit="not_good", rating=1, note="He never calls.", by=at.mentee)
    letter = Letter.objects.get()
    assert (letter.to, letter.context["act"]) == (at.coordinator.email, "not_good")
    assert "never calls" not in str(letter.context)


def test_help_is_asked_for_answered_and_on_nobody_elses_page(at, client):
    pair_health.ask_for_help(at.pair, note="We can't find a time.", by=at.mentee)
    pair_health.ask_for_help(at.pair, note="Same here.", by=at.mentor)
    assert at.pair.help_note == "Amara Diallo: We can't find a time.\nClaire Roy: Same here."
    assert set(Letter.objects.values_list("to", flat=True)) == {at.coordinator.email}
    client.force_login(at.mentor)
    assert b"find a time" not in client.get(f"/en/my-mentoring/pairs/{at.pair.pk}/").content
    with pytest.raises(Denied):
        pair_health.helped(at.pair, by=at.mentee)
    pair_health.helped(at.pair, by=at.coordinator)
    assert (at.pair.help_asked_at, at.pair.help_note) == (None, "")
    with pytest.raises(Refused):
        pair_health.helped(at.pair, by=at.coordinator)


def test_only_who_asked_for_help_reads_that_somebody_will_come(at, client):
    pair_health.ask_for_help(at.pair, note="We can't find a time.", by=at.mentee)
    for person, told in ((at.mentee, True), (at.mentor, False)):
        client.force_login(person)
        page = client.get(f"/en/my-mentoring/pairs/{at.pair.pk}/").content
        assert (b"You asked for help on" in page) == told


@pytest.mark.parametrize(
    "act", ["begun", "logged", "questioned", "pulse", "paused", "resumed", "completed", "replaced", "ended"]
)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_letters_are_written_in_both_languages_with_a_link_in_them(at, act, language):
    from mentoring.services.pair_letters import to_person

    at.mentee.language = language
    to_person(at.pair, act, at.mentee, when="x", length="y", start=TODAY, until=TODAY)
    mail.deliver(Letter.objects.get().pk)
    (message,) = outbox.outbox
    own = {"en": "/en/my-mentoring/", "fr": "/fr/mon-mentorat/"}[language]
    assert own in message.body
    assert own in message.alternatives[0].content
    assert "Claire Roy" in message.subject


@pytest.mark.parametrize("language", ["en", "fr"])
def test_letters_to_the_staff_lead_to_the_pair_and_repeat_no_confidences(at, language):
    at.coordinator.language = language
    at.coordinator.save()
    pair_health.ask_for_help(at.pair, note="We can't find a time.", by=at.mentee)
    pulses.answer(at.pair, wave="day_30", fit="not_good", rating=1, note="He never calls.", by=at.mentee)
    for letter in Letter.objects.all():
        mail.deliver(letter.pk)
    council = at.pair.programme.council
    address = {"en": f"/en/workspace/{council.slug_en}/mentoring/", "fr": f"/fr/espace/{council.slug_fr}/mentorat/"}
    for message in outbox.outbox:
        assert address[language] in message.body
        assert "find a time" not in message.body
        assert "never calls" not in message.body
    assert len(outbox.outbox) == 2


def test_the_daily_tasks_settle_ask_and_resume(at):
    met(at)
    pairs.pause(at.pair, until=TODAY + timedelta(days=5), by=at.mentee)
    with time_machine.travel(NOW + timedelta(days=8)):
        assert (tasks.settle_sessions(), tasks.resume_pairs(), tasks.ask_pulses()) == (1, 1, 2)
        assert (tasks.settle_sessions(), tasks.resume_pairs(), tasks.ask_pulses()) == (0, 0, 0)
    at.pair.refresh_from_db()
    assert at.pair.state == "active"


def test_a_pause_ends_on_its_day_and_not_before(at):
    pairs.pause(at.pair, until=TODAY + timedelta(days=5), by=at.mentee)
    with time_machine.travel(NOW + timedelta(days=4)):
        assert tasks.resume_pairs() == 0
    with time_machine.travel(NOW + timedelta(days=5)):
        assert tasks.resume_pairs() == 1
