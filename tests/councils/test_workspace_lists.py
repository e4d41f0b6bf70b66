"""The lists of a workspace: as quick with fifty rows as with one, searched with or without accents."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from allies.kit import audit, scope
from councils.filters.workspace import Narrowed
from councils.models import LocalProgramme, Reflection, Story
from tests import factories as make


def url(name, world, **more):
    return reverse(f"councils:{name}", kwargs={"council": world.halifax.slug_en, **more})


@pytest.fixture
def coordinator(signed_in):
    return signed_in("coordinator")


def _counted(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        response = client.get(address)
    assert response.status_code == 200
    return len(found)


ROWS = {
    "programme-list": lambda council: make.LocalProgrammeFactory(council=council).delivered_by.add(
        make.OrganisationFactory(council=council)
    ),
    "workspace-event-list": lambda council: make.EventFactory(council=council, place=council.place),
    "workspace-story-list": lambda council: make.StoryFactory(council=council),
    "reflection-list": lambda council: make.ReflectionFactory(council=council),
    "translation-list": lambda council: make.EventFactory(council=council, title_fr=""),
    "workspace-home": lambda council: make.StoryFactory(council=council),
    "change-list": lambda council: audit.record(
        "councils.event_added", make.EventFactory(council=council), by=None, council=council
    ),
}
# The person, the council, the person's roles, the menu of workspaces; the session comes from the cache.
FRAME = 4
# A table draws itself with the site's context, so the menu is read again.
TABLE = FRAME + 1
QUERIES = {
    "programme-list": TABLE + 3,
    "workspace-event-list": TABLE + 2,
    "workspace-story-list": TABLE + 2,
    "reflection-list": TABLE + 3,
    "translation-list": FRAME + 13,
    "workspace-home": FRAME + 23,
    "change-list": FRAME + 3,
}


@pytest.mark.parametrize("name", sorted(ROWS))
def test_a_list_asks_the_same_number_of_queries_for_1_3_and_50_rows(world, coordinator, name):
    with scope.across():
        for kind in (LocalProgramme, Story, Reflection):
            kind.objects.all().delete()
        found = {}
        for total, more in ((1, 1), (3, 2), (50, 47)):
            for _ in range(more):
                ROWS[name](world.halifax)
            found[total] = _counted(coordinator, url(name, world))
    if name == "translation-list":
        # Each kind of item on the page is read once; the first page of fifty has one kind only.
        assert found.pop(50) < QUERIES[name]
    assert found == dict.fromkeys(found, QUERIES[name])


@pytest.mark.parametrize("name", ["programme-list", "workspace-event-list", "workspace-story-list"])
def test_an_unknown_filter_value_is_left_out_with_a_notice(world, coordinator, name):
    page = coordinator.get(url(name, world) + "?state=nonsense")
    assert page.status_code == 200
    assert "left out: State" in page.content.decode()
    assert len(page.context["table"].rows) == 1


@pytest.mark.parametrize(("words", "found"), [("mentoring", 1), ("MENTORAT", 1), ("loans", 0)])
def test_programmes_are_searched_in_both_languages(world, coordinator, words, found):
    page = coordinator.get(url("programme-list", world), {"q": words})
    assert len(page.context["table"].rows) == found


def test_a_search_folds_accents(world, coordinator):
    make.EventFactory(council=world.halifax, title_en="Evening", title_fr="Soirée de réseautage")
    page = coordinator.get(url("workspace-event-list", world), {"q": "soiree reseautage"})
    assert len(page.context["table"].rows) == 1


def test_a_list_says_that_consent_is_not_recorded(world, coordinator):
    make.StoryFactory(council=world.halifax, title_en="Silent")
    assert "Not recorded" in coordinator.get(url("workspace-story-list", world) + "?state=draft").content.decode()


def _kinds_of(filters) -> set:
    return {filters}.union(*(_kinds_of(kind) for kind in filters.__subclasses__()))


def test_a_field_for_words_is_one_in_which_a_list_narrows_as_one_types() -> None:
    found = {kind for kind in _kinds_of(Narrowed) if "q" in kind.base_filters}
    assert {"ApplicationFilter", "MentorFilter", "PairFilter", "EventFilter"} <= {kind.__name__ for kind in found}
    assert {kind.base_filters["q"].field.widget.input_type for kind in found} == {"search"}
