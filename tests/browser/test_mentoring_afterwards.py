"""What comes after: the hours are reached, certificates, thanks, and a year of questions that need no account."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from allies.kit.scope import across
from mentoring.models import FollowUp, Pair
from mentoring.services import followups
from tests.browser import doing
from tests.browser.conftest import Visit
from tests.factories.employers import ThanksFactory
from tests.mentoring.employing import met
from tests.mentoring.pairing import Two, two

PHONE = 360
IN_A_YEAR = {"en": "24 h for 2 people", "fr": "24 h pour 2 personnes"}
# A working person who is asked in the sixth and twelfth month is asked about the employer as well.
WORKS = {"work": "employed", "in_field": "yes", "earnings": "60-80"}
TOLD = {
    "m3": {"work": "looking"},
    "m6": {**WORKS, "employer": "none_then"},
    "m12": {**WORKS, "employer": "same"},
}


@pytest.fixture
def at(transactional_db, language):
    """A signed pair of four months whose mentor has been thanked before; one hour is still to be confirmed."""
    today = timezone.localdate()
    with across():
        at = two(started_on=today - timedelta(days=120), planned_end_on=today)
        at.mentee.language = language
        at.mentee.save()
        for day, minutes in enumerate((480, 480, 420), start=30):
            met(at.pair, on=timezone.now() - timedelta(days=day), minutes=minutes)
        met(at.pair, on=timezone.now() - timedelta(days=2), minutes=60, state="logged", settled_at=None)
        ThanksFactory(mentor=at.pair.mentor, year=today.year - 1)
    return at


def complete(person: Visit, at: Two) -> None:
    """Confirm the last hour, and complete."""
    page = person.open("mentoring:pair-show", pk=at.pair.pk)
    expect(person.page.get_by_text(person.say("Complete the mentoring"), exact=True)).to_have_count(0)
    page.locator("#to-answer button").first.click()
    page.locator("summary", has_text=person.say("Complete the mentoring")).click()
    page.locator("dialog[open] form button:not([type=button])").click()
    doing.said(person, "Congratulations: you have completed the mentoring.")
    person.assert_sound()


def take_home(person: Visit, words: str) -> bytes:
    """Download a PDF."""
    with person.page.expect_download() as download:
        person.page.locator("main").get_by_role("link", name=person.say(words)).first.click()
    return download.value.path().read_bytes()


def let_it_be_time(wave: str) -> FollowUp:
    """Let the day of a follow-up come; a letter goes out."""
    today = timezone.localdate()
    around = {"due_on": today, "opens_on": today - timedelta(days=9), "closes_on": today + timedelta(days=9)}
    with across():
        followups.schedule_missing()
        FollowUp.objects.filter(wave=wave).update(**around)
        assert followups.ask_due(today)["letters"] == 1
        return FollowUp.objects.get(wave=wave)


def answer(person: Visit, at: Two, wave: str) -> None:
    """Follow the letter's link without signing in, forget an answer, give it, and be thanked."""
    asked, facts = let_it_be_time(wave), TOLD[wave]
    page = person.go(doing.link_in_letter(at.mentee.email))
    expect(page.get_by_role("heading", level=1)).to_have_text(person.say("How are you doing?"))
    if wave == "m12":
        person.assert_sound(1280, PHONE)
    for name, value in facts.items():
        page.locator(f"[name={name}][value='{value}']").check()
    if facts["work"] == "employed":
        person.button("Send my answers").click()
        expect(page.locator("main")).to_contain_text(person.say("Write how many hours a week you work, about."))
        page.locator("[name=hours]").fill("37")
    page.locator("[name=contacts]").fill("6")
    person.button("Send my answers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(person.say("Thank you"))
    with across():
        asked.refresh_from_db()
    assert (asked.state, asked.way, asked.work, asked.contacts) == ("answered", "link", facts["work"], 6)
    assert (asked.employer, asked.hours) == (facts.get("employer", ""), 37 if facts["work"] == "employed" else None)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_two_people_complete_take_their_certificates_and_are_asked_for_a_year(visit, at, language) -> None:
    mentee = visit(language=language, width=PHONE).enter_as(at.mentee)
    complete(mentee, at)
    mentor = visit(language=language, width=PHONE).enter_as(at.mentor)
    page = mentor.open("mentoring:my-mentor", pk=at.pair.mentor_id)
    expect(page.locator("[aria-labelledby=thanks]")).to_contain_text(IN_A_YEAR[language])
    mentor.assert_sound()
    certificates = [
        take_home(mentee, "Download the certificate (PDF)"),
        take_home(mentor, "Download the certificate (PDF)"),
        take_home(mentor, "Certificate of thanks (PDF)"),
    ]
    assert [paper[:5] for paper in certificates] == [b"%PDF-"] * 3
    assert len(set(certificates)) == 3
    with across():
        assert Pair.objects.get().state == "completed"

    nobody = visit(language=language, width=PHONE)
    for wave in TOLD:
        answer(nobody, at, wave)
    assert nobody.context.cookies() == [one for one in nobody.context.cookies() if one["name"] != "sessionid"]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_who_would_rather_not_is_asked_no_more(visit, at, language) -> None:
    with across():
        Pair.objects.update(state="completed", ended_on=timezone.localdate())
    let_it_be_time("m3")
    person = visit(language=language, width=PHONE)
    person.go(doing.link_in_letter(at.mentee.email))
    person.button("Ask me no more").click()
    expect(person.page.get_by_role("heading", level=1)).to_have_text(person.say("We ask you no more"))
    with across():
        later = FollowUp.objects.exclude(wave="start")
        assert set(later.values_list("state", flat=True)) == {"refused"}
