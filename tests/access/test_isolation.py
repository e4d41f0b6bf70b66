"""Generated for every model that belongs to a council: nothing is read without a scope, nothing leaks into another."""

import pytest
from django.apps import apps
from django.db import transaction
from django.forms import BaseForm, ModelChoiceField
from django.urls import reverse
from django_scopes.exceptions import ScopeError

from allies.kit import scope
from councils.models import User
from tests.access.test_matrix import TABLE


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
        *("Attendance", "Body", "Event", "Invitation", "LocalProgramme", "Meeting", "Membership", "Organisation"),
        *("Readiness", "Reflection", "Registration", "Seat", "Story"),
        *("Application", "EligibilityCheck", "EligibilityRules", "Exclusion", "FollowUp", "Intake", "Interview"),
        *("Champion", "EmployerInvitation", "EmployerTerms", "InterviewSlot", "Module", "ModuleDone", "Thanks"),
        *("MatchPolicy", "MatchingRun", "Mentor", "Orientation", "OrientationSession", "Pair", "PairGoal"),
        "PlanStep",
        *("Programme", "Proposal", "Pulse", "Referral", "ResultReport", "Session", "YearTarget"),
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


# ------------------------------------------------------------------ what a page is asked about, and what a form offers


def test_no_page_of_a_council_shows_or_changes_a_row_of_another(world, browser_of) -> None:
    director, asked = browser_of("director"), []
    ours = {row.pk: row._meta.label for row in world.things.values()}
    theirs = {row._meta.label: row.pk for row in world.foreign.values()}
    for name, row in sorted(TABLE.items()):
        facts = dict(row.args(world))
        if facts.get("council") != world.halifax.slug_en or facts.get("pk") not in ours:
            continue
        url = reverse(name, kwargs=facts | {"pk": theirs[ours[facts["pk"]]]})
        for method in ("get", "post"):
            assert getattr(director, method)(url, dict(row.data(world))).status_code in (404, 405), (name, method)
        asked.append(name)
    assert len(asked) > 20


def _offered(form):
    """Give the fields of a form in which one chooses among rows of tables."""
    return {name: field for name, field in form.fields.items() if isinstance(field, ModelChoiceField)}


def _stranger_to(model, world):
    """Give a row of that model that a form of Halifax may not offer."""
    if model is User:
        return world.people["rival"]
    return world.foreign.get(model.__name__)


def test_no_form_of_a_council_takes_a_row_of_another(world, browser_of) -> None:
    director, tried = browser_of("director"), []
    for name, row in sorted(TABLE.items()):
        facts = dict(row.args(world))
        if facts.get("council") != world.halifax.slug_en or row.get is None or row.codes("get")["director"] != 200:
            continue
        url = reverse(name, kwargs=facts)
        shown = director.get(url)
        if shown.streaming:
            b"".join(shown.streaming_content)
        form = (shown.context or {}).get("form")
        for field, offered in _offered(form).items() if isinstance(form, BaseForm) else ():
            foreign = _stranger_to(offered.queryset.model, world)
            if foreign is None:
                continue
            with transaction.atomic():
                answer = director.post(url, {form.add_prefix(field): foreign.pk})
                transaction.set_rollback(True)
            assert answer.status_code == 422, (name, field)
            faults = answer.context["form"].errors.as_data()[field]
            assert [fault.code for fault in faults] == ["invalid_choice"], (name, field)
            tried.append((name, field))
    assert len(tried) > 3, tried
