"""Pairs that must not be made: on record with a reason, refused while the two are a pair, and lifted."""

import pytest

from allies.kit.access import Denied
from allies.kit.audit import Entry
from allies.kit.refusals import Refused
from allies.kit.scope import across
from councils.services.editing import Faulty
from mentoring.models import Exclusion
from mentoring.services.exclusions import exclude, lift
from mentoring.states import PairState
from tests import factories
from tests.factories import mentoring as make

pytestmark = pytest.mark.django_db
WHY = {"kind": Exclusion.Kind.CONFLICT, "reason": "They are cousins"}


@pytest.fixture(autouse=True)
def all_councils():
    with across():
        yield


@pytest.fixture
def mentor(world):
    return make.MentorFactory(council=world.halifax, available=True)


@pytest.fixture
def mentee():
    return factories.UserFactory()


def test_two_people_are_kept_apart_with_the_reason_and_who_decided(world, mentor, mentee) -> None:
    exclusion = exclude(mentor, mentee, by=world.people["coordinator"], **WHY)
    assert (exclusion.made_by, exclusion.reason, exclusion.council) == (
        world.people["coordinator"],
        "They are cousins",
        world.halifax,
    )
    assert Entry.objects.get(action="mentoring.pair_excluded").fields == ["kind", "reason"]


def test_the_same_two_are_kept_apart_once_for_a_kind_of_reason(world, mentor, mentee) -> None:
    exclude(mentor, mentee, by=world.people["coordinator"], **WHY)
    with pytest.raises(Faulty, match="already"):
        exclude(mentor, mentee, by=world.people["coordinator"], **WHY)
    exclude(mentor, mentee, by=world.people["coordinator"], kind=Exclusion.Kind.PAST, reason="In 2024")
    assert Exclusion.objects.count() == 2


def test_a_reason_is_needed_and_nobody_is_kept_from_themselves(world, mentor) -> None:
    with pytest.raises(Faulty, match="reason"):
        exclude(mentor, factories.UserFactory(), by=world.people["coordinator"], kind="staff", reason="")
    with pytest.raises(Faulty, match="themselves"):
        exclude(mentor, mentor.person, by=world.people["coordinator"], **WHY)


def test_a_pair_is_ended_before_the_two_are_kept_apart(world, mentor) -> None:
    intake = make.IntakeFactory(programme=make.ProgrammeFactory(council=world.halifax))
    pair = make.PairFactory(application=make.ApplicationFactory(intake=intake, ready=True), mentor=mentor)
    with pytest.raises(Refused, match="a pair now"):
        exclude(mentor, pair.mentee_person, by=world.people["coordinator"], **WHY)
    type(pair).objects.update(state=PairState.RELEASED)
    assert exclude(mentor, pair.mentee_person, by=world.people["coordinator"], **WHY)


def test_an_exclusion_is_lifted_once_and_the_trail_keeps_it(world, mentor, mentee) -> None:
    exclusion = exclude(mentor, mentee, by=world.people["coordinator"], **WHY)
    key = str(exclusion.pk)
    again = Exclusion.objects.get()
    lift(exclusion, by=world.people["coordinator"])
    assert not Exclusion.objects.exists()
    assert Entry.objects.get(action="mentoring.exclusion_lifted").target_id == key
    with pytest.raises(Refused, match="lifted already"):
        lift(again, by=world.people["coordinator"])


@pytest.mark.parametrize("who", ["rival", "board", "coach", "national", "stranger"])
def test_only_those_who_work_with_the_councils_people_keep_apart_and_lift(world, mentor, mentee, who) -> None:
    with pytest.raises(Denied):
        exclude(mentor, mentee, by=world.people[who], **WHY)
    exclusion = make.ExclusionFactory(council=world.halifax, mentor=mentor)
    with pytest.raises(Denied):
        lift(exclusion, by=world.people[who])
