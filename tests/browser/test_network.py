"""What national staff do: see what needs a look, move a council on, compare answers, settle a figure."""

import re

import pytest
from playwright.sync_api import expect

from councils.models import Council, FactValue, Readiness
from councils.states import ReflectionState, Stage
from tests import factories as make

# Pages that show more when the address asks for it.
ASKED = {
    "en": ("network/reflections/?year=2024&question=value", "network/figures/?state=disputed"),
    "fr": ("reseau/bilans/?year=2024&question=value", "reseau/donnees/?state=disputed"),
}


@pytest.fixture
def busy(world):
    """A network with something on each page."""
    halifax = world.halifax
    for council, text in ((halifax, "It opens doors."), (world.calgary, "")):
        make.ReflectionFactory(
            council=council, year=2024, value_en=text, value_fr="Des portes.", state=ReflectionState.SUBMITTED
        )
    halifax.stage_changes.create(
        to_stage="operating", on="2009-06-01", precision="month", reason_en="It began.", reason_fr="Début."
    )
    halifax.former_names.create(name_en="Task Force", name_fr="Groupe de travail")
    halifax.retired_slugs.create(slug="task-force")
    fact = make.FactFactory(council=halifax, label_en="Delegates", label_fr="Personnes déléguées")
    make.FactValueFactory(fact=fact, text_en="150", text_fr="150", is_shown=True)
    make.FactValueFactory(fact=fact, text_en="130", text_fr="130")
    make.CouncilFactory(stage=Stage.STALLED, name_en="Sleepy Council", slug_en="sleepy", is_published=False)
    make.ReadinessFactory(council=halifax, champion=0)
    return world


@pytest.mark.parametrize(("language", "width"), [("en", 320), ("fr", 1280)])
def test_what_is_asked_for_is_sound(visit, busy, language, width) -> None:
    browser = visit(width=width).enter_as(busy.people["national"])
    for path in ASKED[language]:
        browser.go(f"/{language}/{path}")
        browser.assert_sound()


def test_from_the_pulse_to_a_stage_that_is_on_record(visit, busy) -> None:
    browser = visit().enter_as(busy.people["national"])
    page = browser.go("/en/network/")
    page.get_by_role("link", name=re.compile("stalled")).click()
    page.get_by_role("link", name="Sleepy Council").click()
    page.get_by_role("link", name="Change the stage").click()
    page.get_by_label("Start-up").check()
    page.get_by_label("Date", exact=True).fill("2024-02-01")
    page.get_by_label("Reason in English").fill("A new host came forward.")
    page.get_by_role("button", name="Record the change").click()
    expect(page.get_by_role("alert")).to_contain_text("One answer needs another look")
    expect(page.get_by_label("Reason in English")).to_have_value("A new host came forward.")
    browser.assert_sound()
    page.get_by_label("Reason in French").fill("Un nouvel organisme hôte.")
    page.get_by_role("button", name="Record the change").click()
    expect(page.get_by_role("status").first).to_contain_text("is now at this stage: Start-up")
    expect(page.get_by_text("A new host came forward.")).to_be_visible()
    assert Council.objects.get(slug_en="sleepy").stage == Stage.START_UP
    browser.assert_sound()


def test_the_list_narrows_as_one_types_and_stays_in_the_address(visit, busy) -> None:
    page = visit().enter_as(busy.people["national"]).go("/en/network/councils/")
    page.get_by_label("Search").press_sequentially("hali")
    expect(page.get_by_text("1 council or place")).to_be_visible()
    expect(page).to_have_url(re.compile("q=hali"))
    expect(page.get_by_role("link", name="Sleepy Council")).to_have_count(0)


def test_a_merger_without_javascript(visit, busy) -> None:
    browser = visit(javascript=False).enter_as(busy.people["national"])
    page = browser.go("/en/network/councils/sleepy/merge/")
    expect(page.get_by_text("A merger can't be undone.")).to_be_visible()
    page.get_by_label("Council that it merges into").select_option(label="Halifax Council")
    page.get_by_label("Reason in English").fill("One table is enough.")
    page.get_by_label("Reason in French").fill("Une seule table suffit.")
    page.get_by_role("button", name="Merge the council for good").click()
    expect(page.get_by_role("link", name="Halifax Council")).to_be_visible()
    assert Council.objects.get(slug_en="sleepy").merged_into == busy.halifax


def test_readiness_is_scored_with_the_keyboard_alone(visit, busy) -> None:
    page = visit().enter_as(busy.people["coach"]).go("/en/workspace/halifax/readiness/new/")
    page.locator("input[name=catalyst]").first.focus()
    for number, question in enumerate(Readiness.QUESTIONS):
        assert page.evaluate("document.activeElement.name") == question
        page.keyboard.press("Space")
        for _ in range(number % 4):
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
    page.keyboard.type("Seen with my own eyes.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Seen with my own eyes.")).to_be_visible()
    # 0, 1, 2, 3, 0 and 1.
    expect(page.get_by_role("heading", name=re.compile("7 of 18"))).to_be_visible()


def test_a_figure_whose_sources_disagree_is_settled_in_french(visit, busy) -> None:
    browser = visit(width=360, language="fr").enter_as(busy.people["national"])
    page = browser.go("/fr/reseau/donnees/?state=disputed")
    page.get_by_role("link", name="Personnes déléguées").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Personnes déléguées")
    browser.assert_sound()
    page.get_by_role("link", name=f"{browser.say('Show this one')} 130").click()
    browser.field("Reason in English").fill("The later report.")
    browser.field("Reason in French").fill("Le rapport plus récent.")
    browser.button("Show this value").click()
    expect(page.get_by_text("Le rapport plus récent.").first).to_be_visible()
    assert FactValue.objects.get(is_shown=True).text_fr == "130"


def test_deleting_a_draft_asks_first_and_names_what_is_lost(visit, busy) -> None:
    page = visit().enter_as(busy.people["national"]).go("/en/network/figures/?state=draft")
    page.get_by_role("link", name="Delegates").click()
    page.get_by_text("Delete", exact=True).first.click()
    expect(page.get_by_text("The figure and its 2 values are deleted for good.")).to_be_visible()
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_role("status").first).to_contain_text("The figure is deleted.")
    assert not FactValue.objects.filter(text_en="130").exists()
