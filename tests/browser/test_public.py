"""What a reader does: find a council by typing, by map or without JavaScript, change language, print a page."""

import re

import pytest
from playwright.sync_api import expect

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


@pytest.mark.parametrize("language", ["en", "fr"])
def test_who_only_reads_gets_no_cookie(visit, full_world, language) -> None:
    reader = visit()
    for path in (*PAGES[language], *MORE[language]):
        reader.go(f"/{language}/{path}")
    assert reader.context.cookies() == []
    assert reader.complaints == []


def test_typing_narrows_the_list_and_the_address_can_be_shared(visit, full_world) -> None:
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


def test_the_directory_works_without_javascript(visit, full_world) -> None:
    page = visit(javascript=False).go("/en/councils/")
    page.get_by_text("Narrow by place, stage, host or programme").click()
    page.get_by_label("Province").select_option("AB")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("a.name")).to_have_text("Calgary Council")
    page.locator("a.name").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Calgary Council")


def test_a_marker_on_the_map_leads_to_its_council_by_keyboard(visit, full_world) -> None:
    page = visit().go("/en/councils/")
    page.locator("svg.map a").first.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/en/councils/(halifax|calgary)/$"))


def test_the_switch_keeps_the_page_under_its_other_address(visit, full_world) -> None:
    page = visit().go("/en/councils/halifax/start-here/")
    page.get_by_role("link", name="Français").click()
    expect(page).to_have_url(re.compile(r"/fr/conseils/halifax-fr/par-ou-commencer/$"))
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(re.compile(r"/en/councils/halifax/start-here/$"))


def test_where_to_begin_prints_without_the_frame(visit, full_world) -> None:
    page = visit().go("/en/councils/halifax/start-here/")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("header.top")).to_be_hidden()
    expect(page.locator("footer.foot")).to_be_hidden()
