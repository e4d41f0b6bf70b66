"""What a reader does: find a council by typing, by map or without JavaScript, change language, print a page."""

import re

import pytest
from playwright.sync_api import expect

from councils.models import Council, LabourFigure, LabourTable
from tests import factories as make
from tests.browser.conftest import WIDTHS

PAGES = {
    "en": ("", "councils/", "councils/halifax/", "councils/halifax/history/", "councils/halifax/start-here/"),
    "fr": (
        "",
        "conseils/",
        "conseils/halifax-fr/",
        "conseils/halifax-fr/historique/",
        "conseils/halifax-fr/par-ou-commencer/",
    ),
}
MORE = {
    "en": ("stories/", "events/", "figures/", "sources/", "about/", "accessibility/", "privacy/"),
    "fr": ("recits/", "evenements/", "donnees/", "sources/", "a-propos/", "accessibilite/", "confidentialite/"),
}


@pytest.fixture
def full(world):
    """Halifax with something in every part of its page."""
    halifax = world.halifax
    Council.objects.filter(pk=halifax.pk).update(
        acronym="GHP",
        history_en="It **began** in 2007.",
        history_fr="Tout a **commencé** en 2007.",
        host_en="The Partnership",
        host_fr="Le Partenariat",
        joins_campaigns=False,
        is_catalyst=True,
        contact_email="info@halifax.example",
        website="https://halifax.example/",
    )
    halifax.stage_changes.create(
        to_stage="operating", on="2009-06-01", precision="month", reason_en="It began.", reason_fr="Début."
    )
    halifax.former_names.create(name_en="Task Force", name_fr="Groupe de travail")
    fact = make.FactFactory(council=halifax, is_published=True)
    make.FactValueFactory(fact=fact, is_shown=True)
    network = make.FactFactory(is_published=True, on_home=True)
    make.FactValueFactory(fact=network, is_shown=True)
    make.BodyFactory(council=halifax, is_published=True, purpose_fr="Conseille.", name_fr="Champions")
    table = LabourTable.objects.create(
        product="14100083/en",
        title_en="Labour force",
        title_fr="Population active",
        imported_at="2026-01-01T00:00Z",
        rows=2,
        sha256="0",
    )
    for year, value in ((2010, 11), (2011, 9)):
        LabourFigure.objects.create(
            table=table,
            place=halifax.place,
            geography="Halifax",
            period=f"{year}-01-01",
            categories=["Unemployment rate"],
            unit="Percentage",
            value=value,
        )
    return world


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_public_page_is_sound(visit, full, width, language) -> None:
    reader = visit(width=width)
    for path in (*PAGES[language], *MORE[language]):
        reader.go(f"/{language}/{path}")
        reader.assert_sound()
    story, event = full.things["Story"], full.things["Event"]
    for path in (
        {"en": f"councils/halifax/stories/{story.pk}/", "fr": f"conseils/halifax-fr/recits/{story.pk}/"}[language],
        {"en": f"events/{event.pk}/", "fr": f"evenements/{event.pk}/"}[language],
    ):
        reader.go(f"/{language}/{path}")
        reader.assert_sound()
    assert reader.context.cookies() == []


def test_typing_narrows_the_list_and_the_address_can_be_shared(visit, full) -> None:
    reader = visit()
    page = reader.go("/en/councils/")
    page.get_by_role("searchbox").press_sequentially("CALGÁRY", delay=20)
    expect(page.locator("#results").get_by_role("status")).to_have_text("1 council or place")
    expect(page.locator("a.name")).to_have_text("Calgary Council")
    expect(page).to_have_url(re.compile(r"q=CALG%C3%81RY"))
    page.reload()
    expect(page.locator("a.name")).to_have_text("Calgary Council")
    page.get_by_role("link", name="Show all", exact=True).click()
    expect(page.locator("a.name")).to_have_count(2)
    reader.assert_sound()


def test_the_directory_works_without_javascript(visit, full) -> None:
    page = visit(javascript=False).go("/en/councils/")
    page.get_by_text("Narrow by place, stage, host or programme").click()
    page.get_by_label("Province").select_option("AB")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("a.name")).to_have_text("Calgary Council")
    page.locator("a.name").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Calgary Council")


def test_a_marker_on_the_map_leads_to_its_council_by_keyboard(visit, full) -> None:
    page = visit().go("/en/councils/")
    page.locator("svg.map a").first.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/en/councils/(halifax|calgary)/$"))


def test_the_switch_keeps_the_page_under_its_other_address(visit, full) -> None:
    page = visit().go("/en/councils/halifax/start-here/")
    page.get_by_role("link", name="Français").click()
    expect(page).to_have_url(re.compile(r"/fr/conseils/halifax-fr/par-ou-commencer/$"))
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(re.compile(r"/en/councils/halifax/start-here/$"))


def test_where_to_begin_prints_without_the_frame(visit, full) -> None:
    page = visit().go("/en/councils/halifax/start-here/")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("header.top")).to_be_hidden()
    expect(page.locator("footer.foot")).to_be_hidden()
