"""A mentor's way: approved by the council, on a pause and back, and the end; and where mentors are missing."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from allies.kit.access import Denied
from allies.kit.audit import Entry
from allies.kit.models import Letter
from allies.kit.refusals import Refused
from allies.kit.scope import across
from councils.models import Membership, OccupationGroup
from councils.roles import Role
from councils.services.editing import Faulty
from mentoring.models import Orientation
from mentoring.queries import mentors as queries
from mentoring.queries.network import by_city
from mentoring.services import mentors
from mentoring.states import MentorState, PairState
from tests import factories
from tests.factories import mentoring as make
from tests.mentoring.test_mentors import facts, fresh, with_mentees

pytestmark = pytest.mark.django_db
TOMORROW = timedelta(days=1)


@pytest.fixture(autouse=True)
def all_councils():
    with across():
        yield


@pytest.fixture
def person():
    return factories.UserFactory(name="Marta")


@pytest.fixture
def halifax(world):
    return world.halifax


# ------------------------------------------------------------------ approval


@pytest.fixture
def waiting(halifax):
    return make.MentorFactory(council=halifax, handbook_at=make.NOW)


def test_a_mentor_is_oriented_one_to_one_with_a_note_and_told(world, waiting) -> None:
    day = timezone.localdate()
    mentors.approve(waiting, by=world.people["coordinator"], on=day, note="At her office")
    assert (fresh(waiting).state, fresh(waiting).oriented_on) == (MentorState.AVAILABLE, day)
    orientation = Orientation.objects.get()
    assert (orientation.came, orientation.note, orientation.recorded_by) == (
        True,
        "At her office",
        world.people["coordinator"],
    )
    assert Letter.objects.get(template="mentoring/mentor_approved").to == waiting.person.email


def test_a_mentor_is_oriented_in_a_session_on_its_day(world, waiting) -> None:
    intake = make.IntakeFactory(programme=make.ProgrammeFactory(council=world.halifax))
    session = make.OrientationSessionFactory(intake=intake)
    mentors.approve(waiting, by=world.people["coordinator"], session=session)
    assert fresh(waiting).oriented_on == date(2026, 3, 2)
    assert Orientation.objects.get().session == session


@pytest.mark.parametrize(
    ("how", "field"),
    [
        ({}, "on"),
        ({"on": date(2026, 1, 5)}, "note"),
        ({"on": date(2999, 1, 5), "note": "Soon"}, "on"),
    ],
)
def test_an_orientation_that_is_not_told_is_asked_for(world, waiting, how, field) -> None:
    with pytest.raises(Faulty) as refused:
        mentors.approve(waiting, by=world.people["coordinator"], **how)
    assert set(refused.value.errors) == {field}
    assert fresh(waiting).state == MentorState.APPLIED


def test_the_handbook_comes_before_the_approval(world) -> None:
    mentor = make.MentorFactory(council=world.halifax, oriented_on=date(2026, 1, 5))
    coordinator = world.people["coordinator"]
    with pytest.raises(Faulty) as refused:
        mentors.approve(mentor, by=coordinator)
    assert set(refused.value.errors) == {"handbook_told"}
    mentors.approve(mentor, by=coordinator, handbook_told=True)
    assert fresh(mentor).state == MentorState.AVAILABLE


def test_only_the_councils_staff_approve(world, waiting) -> None:
    for name in ("rival", "board", "coach", "national"):
        with pytest.raises(Denied):
            mentors.approve(waiting, by=world.people[name], on=timezone.localdate(), note="So")
    with pytest.raises(Denied):
        mentors.approve(waiting, by=waiting.person, on=timezone.localdate(), note="So")


def test_nobody_is_approved_twice(world, waiting) -> None:
    coordinator = world.people["coordinator"]
    mentors.approve(waiting, by=coordinator, on=timezone.localdate(), note="So")
    with pytest.raises(Refused, match="not possible"):
        mentors.approve(waiting, by=coordinator)


# ------------------------------------------------------------------ pauses and the end


@pytest.mark.parametrize("who", ["the mentor", "the coordinator"])
def test_a_pause_is_taken_moved_and_ended(world, who) -> None:
    mentor = make.MentorFactory(council=world.halifax, available=True)
    by = mentor.person if who == "the mentor" else world.people["coordinator"]
    today = timezone.localdate()
    mentors.pause(mentor, until=today + TOMORROW, by=by)
    assert fresh(mentor).state == MentorState.PAUSED
    mentors.pause(mentor, until=today + 9 * TOMORROW, by=by)
    assert fresh(mentor).paused_until == today + 9 * TOMORROW
    mentors.come_back(mentor, by=by)
    assert (fresh(mentor).state, fresh(mentor).paused_until) == (MentorState.AVAILABLE, None)
    with pytest.raises(Refused, match="no pause"):
        mentors.come_back(mentor, by=by)


def test_a_pause_ends_on_a_day_to_come_and_is_for_the_mentor_and_the_staff(world) -> None:
    mentor = make.MentorFactory(council=world.halifax, available=True)
    with pytest.raises(Faulty):
        mentors.pause(mentor, until=timezone.localdate(), by=mentor.person)
    for name in ("stranger", "rival", "board", "national"):
        with pytest.raises(Denied):
            mentors.pause(mentor, until=timezone.localdate() + TOMORROW, by=world.people[name])
    volunteer = make.MentorFactory()
    with pytest.raises(Refused, match="not possible"):
        mentors.pause(volunteer, until=timezone.localdate() + TOMORROW, by=volunteer.person)


def test_a_pause_leaves_the_pairs_alone() -> None:
    mentor = with_mentees(2)
    mentors.pause(mentor, until=timezone.localdate() + TOMORROW, by=mentor.person)
    assert fresh(mentor).active_load == 2


def test_the_pauses_whose_day_has_come_end_by_themselves_and_the_mentors_are_told() -> None:
    today = timezone.localdate()

    def paused(until):
        return make.MentorFactory(available=True, state=MentorState.PAUSED, paused_until=until)

    due, long_due, later = paused(today), paused(today - TOMORROW), paused(today + TOMORROW)
    assert mentors.end_pauses(today) == 2
    assert [fresh(one).state for one in (due, long_due, later)] == ["available", "available", "paused"]
    assert Letter.objects.filter(template="mentoring/pause_over").count() == 2
    assert mentors.end_pauses(today) == 0
    assert Entry.objects.filter(action="mentoring.mentor_came_back", actor=None).count() == 2


def test_nobody_stops_while_a_mentee_counts_on_them() -> None:
    mentor = with_mentees(1)
    with pytest.raises(Refused, match="1 mentee still counts"):
        mentors.retire(mentor, by=mentor.person)
    mentor.pairs.update(state=PairState.RELEASED)
    mentors.retire(mentor, by=mentor.person)
    assert fresh(mentor).state == MentorState.RETIRED


def test_the_role_ends_with_the_last_council(world, person) -> None:
    here = mentors.volunteer(world.halifax, facts=facts(), by=person)
    there = mentors.volunteer(world.calgary, facts=facts(), by=person)
    mentors.retire(here, by=person)
    assert Membership.objects.current().filter(person=person, role=Role.MENTOR).exists()
    mentors.retire(there, by=person)
    assert not Membership.objects.current().filter(person=person, role=Role.MENTOR).exists()
    mentors.volunteer(world.halifax, facts=facts(), by=person)
    assert Membership.objects.current().filter(person=person, role=Role.MENTOR).count() == 1


# ------------------------------------------------------------------ places against people


def test_places_are_held_against_people_by_field(halifax, django_assert_num_queries) -> None:
    programme = make.ProgrammeFactory(council=halifax)
    intake = make.IntakeFactory(programme=programme)
    tech = factories.OccupationFactory(code="21311")
    care = factories.OccupationFactory(code="31301", group=OccupationGroup.objects.create(code="3", title_en="Health"))
    make.MentorFactory(council=halifax, available=True, occupation=tech, capacity=2)
    make.MentorFactory(council=halifax, occupation=care, capacity=3)
    make.MentorFactory(council=halifax, available=True, state=MentorState.RETIRED, occupation=care)
    for _ in range(4):
        make.ApplicationFactory(intake=intake, ready=True, occupation=care)
    make.ApplicationFactory(intake=intake, ready=True, occupation=tech)
    make.ApplicationFactory(intake=intake, submitted=True, occupation=tech)
    make.ApplicationFactory(intake=intake, occupation=tech)
    found = {row.group.code: row for row in queries.balances()}
    assert list(found) == ["3", "2"]
    assert (found["3"].free, found["3"].coming, found["3"].ready, found["3"].missing) == (0, 3, 4, 4)
    assert found["3"].wanted == [care.title]
    assert (found["2"].free, found["2"].ready, found["2"].on_the_way, found["2"].missing) == (2, 1, 1, 0)
    other = make.IntakeFactory()
    make.ApplicationFactory(intake=other, ready=True, occupation=tech)
    with across(), django_assert_num_queries(4):
        cities = by_city()
    told = [(row.council, row.group.code, row.mentors, row.free, row.ready, row.missing) for row in cities]
    # Another city's free places help nobody here.
    assert told == [
        (halifax, "3", 0, 0, 4, 4),
        (other.programme.council, "2", 0, 0, 1, 1),
        (halifax, "2", 1, 2, 1, 0),
    ]


@pytest.mark.parametrize("number", [1, 3, 50])
def test_the_balance_takes_the_same_queries_however_many_there_are(halifax, number, django_assert_num_queries) -> None:
    intake = make.IntakeFactory(programme=make.ProgrammeFactory(council=halifax))
    for _ in range(number):
        make.MentorFactory(council=halifax, available=True)
        make.ApplicationFactory(intake=intake, ready=True)
    with django_assert_num_queries(4):
        queries.balances()
