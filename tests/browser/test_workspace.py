"""A coordinator's day: what waits, a profile in two languages, a story with consent, a colleague who was faster."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from allies.kit import scope
from councils.models import Council, Event, Story
from councils.services import profile, stories
from councils.services.editing import fingerprints
from councils.states import StoryState
from tests import factories as make


@pytest.fixture
def busy(world):
    """Halifax with drafts, a text behind, a story withdrawn, a change on record and last year's answers."""
    by = world.people["coordinator"]
    make.EventFactory(council=world.halifax, title_fr="")
    make.ReflectionFactory(council=world.halifax, year=2024, what_works_en="- Breakfast\n- Coffee")
    world.things["draft"] = make.StoryFactory(council=world.halifax, title_fr="", body_fr="")
    world.things["withdrawn"] = make.StoryFactory(council=world.halifax, published=True)
    soon = timezone.localdate() + timedelta(days=30)
    make.MembershipFactory(council=world.halifax, role="board", ends_on=soon)
    with scope.within(world.halifax):
        seen = fingerprints(world.halifax, profile.FIELDS)
        profile.edit_profile(world.halifax, facts={"summary_en": "New words."}, seen=seen, by=by)
        stories.withdraw_story(world.things["withdrawn"], by=by)
    return world


def test_a_profile_is_written_looked_at_and_saved_in_both_languages(visit, world) -> None:
    browser = visit().enter_as(world.people["coordinator"])
    page = browser.go("/en/workspace/halifax/")
    page.get_by_role("link", name="Profile", exact=True).click()
    page.get_by_label("Summary in English").fill("Opens doors.")
    page.get_by_label("Summary in French").fill("Ouvre des portes.")
    page.get_by_label("History in English").fill("## Early days\n\nIt began over **coffee**.")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_text("Nothing is saved yet")).to_be_visible()
    expect(page.get_by_role("heading", name="Early days")).to_be_visible()
    page.get_by_role("button", name="See it in French").click()
    expect(page.get_by_text("Ouvre des portes.", exact=True)).to_be_visible()
    browser.assert_sound()
    page.get_by_role("button", name="Poursuivre la rédaction").click()
    expect(page.get_by_label("Résumé en anglais")).to_have_value("Opens doors.")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_label("Historique en français")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("écrivez aussi le français")
    page.get_by_label("Historique en français").fill("Tout a commencé autour d’un café.")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Le profil est enregistré.")
    browser.go("/fr/conseils/halifax-fr/")
    expect(page.get_by_text("Ouvre des portes.", exact=True)).to_be_visible()


def test_two_colleagues_lose_no_word(visit, world) -> None:
    one, two = (visit().enter_as(world.people[who]) for who in ("coordinator", "director"))
    for browser in (one, two):
        browser.go("/en/workspace/halifax/profile/")
    two.page.get_by_label("Summary in English").fill("The director's words.")
    two.page.get_by_role("button", name="Save", exact=True).click()
    expect(two.page.get_by_role("status")).to_contain_text("saved")
    one.page.get_by_label("Summary in English").fill("The coordinator's words.")
    one.page.get_by_role("button", name="Save", exact=True).click()
    expect(one.page.get_by_role("alert")).to_be_focused()
    expect(one.page.get_by_text("The director's words.", exact=True)).to_be_visible()
    expect(one.page.get_by_label("Summary in English")).to_have_value("The coordinator's words.")
    one.assert_sound()
    one.page.get_by_role("button", name="Save", exact=True).click()
    expect(one.page.get_by_role("status")).to_contain_text("saved")
    assert Council.objects.get(pk=world.halifax.pk).summary_en == "The coordinator's words."


@pytest.mark.parametrize("javascript", [True, False])
def test_a_story_goes_from_a_draft_to_the_public_and_is_taken_down(visit, world, tmp_path, javascript) -> None:
    picture = tmp_path / "face.jpg"
    Image.new("RGB", (40, 30), "teal").save(picture)
    browser = visit(javascript=javascript).enter_as(world.people["coordinator"])
    page = browser.go("/en/workspace/halifax/stories/new/")
    for label, text in {
        "Title in English": "A door opens",
        "Title in French": "Une porte s’ouvre",
        "Story in English": "She met a mentor.",
        "Story in French": "Elle a rencontré une mentore.",
        "Whom the story is about": "Mina R.",
    }.items():
        page.get_by_label(label).fill(text)
    if javascript:
        expect(page.get_by_text("4 / 150")).to_be_visible()
    page.get_by_role("button", name="Keep as a draft").click()
    page.get_by_label("Picture file").set_input_files(picture)
    page.get_by_role("button", name="Add the photo").click()
    page.get_by_label("What the photo shows, in English").fill("A woman at a desk.")
    page.get_by_label("What the photo shows, in French").fill("Une femme à un bureau.")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_label("Consent given on").fill("2026-01-15")
    page.get_by_label("The consent covers the photo as well").check()
    page.get_by_label(re.compile("The person read the form")).check()
    page.get_by_role("button", name="Record the consent").click()
    expect(page.get_by_text("It covers the photo.")).to_be_visible()
    page.get_by_role("button", name="Hand in").click()
    page.get_by_role("button", name="Publish").click()
    page.get_by_role("link", name="Public page").click()
    expect(page.get_by_role("heading", name="A door opens")).to_be_visible()
    public = page.url
    page.go_back()
    page.locator("summary", has_text="Consent withdrawn").click()
    page.get_by_role("button", name="Consent withdrawn").click()
    expect(page.get_by_text("The story left the public site at once")).to_be_visible()
    assert browser.context.request.get(public).status == 404
    with scope.within(world.halifax):
        assert Story.objects.get(subject="Mina R.").state == StoryState.WITHDRAWN


def test_an_event_is_announced_with_the_keyboard_alone(visit, world) -> None:
    browser = visit().enter_as(world.people["coordinator"])
    page = browser.go("/en/workspace/halifax/events/new/")
    page.get_by_label("Kind").focus()
    page.keyboard.type("Roundtable")
    for text in ("Evening of firms", "Soirée des entreprises", "Ten firms.", "Dix entreprises."):
        page.keyboard.press("Tab")
        page.keyboard.type(text)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("05122026")
    for _ in range(20):
        if page.evaluate("document.activeElement.textContent") == "Add as a draft":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Evening of firms", level=1)).to_be_visible()
    for _ in range(40):
        if page.evaluate("document.activeElement.textContent") == "Publish":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("The event is public now.")
    with scope.within(world.halifax):
        event = Event.objects.get(title_en="Evening of firms")
    assert (event.title_fr, event.summary_fr, event.kind) == (
        "Soirée des entreprises",
        "Dix entreprises.",
        "roundtable",
    )
    assert event.starts_on.isoformat() == "2026-05-12"


def test_a_side_that_fell_behind_is_found_and_settled(visit, busy) -> None:
    browser = visit().enter_as(busy.people["coordinator"])
    page = browser.go("/en/workspace/halifax/")
    page.get_by_role("link", name=re.compile("behind in one language")).click()
    row = page.get_by_role("row", name=re.compile("Halifax Council"))
    expect(row).to_contain_text("behind: summary")
    row.get_by_role("button", name=re.compile("They say the same")).click()
    expect(page.get_by_role("row", name=re.compile("Halifax Council"))).not_to_contain_text("behind")


def test_a_coordinator_of_another_council_finds_nothing_here(visit, world) -> None:
    browser = visit().enter_as(world.people["rival"])
    for path in ("", "profile/", "stories/", f"programmes/{world.things['LocalProgramme'].pk}/"):
        assert browser.context.request.get(f"{browser.base}/en/workspace/halifax/{path}").status == 404
