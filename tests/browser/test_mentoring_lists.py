"""A coordinator's lists in both languages: narrowed, acted on, handed out, taken in; the council's own alone."""

import io

import pytest
from django.utils import translation
from openpyxl import Workbook
from playwright.sync_api import expect

from allies.kit.audit import Entry
from allies.kit.models import Letter
from allies.kit.scope import across
from councils.models import User
from mentoring.models import Application, Mentor
from tests import factories
from tests.browser.conftest import Visit
from tests.browser.doing import said
from tests.mentoring.coordinating import applicant, place

PHONE, DESK = 360, 1280
WAIT = {"en": "Put on the waiting list", "fr": "Mettre sur la liste d’attente"}
MENTORS = "email,name,occupation,languages,capacity,kinds\nada@bank.example,Ada Roy,{code},en:12,{room},executive\n"
FAULTS = {
    "en": ("Nothing was changed: there are 2 faults.", "row 2, column capacity"),
    "fr": ("Rien n’a été modifié : il y a 2 erreurs.", "ligne 2, colonne capacity"),
}
MENTEES = ("email", "name", "occupation", "languages", "heard_from")


@pytest.fixture
def here(world):
    """An open intake of Halifax with three people in it, one of whom is elsewhere on the way."""
    factories.OccupationFactory(code="21231", title_en="Software engineers", title_fr="Ingénieurs en logiciel")
    with across():
        here = place(world)
        for name in ("Amina Haddad", "Bilal Haddad", "Chidi Okafor"):
            applicant(here, person__name=name)
    return here


@pytest.fixture
def coordinator(visit, here, language):
    """The coordinator, in a language."""
    return visit(language=language).enter_as(here.by)


def council_of(person: Visit, here) -> str:
    return getattr(here.council, f"slug_{person.language}")


def narrow(person: Visit) -> list[str]:
    """Narrow the list while typing, and take it along: what comes along is what is seen."""
    page = person.page
    page.get_by_role("searchbox").press_sequentially("haddad")
    expect(page.locator("#results tbody tr")).to_have_count(2)
    person.assert_sound(PHONE, DESK)
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    heading, *rows = download.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert heading.startswith(f"{person.say('Name')},")
    return sorted(row.split(",")[0] for row in rows)


def let_two_wait(person: Visit) -> None:
    """Tick who is left, and tell them why they wait; the list stays narrowed as it was."""
    page = person.page
    for box in page.locator("[name=chosen]").all():
        box.check()
    page.locator("[name=act]").select_option("wait")
    person.button("Go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(WAIT[person.language])
    person.field("Reason that the person reads").fill("The autumn is full.")
    person.assert_sound(PHONE)
    person.button("Put on the waiting list").click()
    expect(page.locator(".messages")).to_contain_text("2")
    expect(page.locator("#results tbody tr")).to_have_count(2)


def hand_in(person: Visit, name: str, content: bytes) -> None:
    """Give a list to be checked."""
    person.page.locator("[name=file]").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
    person.button("Check the list").click()


def as_workbook(*rows: tuple[str, ...]) -> bytes:
    """A spreadsheet with these rows."""
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_list_is_narrowed_acted_on_and_handed_out_to_its_own_council_alone(visit, coordinator, here, world) -> None:
    page = coordinator.open("mentoring:application-list", council=council_of(coordinator, here))
    assert narrow(coordinator) == ["Amina Haddad", "Bilal Haddad"]
    let_two_wait(coordinator)
    with across():
        waiting = Application.objects.filter(state="waitlisted")
        assert {one.decision_note for one in waiting} == {"The autumn is full."}
        assert Letter.objects.filter(person__in=waiting.values("person")).count() == 2
    assert Entry.objects.filter(action="mentoring.applications_exported", tenant_id=here.council.pk).count() == 1

    # How far people have come, in numbers that lead back to the list.
    page = coordinator.open(
        "mentoring:coordinate-intake-show", council=council_of(coordinator, here), pk=here.intake.pk
    )
    expect(page.locator(".funnel li").first).to_contain_text("3")
    coordinator.assert_sound(PHONE)

    rival = visit(language=coordinator.language).enter_as(world.people["rival"])
    rival.open("mentoring:application-list", council=council_of(coordinator, here))
    assert rival.answer.status == 404
    expect(rival.page.locator("body")).not_to_contain_text("Haddad")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_mentors_and_mentees_are_looked_at_then_taken_in(coordinator, here) -> None:
    page = coordinator.open("mentoring:people-import", council=council_of(coordinator, here))
    coordinator.link("Import mentors").click()
    hand_in(coordinator, "mentors.csv", MENTORS.format(code="99999", room=40).encode())
    # Each fault is told by its row and column, and nothing has changed.
    for words in FAULTS[coordinator.language]:
        expect(page.get_by_role("alert")).to_contain_text(words)
    coordinator.assert_sound(PHONE)
    hand_in(coordinator, "mentors.csv", MENTORS.format(code="21231", room=2).encode())
    expect(page.locator("main tbody tr")).to_contain_text("Ada Roy")
    coordinator.assert_sound(PHONE)
    with across():
        assert not Mentor.objects.exists()
    assert not User.objects.filter(email="ada@bank.example").exists()
    coordinator.button("Import the list").click()
    said(coordinator, "The list is imported, and the people on it have been written to.")
    with across():
        ada = Mentor.objects.get()
        assert (ada.person.name, ada.state, ada.capacity, ada.kinds) == ("Ada Roy", "applied", 2, ["executive"])

    coordinator.open("mentoring:people-import", council=council_of(coordinator, here))
    with translation.override(coordinator.language):
        into = coordinator.link(f"{here.programme.name}, {here.intake.name}")
    into.click()
    row = ("esi@people.example", "Esi Mensah", "21231", "en:9; fr:7", "Settle Here")
    hand_in(coordinator, "mentees.xlsx", as_workbook(MENTEES, row))
    expect(page.locator("main tbody tr")).to_contain_text("Esi Mensah")
    coordinator.button("Forget this list").click()
    said(coordinator, "The list is forgotten. Nothing was changed.")
    into.click()
    hand_in(coordinator, "mentees.xlsx", as_workbook(MENTEES, row))
    coordinator.button("Import the list").click()
    said(coordinator, "The list is imported, and the people on it have been written to.")
    with across():
        esi = Application.objects.get(person__email="esi@people.example")
        assert (esi.intake, esi.heard_from, Application.objects.count()) == (here.intake, "Settle Here", 4)
