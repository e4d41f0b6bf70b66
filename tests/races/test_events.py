"""The last place at an event is given once; the control shows what happens without the event's lock."""

import threading

import pytest
from django.db import transaction

from allies.kit import scope
from councils.models import Registration
from councils.services import registrations
from tests.factories.events import RegistrationFactory, SignUpEventFactory
from tests.races.racing import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def everywhere():
    """Act over all councils, as the public page does."""
    with scope.across():
        yield


def _sign_up(event, address):
    facts = {"name": "Somebody", "email": address, "role": "newcomer", "organisation": ""}
    return lambda: registrations.sign_up(event, facts=facts, language="en")


def test_of_four_who_want_the_last_place_one_gets_it() -> None:
    event = SignUpEventFactory(signing_up=True, places=1)
    answers = at_once(*(_sign_up(event, f"person{n}@people.example") for n in range(4)))
    assert sorted(answer == "done" for answer in answers) == [False, False, False, True]
    assert Registration.objects.filter(event=event).count() == 1


def test_one_address_sent_four_times_at_once_has_one_place() -> None:
    event = SignUpEventFactory(signing_up=True)
    assert at_once(*(_sign_up(event, "amina@people.example") for _ in range(4))) == ["done"] * 4
    assert Registration.objects.filter(event=event).count() == 1


def test_control_without_the_lock_two_have_the_last_place() -> None:
    event = SignUpEventFactory(signing_up=True, places=1)
    both_have_counted = threading.Barrier(2)

    def careless():
        with transaction.atomic(), scope.across():
            assert Registration.objects.filter(event=event).count() < event.places
            both_have_counted.wait(10)
            RegistrationFactory(event=event)

    assert at_once(careless, careless) == ["done", "done"]
    assert Registration.objects.filter(event=event).count() == 2
