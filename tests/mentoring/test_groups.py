"""A group from its offer to its first day: one answer of the mentor, enough yeses, and what happens below."""

from datetime import timedelta

import pytest
from django.utils import timezone

from allies.kit.refusals import Refused
from allies.kit.scope import across
from councils.services.editing import Faulty
from mentoring.models import Application, Mentor, Pair, Programme, Proposal
from mentoring.queries.groups import Standing, group
from mentoring.services import applications, groups, offers
from mentoring.services.expiry import end_due
from mentoring.services.publish import publish
from mentoring.states import ApplicationState
from tests.factories import mentoring as make
from tests.mentoring.halls import solved
from tests.mentoring.kinds import asked_group, letters, mentor_says_yes, no, offer_of, ready_hall, states_of, yes

pytestmark = pytest.mark.django_db
WHY = "They know each other well by now."


@pytest.fixture(autouse=True)
def everywhere():
    with across():
        yield


@pytest.fixture
def at():
    return asked_group()


def test_the_mentor_of_a_group_is_asked_once_and_answers_once(at) -> None:
    mentor = at.mentors[0].person
    assert letters("offer_group") == [mentor.email]
    with pytest.raises(Refused, match="whole group"):
        offers.accept(offer_of(at, 0), by=mentor)
    assert mentor_says_yes(at) == 5
    assert states_of(Proposal) == ["to_mentee"] * 5
    assert letters("offer_mentee") == sorted(one.person.email for one in at.mentees)
    with pytest.raises(Refused, match="no longer open"):
        mentor_says_yes(at)


def test_a_group_begins_with_the_smallest_number_and_who_says_yes_later_joins_it(at) -> None:
    mentor_says_yes(at)
    yes(at, 0, 1, 2)
    assert states_of(Pair) == ["reserved"] * 5
    assert group(at.mark).standing == Standing.FORMING
    yes(at, 3)
    assert states_of(Pair) == ["active"] * 4 + ["reserved"]
    yes(at, 4)
    assert states_of(Pair) == ["active"] * 5
    assert states_of(Application) == [ApplicationState.MATCHED] * 5
    assert set(Pair.objects.values_list("group", flat=True)) == {at.mark}
    assert group(at.mark).standing == Standing.UNDER_WAY


def test_a_mentors_no_frees_the_whole_group_and_the_coordinator_hears_of_it_once(at) -> None:
    groups.decline(offer_of(at, 2), reason="Too many.", by=at.mentors[0].person)
    assert states_of(Proposal) == ["declined"] * 5
    assert states_of(Application) == [ApplicationState.READY] * 5
    assert Mentor.objects.get().active_load == 0
    assert group(at.mark).standing == Standing.OVER
    assert letters("group_short") == [at.coordinator.email]
    with pytest.raises(Faulty):
        groups.decline(offer_of(at, 2), reason=" ", by=at.mentors[0].person)


def test_below_the_smallest_group_nobody_begins_and_the_coordinator_reads_why(at) -> None:
    mentor_says_yes(at)
    yes(at, 0, 1)
    no(at, 2)
    assert group(at.mark).standing == Standing.FORMING
    no(at, 3)
    found = group(at.mark)
    assert found.standing == Standing.SHORT
    assert found.sentence.startswith("The group can't reach its 4 people any more: 2 said yes, 1 is still asked.")
    assert letters("group_short") == [at.coordinator.email]
    assert states_of(Pair) == ["released"] * 2 + ["reserved"] * 3


def test_the_coordinator_lets_a_small_group_begin_with_a_reason(at) -> None:
    mentor_says_yes(at)
    yes(at, 0, 1)
    no(at, 2, 3)
    with pytest.raises(Faulty):
        groups.begin_small(at.mark, reason="", by=at.coordinator)
    groups.begin_small(at.mark, reason=WHY, by=at.coordinator)
    assert states_of(Pair) == ["active"] * 2 + ["released"] * 2 + ["reserved"]
    yes(at, 4)
    assert states_of(Pair)[:3] == ["active"] * 3
    with pytest.raises(Refused):
        groups.begin_small(at.mark, reason=WHY, by=at.coordinator)


def test_one_person_alone_is_no_group(at) -> None:
    mentor_says_yes(at)
    yes(at, 0)
    no(at, 1, 2, 3)
    with pytest.raises(Refused, match="two people"):
        groups.begin_small(at.mark, reason=WHY, by=at.coordinator)


def test_somebody_else_is_asked_into_a_group_that_is_too_small(at) -> None:
    mentor_says_yes(at)
    yes(at, 0, 1, 2)
    no(at, 3, 4)
    joiner = make.ApplicationFactory(intake=at.intake, ready=True, occupation=at.mentees[0].occupation)
    made = groups.invite(at.mark, application=joiner, by=at.coordinator)
    assert group(at.mark).standing == Standing.ASKED
    groups.accept(made, by=at.mentors[0].person)
    offers.accept(made, by=joiner.person)
    assert states_of(Pair)[:4] == ["active"] * 4
    with pytest.raises(Faulty):
        groups.invite(at.mark, application=at.mentees[0], by=at.coordinator)


def test_a_group_is_given_up_and_everybody_is_told(at) -> None:
    mentor_says_yes(at)
    yes(at, 0, 1)
    no(at, 2, 3)
    groups.give_up(at.mark, reason=WHY, by=at.coordinator)
    assert states_of(Application) == [ApplicationState.READY] * 5
    assert Mentor.objects.get().active_load == 0
    assert letters("group_given_up") == sorted(at.mentees[number].person.email for number in (0, 1, 4))
    assert letters("group_ended") == [at.mentors[0].person.email]
    with pytest.raises(Refused):
        groups.give_up(at.mark, reason=WHY, by=at.coordinator)


def test_who_withdraws_while_waiting_leaves_the_group_short(at) -> None:
    mentor_says_yes(at)
    yes(at, 0, 1, 2)
    no(at, 3)
    applications.withdraw(at.mentees[0], "Moved away.", by=at.mentees[0].person)
    assert group(at.mark).standing == Standing.SHORT
    assert letters("group_short") == [at.coordinator.email]


def test_silence_of_the_mentor_ends_the_whole_offer_with_one_letter(at) -> None:
    Proposal.objects.update(expires_at=timezone.now() - timedelta(hours=1))
    assert end_due()["expired"] == 5
    assert states_of(Application) == [ApplicationState.READY] * 5
    assert letters("offer_expired") == [at.mentors[0].person.email]
    assert letters("group_short") == [at.coordinator.email]


def test_a_group_that_has_become_too_small_is_not_asked() -> None:
    made = ready_hall(Programme.Kind.GROUP, mentees=4, mentors=1, capacity=6)
    run = solved(made)
    applications.withdraw(made.mentees[0], "Moved away.", by=made.mentees[0].person)
    assert publish(run, by=made.coordinator).offered == 0
    assert states_of(Application) == [ApplicationState.READY] * 3 + [ApplicationState.WITHDRAWN]
    assert not Pair.objects.exists()
