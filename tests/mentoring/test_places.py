"""The database counts the places that a mentor has given, whoever writes, and refuses one too many."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from allies.kit.scope import across
from mentoring import models
from mentoring.states import PairState
from tests.factories import mentoring as make

DAY = date(2026, 3, 2)


def place_with(mentor, **facts):
    """One more mentee with this mentor."""
    intake = make.IntakeFactory(programme=make.ProgrammeFactory(council=mentor.council))
    return make.PairFactory(application=make.ApplicationFactory(intake=intake, ready=True), mentor=mentor, **facts)


@pytest.fixture
def mentor(db):
    """A mentor with three places."""
    with across():
        yield make.MentorFactory(available=True, capacity=3)


def load(mentor) -> int:
    return models.Mentor.objects.values_list("active_load", flat=True).get(pk=mentor.pk)


def move(pair, state, **facts) -> None:
    models.Pair.objects.filter(pk=pair.pk).update(state=state, **facts)


def test_a_place_is_counted_from_its_reservation_to_its_end(mentor) -> None:
    pair = place_with(mentor)
    assert load(mentor) == 1
    move(pair, PairState.ACTIVE, started_on=DAY, planned_end_on=DAY)
    assert load(mentor) == 1
    move(pair, PairState.ON_HOLD, hold_until=DAY)
    assert load(mentor) == 1
    move(pair, PairState.COMPLETED, ended_on=DAY)
    assert load(mentor) == 0


def test_a_place_that_is_given_back_is_free_and_taken_again_it_counts(mentor) -> None:
    pair = place_with(mentor)
    move(pair, PairState.RELEASED)
    assert load(mentor) == 0
    move(pair, PairState.RESERVED)
    assert load(mentor) == 1


def test_a_pair_that_changes_its_mentor_takes_its_place_along(mentor) -> None:
    other = make.MentorFactory(council=mentor.council, available=True)
    pair = place_with(mentor)
    models.Pair.objects.filter(pk=pair.pk).update(mentor=other, mentor_person=other.person)
    assert (load(mentor), load(other)) == (0, 1)
    models.Pair.objects.filter(pk=pair.pk).update(mentor=mentor, state=PairState.RELEASED)
    assert (load(mentor), load(other)) == (0, 0)


def test_a_deleted_pair_leaves_its_place(mentor) -> None:
    kept, gone = place_with(mentor), place_with(mentor)
    gone.delete()
    assert load(mentor) == 1
    move(kept, PairState.RELEASED)
    kept.delete()
    assert load(mentor) == 0


def test_many_pairs_written_at_once_are_counted(mentor) -> None:
    intake = make.IntakeFactory(programme=make.ProgrammeFactory(council=mentor.council))
    applications = [make.ApplicationFactory(intake=intake, ready=True) for _ in range(3)]
    models.Pair.objects.bulk_create(
        make.PairFactory.build(
            application=application,
            programme=intake.programme,
            mentor=mentor,
            mentee_person=application.person,
            mentor_person=mentor.person,
        )
        for application in applications
    )
    assert load(mentor) == 3


def test_raw_sql_is_counted_too(mentor) -> None:
    pair = place_with(mentor)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE mentoring_pair SET state = 'released' WHERE id = %s", [pair.pk])
        assert load(mentor) == 0
        cursor.execute("UPDATE mentoring_pair SET state = 'reserved' WHERE id = %s", [pair.pk])
        assert load(mentor) == 1
        cursor.execute("DELETE FROM mentoring_pair WHERE id = %s", [pair.pk])
    assert load(mentor) == 0


def test_a_pair_beyond_the_capacity_is_refused_whoever_writes_it(mentor) -> None:
    pairs = [place_with(mentor) for _ in range(3)]
    move(pairs[0], PairState.RELEASED)
    place_with(mentor)
    with pytest.raises(IntegrityError, match="as_many_mentees_as_places"), transaction.atomic():
        move(pairs[0], PairState.RESERVED)
    assert load(mentor) == 3


def test_the_capacity_is_not_lowered_below_the_load(mentor) -> None:
    for _ in range(2):
        place_with(mentor)
    models.Mentor.objects.filter(pk=mentor.pk).update(capacity=2)
    with pytest.raises(IntegrityError, match="as_many_mentees_as_places"), transaction.atomic():
        models.Mentor.objects.filter(pk=mentor.pk).update(capacity=1)
