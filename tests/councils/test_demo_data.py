"""The demonstration: refused elsewhere, eleven accounts that sign in, a living Halifax and Calgary, safe to repeat."""

from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.utils import timezone

from allies.kit.models import Entry
from allies.kit.scope import across
from councils.models import (
    Attendance,
    Body,
    Council,
    Invitation,
    Meeting,
    Membership,
    Organisation,
    Readiness,
    Reflection,
    Seat,
    Story,
    User,
)
from councils.roles import Role
from councils.services import demo_data
from councils.services.demo_data import PASSWORD, load_demo

ACCOUNTS = {
    "admin": (Role.ADMINISTRATOR, None),
    "national": (Role.NATIONAL_STAFF, None),
    "coach": (Role.COACH, None),
    "committee": (Role.COMMITTEE, None),
    "director.halifax": (Role.DIRECTOR, "halifax"),
    "coordinator.halifax": (Role.COORDINATOR, "halifax"),
    "coordinator.calgary": (Role.COORDINATOR, "calgary"),
    "mentor": (Role.MENTOR, None),
    "mentee": (Role.MENTEE, None),
    "newcomer": (Role.MENTEE, None),
    "employer": (Role.EMPLOYER, None),
}


@pytest.fixture
def demo(demo_once: None, db: None, settings: Any) -> Iterator[None]:
    """The demonstration is loaded, and the test looks across all councils."""
    settings.ALLIES_DEMO = True
    with across():
        yield


def test_it_refuses_outside_a_demonstration(demo: None, settings: Any) -> None:
    settings.ALLIES_DEMO = False
    Invitation.objects.all().delete()
    with pytest.raises(CommandError, match="ALLIES_DEMO=1"):
        call_command("load_demo")
    assert not Invitation.objects.exists()


def test_it_asks_for_the_network_first(demo: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo_data, "COUNCILS", (*demo_data.COUNCILS, "atlantis"))
    Invitation.objects.all().delete()
    with pytest.raises(CommandError, match="Load the network first"):
        call_command("load_demo")
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("name", ACCOUNTS)
def test_each_account_can_sign_in_with_a_verified_address_and_one_role(demo: None, name: str) -> None:
    user = User.objects.get(email=f"{name}@demo.example")
    assert user.check_password(PASSWORD)
    assert PASSWORD == "allies-demo"
    address = EmailAddress.objects.get(user=user)
    assert (address.email, address.verified, address.primary) == (user.email, True, True)
    role, council = ACCOUNTS[name]
    held = Membership.objects.current().filter(person=user)
    assert [(m.role, m.council and m.council.slug_en) for m in held] == [(role, council)]


def test_nobody_else_has_a_password(demo: None) -> None:
    others = [u for u in User.objects.all() if u.email.removesuffix("@demo.example") not in ACCOUNTS]
    assert others
    assert not any(user.has_usable_password() for user in others)


def test_a_coordinator_of_one_council_has_no_part_in_the_other(demo: None) -> None:
    halifax, calgary = Council.objects.get(slug_en="halifax"), Council.objects.get(slug_en="calgary")
    coordinator = User.objects.get(email="coordinator.halifax@demo.example")
    assert coordinator.works_for(halifax)
    assert not coordinator.belongs_to(calgary)


def test_both_tables_have_gaps_and_differ(demo: None) -> None:
    groups = {
        slug: set(Organisation.objects.filter(council__slug_en=slug).values_list("group", flat=True))
        for slug in ("halifax", "calgary")
    }
    assert {"labour", "assessment", "federal"}.isdisjoint(groups["halifax"])
    assert {"labour", "immigrant_network", "regulator"}.isdisjoint(groups["calgary"])
    assert groups["halifax"] != groups["calgary"]


def test_meetings_lie_in_the_past_with_minutes_and_in_the_future_without(demo: None) -> None:
    now = timezone.now()
    past, ahead = Meeting.objects.filter(starts_at__lt=now), Meeting.objects.filter(starts_at__gt=now)
    assert (past.count(), ahead.count()) == (12, 6)
    assert all(m.minutes_en and m.minutes_fr and m.attendances.exists() for m in past)
    assert not any(m.minutes_en or m.minutes_fr or m.attendances.exists() for m in ahead)
    # The newest minutes of each body still wait for approval.
    assert past.filter(minutes_approved_on=None).count() == 3
    assert {m.body.council.slug_en for m in past} == {"halifax", "calgary"}


def test_only_those_whose_seat_ran_that_day_attended(demo: None) -> None:
    ended = Seat.objects.get(name="Denis Arsenault")
    days = {a.meeting.starts_at.date() for a in ended.attendances.all()}
    assert days
    assert all(day < ended.ends_on for day in days)


def test_chance_falls_the_same_way_each_time(demo: None) -> None:
    def answers() -> list[tuple[Any, str]]:
        return list(Attendance.objects.order_by("pk").values_list("pk", "answer"))

    before = answers()
    Attendance.objects.all().delete()
    load_demo()
    assert answers() == before
    assert {answer for _pk, answer in before} == {"present", "regrets", "absent"}


def test_stories_stand_at_every_step_and_published_ones_have_consent(demo: None) -> None:
    assert set(Story.objects.values_list("state", flat=True)) == {"draft", "submitted", "published"}
    for story in Story.objects.filter(state="published"):
        assert story.consent_given_on < story.published_at.date()
        assert story.body_en
        assert story.body_fr
        assert story.subject


def test_there_is_work_that_waits(demo: None) -> None:
    invitation = Invitation.objects.get(accepted_at=None, revoked_at=None)
    assert invitation.expires_at > timezone.now() + timedelta(days=10)
    year = timezone.localdate().year
    states = dict(Reflection.objects.filter(year=year).values_list("council__slug_en", "state"))
    assert states == {"halifax": "draft", "calgary": "submitted"}
    scores = Readiness.objects.filter(council__slug_en="charlottetown").order_by("on")
    assert [r.total for r in scores] == [10, 14]


def test_the_real_board_of_calgary_gets_seats_and_no_twin(demo: None) -> None:
    board = Body.objects.get(council__slug_en="calgary", kind="board")
    assert board.seats.count() == 4
    assert board.purpose_en.startswith("Governs the council. The six founding members")


def test_loading_again_creates_nothing_and_keeps_what_people_changed(demo: None) -> None:
    User.objects.filter(email="mentee@demo.example").update(name="Somebody else")
    Council.objects.filter(slug_en="halifax").update(slug_en="greater-halifax")
    call_command("load_demo", stdout=(out := StringIO()))
    assert out.getvalue().startswith("0 created, ")
    assert User.objects.get(email="mentee@demo.example").name == "Somebody else"


def test_what_coordinators_did_stands_in_the_trail(demo):
    told = Entry.objects.filter(actor__email="coordinator.halifax@demo.example").values_list("action", flat=True)
    assert {"councils.story_published", "councils.event_published"} <= set(told)
