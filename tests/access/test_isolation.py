"""Generated for every model that belongs to a council: nothing is read without a scope, nothing leaks into another."""

import pytest
from django.apps import apps
from django_scopes.exceptions import ScopeError

from allies.kit import scope


def _is_scoped(model) -> bool:
    try:
        model._default_manager.all()
    except ScopeError:
        return True
    return False


SCOPED = [model for model in apps.get_models() if _is_scoped(model)]
IDS = [model.__name__ for model in SCOPED]


def test_the_councils_own_data_is_scoped() -> None:
    assert set(IDS) == {
        "Attendance",
        "Body",
        "Event",
        "Invitation",
        "LocalProgramme",
        "Meeting",
        "Membership",
        "Organisation",
        "Readiness",
        "Reflection",
        "Seat",
        "Story",
    }


@pytest.mark.parametrize("model", SCOPED, ids=IDS)
def test_a_query_without_a_scope_raises(model, world) -> None:
    with pytest.raises(ScopeError):
        list(model.objects.all())


@pytest.mark.parametrize("model", SCOPED, ids=IDS)
def test_each_council_sees_its_own_rows_and_none_of_the_other(model, world) -> None:
    own, foreign = world.things[model.__name__], world.foreign[model.__name__]
    with scope.within(world.halifax):
        seen = set(model.objects.values_list("pk", flat=True))
    assert own.pk in seen
    assert foreign.pk not in seen
