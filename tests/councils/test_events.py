"""Events: drafts first, public in both languages, kept once the public has seen them."""

from datetime import date

import pytest

from allies.kit import audit, scope
from allies.kit.access import Denied
from allies.kit.refusals import Refused
from councils.models import Event
from councils.services import events
from councils.services.editing import Faulty, Overtaken, fingerprints

FACTS = {
    "kind": "workshop",
    "title_en": "Interview practice",
    "title_fr": "S'exercer aux entrevues",
    "summary_en": "An evening.",
    "summary_fr": "Une soirée.",
    "place": None,
    "starts_on": date(2026, 3, 1),
    "ends_on": None,
    "precision": "day",
    "website": "",
}


@pytest.fixture
def council(world):
    with scope.within(world.halifax):
        yield world.halifax


@pytest.fixture
def by(world):
    return world.people["coordinator"]


@pytest.fixture
def event(council, by):
    return events.add_event(council, facts=FACTS, by=by)


def opened(event):
    return fingerprints(event, events.FIELDS)


def test_a_new_event_is_a_draft_of_its_council(event, council):
    assert (event.is_published, event.council) == (False, council)


def test_an_edit_moves_the_time_of_change(event, by, council):
    before = event.changed_at
    events.edit_event(event, facts={"place": council.place}, seen=opened(event), by=by)
    event.refresh_from_db()
    assert event.place == council.place
    assert event.changed_at > before


def test_a_colleagues_city_is_not_overwritten(event, by, world):
    seen = opened(event)
    events.edit_event(event, facts={"place": world.halifax.place}, seen=seen, by=by)
    with pytest.raises(Overtaken):
        events.edit_event(event, facts={"place": world.calgary.place}, seen=seen, by=by)


def test_it_does_not_end_before_it_starts(event, by):
    with pytest.raises(Faulty) as caught:
        events.edit_event(event, facts={"ends_on": date(2026, 2, 1)}, seen=opened(event), by=by)
    assert set(caught.value.errors) == {"ends_on"}


def test_publishing_needs_both_languages(event, by):
    Event.objects.filter(pk=event.pk).update(title_fr="", summary_en="")
    with pytest.raises(Faulty) as caught:
        events.publish_event(event, by=by)
    assert set(caught.value.errors) == {"title_fr", "summary_en"}


def test_it_is_published_once_and_taken_off_once(event, by):
    events.publish_event(event, by=by)
    with pytest.raises(Refused):
        events.publish_event(event, by=by)
    events.unpublish_event(event, by=by)
    with pytest.raises(Refused):
        events.unpublish_event(event, by=by)
    assert audit.about(event).first().action == "councils.event_unpublished"


def test_a_draft_is_deleted_and_what_was_public_is_not(event, by, council):
    draft = events.add_event(council, facts=FACTS, by=by)
    events.delete_event(draft, by=by)
    assert not Event.objects.filter(pk=draft.pk).exists()
    events.publish_event(event, by=by)
    events.unpublish_event(event, by=by)
    with pytest.raises(Refused, match="stays on record"):
        events.delete_event(event, by=by)
    assert Event.objects.filter(pk=event.pk).exists()


def test_a_coordinator_of_another_council_changes_nothing(event, world):
    with pytest.raises(Denied):
        events.publish_event(event, by=world.people["rival"])
