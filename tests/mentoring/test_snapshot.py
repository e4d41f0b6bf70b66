"""The frozen picture of a run: who is in it, what it says of them, and that it stays the same."""

from datetime import date, timedelta

import pytest

from allies.kit.scope import across
from mentoring.matching import match
from mentoring.models import Exclusion
from mentoring.services.snapshot import Frozen, fingerprint, seed_of, take
from mentoring.states import ApplicationState, MentorState, PairState, ProposalState
from tests import factories
from tests.factories import mentoring as make
from tests.mentoring.halls import hall

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 3)


@pytest.fixture(autouse=True)
def everywhere():
    with across():
        yield


def taken(at, **options):
    policy = at.programme.policies.first() or make.MatchPolicyFactory(programme=at.programme)
    return take(at.intake, policy, today=TODAY, **options)


def ids(rows) -> list[str]:
    return [row[0] for row in rows]


def test_it_holds_who_is_ready_and_who_is_available() -> None:
    at = hall(mentees=3, mentors=3)
    make.ApplicationFactory(intake=at.intake, submitted=True)
    make.MentorFactory(council=at.council)
    snapshot = taken(at)
    assert ids(snapshot["mentees"]) == sorted(str(one.pk) for one in at.mentees)
    assert ids(snapshot["mentors"]) == sorted(str(one.pk) for one in at.mentors)


def test_it_names_nobody() -> None:
    at = hall(mentees=1, mentors=1)
    mentor = at.mentors[0]
    mentor.employer = "Fundy Bank"
    mentor.save()
    text = str(taken(at))
    for word in ("Fundy", mentor.person.name, at.mentees[0].person.name, mentor.person.email):
        assert word not in text


def test_two_at_one_employer_have_the_same_mark_however_it_is_written() -> None:
    at = hall(mentees=1, mentors=1)
    at.mentees[0].employer, at.mentors[0].employer = "  Fundy  BANK ", "Fundy Bank"
    at.mentees[0].save()
    at.mentors[0].save()
    snapshot = taken(at)
    assert snapshot["mentees"][0][10] == snapshot["mentors"][0][10] != ""


@pytest.mark.parametrize(
    "change", [{"state": MentorState.PAUSED}, {"kinds": ["executive"]}, {"capacity": 0}, {"state": MentorState.RETIRED}]
)
def test_a_mentor_who_cannot_be_given_somebody_is_not_in_it(change) -> None:
    at = hall(mentees=1, mentors=2)
    type(at.mentors[0]).objects.filter(pk=at.mentors[0].pk).update(**change)
    assert ids(taken(at)["mentors"]) == [str(at.mentors[1].pk)]


def test_only_free_places_count() -> None:
    at = hall(mentees=1, mentors=1, capacity=3)
    make.PairFactory(mentor=at.mentors[0], programme=at.programme, active=True)
    assert taken(at)["mentors"][0][-1] == 2


def test_who_has_paused_waits_and_comes_back_by_themselves() -> None:
    at = hall(mentees=2, mentors=1)
    at.mentees[0].paused_until = TODAY
    at.mentees[0].save()
    assert ids(taken(at)["mentees"]) == [str(at.mentees[1].pk)]
    at.mentees[0].paused_until = TODAY - timedelta(days=1)
    at.mentees[0].save()
    assert len(taken(at)["mentees"]) == 2


def test_who_was_carried_over_from_an_earlier_intake_is_in_it_once_and_has_waited() -> None:
    at = hall(mentees=1, mentors=1)
    earlier = make.IntakeFactory(programme=at.programme, opens_on=date(2025, 9, 1))
    carried = make.ApplicationFactory(intake=earlier, ready=True, waiting_intakes=2)
    make.ApplicationFactory(intake=earlier, ready=True)
    make.ApplicationFactory(intake=at.intake, ready=True, person=carried.person)
    snapshot = taken(at)
    assert len(snapshot["mentees"]) == 2
    make.ApplicationFactory(intake=earlier, ready=True, waiting_intakes=1, state=ApplicationState.WAITLISTED)
    assert taken(at)["mentees"] == snapshot["mentees"]


def test_mentors_of_other_councils_come_in_only_where_everybody_wants_that() -> None:
    at = hall(mentees=1, mentors=1, matches_network_wide=True)
    willing, unwilling = factories.CouncilFactory(), factories.CouncilFactory()
    make.ProgrammeFactory(council=willing, matches_network_wide=True)
    make.ProgrammeFactory(council=unwilling)
    guest = make.MentorFactory(council=willing, available=True, serves_network=True)
    make.MentorFactory(council=willing, available=True)
    make.MentorFactory(council=unwilling, available=True, serves_network=True)
    assert set(ids(taken(at)["mentors"])) == {str(at.mentors[0].pk), str(guest.pk)}
    at.programme.matches_network_wide = False
    at.programme.save()
    assert ids(taken(at)["mentors"]) == [str(at.mentors[0].pk)]


def test_pairs_that_must_not_be_are_excluded_whatever_the_reason() -> None:
    at = hall(mentees=4, mentors=4)
    first, second, third, fourth = at.mentees
    make.ExclusionFactory(council=at.council, mentee=first.person, mentor=at.mentors[0], kind=Exclusion.Kind.CONFLICT)
    earlier = make.IntakeFactory(programme=at.programme)
    make.ProposalFactory(
        run=None,
        application=make.ApplicationFactory(intake=earlier, person=second.person, ready=True),
        mentor=at.mentors[1],
        state=ProposalState.EXPIRED,
    )
    past = make.ApplicationFactory(intake=make.IntakeFactory(programme=at.programme), person=third.person, ready=True)
    make.PairFactory(
        application=past,
        mentor=at.mentors[2],
        state=PairState.COMPLETED,
        started_on=TODAY,
        planned_end_on=TODAY,
        ended_on=TODAY,
    )
    type(at.mentors[3]).objects.filter(pk=at.mentors[3].pk).update(person=fourth.person)
    expected = sorted([str(mentee.pk), str(mentor.pk)] for mentee, mentor in zip(at.mentees, at.mentors, strict=True))
    assert taken(at)["exclusions"] == expected


def test_a_place_that_was_given_back_excludes_nobody() -> None:
    at = hall(mentees=1, mentors=1)
    make.PairFactory(application=at.mentees[0], mentor=at.mentors[0], state=PairState.RELEASED)
    assert taken(at)["exclusions"] == []


def test_the_same_people_give_the_same_hash_and_the_same_seed() -> None:
    at = hall()
    one, other = (taken(at) for _ in range(2))
    assert fingerprint(one) == fingerprint(other)
    assert seed_of(fingerprint(one)) == seed_of(fingerprint(other))
    at.mentees[0].years += 1
    at.mentees[0].save()
    assert fingerprint(taken(at)) != fingerprint(one)


def test_anybody_can_give_it_to_the_engine_and_gets_the_same_pairs() -> None:
    frozen = Frozen.of(taken(hall(mentees=5, mentors=4)))
    results = {
        match(frozen.mentees, frozen.mentors, policy=frozen.policy, exclusions=frozen.exclusions, seed=3).pairs_sha256
        for _ in range(2)
    }
    assert len(results) == 1


def test_it_is_read_in_four_queries_however_many_people_there_are(django_assert_num_queries) -> None:
    for size in (1, 7):
        at = hall(mentees=size, mentors=size)
        policy = make.MatchPolicyFactory(programme=at.programme)
        with django_assert_num_queries(6):
            take(at.intake, policy, today=TODAY)
