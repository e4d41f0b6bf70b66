"""The demonstration of mentoring: refused elsewhere, every state of an intake, a year of history, safe to repeat."""

from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count, F, Sum
from django.test import override_settings

from allies.kit.scope import across
from councils.models import User
from councils.services.demo_data import load_demo as load_people
from councils.services.network_data import load_network
from councils.services.reference import load_reference
from mentoring.models import (
    Application,
    Champion,
    EligibilityCheck,
    Intake,
    Mentor,
    ModuleDone,
    Pair,
    Proposal,
    Session,
    Thanks,
)
from mentoring.services import offers, runs, solving
from mentoring.services.demo_data import load_demo
from mentoring.services.publish import publish
from mentoring.states import ApplicationState, IntakeState, MentorState, PairState, SessionState
from tests.loading import loaded


@pytest.fixture(scope="module")
def demo_once(django_db_setup, django_db_blocker):
    loaders = (load_reference, load_network, load_people, load_demo)
    with override_settings(ALLIES_DEMO=True), loaded(django_db_blocker, *loaders):
        yield


@pytest.fixture
def demo(demo_once, db, settings):
    settings.ALLIES_DEMO = True
    with across():
        yield


def test_it_refuses_outside_a_demonstration(demo, settings):
    settings.ALLIES_DEMO = False
    with pytest.raises(CommandError, match="ALLIES_DEMO=1"):
        call_command("load_demo_mentoring")


def test_loading_twice_changes_nothing(demo):
    before = (Application.objects.count(), Session.objects.count(), Pair.objects.count())
    load_demo()
    assert (Application.objects.count(), Session.objects.count(), Pair.objects.count()) == before


def test_a_group_waits_to_be_made_in_calgary(demo):
    intake = Intake.objects.select_related("programme__council").get(programme__kind="group")
    coordinator = User.objects.get(email="coordinator.calgary@demo.example")
    run = runs.ask(intake, by=coordinator)
    assert solving.solve(run.pk)
    groups = Counter(Proposal.objects.filter(run=run).values_list("group", flat=True))
    assert len(groups) == 3
    assert set(groups.values()) <= {4, 5, 6}


def test_pairs_have_done_modules_of_their_own_programme(demo):
    done = ModuleDone.objects.filter(module__programme=F("pair__programme"))
    assert done.count() == ModuleDone.objects.count() > 100


def test_there_are_four_hundred_applicants_and_a_hundred_and_fifty_mentors(demo):
    assert Application.objects.exclude(intake__programme__kind="group").count() == 400
    assert Mentor.objects.exclude(kinds=["group"]).count() == 150


def test_each_state_of_an_intake_is_there(demo):
    assert set(Intake.objects.values_list("state", flat=True)) == set(IntakeState.values)


def test_each_verdict_is_what_the_rules_say(demo):
    for state, verdict in (
        (ApplicationState.INELIGIBLE, "fail"),
        (ApplicationState.NEEDS_EVIDENCE, "unknown"),
        (ApplicationState.READY, "pass"),
    ):
        found = EligibilityCheck.objects.filter(application__state=state).values_list("verdict", flat=True)
        assert set(found) == {verdict}


def test_the_moments_of_an_application_lie_in_order(demo):
    names = ("submitted_at", "eligible_at", "screened_at", "oriented_at", "ready_at", "proposed_at", "matched_at")
    for row in Application.objects.values_list(*names, "closed_at"):
        moments = [moment for moment in row if moment]
        assert [moment.date() for moment in moments] == sorted(moment.date() for moment in moments)


def test_everybody_who_is_matched_has_a_pair_and_no_mentor_too_many(demo):
    states = Counter(Pair.objects.values_list("state", flat=True))
    fates = Counter(Application.objects.values_list("state", flat=True))
    assert states[PairState.ACTIVE] == fates[ApplicationState.MATCHED]
    assert states[PairState.COMPLETED] == fates[ApplicationState.COMPLETED]
    assert not Mentor.objects.filter(active_load__gt=F("capacity")).exists()


def test_a_halifax_intake_waits_to_be_matched_with_places_free(demo):
    intake = Intake.objects.get(state=IntakeState.MATCHING)
    ready = Application.objects.filter(intake=intake, state=ApplicationState.READY).count()
    mentors = Mentor.objects.filter(council=intake.programme.council, state=MentorState.AVAILABLE)
    free = mentors.aggregate(free=Sum(F("capacity") - F("active_load")))["free"]
    assert intake.programme.council.slug_en == "halifax"
    assert ready == 40
    assert free >= 40


def test_the_demonstrations_mentee_and_mentor_work_together(demo):
    pair = Pair.objects.get(mentee_person__email="mentee@demo.example", state=PairState.ACTIVE)
    assert pair.mentor_person.email == "mentor@demo.example"
    assert pair.sessions.count() >= 1


def test_completed_pairs_have_met_for_their_hours_and_confirmed_them(demo):
    met = Pair.objects.filter(state=PairState.COMPLETED).annotate(met=Count("sessions")).values_list("met", flat=True)
    assert set(met) == {16}
    settled = Session.objects.filter(pair__state=PairState.COMPLETED).exclude(state=SessionState.CONFIRMED)
    assert not settled.exists()


def test_a_visitor_plays_coordinator_mentor_and_newcomer_with_one_click_each(demo):
    intake = Intake.objects.select_related("programme__council").get(state=IntakeState.MATCHING)
    coordinator = User.objects.get(email="coordinator.halifax@demo.example")
    run = runs.ask(intake, by=coordinator)
    assert solving.solve(run.pk)
    assert publish(run, by=coordinator).stale == 0
    offer = Proposal.objects.select_related("mentor__person", "application__person").get(
        application__person__email="newcomer@demo.example"
    )
    assert offer.mentor.person.email == "mentor@demo.example"
    offers.accept(offer, by=offer.mentor.person)
    offers.accept(offer, by=offer.application.person)
    assert Pair.objects.get(proposal=offer).state == PairState.ACTIVE


def test_an_employer_has_a_champion_whose_staff_mentor_and_two_colleagues_are_invited(demo):
    champion = Champion.objects.select_related("organisation", "person", "named_by").get()
    assert champion.person.email == "employer@demo.example"
    assert champion.named_by != champion.person
    states = Counter(Mentor.objects.filter(staff_of=champion.organisation).values_list("state", flat=True))
    assert states == {MentorState.AVAILABLE: 5, MentorState.PAUSED: 1, MentorState.APPLIED: 1}
    assert champion.organisation.mentoring_invitations.filter(accepted_at=None, revoked_at=None).count() == 2
    assert champion.organisation.hosted_orientations.count() == 1
    assert Thanks.objects.exists()
