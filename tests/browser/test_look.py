"""The look: every part is sound at three widths by day and by night, within its budget, and prints."""

import gzip
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from tests.browser.conftest import WIDTHS

PAGES = ["/en/", "/fr/conseils/", "/en/kit/?q=a&role=d", "/fr/kit/"]
CSS = [f"css/{name}.css" for name in ("site", "parts", "public", "workspace", "mentoring", "print")]
JS = ["django_htmx/htmx-2.min.js", "js/site.js", "js/apply.js"]


def _gzipped(names: list[str]) -> int:
    return sum(len(gzip.compress(Path(found).read_bytes(), 9)) for name in names if (found := finders.find(name)))


@pytest.mark.parametrize(("width", "scheme"), list(zip(WIDTHS, ("dark", "light", "dark"), strict=True)))
def test_every_part_is_sound_at_each_width(visit, world, width, scheme) -> None:
    person = visit(width=width).enter_as(world.people["national"])
    person.page.emulate_media(color_scheme=scheme)
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
    client.force_login(world.people["national"])
    for path in PAGES:
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert len(answer.content) <= 60_000, path


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


def test_a_term_opens_and_closes_from_the_keyboard(visit, world) -> None:
    page = visit().enter_as(world.people["national"]).go("/en/kit/")
    page.focus("button.term")
    page.keyboard.press("Enter")
    assert page.locator(".meaning").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator(".meaning").is_visible()


def test_a_dangerous_act_asks_first_and_gives_the_focus_back(visit, world) -> None:
    page = visit().enter_as(world.people["national"]).go("/en/kit/")
    page.focus("#asking summary")
    page.keyboard.press("Enter")
    assert page.locator("dialog").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("dialog").is_visible()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_without_javascript_a_dangerous_act_asks_on_the_page_itself(visit, world) -> None:
    page = visit(javascript=False).enter_as(world.people["national"]).go("/en/kit/")
    assert not page.locator("#asking form").is_visible()
    page.click("#asking summary")
    assert page.locator("#asking form button.danger").is_visible()


def test_words_are_counted_once_and_too_many_are_marked(visit, world) -> None:
    page = visit().enter_as(world.people["national"]).go("/en/kit/")
    page.fill("[name=a-story]", "one two three")
    assert page.locator("#id_a-story ~ .counter").all_inner_texts() == ["3 / 150"]
    page.fill("[name=a-story]", "word " * 151)
    assert page.locator("#id_a-story ~ .counter.over").count() == 1


def test_what_one_can_press_is_large_enough_for_a_finger(visit, world) -> None:
    page = visit(width=320).enter_as(world.people["national"]).go("/en/kit/")
    small = page.evaluate(
        """[...document.querySelectorAll('.top a, .top summary, main .button, main .chip, main input, main select')]
        .filter((e) => e.offsetParent && !e.closest('.menu > div'))
        .map((e) => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
        .filter(([, box]) => box.width < 24 || box.height < 24).map(([html]) => html)"""
    )
    assert small == []


def test_what_has_the_focus_is_marked_in_both_schemes(visit, world) -> None:
    person = visit()
    for scheme in ("light", "dark"):
        person.page.emulate_media(color_scheme=scheme)
        person.go("/en/")
        person.page.keyboard.press("Tab")
        assert person.page.locator(".skip").bounding_box()["y"] >= 0
        person.page.keyboard.press("Tab")
        assert person.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
