"""Two people work together on their phones, in both languages: agreement, goal, an hour, a word, and the end."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from allies.kit.scope import across
from mentoring.models import Pair, Session
from tests.browser import doing
from tests.mentoring.pairing import two

PHONE = 360
AT_RISK = {
    "en": ("Help is asked for", "Not met in the first 4 weeks"),
    "fr": ("De l’aide est demandée", "Pas de rencontre pendant les 4 premières semaines"),
}


@pytest.fixture
def at(transactional_db):
    """A pair that began a month ago and has signed nothing yet."""
    start = timezone.localdate() - timedelta(days=31)
    with across():
        at = two(signed=False)
        Pair.objects.filter(pk=at.pair.pk).update(started_on=start, planned_end_on=start + timedelta(weeks=17))
    return at


def sign(person) -> None:
    person.field("I have read this and I agree").check()
    person.button("Sign").click()
    doing.said(person, "You have signed the agreement.")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_two_people_sign_meet_confirm_and_end(visit, at, language) -> None:
    mentee, mentor = (visit(language=language, width=PHONE).enter_as(person) for person in (at.mentee, at.mentor))

    page = mentee.open("mentoring:pair-show", pk=at.pair.pk)
    mentee.assert_sound()
    sign(mentee)
    page.locator("[name=kind]").select_option("network")
    mentee.field("what will be reached").fill("Meet five people")
    mentee.button("Add the goal").click()
    doing.said(mentee, "The goal is on your list.")

    other = mentor.open("mentoring:pair-show", pk=at.pair.pk)
    expect(other.locator("[aria-labelledby=goals]")).to_contain_text("Meet five people")
    sign(mentor)
    mentor.link("Log a meeting").first.click()
    yesterday = timezone.localdate() - timedelta(days=1)
    mentor.field("Day").fill(yesterday.isoformat())
    mentor.field("From").fill("18:00")
    other.locator("[name=preset][value='90']").check()
    mentor.field("What it was about").fill("CV")
    mentor.assert_sound()
    mentor.button("Log the meeting").click()
    doing.said(mentor, "The meeting is logged. %(other)s confirms it.", other="Amara Diallo")

    page = mentee.open("mentoring:pair-show", pk=at.pair.pk)
    page.locator("#to-answer button").first.click()
    doing.said(mentee, "The meeting is confirmed.")
    expect(page.locator(".budget .paid b")).to_have_text("1 h 30 min")
    mentee.link("Say how it is going: two questions").click()
    page.locator("[name=fit][value=good]").check()
    page.locator("[name=rating][value='5']").check()
    mentee.assert_sound()
    mentee.button("Send").click()
    doing.said(mentee, "Thank you: your answer is kept, and only the council's staff read it.")

    page.locator("[name=progress]").select_option("100")
    mentee.button("Save").click()
    doing.said(mentee, "Reached: well done!")
    mentee.link("End the mentoring early").click()
    page.locator("[name=reason][value=goals_reached]").check()
    mentee.assert_sound()
    mentee.button("End the mentoring").click()
    doing.said(mentee, "The mentoring has ended. Thank you for saying why.")
    with page.expect_download() as download:
        mentee.link("Download the certificate (PDF)").click()
    assert download.value.suggested_filename == mentee.say("certificate-of-mentoring") + ".pdf"
    mentee.assert_sound()
    with across():
        at.pair.refresh_from_db()
        assert (at.pair.state, at.pair.end_reason, Session.objects.get().topic) == ("completed", "goals_reached", "CV")


def test_an_impatient_finger_logs_one_meeting_and_a_phone_without_scripts_logs_one_too(visit, at) -> None:
    for script, hour in ((True, "18:00"), (False, "10:00")):
        mentor = visit(width=PHONE, javascript=script).enter_as(at.mentor)
        mentor.open("mentoring:session-log", pk=at.pair.pk)
        mentor.field("Day").fill((timezone.localdate() - timedelta(days=2)).isoformat())
        mentor.field("From").fill(hour)
        mentor.button("Log the meeting").dblclick()
        doing.said(mentor, "The meeting is logged. %(other)s confirms it.", other="Amara Diallo")
    with across():
        assert Session.objects.count() == 2


def take_a_break(person) -> None:
    """Pause for a week, with the planned end moved, and go on the same day."""
    person.page.get_by_text(person.say("Take a break")).click()
    person.field("On hold until").fill((timezone.localdate() + timedelta(days=7)).isoformat())
    person.button("Put on hold").click()
    doing.said(person, "You are on hold. The planned end has moved by as many days.")
    person.assert_sound()
    person.button("Go on today").click()
    doing.said(person, "Welcome back: you go on from today.")


def ask_for_help(person) -> None:
    """Send the coordinator a word."""
    person.page.get_by_text(person.say("Ask the coordinator for help")).click()
    person.field("What would help?").fill("We never find a time.")
    person.button("Send to the coordinator").click()
    doing.said(person, "The coordinator is told and will get in touch with you.")
    person.assert_sound()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_coordinator_sees_why_a_pair_is_at_risk_and_finds_another_mentor(visit, at, language) -> None:
    mentee = visit(language=language, width=PHONE).enter_as(at.mentee)
    mentee.open("mentoring:pair-show", pk=at.pair.pk)
    take_a_break(mentee)
    ask_for_help(mentee)

    staff = visit(language=language).enter_as(at.coordinator)
    council = at.pair.programme.council
    page = staff.open("mentoring:pair-list", council=getattr(council, f"slug_{language}"))
    for reason in AT_RISK[language]:
        expect(page.locator("table.list")).to_contain_text(reason)
    staff.assert_sound(320, 1280)
    page.locator("table.list").get_by_role("link", name="Amara Diallo").click()
    expect(page.locator("main .note")).to_contain_text("We never find a time.")
    staff.assert_sound(320, 1280)
    staff.button("I have got in touch").click()
    doing.said(staff, "Noted: somebody got in touch.")
    expect(page.locator("main")).not_to_contain_text("We never find a time.")
    page.get_by_text(staff.say("Find the mentee another mentor")).click()
    page.locator("[name=replace-reason][value=silent]").check()
    page.locator("[name=replace-note]").fill("No answer for four weeks.")
    staff.button("Part the two").click()
    doing.said(staff, "The pair has ended. The mentee is ready to be matched again; nobody else is affected.")
    with across():
        at.pair.application.refresh_from_db()
        at.pair.refresh_from_db()
    assert (at.pair.application.state, at.pair.state, at.pair.end_reason) == ("ready", "ended_early", "silent")
