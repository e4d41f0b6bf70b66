"""People answer, publish and change capacities at once; controls show the race without the guard."""

import threading

import pytest
from django.db import transaction

from allies.kit.models import Letter
from allies.kit.scope import across
from mentoring.models import Application, MatchingRun, Mentor, Pair, Proposal
from mentoring.services import next_offer, offers, runs
from mentoring.services.applications import withdraw
from mentoring.services.exclusions import exclude
from mentoring.services.publish import publish
from mentoring.states import ApplicationState, PairState, ProposalState
from tests.factories import mentoring as make
from tests.mentoring.halls import hall, solved
from tests.races.racing import at_once, refused_by_the_database

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def everywhere():
    with across():
        yield


def offered(**sizes):
    at = hall(**sizes)
    run = solved(at)
    publish(run, by=at.coordinator)
    found = list(run.proposals.select_related("mentor__person", "application__person").order_by("pk"))
    return at, found


def loads_are_right() -> bool:
    held = [PairState.RESERVED, PairState.ACTIVE, PairState.ON_HOLD]
    return all(
        mentor.active_load == Pair.objects.filter(mentor=mentor, state__in=held).count() <= mentor.capacity
        for mentor in Mentor.objects.all()
    )


def test_of_two_answers_to_one_offer_one_counts() -> None:
    _at, (offer,) = offered(mentees=1, mentors=1)
    mentor = offer.mentor.person
    answers = at_once(
        lambda: offers.accept(offer, by=mentor), lambda: offers.decline(offer, reason="No time.", by=mentor)
    )
    assert sorted(answer == "done" for answer in answers) == [False, True]
    assert loads_are_right()


def test_a_mentee_with_two_mentors_offered_at_once_has_one() -> None:
    at = hall(mentees=1, mentors=3)
    run = solved(at)
    publish(run, by=at.coordinator)
    offer = run.proposals.get()
    offers.decline(offer, reason="Not my field.", by=offer.mentor.person)
    at_once(*[lambda: next_offer.offer_next(offer.pk)] * 4)
    assert Proposal.objects.filter(application=at.mentees[0], state=ProposalState.TO_MENTOR).count() == 1
    assert Pair.objects.filter(application=at.mentees[0], state=PairState.RESERVED).count() == 1
    assert loads_are_right()


def test_control_without_the_locks_the_database_still_refuses_the_second_offer() -> None:
    at = hall(mentees=1, mentors=2)
    both_have_looked = threading.Barrier(2)

    def careless(mentor):
        def act() -> None:
            with transaction.atomic():
                assert not Pair.objects.filter(application=at.mentees[0], state=PairState.RESERVED).exists()
                both_have_looked.wait(10)
                make.PairFactory(application=at.mentees[0], mentor=mentor)

        return act

    answers = at_once(*[refused_by_the_database(careless(mentor)) for mentor in at.mentors])
    assert sorted(answer == "done" for answer in answers) == [False, True]
    assert any("a_mentee_has_one_place" in answer for answer in answers)


def test_a_mentor_never_gets_more_mentees_than_places() -> None:
    at = hall(mentees=4, mentors=5)
    run = solved(at)
    publish(run, by=at.coordinator)
    declined = list(run.proposals.select_related("mentor__person"))
    free = next(mentor for mentor in at.mentors if not run.proposals.filter(mentor=mentor).exists())
    for offer in declined:
        offers.decline(offer, reason="No time.", by=offer.mentor.person)
    Mentor.objects.exclude(pk=free.pk).update(state="paused")
    assert at_once(*[lambda o=offer: next_offer.offer_next(o.pk) for offer in declined]) == ["done"] * 4
    assert Pair.objects.filter(mentor=free, state=PairState.RESERVED).count() == 1
    assert Application.objects.filter(state=ApplicationState.READY).count() == 3
    assert loads_are_right()


def test_control_without_the_locks_the_database_still_refuses_a_mentee_too_many() -> None:
    at = hall(mentees=2, mentors=1)
    both_have_looked = threading.Barrier(2)

    def careless(mentee):
        def act() -> None:
            with transaction.atomic():
                assert Mentor.objects.get(pk=at.mentors[0].pk).active_load == 0
                both_have_looked.wait(10)
                make.PairFactory(application=mentee, mentor=at.mentors[0])

        return act

    answers = at_once(*[refused_by_the_database(careless(mentee)) for mentee in at.mentees])
    assert sorted(answer == "done" for answer in answers) == [False, True]
    assert any("a_mentor_has_at_most_as_many_mentees" in answer for answer in answers)


@pytest.mark.parametrize("attempt", range(3))
def test_a_capacity_that_is_lowered_while_a_run_is_published_is_kept(attempt) -> None:
    at = hall(mentees=4, mentors=2, capacity=2)
    run = solved(at)
    answers = at_once(
        lambda: publish(run, by=at.coordinator),
        refused_by_the_database(lambda: Mentor.objects.filter(pk=at.mentors[0].pk).update(capacity=1)),
    )
    assert answers[0] == "done"
    # Either the capacity was lowered first and a pair is stale, or two mentees were there first.
    first = Mentor.objects.get(pk=at.mentors[0].pk)
    stale = run.proposals.filter(state=ProposalState.STALE).count()
    assert (first.capacity, stale) == ((1, 1) if answers[1] == "done" else (2, 0))
    assert loads_are_right()


def test_two_who_publish_at_once_publish_once() -> None:
    at = hall(mentees=3, mentors=3)
    run = solved(at)
    assert at_once(*[lambda: publish(run, by=at.coordinator)] * 3) == ["done"] * 3
    assert Pair.objects.count() == Letter.objects.count() == 3


def test_a_pair_that_is_excluded_while_a_run_is_published_is_a_pair_or_apart_but_not_both() -> None:
    at = hall(mentees=1, mentors=1)
    run = solved(at)
    answers = at_once(
        lambda: publish(run, by=at.coordinator),
        lambda: exclude(at.mentors[0], at.mentees[0].person, kind="conflict", reason="Cousins.", by=at.coordinator),
    )
    assert answers[0] == "done"
    paired = Pair.objects.filter(state=PairState.RESERVED).exists()
    assert paired == (answers[1] != "done")


def test_two_who_ask_for_a_run_at_once_get_the_same_run() -> None:
    at = hall(mentees=3, mentors=3)
    runs.policy_of(at.intake, by=at.coordinator)
    found = []
    assert at_once(*[lambda: found.append(runs.ask(at.intake, by=at.coordinator))] * 4) == ["done"] * 4
    assert len({run.pk for run in found}) == MatchingRun.objects.count() == 1


def test_a_mentor_who_accepts_while_the_mentee_withdraws_blocks_nobody() -> None:
    at, (offer,) = offered(mentees=1, mentors=1)
    answers = at_once(
        lambda: offers.accept(offer, by=offer.mentor.person),
        lambda: withdraw(at.mentees[0], "I found work.", by=at.mentees[0].person),
    )
    assert answers[1] == "done"
    assert Proposal.objects.get(pk=offer.pk).state == ProposalState.STALE
    assert Letter.objects.filter(context__act="offer_ended", person=offer.mentor.person).count() == 1
    assert loads_are_right()
