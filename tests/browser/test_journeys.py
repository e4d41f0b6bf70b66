"""What people come for, from the first page to the end, in both languages: newcomers, employers, a council's people."""

import pytest
from django.utils import translation
from playwright.sync_api import expect

from allies.kit.access import can
from tests.browser import doing
from tests.browser.doing import OTHER

pytestmark = pytest.mark.parametrize("language", ["en", "fr"])


@pytest.fixture
def person(visit, language):
    return visit(language=language)


def test_a_newcomer_with_a_phone_learns_whom_to_ask(visit, full_world, language) -> None:
    reader = visit(language=language, width=360)
    page = reader.open("home")
    reader.link("Find your city").click()
    page.get_by_role("searchbox").press_sequentially("hâlifax")
    expect(page.locator("a.name")).to_have_count(1)
    page.locator("a.name").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(getattr(full_world.halifax, f"name_{language}"))
    reader.link("New here? Start here").click()
    title = reader.say("New to %(place)s? Start here", place="Halifax")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.get_by_text("info@halifax.example")).to_be_visible()
    programme = full_world.things["LocalProgramme"]
    expect(page.get_by_role("heading", name=getattr(programme, f"name_{language}"))).to_be_visible()
    page.locator("a.lang").click()
    expect(page.locator("html")).to_have_attribute("lang", f"{OTHER[language]}-CA")
    reader.language = OTHER[language]
    expect(page.get_by_role("heading", name=getattr(programme, f"name_{OTHER[language]}"))).to_be_visible()
    assert page.url.endswith(
        reader.path("councils:council-start", slug=getattr(full_world.halifax, f"slug_{reader.language}"))
    )
    reader.assert_sound()
    assert reader.context.cookies() == []


def test_an_employer_finds_who_mentors_and_what_it_brought(person, full_world, language) -> None:
    page = person.open("home")
    person.link("Councils that offer mentoring").click()
    expect(page.locator("a.name")).to_have_count(2)
    page.locator("a.name", has_text=getattr(full_world.halifax, f"name_{language}")).click()
    figure = page.locator(".figure", has_text={"en": "Delegates", "fr": "Personnes déléguées"}[language])
    expect(figure).to_contain_text("150")
    source = figure.locator("cite")
    expect(source).to_be_hidden()
    figure.locator("summary").click()
    expect(source).to_be_visible()
    expect(figure).to_contain_text("2024")
    person.link("Figures", "header").click()
    expect(page.locator(".figure cite")).not_to_have_count(0)


def test_a_coordinator_keeps_the_councils_pages(visit, person, full_world, language) -> None:
    halifax = full_world.halifax
    person.sign_in(doing.give_password(full_world.people["coordinator"]).email, doing.PASSWORD)
    name = getattr(halifax, f"name_{language}")
    person.page.locator("main").get_by_role("heading", name=name).get_by_role("link").click()
    expect(person.page.get_by_role("heading", level=1)).to_have_text(name)
    doing.edit_the_profile_with_a_preview(person, halifax)
    doing.publish_a_programme(person)
    doing.tell_a_story(person)
    for spoken in (language, OTHER[language]):
        reader = visit(language=spoken)
        page = reader.open("councils:council-show", slug=getattr(halifax, f"slug_{spoken}"))
        expect(page.locator("main .lede").first).to_have_text(doing.SUMMARY[spoken])
        expect(page.get_by_role("heading", name=doing.PROGRAMME[spoken])).to_be_visible()
        page.get_by_role("link", name=doing.STORY[spoken]).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(doing.STORY[spoken])
    person.open("councils:workspace-home", council="calgary")
    assert person.answer.status == 404
    assert person.complaints == []


def test_a_board_member_reads_and_is_told_why_not_to_write(person, full_world, language) -> None:
    member = full_world.people["board"]
    person.enter_as(member)
    page = person.open("councils:workspace-home", council="halifax")
    assert person.answer.status == 200
    expect(person.link("Profile", ".subnav")).to_have_count(0)
    person.link("Bodies", ".subnav").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(person.say("Bodies"))
    person.open("councils:profile-edit", council="halifax")
    assert person.answer.status == 403
    with translation.override(language):
        reason = str(can(member, "councils.edit", full_world.halifax).reason)
    expect(page.locator("main")).to_contain_text(reason)
