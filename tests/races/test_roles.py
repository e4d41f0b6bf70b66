"""Two people act on roles and invitations at once; each test has a control that shows the race without the guard."""

import threading
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from allies.kit.scope import across
from councils.models import Invitation, Membership, StaffSession
from councils.roles import Role
from councils.services import invite as inviting
from councils.services import roles, staff_session
from tests import factories as make
from tests.races.racing import at_once, slowly

pytestmark = pytest.mark.django_db(transaction=True)


# ------------------------------------------------------------------ the last coordinator


@pytest.fixture
def two(monkeypatch):
    """A council with two coordinators, and its director."""
    monkeypatch.setattr(roles, "terms_of_coordinators", slowly(roles.terms_of_coordinators))
    council = make.CouncilFactory()
    director = make.MembershipFactory(council=council, role=Role.DIRECTOR).person
    return council, director, [make.MembershipFactory(council=council) for _ in range(2)]


def both_end(two) -> tuple[list[str], int]:
    council, director, memberships = two
    today = timezone.localdate()
    answers = at_once(*[lambda m=m: roles.end_role(m, on=today, by=director) for m in memberships])
    with across():
        left = Membership.objects.current().filter(council=council, role=Role.COORDINATOR).count()
    return answers, left


def test_two_coordinators_removed_at_once_leave_one(two) -> None:
    answers, left = both_end(two)
    assert left == 1
    assert sorted(answer == "done" for answer in answers) == [False, True]


def test_control_without_the_lock_both_would_go(two, monkeypatch) -> None:
    monkeypatch.setattr(roles, "hold", lambda council: None)
    answers, left = both_end(two)
    assert (answers, left) == (["done", "done"], 0)


def test_two_coordinators_who_leave_at_once_leave_one(two) -> None:
    council, _director, memberships = two
    day = timezone.localdate() + timedelta(days=30)
    answers = at_once(*[lambda m=m: roles.end_role(m, on=day, by=m.person) for m in memberships])
    assert sorted(answer == "done" for answer in answers) == [False, True]
    with across():
        assert Membership.objects.current(day).filter(council=council, role=Role.COORDINATOR).count() == 1


# ------------------------------------------------------------------ invitations


@pytest.fixture
def invited():
    """An open invitation and the person it is for."""
    council = make.CouncilFactory()
    director = make.MembershipFactory(council=council, role=Role.DIRECTOR).person
    person = make.UserFactory()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    make.InvitationFactory(council=council, email=person.email, invited_by=director)
    return person


def fresh() -> Invitation:
    with across():
        return Invitation.objects.select_related("council", "invited_by").get()


def held(person) -> int:
    with across():
        return Membership.objects.filter(person=person).count()


def test_an_invitation_accepted_twice_at_once_gives_one_role(invited) -> None:
    answers = at_once(*[lambda: inviting.accept(fresh(), by=invited)] * 2)
    assert held(invited) == 1
    assert sorted(answers) == ["This invitation has already been accepted.", "done"]


def test_control_who_reads_first_and_writes_later_accepts_twice(invited) -> None:
    both_have_read, seen_open = threading.Barrier(2), []

    def careless() -> None:
        invitation = fresh()
        both_have_read.wait(10)
        if invitation.accepted_at is None:
            seen_open.append(True)
            with across():
                Invitation.objects.filter(pk=invitation.pk).update(accepted_at=timezone.now(), accepted_by=invited)

    assert at_once(careless, careless) == ["done", "done"]
    assert len(seen_open) == 2


def test_an_invitation_is_either_accepted_or_taken_back(invited) -> None:
    director = fresh().invited_by
    answers = at_once(lambda: inviting.accept(fresh(), by=invited), lambda: inviting.take_back(fresh(), by=director))
    invitation = fresh()
    assert answers.count("done") == 1
    assert (invitation.accepted_at is None) != (invitation.revoked_at is None)
    assert held(invited) == (1 if invitation.accepted_at else 0)


def test_the_same_person_invited_twice_at_once_gets_one_letter() -> None:
    council = make.CouncilFactory()
    director = make.MembershipFactory(council=council, role=Role.DIRECTOR).person
    facts = {"email": "new@people.example", "role": Role.BOARD, "language": "en", "by": director}
    answers = at_once(*[lambda: inviting.invite(council, **facts)] * 2)
    assert sorted(answer == "done" for answer in answers) == [False, True]
    with across():
        assert Invitation.objects.count() == 1


def test_the_same_role_given_twice_at_once_is_held_once() -> None:
    council, person = make.CouncilFactory(), make.UserFactory()
    director = make.MembershipFactory(council=council, role=Role.DIRECTOR).person
    today = timezone.localdate()
    answers = at_once(*[lambda: roles.give_role(council, person, Role.BOARD, by=director, starts_on=today)] * 2)
    assert sorted(answer == "done" for answer in answers) == [False, True]
    assert held(person) == 1


# ------------------------------------------------------------------ staff sessions


def open_two() -> tuple[list[str], int]:
    council = make.CouncilFactory()
    keeper = make.MembershipFactory(council=None, role=Role.NATIONAL_STAFF).person
    facts = {"reason": "A question of a member", "minutes": 60, "by": keeper}
    return at_once(*[lambda: staff_session.open_session(council, **facts)] * 2), StaffSession.objects.count()


def test_two_sessions_opened_at_once_are_one(monkeypatch) -> None:
    monkeypatch.setattr(staff_session, "running_session", slowly(staff_session.running_session))
    answers, count = open_two()
    assert count == 1
    assert sorted(answer == "done" for answer in answers) == [False, True]


def test_control_without_the_lock_there_would_be_two(monkeypatch) -> None:
    monkeypatch.setattr(staff_session, "running_session", slowly(staff_session.running_session))
    monkeypatch.setattr(staff_session, "hold", lambda council: None)
    assert open_two() == (["done", "done"], 2)
