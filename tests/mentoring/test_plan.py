"""A plan after the mentorship: a few steps, of the mentee alone."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from allies.kit import privacy, scope
from allies.kit.access import Denied
from allies.kit.refusals import Refused
from councils.services.editing import Faulty
from mentoring.models import PlanStep
from mentoring.services import plan
from mentoring.states import PairState
from tests.factories import mentoring as make


@pytest.fixture
def pair(world):
    with scope.across():
        programme = make.ProgrammeFactory(council=world.halifax)
        days = {"started_on": date(2026, 1, 5), "planned_end_on": date(2026, 5, 1), "ended_on": date(2026, 5, 1)}
        return make.PairFactory(
            application__intake__programme=programme,
            application__person=world.people["mentee"],
            application__state="completed",
            state=PairState.COMPLETED,
            **days,
        )


def planned(pair, text="Take the exam", by_when=None):
    with scope.within(pair.programme.council):
        return plan.plan_step(pair, text=text, by_when=by_when, by=pair.mentee_person)


def test_a_step_is_planned_ticked_off_once_and_taken_away(pair) -> None:
    step, mentee = planned(pair, " Take the exam "), pair.mentee_person
    with scope.across():
        plan.tick_step(step, by=mentee)
        PlanStep.objects.filter(pk=step.pk).update(done_on=date(2026, 6, 1))
        plan.tick_step(step, by=mentee)
        kept = PlanStep.objects.get()
        assert (kept.text, kept.done_on) == ("Take the exam", date(2026, 6, 1))
        plan.drop_step(kept, by=mentee)
        assert not PlanStep.objects.exists()


def test_a_plan_is_its_owners_alone(world, pair) -> None:
    step = planned(pair)
    with scope.across():
        for person in (pair.mentor_person, world.people["coordinator"], world.people["national"]):
            for act in (
                lambda by: plan.plan_step(pair, text="A", by_when=None, by=by),
                lambda by: plan.tick_step(step, by=by),
                lambda by: plan.drop_step(step, by=by),
            ):
                with pytest.raises(Denied):
                    act(person)


def test_an_empty_step_and_a_thirteenth_are_refused(pair) -> None:
    with pytest.raises(Faulty):
        planned(pair, "  ")
    for _number in range(plan.MOST):
        planned(pair)
    with pytest.raises(Refused, match="Twelve steps"):
        planned(pair)


def test_a_plan_is_taken_along_and_erased_with_the_person(pair) -> None:
    planned(pair, "Ask for a talk about my pay")
    assert "Ask for a talk about my pay" in str(privacy.export(pair.mentee_person))
    privacy.erase(pair.mentee_person, by=pair.mentee_person)
    with scope.across():
        assert not PlanStep.objects.exists()


def test_the_mentee_keeps_the_plan_on_a_page_of_its_own(world, pair, signed_in, client) -> None:
    mentee, path = signed_in("mentee"), reverse("mentoring:plan-show", args=[pair.pk])
    assert path in mentee.get(reverse("mentoring:pair-show", args=[pair.pk])).text
    assert mentee.post(path, {"text": ""}).status_code == 422
    assert mentee.post(path, {"text": "Take the exam", "by_when": "2026-03-01"}).status_code == 302
    page = mentee.get(path)
    assert "Take the exam" in page.text
    assert "overdue" in page.text
    step = page.context["steps"][0]
    assert mentee.post(reverse("mentoring:plan-done", args=[pair.pk, step.pk])).status_code == 302
    assert [row.done_on for row in mentee.get(path).context["done"]] == [timezone.localdate()]
    client.force_login(pair.mentor_person)
    assert client.get(path).status_code == 404
