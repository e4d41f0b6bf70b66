"""Who came to an event: ticked at two doors at once, added unannounced, and told in numbers that name nobody."""

import pytest
from django.utils import timezone

from allies.kit import audit, scope
from allies.kit.access import Denied
from allies.kit.models import Letter
from allies.kit.refusals import Refused
from councils.models import Registration
from councils.queries import registrations as queries
from councils.services import registrations
from councils.services.editing import Faulty
from tests import factories as make
from tests.factories.events import RegistrationFactory, SignUpEventFactory

State, Role = Registration.State, Registration.Role
FACTS = {"name": "Amina Okoye", "email": "amina@people.example", "role": "newcomer", "organisation": ""}


@pytest.fixture(autouse=True)
def everywhere(db):
    """Look across the councils."""
    with scope.across():
        yield


@pytest.fixture
def event(halifax):
    return SignUpEventFactory(council=halifax, signing_up=True)


@pytest.fixture
def over(halifax):
    return SignUpEventFactory(council=halifax, over=True)


@pytest.fixture
def staff(halifax):
    return make.MembershipFactory(council=halifax).person


def came(event, role, number, **facts):
    return [RegistrationFactory(event=event, role=role, state=State.CAME, **facts) for _ in range(number)]


def test_who_is_ticked_came_and_the_others_did_not(over, staff) -> None:
    one, two = RegistrationFactory(event=over), RegistrationFactory(event=over)
    seen = {one.pk: State.SIGNED_UP, two.pk: State.SIGNED_UP}
    assert registrations.record_attendance(over, came={one.pk}, seen=seen, by=staff) == 1
    states = dict(Registration.objects.values_list("pk", "state"))
    assert states == {one.pk: State.CAME, two.pk: State.ABSENT}
    assert audit.about(over).get().action == "councils.event_attended"


def test_what_a_colleague_ticked_at_the_other_door_stays(over, staff) -> None:
    one, two, late = (RegistrationFactory(event=over) for _ in range(3))
    seen = {one.pk: State.SIGNED_UP, two.pk: State.SIGNED_UP}
    registrations.record_attendance(over, came={one.pk}, seen=seen, by=staff)
    registrations.record_attendance(over, came={two.pk}, seen=seen, by=staff)
    states = dict(Registration.objects.values_list("pk", "state"))
    assert states == {one.pk: State.CAME, two.pk: State.CAME, late.pk: State.SIGNED_UP}


def test_who_came_unannounced_is_counted_as_having_come_only(over, staff) -> None:
    found = registrations.add_unannounced(over, facts=FACTS | {"email": ""}, by=staff)
    assert (found.state, found.signed_up_at) == (State.CAME, None)
    (row,) = queries.by_role(over)
    assert (row.role, row.signed_up, row.came, row.absent) == ("newcomer", 0, 1, 0)
    assert Letter.objects.count() == 0


def test_who_withdrew_and_came_all_the_same_is_found_by_the_address(over, staff) -> None:
    gone = RegistrationFactory(event=over, email=FACTS["email"], state=State.WITHDRAWN, withdrawn_at=timezone.now())
    registrations.add_unannounced(over, facts=FACTS, by=staff)
    gone.refresh_from_db()
    assert (gone.state, gone.withdrawn_at) == (State.CAME, None)
    with pytest.raises(Faulty):
        registrations.add_unannounced(over, facts=FACTS, by=staff)


def test_who_came_is_recorded_by_the_councils_staff_once_the_event_has_begun(event, over, staff) -> None:
    with pytest.raises(Refused, match="not begun"):
        registrations.record_attendance(event, came=set(), seen={}, by=staff)
    for act in (registrations.record_attendance, registrations.add_unannounced):
        facts = {"came": set(), "seen": {}} if act is registrations.record_attendance else {"facts": FACTS}
        for stranger in (make.MembershipFactory().person, make.MembershipFactory(role="national_staff", council=None)):
            with pytest.raises(Denied):
                act(over, by=getattr(stranger, "person", stranger), **facts)


def test_a_report_splits_attendance_by_role_and_employers_by_organisation(over) -> None:
    came(over, Role.EMPLOYER, 2, organisation="Prairie Bank")
    came(over, Role.EMPLOYER, 1, organisation=" prairie  bank")
    came(over, Role.EMPLOYER, 1)
    came(over, Role.MENTOR, 1, organisation="Prairie Bank")
    RegistrationFactory(event=over, role=Role.MENTOR, state=State.ABSENT)
    RegistrationFactory(event=over, role=Role.AGENCY, state=State.WITHDRAWN, withdrawn_at=timezone.now())
    rows = queries.by_role(over)
    assert [(row.role, row.signed_up, row.came, row.absent) for row in rows] == [
        ("mentor", 2, 1, 1),
        ("employer", 4, 4, 0),
    ]
    assert (queries.in_all(rows).signed_up, queries.in_all(rows).came) == (6, 5)
    assert queries.employers_by_organisation(over) == [("Prairie Bank", 3), ("No organisation named", 1)]


@pytest.mark.parametrize(
    ("employers", "others", "said"),
    [
        (15, 45, "60 people came, 15 of them employers."),
        (4, 56, "60 people came, fewer than 5 of them employers."),
        (56, 4, "60 people came, most of them employers."),
        (0, 60, "60 people came."),
        (3, 1, "Fewer than 5 people came."),
    ],
)
def test_the_public_reads_no_number_of_fewer_than_five_people(employers, others, said) -> None:
    counted = [queries.Counted("employer", "", 0, employers, 0), queries.Counted("newcomer", "", 0, others, 0)]
    assert queries.for_the_public(counted) == said


def test_the_number_is_told_once_somebody_came_and_taken_back(over, staff) -> None:
    with pytest.raises(Refused, match="Record first"):
        registrations.tell_the_public(over, by=staff)
    came(over, Role.EMPLOYER, 1)
    registrations.tell_the_public(over, by=staff)
    with pytest.raises(Refused):
        registrations.tell_the_public(over, by=staff)
    registrations.tell_nobody(over, by=staff)
    with pytest.raises(Refused):
        registrations.tell_nobody(over, by=staff)
    assert [e.action for e in audit.about(over)] == ["councils.event_not_told", "councils.event_told"]
