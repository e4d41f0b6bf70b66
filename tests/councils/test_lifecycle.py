"""A council's life: dated steps with reasons, along the arrows only."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from allies.kit.access import Denied
from allies.kit.audit import Entry
from allies.kit.refusals import Refused
from allies.kit.scope import across
from councils.models import Council, Invitation, Membership, StageChange
from councils.roles import Role
from councils.services.council_new import add_council
from councils.services.lifecycle import change_stage, is_before
from councils.states import Stage
from tests import factories as make

pytestmark = pytest.mark.django_db


def step(council, to, by, **facts):
    facts = {
        "on": date(2020, 5, 1),
        "precision": "day",
        "reason_en": "A reason.",
        "reason_fr": "Une raison.",
        **facts,
    }
    return change_stage(council, to=to, by=by, **facts)


@pytest.fixture
def keeper():
    return make.MembershipFactory(council=None, role=Role.NATIONAL_STAFF).person


@pytest.fixture
def council():
    return make.CouncilFactory(stage=Stage.EXPLORING)


def test_a_step_moves_the_council_and_is_kept_with_its_date_reason_and_author(council, keeper) -> None:
    change = step(council, Stage.START_UP, keeper, on=date(2011, 3, 1), precision="month")
    council.refresh_from_db()
    assert council.stage == Stage.START_UP
    assert (change.from_stage, change.to_stage, change.on, change.precision) == (
        "exploring",
        "start_up",
        date(2011, 3, 1),
        "month",
    )
    assert (change.reason_en, change.reason_fr, change.by) == ("A reason.", "Une raison.", keeper)
    entry = Entry.objects.get(action="councils.stage_changed")
    assert (entry.actor, entry.tenant_id, entry.fields) == (keeper, council.pk, ["stage"])


def refused(council, to, by, **facts) -> str:
    with pytest.raises(Refused) as caught:
        step(council, to, by, **facts)
    assert not StageChange.objects.filter(council=council, to_stage=to).exists()
    assert Council.objects.get(pk=council.pk).stage == Stage.EXPLORING
    return str(caught.value)


def test_an_impossible_step_is_refused_with_the_stages_in_words(council, keeper) -> None:
    assert refused(council, Stage.OPERATING, keeper) == "A council can't go from “Exploring” to “Operating”."


def test_a_merger_has_its_own_page(council, keeper) -> None:
    assert "page for mergers" in refused(council, Stage.MERGED, keeper)


def test_a_step_in_the_future_is_refused(council, keeper) -> None:
    assert "future" in refused(council, Stage.START_UP, keeper, on=timezone.localdate() + timedelta(days=1))


def test_a_step_without_its_reason_in_french_is_refused(council, keeper) -> None:
    assert refused(council, Stage.START_UP, keeper, reason_fr="  ") == "Give the reason in both languages."


def test_a_step_taken_on_an_outdated_page_is_refused(council, keeper) -> None:
    assert "faster" in refused(council, Stage.START_UP, keeper, seen=Stage.ENQUIRY)


def test_a_step_is_not_dated_before_the_last_one(council, keeper) -> None:
    StageChange.objects.create(
        council=council, to_stage=Stage.EXPLORING, on=date(2012, 6, 1), reason_en="a", reason_fr="b"
    )
    assert refused(council, Stage.START_UP, keeper, on=date(2012, 5, 31)).startswith("This date lies before")
    step(council, Stage.START_UP, keeper, on=date(2012, 6, 1))


@pytest.mark.parametrize(
    ("day", "precision", "other", "other_precision", "expected"),
    [
        (date(2011, 1, 1), "year", date(2011, 8, 1), "day", False),
        (date(2010, 12, 31), "day", date(2011, 1, 1), "year", True),
        (date(2011, 7, 1), "month", date(2011, 8, 1), "month", True),
        (date(2011, 8, 1), "month", date(2011, 8, 31), "day", False),
        (date(2011, 8, 30), "day", date(2011, 8, 31), "day", True),
    ],
)
def test_dates_are_compared_no_more_exactly_than_both_are_known(
    day, precision, other, other_precision, expected
) -> None:
    assert is_before(day, precision, other, other_precision) is expected


@pytest.mark.parametrize("role", [None, Role.BOARD, Role.PARTNER, Role.DIRECTOR])
def test_a_council_without_a_coordinator_cannot_operate(keeper, role) -> None:
    council = make.CouncilFactory(stage=Stage.START_UP)
    make.MembershipFactory(council=council, role=Role.COORDINATOR, ends_on=timezone.localdate())
    make.MembershipFactory(role=Role.DIRECTOR)
    if role:
        make.MembershipFactory(council=council, role=role)
    with pytest.raises(Refused, match="needs a coordinator"):
        step(council, Stage.OPERATING, keeper)
    assert Council.objects.get(pk=council.pk).stage == Stage.START_UP


def test_a_council_with_a_coordinator_may_operate(keeper) -> None:
    council = make.CouncilFactory(stage=Stage.START_UP)
    make.MembershipFactory(council=council, role=Role.COORDINATOR)
    step(council, Stage.OPERATING, keeper)
    assert Council.objects.get(pk=council.pk).stage == Stage.OPERATING


def test_closing_takes_back_open_invitations_and_ends_roles_but_keeps_them(keeper) -> None:
    council = make.CouncilFactory(stage=Stage.STALLED)
    held = make.MembershipFactory(council=council)
    past = make.MembershipFactory(council=council, ends_on=date(2021, 1, 1))
    elsewhere = make.MembershipFactory()
    invitation, foreign = make.InvitationFactory(council=council), make.InvitationFactory()
    step(council, Stage.CLOSED, keeper)
    with across():
        ends = dict(Membership.objects.values_list("pk", "ends_on"))
        revoked = set(Invitation.objects.exclude(revoked_at=None).values_list("pk", flat=True))
    assert ends[held.pk] == timezone.localdate()
    assert ends[past.pk] == date(2021, 1, 1)
    assert ends[elsewhere.pk] is None
    assert revoked == {invitation.pk}
    assert foreign.pk not in revoked
    assert Entry.objects.filter(action="councils.role_ended", target_id=str(held.pk)).count() == 1


@pytest.mark.parametrize("role", [Role.COACH, Role.COMMITTEE, Role.FUNDER])
def test_other_national_roles_move_nothing(council, role) -> None:
    person = make.MembershipFactory(council=None, role=role).person
    with pytest.raises(Denied):
        step(council, Stage.START_UP, person)
    assert Council.objects.get(pk=council.pk).stage == Stage.EXPLORING


NEW = {
    "kind": "council",
    "name_en": "Regina Council",
    "name_fr": "Conseil de Regina",
    "acronym": "",
    "slug_en": "regina",
    "slug_fr": "regina-fr",
    "population": "",
    "host_type": "",
    "works_in_english": True,
    "works_in_french": False,
    "on": date(2024, 1, 1),
    "precision": "year",
    "reason_en": "They wrote to us.",
    "reason_fr": "Ils nous ont écrit.",
}


def test_a_new_council_begins_as_an_enquiry_in_the_province_of_its_place(keeper) -> None:
    place = make.PlaceFactory(province=make.ProvinceFactory(code="SK", name_en="Saskatchewan"))
    council = add_council(**NEW, place=place, by=keeper)
    assert (council.stage, council.province_id, council.is_published) == (Stage.ENQUIRY, "SK", False)
    assert list(council.stage_changes.values_list("from_stage", "to_stage", "on")) == [
        ("", "enquiry", date(2024, 1, 1))
    ]
    assert Entry.objects.filter(action="councils.added", tenant_id=council.pk).count() == 1


def test_a_new_council_takes_no_address_of_another_in_either_language(keeper) -> None:
    make.CouncilFactory(slug_en="elsewhere", slug_fr="regina")
    with pytest.raises(Refused, match="belongs to another council"):
        add_council(**NEW, place=make.PlaceFactory(), by=keeper)
    assert not Council.objects.filter(name_en="Regina Council").exists()
