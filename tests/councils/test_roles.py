"""Who may give, change and end a role, and how an operating council keeps its coordinator."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from allies.kit import audit
from allies.kit.access import Denied
from allies.kit.refusals import Refused
from allies.kit.scope import across
from councils.models import Council, Membership
from councils.roles import Role
from councils.services.roles import change_role, end_role, give_role
from councils.states import Stage
from tests import factories as make

TODAY = timezone.localdate()
DAY = timedelta(days=1)


def held(person, council, role=Role.COORDINATOR) -> Membership:
    with across():
        return Membership.objects.get(person=person, council=council, role=role)


def roles_of(person, council) -> list[tuple[str, date, date | None]]:
    with across():
        return list(
            Membership.objects.filter(person=person, council=council)
            .order_by("starts_on", "role")
            .values_list("role", "starts_on", "ends_on")
        )


# ------------------------------------------------------------------ giving


def test_a_director_gives_a_role_from_a_day_to_a_day(world) -> None:
    person = world.people["stranger"]
    give_role(
        world.halifax,
        person,
        Role.COORDINATOR,
        by=world.people["director"],
        starts_on=TODAY,
        ends_on=TODAY + 30 * DAY,
    )
    assert roles_of(person, world.halifax) == [(Role.COORDINATOR, TODAY, TODAY + 30 * DAY)]


def test_giving_a_role_is_on_record_with_the_names_of_its_fields(world) -> None:
    membership = give_role(
        world.halifax, world.people["stranger"], Role.BOARD, by=world.people["director"], starts_on=TODAY
    )
    entry = audit.about(membership).get()
    assert (entry.action, entry.actor, entry.tenant_id, entry.fields) == (
        "councils.role_given",
        world.people["director"],
        world.halifax.pk,
        ["role", "starts_on"],
    )


@pytest.mark.parametrize("actor", ["coordinator", "board", "rival", "coach", "stranger"])
def test_nobody_but_the_director_and_the_registry_gives_roles(world, actor) -> None:
    with pytest.raises(Denied):
        give_role(world.halifax, world.people["mentee"], Role.BOARD, by=world.people[actor], starts_on=TODAY)


@pytest.mark.parametrize("actor", ["director", "national", "admin"])
def test_nobody_gives_a_role_to_themselves(world, actor) -> None:
    with pytest.raises(Refused, match="to themselves"):
        give_role(world.halifax, world.people[actor], Role.PARTNER, by=world.people[actor], starts_on=TODAY)


def test_national_staff_give_no_national_role(world) -> None:
    with pytest.raises(Denied, match="Only administrators"):
        give_role(None, world.people["stranger"], Role.COACH, by=world.people["national"], starts_on=TODAY)


def test_a_role_is_not_given_twice_for_the_same_days(world) -> None:
    with pytest.raises(Refused, match="already holds this role"):
        give_role(
            world.halifax,
            world.people["coordinator"],
            Role.COORDINATOR,
            by=world.people["director"],
            starts_on=TODAY,
        )


def test_a_role_can_be_held_again_after_it_ended(world) -> None:
    person = world.people["stranger"]
    make.MembershipFactory(person=person, council=world.halifax, ends_on=TODAY)
    give_role(world.halifax, person, Role.COORDINATOR, by=world.people["director"], starts_on=TODAY)
    assert roles_of(person, world.halifax) == [
        (Role.COORDINATOR, date(2020, 1, 1), TODAY),
        (Role.COORDINATOR, TODAY, None),
    ]


def test_a_person_is_shown_in_public_only_with_a_title_in_both_languages(world) -> None:
    with pytest.raises(Refused, match="both languages"):
        give_role(
            world.halifax,
            world.people["stranger"],
            Role.BOARD,
            by=world.people["director"],
            starts_on=TODAY,
            title_en="Chair",
            is_public=True,
        )


# ------------------------------------------------------------------ a role never outlives its end


@pytest.mark.parametrize(("ends_on", "works"), [(TODAY + DAY, True), (TODAY, False), (TODAY - DAY, False)])
def test_a_role_never_outlives_its_end_date(world, ends_on, works) -> None:
    person = world.people["stranger"]
    make.MembershipFactory(person=person, council=world.halifax, ends_on=ends_on)
    assert person.works_for(world.halifax) is works


def test_a_role_that_has_not_begun_opens_nothing(world) -> None:
    person = world.people["stranger"]
    make.MembershipFactory(person=person, council=world.halifax, starts_on=TODAY + DAY)
    assert person.works_for(world.halifax) is False


# ------------------------------------------------------------------ changing


def test_a_director_changes_a_term_and_only_what_changed_is_on_record(world) -> None:
    membership = held(world.people["board"], world.halifax, Role.BOARD)
    change_role(
        membership,
        by=world.people["director"],
        starts_on=membership.starts_on,
        ends_on=TODAY + DAY,
        title_en="Chair",
        title_fr="",
    )
    assert audit.about(membership).get().fields == ["ends_on", "title_en"]


def test_a_change_that_changes_nothing_is_not_on_record(world) -> None:
    membership = held(world.people["board"], world.halifax, Role.BOARD)
    change_role(membership, by=world.people["director"], starts_on=membership.starts_on)
    assert not audit.about(membership).exists()


def test_a_term_can_not_end_before_it_starts(world) -> None:
    membership = held(world.people["board"], world.halifax, Role.BOARD)
    with pytest.raises(Refused, match="can't end before"):
        change_role(membership, by=world.people["director"], ends_on=membership.starts_on - DAY)


@pytest.mark.parametrize(
    "facts",
    [{"ends_on": None}, {"ends_on": TODAY + 31 * DAY}, {"starts_on": TODAY - 400 * DAY}],
    ids=["for good", "longer", "earlier"],
)
def test_nobody_lengthens_their_own_role(world, facts) -> None:
    director = make.UserFactory()
    own = make.MembershipFactory(
        person=director,
        council=world.halifax,
        role=Role.DIRECTOR,
        starts_on=TODAY - 10 * DAY,
        ends_on=TODAY + 30 * DAY,
    )
    with pytest.raises(Refused, match="lengthens their own role"):
        change_role(own, by=director, **facts)
    assert roles_of(director, world.halifax) == [(Role.DIRECTOR, TODAY - 10 * DAY, TODAY + 30 * DAY)]


def test_people_may_shorten_their_own_role(world) -> None:
    own = held(world.people["director"], world.halifax, Role.DIRECTOR)
    change_role(own, by=world.people["director"], ends_on=TODAY + DAY)
    assert roles_of(world.people["director"], world.halifax)[0][2] == TODAY + DAY


# ------------------------------------------------------------------ the last coordinator


@pytest.mark.parametrize("on", [TODAY, TODAY + 200 * DAY], ids=["today", "later"])
def test_the_last_coordinator_stays(world, on) -> None:
    with pytest.raises(Refused, match="no coordinator from"):
        end_role(held(world.people["coordinator"], world.halifax), on=on, by=world.people["director"])
    assert roles_of(world.people["coordinator"], world.halifax)[0][2] is None


def test_the_last_coordinator_can_not_leave_either(world) -> None:
    person = world.people["coordinator"]
    with pytest.raises(Refused, match="no coordinator from"):
        end_role(held(person, world.halifax), on=TODAY, by=person)


def test_the_term_of_the_last_coordinator_is_not_shortened_by_an_edit(world) -> None:
    membership = held(world.people["coordinator"], world.halifax)
    with pytest.raises(Refused, match="no coordinator from"):
        change_role(membership, by=world.people["director"], ends_on=TODAY + DAY)
    with pytest.raises(Refused, match="no coordinator from"):
        change_role(membership, by=world.people["director"], starts_on=TODAY + DAY)


def test_naming_another_lets_the_last_coordinator_go_without_a_day_between(world) -> None:
    membership, successor = held(world.people["coordinator"], world.halifax), world.people["board"]
    end_role(membership, on=TODAY + 5 * DAY, by=world.people["director"], successor=successor)
    assert roles_of(world.people["coordinator"], world.halifax)[0][2] == TODAY + 5 * DAY
    assert (Role.COORDINATOR, TODAY + 5 * DAY, None) in roles_of(successor, world.halifax)


def test_nobody_is_their_own_successor(world) -> None:
    person = world.people["coordinator"]
    with pytest.raises(Refused, match="somebody else"):
        end_role(held(person, world.halifax), on=TODAY, by=world.people["director"], successor=person)


def test_a_coordinator_who_leaves_can_not_name_a_successor(world) -> None:
    person = world.people["coordinator"]
    with pytest.raises(Denied):
        end_role(held(person, world.halifax), on=TODAY, by=person, successor=world.people["board"])
    assert roles_of(person, world.halifax)[0][2] is None


def test_one_of_two_coordinators_may_go(world) -> None:
    make.MembershipFactory(council=world.halifax)
    end_role(held(world.people["coordinator"], world.halifax), on=TODAY, by=world.people["director"])
    assert roles_of(world.people["coordinator"], world.halifax)[0][2] == TODAY


def test_another_coordinator_whose_term_ends_does_not_count_beyond_it(world) -> None:
    make.MembershipFactory(council=world.halifax, ends_on=TODAY + 10 * DAY)
    with pytest.raises(Refused, match="no coordinator from"):
        end_role(held(world.people["coordinator"], world.halifax), on=TODAY, by=world.people["director"])


def test_a_coordinator_of_another_council_does_not_count(world) -> None:
    make.MembershipFactory(council=world.calgary)
    with pytest.raises(Refused, match="no coordinator from"):
        end_role(held(world.people["coordinator"], world.halifax), on=TODAY, by=world.people["director"])


@pytest.mark.parametrize("stage", [Stage.EXPLORING, Stage.START_UP, Stage.STALLED])
def test_a_council_that_does_not_operate_may_lose_its_last_coordinator(world, stage) -> None:
    Council.objects.filter(pk=world.halifax.pk).update(stage=stage)
    end_role(held(world.people["coordinator"], world.halifax), on=TODAY, by=world.people["director"])
    assert roles_of(world.people["coordinator"], world.halifax)[0][2] == TODAY


def test_a_director_leaves_without_being_asked_for_a_coordinator(world) -> None:
    director = world.people["director"]
    end_role(held(director, world.halifax, Role.DIRECTOR), on=TODAY, by=director)
    assert roles_of(director, world.halifax)[0][2] == TODAY


def test_a_role_is_not_lengthened_by_ending_it(world) -> None:
    membership = make.MembershipFactory(council=world.halifax, role=Role.BOARD, ends_on=TODAY + DAY)
    with pytest.raises(Refused, match="already"):
        end_role(membership, on=TODAY + 9 * DAY, by=world.people["director"])


def test_a_role_that_has_not_begun_is_called_off(world) -> None:
    begins = TODAY + 9 * DAY
    membership = make.MembershipFactory(council=world.halifax, role=Role.BOARD, starts_on=begins)
    end_role(membership, on=TODAY, by=world.people["director"])
    membership.refresh_from_db()
    assert membership.ends_on == begins
