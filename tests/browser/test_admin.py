"""The administration in a real browser: nothing of it is refused by the site's security policy."""

import pytest
from playwright.sync_api import expect

from allies.kit.audit import Entry
from allies.kit.scope import across
from councils.models import Council, Membership, Organisation
from tests import factories as make
from tests.mentoring_world import add_mentoring

TOO_FEW = {
    "en": "There are more mentees now than that.",
    "fr": "Il y a maintenant plus de personnes mentorées que cela.",
}


@pytest.fixture
def desk(visit, world):
    return visit().enter_as(world.people["admin"])


def assert_clean(browser) -> None:
    """Fail on anything that the browser refused to load or to run."""
    assert browser.complaints == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_lists_forms_history_and_spreadsheets_keep_to_the_security_policy(desk, world, language) -> None:
    organisation, council = world.things["Organisation"].pk, world.halifax.pk
    for path in (
        "",
        "councils/council/",
        f"councils/council/{council}/change/",
        f"councils/organisation/{organisation}/change/",
        f"councils/organisation/{organisation}/history/",
        "councils/organisation/import/",
        "councils/organisation/export/",
        "councils/user/add/",
        "councils/meeting/add/",
        "councils/fact/add/",
        "kit/entry/",
    ):
        desk.go(f"/{language}/admin/{path}")
        expect(desk.page.locator("#site-name")).to_contain_text("ALLIES")
        assert_clean(desk)


def test_it_fits_a_phone(visit, world) -> None:
    browser = visit(width=360).enter_as(world.people["admin"])
    for path in ("", "councils/council/", f"councils/council/{world.halifax.pk}/change/"):
        page = browser.go(f"/en/admin/{path}")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert_clean(browser)


def test_a_role_is_given_with_the_pickers_for_people_councils_and_dates(desk, world) -> None:
    person = make.UserFactory(name="Inès Tremblay")
    page = desk.go("/en/admin/councils/membership/add/")
    for field, words, choice in (("person", "ines", "Inès Tremblay"), ("council", "calg", "Calgary Council")):
        page.locator(f".field-{field} .select2-selection").click()
        page.locator(".select2-search__field").press_sequentially(words)
        page.locator(".select2-results__option", has_text=choice).click()
    page.get_by_label("Role").select_option(label="Coordinator")
    page.locator(".field-starts_on .datetimeshortcuts a").nth(1).click()
    expect(page.locator("#calendarbox0")).to_be_visible()
    page.locator("#calendarbox0 a", has_text="15").first.click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert_clean(desk)
    with across():
        assert list(Membership.objects.filter(person=person).values_list("council__name_en", flat=True)) == [
            "Calgary Council"
        ]


def test_a_table_is_tried_out_then_taken_in(desk, world) -> None:
    page = desk.go("/en/admin/councils/organisation/import/")
    text = "council,name_en,name_fr,group\nhalifax,Port,Port,employer\n"
    page.locator("input[type=file]").set_input_files(
        {"name": "table.csv", "mimeType": "text/csv", "buffer": text.encode()}
    )
    page.locator("select[name=format]").select_option(label="csv")
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("heading", name="Preview")).to_be_visible()
    assert_clean(desk)
    page.get_by_role("button", name="Confirm import").click()
    expect(page.locator(".messagelist .success")).to_contain_text("1 new")
    with across():
        assert Organisation.objects.filter(name_en="Port", council=world.halifax).count() == 1


@pytest.mark.parametrize("language", ["en", "fr"])
def test_mentoring_is_corrected_but_nothing_is_deleted_and_no_state_is_moved(desk, world, language) -> None:
    with across():
        add_mentoring(world)
    mentor, pair = world.things["Mentor"], world.things["Pair"]
    for path in (
        "application/",
        f"application/{world.things['Application'].pk}/change/",
        "pair/",
        f"pair/{pair.pk}/change/",
        f"pair/{pair.pk}/history/",
        "matchingrun/",
        f"matchingrun/{world.things['MatchingRun'].pk}/change/",
        "followup/",
    ):
        page = desk.go(f"/{language}/admin/mentoring/{path}")
        assert desk.answer.status == 200
        expect(page.locator(".deletelink, option[value=delete_selected], #content [name=state]")).to_have_count(0)
        assert_clean(desk)
    page = desk.go(f"/{language}/admin/mentoring/mentor/{mentor.pk}/change/")
    page.locator("[name=capacity]").fill("0")
    page.locator("[name=_save]").click()
    expect(page.locator(".errornote, .errorlist").first).to_be_visible()
    expect(page.locator("#content")).to_contain_text(TOO_FEW[language])
    page.locator("[name=capacity]").fill("4")
    page.locator("[name=_save]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert_clean(desk)
    with across():
        mentor.refresh_from_db()
    assert (mentor.capacity, mentor.active_load) == (4, 1)
    assert Entry.objects.filter(action="admin.changed", tenant_id=world.halifax.pk).count() == 1


def test_who_is_no_administrator_finds_nothing(visit, world) -> None:
    page = visit().enter_as(world.people["national"]).go("/en/admin/")
    expect(page.locator("input[type=password]")).to_have_count(0)
    assert "ALLIES portal: administration" not in page.content()
    assert Council.objects.count() == 2
