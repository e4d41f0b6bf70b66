"""The look: every kind of page is sound at three widths in both languages, within its budget, and prints."""

import gzip
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from tests.browser.conftest import WIDTHS

PAGES = ["/en/", "/fr/", "/en/councils/", "/fr/conseils/", "/en/kit/", "/fr/kit/", "/en/nothing-here/"]
CSS = ["css/site.css", "css/parts.css", "css/public.css", "css/workspace.css", "css/print.css"]
JS = ["django_htmx/htmx-2.min.js", "js/site.js"]


def _gzipped(names: list[str]) -> int:
    return sum(len(gzip.compress(Path(found).read_bytes(), 9)) for name in names if (found := finders.find(name)))


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_are_sound_at_each_width(visit, world, width) -> None:
    person = visit(width=width).enter_as(world.people["coordinator"])
    for path in PAGES:
        person.go(path)
        person.assert_sound()


def test_a_page_asks_for_at_most_twelve_things_of_this_site_alone(visit, world) -> None:
    person, asked = visit(), []
    person.page.on("request", lambda request: asked.append(request.url))
    person.go("/en/")
    person.page.wait_for_load_state("networkidle")
    assert len(asked) <= 12
    assert person.complaints == []


def test_the_html_of_a_page_stays_small(client, world) -> None:
    client.force_login(world.people["coordinator"])
    for path in PAGES[:-1]:
        assert len(client.get(path).content) <= 60_000, path


def test_style_and_script_stay_within_their_budgets() -> None:
    assert _gzipped(CSS) <= 14 * 1024
    assert _gzipped(JS) <= 25 * 1024


def test_nothing_moves_while_a_page_loads(visit, world) -> None:
    person = visit(width=360)
    person.page.add_init_script(
        "window.shift = 0; new PerformanceObserver((list) => { for (const e of list.getEntries())"
        " if (!e.hadRecentInput) window.shift += e.value; }).observe({type: 'layout-shift', buffered: true});"
    )
    person.go("/en/")
    person.page.wait_for_load_state("networkidle")
    assert person.page.evaluate("window.shift") <= 0.01


@pytest.mark.parametrize("zoom", [2, 4])
def test_a_page_can_be_enlarged_without_scrolling_sideways(visit, world, zoom) -> None:
    person = visit(width=1280 // zoom)
    for path in ("/en/", "/fr/conseils/"):
        person.go(path)
        assert person.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_page_prints_without_its_menus(visit, world) -> None:
    person = visit()
    person.go("/en/councils/")
    person.page.emulate_media(media="print")
    assert not person.page.locator("header.top").is_visible()
    assert person.page.locator("main h1").is_visible()


def test_the_language_switch_keeps_the_page_and_what_was_typed(visit, world) -> None:
    person = visit().enter_as(world.people["coordinator"])
    page = person.go("/en/workspace/halifax/programmes/new/")
    page.fill("[name=name_en]", "Evening circle")
    page.click("a.lang")
    page.wait_for_url("**/fr/**")
    assert page.input_value("[name=name_en]") == "Evening circle"
    assert page.get_attribute("html", "lang") == "fr-CA"
