"""Every table of arrows is sound, and a move notices when someone was faster."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allies.kit.refusals import Refused
from allies.kit.states import check_table, draw, move
from councils import states
from tests.factories import StoryFactory

TABLES = [
    (states.STAGES, states.Stage.ENQUIRY, states.Stage.values),
    (states.STORY, states.StoryState.DRAFT, states.StoryState.values),
    (states.REFLECTION, states.ReflectionState.DRAFT, states.ReflectionState.values),
]


@pytest.mark.parametrize(("arrows", "initial", "names"), TABLES, ids=["stage", "story", "reflection"])
def test_all_states_are_reachable_and_every_walk_can_end(arrows, initial, names) -> None:
    assert check_table(arrows, initial, names) == []


def test_a_faulty_table_is_described() -> None:
    arrows = {"a": {"b"}, "b": {"a"}, "c": {"d"}}
    assert check_table(arrows, "a", ["a", "b", "c"]) == [
        "d is unknown",
        "c cannot be reached",
        "a never ends",
        "b never ends",
        "c never ends",
    ]


@given(st.sampled_from(TABLES), st.data())
def test_a_walk_never_leaves_its_table(table, data) -> None:
    arrows, at, names = table
    for _ in range(20):
        if not arrows[at]:
            break
        at = data.draw(st.sampled_from(sorted(arrows[at])))
        assert at in names


@pytest.mark.django_db
def test_a_move_along_a_missing_arrow_is_refused() -> None:
    story = StoryFactory()
    with pytest.raises(Refused, match="not possible"):
        move(story, states.StoryState.PUBLISHED, arrows=states.STORY)


@pytest.mark.django_db
def test_the_slower_of_two_moves_is_refused_and_changes_nothing() -> None:
    story = StoryFactory()
    twin = type(story)(**{f.attname: getattr(story, f.attname) for f in story._meta.concrete_fields})
    move(story, states.StoryState.SUBMITTED, arrows=states.STORY)
    with pytest.raises(Refused, match="faster"):
        move(twin, states.StoryState.WITHDRAWN, arrows=states.STORY)
    assert (story.state, twin.state) == (states.StoryState.SUBMITTED, states.StoryState.DRAFT)


def test_a_path_is_drawn_around_the_current_step() -> None:
    path = [("draft", "Draft"), ("submitted", "Submitted"), ("published", "Published")]
    assert [step.standing for step in draw(path, "submitted")] == ["done", "now", "ahead"]
