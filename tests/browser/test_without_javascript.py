"""The same journeys in a browser without JavaScript: every page works, with one more click here and there."""

import pytest
from playwright.sync_api import expect

from allies.kit.scope import across
from councils.models import LocalProgramme
from tests.browser import doing
from tests.kit import making


@pytest.fixture
def person(visit):
    return visit(language="fr", javascript=False)


def test_a_newcomer_with_a_phone_learns_whom_to_ask(visit, full_world) -> None:
    reader = visit(width=360, javascript=False)
    page = reader.open("home")
    reader.link("Find your city").click()
    page.get_by_role("searchbox").fill("hâlifax")
    reader.button("Search").click()
    expect(page.locator("a.name")).to_have_text("Halifax Council")
    page.locator("a.name").click()
    reader.link("New here? Start here").click()
    expect(page.get_by_text("info@halifax.example")).to_be_visible()
    page.get_by_role("link", name="Français").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Halifax")
    expect(page.locator("html")).to_have_attribute("lang", "fr-CA")


def test_an_employer_finds_who_mentors_and_what_it_brought(person, full_world) -> None:
    page = person.open("home")
    person.link("Councils that offer mentoring").click()
    page.locator("a.name", has_text=full_world.halifax.name_fr).click()
    figure = page.locator(".figure", has_text="Personnes déléguées")
    expect(figure.locator("cite")).to_be_hidden()
    figure.locator("summary").click()
    expect(figure.locator("cite")).to_be_visible()


def test_a_coordinator_keeps_the_councils_pages(visit, person, world) -> None:
    halifax = world.halifax
    page = person.sign_in(doing.give_password(world.people["coordinator"]).email, doing.PASSWORD)
    page.locator("header .menu summary").first.click()
    page.locator("header .menu").first.get_by_role("link", name=halifax.name_fr).click()
    doing.edit_the_profile_with_a_preview(person, halifax)
    doing.publish_a_programme(person)
    doing.tell_a_story(person)
    reader = visit(javascript=False)
    there = reader.open("councils:council-show", slug="halifax")
    expect(there.locator("main .lede").first).to_have_text(doing.SUMMARY["en"])
    expect(there.get_by_role("heading", name=doing.PROGRAMME["en"])).to_be_visible()
    there.get_by_role("link", name=doing.STORY["en"]).click()
    expect(there.get_by_role("heading", level=1)).to_have_text(doing.STORY["en"])


def test_a_refused_form_keeps_what_was_typed_and_says_what_to_do(person, world) -> None:
    person.enter_as(world.people["coordinator"])
    page = person.open("councils:programme-add", council="halifax-fr")
    person.field("summary in French").fill("Un soir par mois.")
    person.button("Add as a draft").click()
    expect(page.get_by_role("alert").get_by_role("link")).not_to_have_count(0)
    expect(person.field("summary in French")).to_have_value("Un soir par mois.")


def test_a_question_before_deleting_opens_in_its_place(person, full_world) -> None:
    with across():
        draft = LocalProgramme.objects.get(name_en="Bridging")
    person.enter_as(full_world.people["coordinator"])
    page = person.open("councils:programme-show", council="halifax-fr", pk=draft.pk)
    expect(page.get_by_text(person.say("Delete this draft?"))).to_be_hidden()
    page.locator("details.ask summary").click()
    expect(page.get_by_text(person.say("Delete this draft?"))).to_be_visible()
    person.button("Delete the draft").click()
    doing.said(person, "The draft is deleted.")
    with across():
        assert not LocalProgramme.objects.filter(pk=draft.pk).exists()


def test_long_work_is_followed_by_asking_again(person, world) -> None:
    job = making.running_job(owner=world.people["national"], total=4, done=1)
    person.enter_as(world.people["national"])
    page = person.open("kit:job-show", pk=job.pk)
    expect(page.locator("progress")).to_have_attribute("value", "1")
    type(job).objects.update(done=3)
    person.link("Reload to see how far it is").click()
    expect(page.locator("progress")).to_have_attribute("value", "3")
