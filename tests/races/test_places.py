"""Sixteen people place mentees with the same few mentors at once: no mentor is given more than there are places."""

import threading

import pytest
from django.db import DatabaseError, IntegrityError, connections

from allies.kit.scope import across
from mentoring.models import Mentor, Pair
from mentoring.states import PAIR_HOLDS_A_PLACE
from tests.factories import mentoring as make

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS, MENTORS, CAPACITY, EACH = 16, 3, 2, 4


def _scene():
    """Mentors of two places each, and many more mentees than places."""
    intake = make.IntakeFactory()
    council = intake.programme.council
    mentors = [make.MentorFactory(council=council, available=True, capacity=CAPACITY) for _ in range(MENTORS)]
    mentees = [make.ApplicationFactory(intake=intake, ready=True) for _ in range(WRITERS * EACH)]
    return intake.programme, mentors, mentees


def _place(programme, mentor, mentee) -> None:
    Pair.objects.create(
        programme=programme,
        application=mentee,
        mentor=mentor,
        mentee_person_id=mentee.person_id,
        mentor_person_id=mentor.person_id,
    )


def _all_at_once(work) -> None:
    gate, faults = threading.Barrier(WRITERS), []

    def run(index: int) -> None:
        try:
            gate.wait(20)
            with across():
                work(index)
        except DatabaseError as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert faults == []


def _held() -> dict:
    with across():
        return {
            mentor.pk: (Pair.objects.filter(mentor=mentor, state__in=PAIR_HOLDS_A_PLACE).count(), mentor.active_load)
            for mentor in Mentor.objects.all()
        }


def test_sixteen_writers_fill_every_place_and_not_one_more() -> None:
    programme, mentors, mentees = _scene()
    placed, refused = [], []

    def place(index: int) -> None:
        for number in range(EACH):
            try:
                _place(programme, mentors[(index + number) % MENTORS], mentees[index * EACH + number])
                placed.append(index)
            except IntegrityError as refusal:
                refused.append(refusal.__cause__.diag.constraint_name)

    _all_at_once(place)
    assert set(_held().values()) == {(CAPACITY, CAPACITY)}
    assert len(placed) == MENTORS * CAPACITY
    assert set(refused) == {"a_mentor_has_at_most_as_many_mentees_as_places"}


def test_places_given_and_given_back_at_once_are_counted_right() -> None:
    programme, mentors, mentees = _scene()

    def place_and_give_back(index: int) -> None:
        for number in range(EACH):
            mentor, mentee = mentors[(index + number) % MENTORS], mentees[index * EACH + number]
            try:
                _place(programme, mentor, mentee)
            except IntegrityError:
                continue
            if number % 2:
                Pair.objects.filter(application=mentee).update(state="released")

    _all_at_once(place_and_give_back)
    assert all(pairs == load <= CAPACITY for pairs, load in _held().values())


def test_control_who_counts_first_and_inserts_later_gives_too_many() -> None:
    programme, mentors, mentees = _scene()
    mentor = mentors[0]
    # Without the rule, as it would be if only the portal's code counted.
    with across():
        Mentor.objects.filter(pk=mentor.pk).update(capacity=12)
    all_have_counted = threading.Barrier(WRITERS)

    def careless(index: int) -> None:
        taken = Pair.objects.filter(mentor=mentor, state__in=PAIR_HOLDS_A_PLACE).count()
        all_have_counted.wait(20)
        if taken < CAPACITY and index < 12:
            _place(programme, mentor, mentees[index])

    _all_at_once(careless)
    assert _held()[mentor.pk] == (12, 12)
