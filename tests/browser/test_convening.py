"""A coordinator convenes: an organisation, a body, a seat, a series of meetings, minutes and who came; and a list."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from allies.kit import scope
from councils.models import Attendance, Body, Meeting, Organisation
from tests.browser import doing
from tests.browser.conftest import WIDTHS

pytestmark = pytest.mark.parametrize("language", ["en", "fr"])

BODY = {"en": "Champions of hiring", "fr": "Champions de l'embauche"}
BANK = {"en": "Fundy Bank", "fr": "Banque Fundy"}
# Eight in the morning in Halifax, before and after the clocks change in 2026.
UTC_HOURS = [12, 11, 11]


@pytest.fixture
def coordinator(visit, world, language):
    return visit(language=language).enter_as(world.people["coordinator"])


def fill_pair(person, text, words):
    for language, said in words.items():
        person.page.locator(f"[name={text}_{language}]").fill(said)


def heading(person):
    return person.page.get_by_role("heading", level=1)


def add_an_organisation(person):
    person.link("Organisations", ".subnav").click()
    expect(person.page.locator("main .note")).to_contain_text(person.say("Labour"))
    person.link("Add an organisation").click()
    fill_pair(person, "name", BANK)
    person.page.locator("[name=group]").select_option("labour")
    person.button("Save").click()
    doing.said(person, "The organisation sits at the table.")
    expect(heading(person)).to_have_text(BANK[person.language])
    person.assert_sound(*WIDTHS)
    person.link("Organisations", ".subnav").click()
    expect(person.page.locator("main .note")).not_to_contain_text(person.say("Labour"))


def add_a_body(person):
    person.link("Bodies", ".subnav").click()
    person.link("Add a body").click()
    person.page.locator("[name=kind]").select_option("champions")
    fill_pair(person, "name", BODY)
    person.page.locator("[name=cadence]").select_option("monthly")
    person.button("Add as a draft").click()
    doing.said(person, "The body is added as a draft.")
    expect(heading(person)).to_have_text(BODY[person.language])


def give_a_seat(person):
    person.link("Give a seat").click()
    person.button("Save").click()
    expect(person.page.locator(".summary")).to_be_focused()
    expect(person.page.locator(".summary")).to_contain_text(
        person.say("Choose a person of the portal or write a name.")
    )
    person.page.locator("[name=name]").fill("Ana Roy")
    person.page.locator("[name=organisation]").select_option(label=BANK[person.language])
    person.page.locator("[name=part]").select_option("chair")
    person.page.locator("[name=starts_on]").fill("2026-01-01")
    person.button("Save").click()
    doing.said(person, "The seat is given.")
    expect(person.page.locator("main")).to_contain_text("Ana Roy")


def schedule_a_series(person):
    person.link("Schedule").click()
    person.page.locator("[name=starts_at]").fill("2026-02-09T08:00")
    person.page.locator("[name=ends_at]").fill("2026-02-09T09:30")
    person.page.locator("[name=count]").fill("3")
    fill_pair(person, "place", {"en": "City hall", "fr": "Hôtel de ville"})
    fill_pair(person, "agenda", {"en": "Hiring\nMentors", "fr": "Embauche\nMentorat"})
    person.button("Schedule").click()
    with scope.across():
        made = Meeting.objects.filter(place_en="City hall").order_by("starts_at")
    expect(person.page.locator(".messages")).to_be_visible()
    with scope.across():
        assert [meeting.starts_at.astimezone(UTC).hour for meeting in made] == UTC_HOURS
        return made[0]


def write_minutes_and_attendance(person, meeting):
    person.open("councils:meeting-show", council="halifax", pk=meeting.pk)
    expect(person.page.locator("main ol:not(.crumbs) li").last).to_have_text(
        {"en": "Mentors", "fr": "Mentorat"}[person.language]
    )
    person.link("Write the minutes").click()
    fill_pair(person, "minutes", {"en": "**Said** much.", "fr": "**Dit** beaucoup."})
    person.button("Save").click()
    doing.said(person, "The minutes are saved.")
    person.link("Record attendance").click()
    person.page.get_by_label("Ana Roy").select_option("present")
    person.button("Save").click()
    doing.said(person, "The attendance is recorded.")
    person.assert_sound(*WIDTHS)
    person.page.locator("[name=on]").fill("2026-03-09")
    person.button("Approve the minutes").click()
    doing.said(person, "The minutes are approved.")
    expect(person.link("Edit the minutes")).to_have_count(0)
    person.assert_sound()


def test_a_coordinator_convenes(coordinator, world) -> None:
    coordinator.open("councils:workspace-home", council="halifax")
    add_an_organisation(coordinator)
    add_a_body(coordinator)
    give_a_seat(coordinator)
    meeting = schedule_a_series(coordinator)
    coordinator.assert_sound(*WIDTHS)
    write_minutes_and_attendance(coordinator, meeting)
    with scope.within(world.halifax):
        body = Body.objects.get(name_en=BODY["en"])
        assert Attendance.objects.get(seat__body=body).answer == "present"
        assert Meeting.objects.get(pk=meeting.pk).minutes_approved_on.isoformat() == "2026-03-09"
    coordinator.open("councils:body-show", council="halifax", pk=body.pk)
    expect(coordinator.page.locator("main")).to_contain_text(coordinator.say("%(came)s of %(all)s", came=1, all=1))
    coordinator.assert_sound(*WIDTHS)


def test_a_list_is_chosen_once(coordinator, world, tmp_path) -> None:
    (tmp_path / "list.csv").write_text("name_en,name_fr,group,colour\nFundy Bank,Banque Fundy,employer,red\n")
    coordinator.open("councils:organisation-import", council="halifax")
    coordinator.page.locator("[name=file]").set_input_files(tmp_path / "list.csv")
    coordinator.button("Check the list").click()
    expect(coordinator.page.locator("main table")).to_contain_text("Fundy Bank")
    expect(coordinator.page.locator("main .note")).to_contain_text("colour")
    coordinator.assert_sound(*WIDTHS)
    coordinator.page.reload()
    coordinator.button("Import the list").click()
    doing.said(coordinator, "The list is imported.")
    with scope.within(world.halifax):
        assert Organisation.objects.filter(name_en="Fundy Bank").exists()


def test_a_meeting_is_cancelled_after_a_question(coordinator, world) -> None:
    with scope.across():
        Attendance.objects.all().delete()
    meeting = world.things["Meeting"]
    coordinator.open("councils:meeting-show", council="halifax", pk=meeting.pk)
    coordinator.page.locator("details.ask summary").click()
    coordinator.page.locator("details.ask, dialog").get_by_role("button").first.click()
    expect(coordinator.page.locator("main .tag").first).to_have_text(coordinator.say("Cancelled"))
    meeting.refresh_from_db()
    assert meeting.cancelled_at < datetime.now(UTC)
    coordinator.assert_sound(*WIDTHS)
