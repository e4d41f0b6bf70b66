"""Offers: the mentor answers, then the mentee; silence and a no give the place back, and the next best is asked."""

from datetime import timedelta

import pytest
from django.utils import timezone

from allies.kit.access import Denied
from allies.kit.models import Letter
from allies.kit.refusals import Refused
from allies.kit.scope import across
from councils.services.editing import Faulty
from mentoring.models import Application, Exclusion, Mentor, Pair, Proposal
from mentoring.services import next_offer, offers
from mentoring.services.expiry import end_due
from mentoring.services.publish import publish
from mentoring.states import ApplicationState, MentorState, PairState, ProposalState
from mentoring.tasks.runs import end_offers, offer_next
from tests.mentoring.halls import hall, solved

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def everywhere():
    with across():
        yield


@pytest.fixture
def at():
    """Two mentees who have been offered, and a third mentor who is free."""
    made = hall(mentees=2, mentors=3)
    publish(solved(made), by=made.coordinator)
    return made


def offer_of(at, number=0) -> Proposal:
    return Proposal.objects.select_related("mentor__person", "application__person").get(
        application=at.mentees[number], state__in=[ProposalState.TO_MENTOR, ProposalState.TO_MENTEE]
    )


def accepted(offer) -> Proposal:
    return offers.accept(offer, by=offer.mentor.person)


def told() -> set[tuple]:
    return set(Letter.objects.values_list("context__act", "person__email"))


def state_of(thing) -> str:
    return type(thing).objects.get(pk=thing.pk).state


def test_two_times_yes_begins_the_pair(at) -> None:
    offer = offer_of(at)
    accepted(offer)
    assert state_of(offer) == ProposalState.TO_MENTEE
    assert ("offer_mentee", at.mentees[0].person.email) in told()
    offers.accept(offer, by=at.mentees[0].person)
    assert state_of(offer) == ProposalState.CONFIRMED
    assert state_of(at.mentees[0]) == ApplicationState.MATCHED
    assert Pair.objects.get(proposal=offer).state == PairState.ACTIVE


def test_nobody_answers_for_somebody_else_or_twice(at) -> None:
    offer = offer_of(at)
    for person in (at.mentees[0].person, at.coordinator, offer_of(at, 1).mentor.person):
        with pytest.raises((Refused, Denied)):
            offers.accept(offer, by=person)
    accepted(offer)
    with pytest.raises(Refused, match="other one"):
        accepted(offer)
    offers.accept(offer, by=at.mentees[0].person)
    with pytest.raises(Refused, match="no longer open"):
        offers.decline(offer, reason="Too late.", by=at.mentees[0].person)


def test_a_no_needs_a_reason(at) -> None:
    offer = offer_of(at)
    with pytest.raises(Faulty):
        offers.decline(offer, reason=" ", by=offer.mentor.person)


def test_a_mentors_no_is_remembered_and_leads_to_the_next_best(at, django_capture_on_commit_callbacks) -> None:
    offer = offer_of(at)
    offers.decline(offer, reason="Not my field.", by=offer.mentor.person)
    assert (state_of(offer), state_of(at.mentees[0])) == (ProposalState.DECLINED, ApplicationState.READY)
    assert Pair.objects.get(proposal=offer).state == PairState.RELEASED
    assert Mentor.objects.get(pk=offer.mentor_id).active_load == 0
    assert Exclusion.objects.get().kind == Exclusion.Kind.DECLINED
    offer_next(str(offer.pk))
    newer = offer_of(at)
    assert newer.mentor == at.mentors[2]
    assert newer.score == sum(part["points"] for part in newer.components.values())
    assert state_of(at.mentees[0]) == ApplicationState.PROPOSED
    assert state_of(offer_of(at, 1)) == ProposalState.TO_MENTOR
    assert ("offer_mentor", at.mentors[2].person.email) in told()


def test_ringing_twice_for_the_next_best_makes_one_offer(at) -> None:
    offer = offer_of(at)
    offers.decline(offer, reason="Not my field.", by=offer.mentor.person)
    assert next_offer.offer_next(offer.pk) is not None
    assert next_offer.offer_next(offer.pk) is None
    assert Pair.objects.filter(application=at.mentees[0], state=PairState.RESERVED).count() == 1


def test_without_a_next_best_the_coordinators_are_told_once(at) -> None:
    offer = offer_of(at)
    Mentor.objects.filter(pk=at.mentors[2].pk).update(state=MentorState.PAUSED)
    offers.decline(offer, reason="Not my field.", by=offer.mentor.person)
    for _ in range(2):
        assert next_offer.offer_next(offer.pk) is None
    assert Letter.objects.filter(context__act="offer_open", person=at.coordinator).count() == 1


def test_the_next_best_is_never_somebody_who_must_not_be(at) -> None:
    offer = offer_of(at)
    Exclusion.objects.create(
        council=at.council, mentee=at.mentees[0].person, mentor=at.mentors[2], kind=Exclusion.Kind.STAFF, reason="No."
    )
    offers.decline(offer, reason="Not my field.", by=offer.mentor.person)
    assert next_offer.offer_next(offer.pk) is None


def test_after_a_mentees_no_a_person_looks_first(at) -> None:
    offer = accepted(offer_of(at))
    offers.decline(offer, reason="I would like somebody nearer.", by=at.mentees[0].person)
    standing = Proposal.objects.get(pk=offer.pk)
    assert (standing.state, standing.declined_by) == (ProposalState.DECLINED, "mentee")
    assert state_of(at.mentees[0]) == ApplicationState.READY
    assert not Proposal.objects.filter(application=at.mentees[0], state=ProposalState.TO_MENTOR).exists()
    assert ("offer_open", at.coordinator.email) in told()


def late(offer) -> None:
    Proposal.objects.filter(pk=offer.pk).update(expires_at=timezone.now() - timedelta(minutes=1))


def test_an_offer_that_a_mentor_leaves_unanswered_ends_and_the_next_best_is_asked(at) -> None:
    offer = offer_of(at)
    assert end_due() == {"expired": 0, "stale": 0}
    late(offer)
    end_offers()
    assert (state_of(offer), state_of(at.mentees[0])) == (ProposalState.EXPIRED, ApplicationState.READY)
    assert ("offer_expired", offer.mentor.person.email) in told()
    next_offer.offer_next(offer.pk)
    assert offer_of(at).mentor == at.mentors[2]
    assert end_due() == {"expired": 0, "stale": 0}


def test_an_offer_that_a_mentee_leaves_unanswered_goes_to_the_coordinator(at) -> None:
    offer = accepted(offer_of(at))
    late(offer)
    assert end_due()["expired"] == 1
    assert {("offer_expired", at.mentees[0].person.email), ("offer_open", at.coordinator.email)} <= told()


def test_who_answers_too_late_is_told_so(at) -> None:
    offer = offer_of(at)
    late(offer)
    with pytest.raises(Refused, match="over"):
        accepted(offer)


def test_an_offer_to_a_mentor_who_has_paused_is_no_longer_possible(at) -> None:
    offer = offer_of(at)
    Mentor.objects.filter(pk=offer.mentor_id).update(state=MentorState.PAUSED)
    with pytest.raises(Refused, match="changed meanwhile"):
        accepted(offer)
    assert (state_of(offer), state_of(at.mentees[0])) == (ProposalState.STALE, ApplicationState.READY)
    assert Pair.objects.get(proposal=offer).state == PairState.RELEASED


def test_an_offer_about_somebody_who_has_left_ends_and_the_mentor_is_told(at) -> None:
    offer = offer_of(at)
    Application.objects.filter(pk=at.mentees[0].pk).update(state=ApplicationState.WITHDRAWN)
    assert end_due() == {"expired": 0, "stale": 1}
    assert state_of(offer) == ProposalState.STALE
    assert state_of(at.mentees[0]) == ApplicationState.WITHDRAWN
    assert ("offer_ended", offer.mentor.person.email) in told()
    assert Mentor.objects.get(pk=offer.mentor_id).active_load == 0


def test_the_places_are_right_after_everything(at) -> None:
    first, second = offer_of(at), offer_of(at, 1)
    accepted(first)
    offers.accept(first, by=at.mentees[0].person)
    offers.decline(second, reason="No time.", by=second.mentor.person)
    next_offer.offer_next(second.pk)
    loads = {mentor.pk: mentor.active_load for mentor in Mentor.objects.all()}
    assert loads == {first.mentor_id: 1, second.mentor_id: 0, at.mentors[2].pk: 1}
