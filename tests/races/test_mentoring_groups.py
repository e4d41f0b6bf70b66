"""The mentees of a group answer at the same moment, while somebody leaves or gives the group up."""

import pytest

from allies.kit.models import Letter
from allies.kit.scope import across
from mentoring.models import Application, Mentor, Pair, Proposal
from mentoring.services import groups, offers
from mentoring.services.applications import withdraw
from mentoring.states import ApplicationState, PairState
from tests.mentoring.kinds import asked_group, mentor_says_yes, offer_of, yes
from tests.races.racing import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def everywhere():
    with across():
        yield


@pytest.fixture
def at():
    made = asked_group()
    mentor_says_yes(made)
    return made


def answering(at, number):
    offer, person = offer_of(at, number), at.mentees[number].person
    return lambda: offers.accept(offer, by=person)


def loads_are_right() -> bool:
    mentor = Mentor.objects.get()
    return mentor.active_load == Pair.objects.exclude(state=PairState.RELEASED).count()


def test_five_who_say_yes_at_once_begin_once_and_the_mentor_has_one_letter(at) -> None:
    assert at_once(*(answering(at, number) for number in range(5))) == ["done"] * 5
    assert set(Pair.objects.values_list("state", flat=True)) == {PairState.ACTIVE}
    assert set(Application.objects.values_list("state", flat=True)) == {ApplicationState.MATCHED}
    assert Letter.objects.filter(context__act="group_begun").count() == 1
    assert loads_are_right()


def test_who_leaves_while_the_last_one_says_yes_is_in_the_group_or_not_but_never_half(at) -> None:
    yes(at, 0, 1, 2)
    leaver = at.mentees[0]
    at_once(answering(at, 3), lambda: withdraw(leaver, "Moved away.", by=leaver.person))
    begun = set(Pair.objects.filter(state=PairState.ACTIVE).values_list("application", flat=True))
    left = Application.objects.get(pk=leaver.pk).state == ApplicationState.WITHDRAWN
    assert (len(begun), leaver.pk in begun) == ((0, False) if left else (4, True))
    assert loads_are_right()


def test_a_group_that_is_given_up_while_it_fills_begins_wholly_or_not_at_all(at) -> None:
    yes(at, 0, 1, 2)
    at_once(answering(at, 3), lambda: groups.give_up(at.mark, reason="Too slow.", by=at.coordinator))
    begun = Pair.objects.filter(state=PairState.ACTIVE).count()
    assert begun in (0, 4)
    waiting = Proposal.objects.filter(state="to_mentee").count()
    assert (begun, waiting) in ((0, 0), (4, 1))
    assert loads_are_right()
