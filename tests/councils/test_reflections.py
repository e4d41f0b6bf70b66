"""The yearly reflection: the council's own voice, filed by its director, published in part."""

import pytest

from allies.kit import audit, scope
from allies.kit.access import Denied, can
from allies.kit.refusals import Refused
from councils.models import Membership, Reflection
from councils.roles import Role
from councils.services import reflections
from councils.services.editing import Faulty, Overtaken, fingerprints
from councils.states import ReflectionState

YEAR = 2026
BOTH = {
    "biggest_success_en": "Fifty pairs.",
    "biggest_success_fr": "Cinquante jumelages.",
    "biggest_challenge_en": "Too few mentors.",
    "biggest_challenge_fr": "Trop peu de mentors.",
}


@pytest.fixture
def council(world):
    with scope.within(world.halifax):
        yield world.halifax


@pytest.fixture
def director(world):
    return world.people["director"]


@pytest.fixture
def coordinator(world):
    return world.people["coordinator"]


@pytest.fixture
def draft(council, coordinator):
    return reflections.keep_reflection(council, year=YEAR, facts=BOTH, seen={}, by=coordinator)


def test_the_first_save_begins_the_year_and_the_next_ones_go_on(council, draft, coordinator):
    seen = fingerprints(draft, reflections.FIELDS)
    again = reflections.keep_reflection(
        council, year=YEAR, facts={**BOTH, "value_en": "Contacts."}, seen=seen, by=coordinator
    )
    assert again.pk == draft.pk
    assert Reflection.objects.filter(year=YEAR).count() == 1
    assert [(entry.action, entry.fields) for entry in audit.about(draft)] == [
        ("councils.reflection_changed", ["value_en"]),
        ("councils.reflection_begun", sorted(BOTH)),
    ]


def test_a_colleagues_answer_is_not_overwritten(council, draft, coordinator):
    with pytest.raises(Overtaken) as caught:
        reflections.keep_reflection(council, year=YEAR, facts={"biggest_success_en": "Other."}, seen={}, by=coordinator)
    assert caught.value.theirs == {"biggest_success_en": "Fifty pairs."}


def test_success_and_challenge_are_there_before_it_is_handed_in(council, director):
    empty = reflections.keep_reflection(council, year=YEAR, facts={"value_en": "Contacts."}, seen={}, by=director)
    with pytest.raises(Faulty) as caught:
        reflections.submit_reflection(empty, by=director)
    assert set(caught.value.errors) == {"biggest_success_en", "biggest_challenge_en"}


def test_one_language_is_enough_to_hand_in_and_not_to_publish(council, director):
    english = {name: text for name, text in BOTH.items() if name.endswith("_en")}
    reflection = reflections.keep_reflection(council, year=YEAR, facts=english, seen={}, by=director)
    reflections.submit_reflection(reflection, by=director)
    assert reflection.submitted_at is not None
    with pytest.raises(Faulty) as caught:
        reflections.publish_reflection(reflection, by=director)
    assert set(caught.value.errors) == {"biggest_success_fr", "biggest_challenge_fr"}


def test_what_is_handed_in_is_taken_back_before_it_is_changed(council, draft, director):
    reflections.submit_reflection(draft, by=director)
    with pytest.raises(Refused, match="Take it back first"):
        reflections.keep_reflection(council, year=YEAR, facts={"value_en": "More."}, seen={}, by=director)
    reflections.reopen_reflection(draft, by=director)
    assert (draft.state, draft.submitted_at) == (ReflectionState.DRAFT, None)
    seen = fingerprints(draft, reflections.FIELDS)
    reflections.keep_reflection(council, year=YEAR, facts={"value_en": "More."}, seen=seen, by=director)


def test_a_published_reflection_stays(draft, director):
    reflections.submit_reflection(draft, by=director)
    reflections.publish_reflection(draft, by=director)
    with pytest.raises(Refused):
        reflections.reopen_reflection(draft, by=director)


def test_a_draft_is_not_published_past_the_network(draft, director):
    with pytest.raises(Refused):
        reflections.publish_reflection(draft, by=director)


def test_the_director_files_and_a_coordinator_writes(draft, coordinator, director):
    with pytest.raises(Denied, match="executive director"):
        reflections.submit_reflection(draft, by=coordinator)
    reflections.submit_reflection(draft, by=director)


def test_a_coordinator_files_where_there_is_no_director(council, draft, coordinator):
    Membership.objects.filter(role=Role.DIRECTOR).delete()
    reflections.submit_reflection(draft, by=coordinator)
    assert draft.state == ReflectionState.SUBMITTED


@pytest.mark.parametrize("who", ["national", "admin", "board", "partner", "coach", "rival"])
def test_nobody_else_speaks_for_the_council(council, world, who):
    with pytest.raises(Denied):
        reflections.keep_reflection(council, year=YEAR, facts=BOTH, seen={}, by=world.people[who])


@pytest.mark.parametrize(
    ("who", "draft_is_read", "handed_in_is_read"),
    [
        ("coordinator", True, True),
        ("director", True, True),
        ("board", False, True),
        ("partner", False, True),
        ("national", False, True),
        ("coach", False, True),
        ("committee", False, True),
        ("funder", False, False),
        ("rival", False, False),
        ("stranger", False, False),
    ],
)
def test_who_reads_a_reflection_and_when(draft, director, world, who, draft_is_read, handed_in_is_read):
    actor = world.people[who]
    assert bool(can(actor, "councils.read_reflection", draft)) is draft_is_read
    reflections.submit_reflection(draft, by=director)
    assert bool(can(actor, "councils.read_reflection", draft)) is handed_in_is_read
