"""Two people act at once on the way to a mentor; each test has a control that shows the race without the guard."""

import threading
from datetime import timedelta

import pytest
from django.db import connections, transaction
from django.utils import timezone

from allies.kit import scope
from councils.roles import Role
from mentoring.models import Application, Interview, InterviewSlot, Orientation
from mentoring.services import orientation, screening
from mentoring.states import ApplicationState as S
from mentoring.states import InterviewState
from tests import factories as people
from tests.factories import mentoring as make
from tests.races.racing import at_once

pytestmark = pytest.mark.django_db(transaction=True)
SOON = timezone.now() + timedelta(days=1)


@pytest.fixture(autouse=True)
def everywhere():
    """Act over all councils, as an applicant's own page does."""
    with scope.across():
        yield


@pytest.fixture
def intake():
    return make.IntakeFactory(state="open", programme__is_published=True)


def test_of_two_who_book_one_time_one_gets_it(intake) -> None:
    slot = make.InterviewSlotFactory(programme=intake.programme, starts_at=SOON)
    people = [make.ApplicationFactory(intake=intake, submitted=True) for _ in range(2)]
    answers = at_once(*[lambda who=who: screening.book(who, slot=slot, by=who.person) for who in people])
    assert sorted(answer == "done" for answer in answers) == [False, True]
    assert any("Somebody else has just booked" in answer for answer in answers)
    with scope.across():
        assert Interview.objects.filter(slot=slot, state=InterviewState.BOOKED).count() == 1
        assert Application.objects.filter(state=S.BOOKED).count() == 1


def test_times_offered_four_times_at_once_are_offered_once(intake) -> None:
    facts = {"starts_at": SOON, "minutes": 30, "times": 8, "where": "By video"}
    council = intake.programme.council
    keeper = people.MembershipFactory(council=council, role=Role.COORDINATOR).person
    answers = at_once(*[lambda: screening.offer_times(intake.programme, interviewer=keeper, by=keeper, **facts)] * 4)
    assert sorted(answer == "done" for answer in answers) == [False, False, False, True]
    with scope.across():
        assert InterviewSlot.objects.count() == 8


def test_the_last_seat_is_given_once(intake) -> None:
    session = make.OrientationSessionFactory(
        intake=intake, seats=1, starts_at=SOON, ends_at=SOON + timedelta(hours=2.5)
    )
    people = [make.ApplicationFactory(intake=intake, submitted=True) for _ in range(3)]
    answers = at_once(*[lambda who=who: orientation.sign_up(session, application=who, by=who.person) for who in people])
    assert sorted(answer == "done" for answer in answers) == [False, False, True]
    with scope.across():
        assert Orientation.objects.filter(session=session).count() == 1


def test_control_without_the_lock_two_sit_on_one_seat(intake) -> None:
    session = make.OrientationSessionFactory(intake=intake, seats=1)
    people = [make.ApplicationFactory(intake=intake, submitted=True) for _ in range(2)]
    both_have_read = threading.Barrier(2)

    def careless(who):
        def act():
            with transaction.atomic(), scope.across():
                assert Orientation.objects.filter(session=session).count() < session.seats
                both_have_read.wait(10)
                council = intake.programme.council
                Orientation.objects.create(session=session, application=who, council=council)

        return act

    assert at_once(*(careless(who) for who in people)) == ["done", "done"]
    with scope.across():
        assert Orientation.objects.filter(session=session).count() == 2


def _two_steps_left(intake):
    person = make.ApplicationFactory(intake=intake, submitted=True, state=S.SCREENED, screened_at=make.NOW)
    over = timezone.now() - timedelta(days=1)
    session = make.OrientationSessionFactory(intake=intake, starts_at=over, ends_at=over + timedelta(hours=2.5))
    return person, make.OrientationFactory(session=session, application=person)


def test_two_last_steps_at_once_make_a_person_ready_once(intake) -> None:
    person, seat = _two_steps_left(intake)
    staff = make.UserFactory()
    with scope.across():
        staff.memberships.create(
            role="coordinator", council=intake.programme.council, starts_on=timezone.localdate() - timedelta(days=9)
        )
    answers = at_once(
        lambda: orientation.record_attendance(seat.session, came={seat.pk}, by=staff),
        lambda: orientation.read_handbook(person, by=person.person),
    )
    assert answers == ["done", "done"]
    with scope.across():
        assert Application.objects.get(pk=person.pk).state == S.READY


def test_control_without_the_lock_each_step_misses_the_other(intake) -> None:
    person, _seat = _two_steps_left(intake)
    both_have_read = threading.Barrier(2)

    def careless(step):
        def act():
            with transaction.atomic(), scope.across():
                seen = Application.objects.get(pk=person.pk)
                both_have_read.wait(10)
                setattr(seen, step, timezone.now())
                Application.objects.filter(pk=person.pk).update(**{step: timezone.now()})
                if seen.oriented_at and seen.handbook_at:
                    Application.objects.filter(pk=person.pk).update(state=S.READY)

        return act

    assert at_once(careless("oriented_at"), careless("handbook_at")) == ["done", "done"]
    connections.close_all()
    with scope.across():
        assert Application.objects.get(pk=person.pk).state == S.SCREENED
