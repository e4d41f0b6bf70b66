"""Intakes: days in their order, opened only where people can read what they apply for."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from allies.kit import scope
from allies.kit.access import Denied
from allies.kit.refusals import Refused
from councils.services.editing import Faulty, fingerprints
from mentoring.models import Intake
from mentoring.services import intakes
from mentoring.states import INTAKE, IntakeState
from mentoring.views.coordinate.intakes import BUTTONS
from tests.factories import mentoring as make
from tests.mentoring.coordinating import applicant, place

TODAY = timezone.localdate()
FACTS = {
    "name_en": "Autumn",
    "name_fr": "Automne",
    "opens_on": TODAY,
    "closes_on": TODAY + timedelta(days=30),
    "match_by": TODAY + timedelta(days=50),
    "starts_on": TODAY + timedelta(days=60),
    "ends_on": TODAY + timedelta(days=180),
    "places": 12,
}


@pytest.fixture
def here(world):
    with scope.within(world.halifax):
        yield place(world)


def test_an_intake_is_planned(here):
    intake = intakes.add_intake(here.programme, facts=FACTS, by=here.by)
    assert (intake.state, intake.places) == (IntakeState.PLANNED, 12)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("closes_on", TODAY - timedelta(days=1)),
        ("match_by", TODAY),
        ("starts_on", TODAY),
        ("ends_on", TODAY + timedelta(days=60)),
    ],
)
def test_the_days_of_an_intake_follow_each_other(here, name, value):
    with pytest.raises(Faulty) as caught:
        intakes.add_intake(here.programme, facts={**FACTS, name: value}, by=here.by)
    assert set(caught.value.errors) == {name}


def test_two_intakes_of_a_programme_have_two_names(here):
    intakes.add_intake(here.programme, facts=FACTS, by=here.by)
    with pytest.raises(Faulty) as caught:
        intakes.add_intake(here.programme, facts=FACTS, by=here.by)
    assert set(caught.value.errors) == {"name_en"}


def test_an_intake_opens_for_a_public_programme_with_rules(here):
    intake = intakes.add_intake(here.programme, facts=FACTS, by=here.by)
    intakes.move_intake(intake, to="open", by=here.by)
    assert Intake.objects.get(pk=intake.pk).state == IntakeState.OPEN


def test_nobody_applies_to_what_the_public_can_not_read(here):
    hidden = make.ProgrammeFactory(council=here.council)
    intake = intakes.add_intake(hidden, facts=FACTS, by=here.by)
    with pytest.raises(Refused, match="Publish the programme first"):
        intakes.move_intake(intake, to="open", by=here.by)
    hidden.is_published = True
    hidden.save()
    with pytest.raises(Refused, match="eligibility rules first"):
        intakes.move_intake(intake, to="open", by=here.by)


def test_an_intake_whose_last_day_has_passed_does_not_open(here):
    past = {name: value - timedelta(days=100) if isinstance(value, date) else value for name, value in FACTS.items()}
    intake = intakes.add_intake(here.programme, facts=past, by=here.by)
    with pytest.raises(Refused, match="has passed"):
        intakes.move_intake(intake, to="open", by=here.by)


def test_an_intake_is_not_archived_over_the_heads_of_people(here):
    applicant(here)
    intakes.move_intake(here.intake, to="closed", by=here.by)
    with pytest.raises(Refused, match="1 person of this intake is still under way"):
        intakes.move_intake(here.intake, to="archived", by=here.by)


def test_an_intake_does_not_skip_a_step(here):
    with pytest.raises(Refused, match="not possible"):
        intakes.move_intake(here.intake, to="running", by=here.by)


def test_an_intake_is_edited_while_it_is_open_and_not_after(here):
    seen = fingerprints(here.intake, intakes.FIELDS)
    assert intakes.edit_intake(here.intake, facts={"places": 30}, seen=seen, by=here.by) == ["places"]
    intakes.move_intake(here.intake, to="closed", by=here.by)
    here.intake.refresh_from_db()
    seen = fingerprints(here.intake, intakes.FIELDS)
    with pytest.raises(Refused, match="only its places"):
        intakes.edit_intake(here.intake, facts={"name_en": "Later"}, seen=seen, by=here.by)
    assert intakes.edit_intake(here.intake, facts={"places": 31}, seen=seen, by=here.by) == ["places"]
    Intake.objects.update(state="archived")
    with pytest.raises(Refused, match="planned or open"):
        intakes.edit_intake(here.intake, facts={"places": 32}, seen=seen, by=here.by)


def test_a_board_member_moves_nothing(here, world):
    with pytest.raises(Denied):
        intakes.move_intake(here.intake, to="closed", by=world.people["board"])


def test_every_arrow_has_a_button():
    assert set(BUTTONS) == {(state, to) for state, ends in INTAKE.items() for to in ends}


def test_an_intake_is_planned_and_opened_on_its_pages(world, signed_in):
    with scope.within(world.halifax):
        here = place(world)
    browser, at = signed_in("coordinator"), {"council": world.halifax.slug_en}
    url = reverse("mentoring:coordinate-intake-add", kwargs={**at, "pk": here.programme.pk})
    wrong = browser.post(url, {**FACTS, "closes_on": TODAY - timedelta(days=3)})
    assert (wrong.status_code, set(wrong.context["form"].errors)) == (422, {"closes_on"})
    shown = browser.post(url, FACTS).url
    page = browser.get(shown)
    assert [way.to for way in page.context["ways"]] == ["open", "archived"]
    moved = browser.post(f"{shown}move/", {"to": "open"}, follow=True)
    assert "The intake is now: Open." in moved.content.decode()
    assert "not possible" in browser.post(f"{shown}move/", {"to": "nowhere"}, follow=True).content.decode()
