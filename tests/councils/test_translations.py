"""Which side of a text is behind: missing, or older than the other language."""

import pytest
from django.urls import reverse

from allies.kit import audit, scope
from councils.queries.translation import TEXTS, drift, missing, sides_behind
from councils.queries.workspace import in_full, translations
from councils.services import profile
from councils.services.editing import fingerprints
from tests import factories as make


def url(name, world, **more):
    return reverse(f"councils:{name}", kwargs={"council": world.halifax.slug_en, **more})


@pytest.fixture
def coordinator(signed_in):
    return signed_in("coordinator")


def test_a_text_changed_alone_leaves_the_other_language_behind_until_it_follows(world):
    council, by = world.halifax, world.people["coordinator"]

    def edit(**facts):
        council.refresh_from_db()
        profile.edit_profile(council, facts=facts, seen=fingerprints(council, profile.FIELDS), by=by)
        council.refresh_from_db()
        return [side.field for side in sides_behind(council, drift([council]).get(str(council.pk)))]

    assert edit(summary_en="One.") == ["summary_fr"]
    assert edit(summary_en="One, better.") == ["summary_fr"]
    assert edit(summary_fr="Un, mieux.") == []
    assert edit(summary_fr="Deux.") == ["summary_en"]
    assert edit(summary_en="Two.", summary_fr="Deux, encore.") == []
    assert edit(summary_en="Three.") == ["summary_fr"]
    profile.check_translation(council, council=council, text="summary", by=by)
    assert list(sides_behind(council, drift([council]).get(str(council.pk)))) == []


def test_the_list_of_translations_names_the_missing_sides(world, coordinator):
    make.EventFactory(council=world.halifax, title_fr="", summary_fr="")
    make.EventFactory(council=world.calgary, title_fr="")
    page = coordinator.get(url("translation-list", world))
    assert page.context["counts"] == {"en": 0, "fr": 1}
    assert [side.field for side in page.context["rows"][0]["item"].sides] == ["title_fr", "summary_fr"]
    assert coordinator.get(url("translation-list", world) + "?side=en").context["rows"] == []
    assert "left out" in coordinator.get(url("translation-list", world) + "?side=xx").content.decode()


def test_readers_find_no_story_there_before_it_is_public(world, signed_in):
    make.StoryFactory(council=world.halifax, title_en="Not yet agreed")
    assert "Not yet agreed" not in signed_in("board").get(url("translation-list", world)).content.decode()
    assert "Not yet agreed" in signed_in("coordinator").get(url("translation-list", world)).content.decode()


def test_a_check_is_recorded_from_the_list(world, coordinator):
    event = world.things["Event"]
    sent = {"kind": "event", "pk": str(event.pk), "text": "title"}
    assert coordinator.post(url("translation-check", world), sent).status_code == 302
    assert audit.about(event).get().fields == ["title_en", "title_fr"]


@pytest.mark.parametrize(
    "sent",
    [
        {"kind": "event", "pk": "nonsense", "text": "title"},
        {"kind": "council", "pk": "", "text": "name"},
        {"kind": "profile", "pk": "", "text": "accent"},
        {},
    ],
)
def test_a_check_of_nothing_is_not_found(world, coordinator, sent):
    assert coordinator.post(url("translation-check", world), sent).status_code == 404


def test_another_councils_item_can_not_be_checked(world, coordinator):
    sent = {"kind": "event", "pk": str(world.foreign["Event"].pk), "text": "title"}
    assert coordinator.post(url("translation-check", world), sent).status_code == 404


def test_every_kind_with_texts_is_listed(world):
    with scope.within(world.halifax):
        found = translations(world.halifax)
        kinds = {item.kind for item in in_full(world.halifax, [*found.behind, *found.complete])}
    assert len(kinds) == 6
    assert {"Council", "LocalProgramme", "Event", "Story", "Reflection", "Body"} <= {model.__name__ for model in TEXTS}


def test_missing_says_what_to_write(world):
    event = make.EventFactory.build(title_fr="", summary_en="", summary_fr="")
    assert missing(event) == {"title_fr": "Title", "summary_en": "Summary", "summary_fr": "Summary"}
