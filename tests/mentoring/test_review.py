"""Reviewing a run: what a person decides stands, and the next run knows it."""

import pytest

from allies.kit.access import Denied
from allies.kit.refusals import Refused
from allies.kit.scope import across
from councils.services.editing import Faulty
from mentoring.models import Exclusion, MatchingRun, Mentor, Proposal
from mentoring.services import review, runs, solving
from mentoring.services.publish import publish
from mentoring.states import ProposalState, RunState
from tests import factories
from tests.factories import mentoring as make
from tests.mentoring.halls import hall, solved

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def everywhere():
    with across():
        yield


def again(at):
    run = runs.ask(at.intake, by=at.coordinator)
    assert solving.solve(run.pk)
    return MatchingRun.objects.get(pk=run.pk)


def test_a_pinned_pair_stands_in_the_next_run_whatever_it_finds() -> None:
    at = hall(mentees=2, mentors=2)
    run = solved(at)
    kept = run.proposals.first()
    review.pin(kept, pinned=True, by=at.coordinator)
    newer = again(at)
    assert newer != run
    stands = newer.proposals.get(application=kept.application)
    assert (stands.mentor, stands.is_pinned, newer.certificate["ok"]) == (kept.mentor, True, True)
    review.pin(stands, pinned=False, by=at.coordinator)
    assert again(at).state == RunState.SOLVED


def test_a_pair_that_was_set_aside_does_not_come_back() -> None:
    at = hall(mentees=2, mentors=2)
    run = solved(at)
    apart = run.proposals.first()
    review.set_aside(apart, reason="They are neighbours.", by=at.coordinator)
    exclusion = Exclusion.objects.get()
    assert (exclusion.kind, exclusion.mentee, exclusion.reason) == (
        Exclusion.Kind.STAFF,
        apart.application.person,
        "They are neighbours.",
    )
    newer = again(at)
    assert not newer.proposals.filter(application=apart.application, mentor=apart.mentor).exists()
    assert newer.matched == 2
    assert MatchingRun.objects.get(pk=run.pk).state == RunState.SUPERSEDED


def test_setting_a_pair_aside_needs_a_reason() -> None:
    at = hall()
    proposal = solved(at).proposals.first()
    with pytest.raises(Faulty):
        review.set_aside(proposal, reason="  ", by=at.coordinator)


def test_a_pair_by_hand_stands_in_the_next_run_even_against_the_engine() -> None:
    at = hall(mentees=2, mentors=2)
    run = solved(at)
    one = run.proposals.get(application=at.mentees[0])
    other = run.proposals.get(application=at.mentees[1])
    made = review.propose(at.intake, application=one.application, mentor=other.mentor, by=at.coordinator)
    newer = again(at)
    stands = newer.proposals.get(application=one.application)
    assert (stands.mentor, stands.origin, stands.is_pinned) == (other.mentor, Proposal.Origin.HAND, True)
    assert newer.total < run.total
    assert not Proposal.objects.filter(pk=made.pk).exists()
    assert publish(newer, by=at.coordinator).offered == 2


def test_a_pair_by_hand_can_be_taken_back() -> None:
    at = hall(mentees=1, mentors=2)
    made = review.propose(at.intake, application=at.mentees[0], mentor=at.mentors[1], by=at.coordinator)
    assert review.by_hand(at.intake) == [made]
    review.take_back(made, by=at.coordinator)
    assert review.by_hand(at.intake) == []
    assert solved(at).proposals.get().mentor == at.mentors[0]


def test_a_newer_decision_about_a_mentee_takes_the_place_of_the_older() -> None:
    at = hall(mentees=1, mentors=3)
    for mentor in at.mentors[1:]:
        review.propose(at.intake, application=at.mentees[0], mentor=mentor, by=at.coordinator)
    assert [one.mentor for one in review.by_hand(at.intake)] == [at.mentors[2]]


def test_decisions_never_take_more_places_than_a_mentor_has() -> None:
    at = hall(mentees=3, mentors=1, capacity=2)
    for mentee in at.mentees[:2]:
        review.propose(at.intake, application=mentee, mentor=at.mentors[0], by=at.coordinator)
    with pytest.raises(Faulty, match="taken"):
        review.propose(at.intake, application=at.mentees[2], mentor=at.mentors[0], by=at.coordinator)


def test_a_pair_by_hand_must_be_possible() -> None:
    at = hall(mentees=1, mentors=1)
    (mentee,), (mentor,) = at.mentees, at.mentors
    make.ExclusionFactory(council=at.council, mentee=mentee.person, mentor=mentor)
    with pytest.raises(Faulty, match="must not"):
        review.propose(at.intake, application=mentee, mentor=mentor, by=at.coordinator)
    Exclusion.objects.all().delete()
    Mentor.objects.update(capacity=0)
    with pytest.raises(Faulty, match="no free place"):
        review.propose(at.intake, application=mentee, mentor=mentor, by=at.coordinator)
    waiting = make.ApplicationFactory(intake=at.intake, submitted=True)
    with pytest.raises(Faulty, match="not ready"):
        review.propose(at.intake, application=waiting, mentor=mentor, by=at.coordinator)


def test_a_decision_that_has_become_impossible_is_said_before_the_run() -> None:
    at = hall(mentees=1, mentors=2)
    review.propose(at.intake, application=at.mentees[0], mentor=at.mentors[1], by=at.coordinator)
    Mentor.objects.filter(pk=at.mentors[1].pk).update(capacity=0)
    with pytest.raises(Refused, match="no longer possible"):
        runs.ask(at.intake, by=at.coordinator)


def test_nothing_is_decided_in_a_run_that_is_over() -> None:
    at = hall()
    run = solved(at)
    publish(run, by=at.coordinator)
    proposal = run.proposals.first()
    with pytest.raises(Refused, match="under review"):
        review.pin(proposal, pinned=True, by=at.coordinator)
    with pytest.raises(Refused, match="under review"):
        review.set_aside(proposal, reason="Late.", by=at.coordinator)
    assert run.proposals.filter(state=ProposalState.TO_MENTOR).count() == 3


def test_only_the_councils_staff_decides() -> None:
    at = hall()
    stranger, proposal = factories.UserFactory(), solved(at).proposals.first()
    for act in (
        lambda: review.pin(proposal, pinned=True, by=stranger),
        lambda: review.set_aside(proposal, reason="Why.", by=stranger),
        lambda: review.propose(at.intake, application=at.mentees[0], mentor=at.mentors[0], by=stranger),
    ):
        with pytest.raises(Denied):
            act()


def test_asking_twice_with_decisions_gives_the_same_run_and_a_cancelled_run_loses_none() -> None:
    at = hall(mentees=2, mentors=3)
    run = solved(at)
    one, other = run.proposals.order_by("pk")
    review.pin(one, pinned=True, by=at.coordinator)
    free = next(mentor for mentor in at.mentors if mentor.pk not in {one.mentor_id, other.mentor_id})
    review.propose(at.intake, application=other.application, mentor=free, by=at.coordinator)
    asked = {runs.ask(at.intake, by=at.coordinator).pk for _ in range(2)}
    assert len(asked) == 1
    runs.cancel(MatchingRun.objects.get(pk=asked.pop()), by=at.coordinator)
    found = dict(again(at).proposals.values_list("application", "mentor"))
    assert found == {one.application_id: one.mentor_id, other.application_id: free.pk}
