"""Publishing: offers go out once, and a pair that is no longer possible says why."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from allies.kit.access import Denied
from allies.kit.models import Letter
from allies.kit.refusals import Refused
from allies.kit.scope import across
from mentoring.models import Application, MatchingRun, Mentor, Pair, Proposal
from mentoring.services import obstacles, review
from mentoring.services.publish import answer_by, publish
from mentoring.states import ApplicationState, PairState, ProposalState, RunState
from tests import factories
from tests.factories import mentoring as make
from tests.mentoring.halls import hall, solved

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def everywhere():
    with across():
        yield


def states(run) -> list[str]:
    return sorted(run.proposals.values_list("state", flat=True))


def test_each_mentor_is_asked_and_each_place_is_held() -> None:
    at = hall(mentees=3, mentors=3)
    run = solved(at)
    done = publish(run, by=at.coordinator)
    assert (done.offered, done.stale) == (3, 0)
    assert states(run) == ["to_mentor"] * 3
    assert Pair.objects.filter(state=PairState.RESERVED).count() == 3
    assert set(Application.objects.values_list("state", flat=True)) == {ApplicationState.PROPOSED}
    assert list(Mentor.objects.values_list("active_load", flat=True)) == [1, 1, 1]
    run = MatchingRun.objects.get(pk=run.pk)
    assert (run.state, run.published_by) == (RunState.PUBLISHED, at.coordinator)
    assert {letter.person_id for letter in Letter.objects.all()} == {mentor.person_id for mentor in at.mentors}
    for proposal in run.proposals.all():
        assert proposal.expires_at > timezone.now()
        assert Pair.objects.get(proposal=proposal).mentor_person_id == proposal.mentor.person_id


def test_publishing_twice_changes_nothing() -> None:
    at = hall()
    run = solved(at)
    one, other = publish(run, by=at.coordinator), publish(run, by=at.coordinator)
    assert one == other
    assert Letter.objects.count() == Pair.objects.count() == 3


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda at: Mentor.objects.filter(pk=at.mentors[0].pk).update(capacity=0), obstacles.NO_PLACE),
        (
            lambda at: Mentor.objects.filter(pk=at.mentors[0].pk).update(state="paused"),
            obstacles.NOT_AVAILABLE,
        ),
        (
            lambda at: Application.objects.filter(pk=at.mentees[0].pk).update(state=ApplicationState.WITHDRAWN),
            obstacles.NOT_READY,
        ),
        (
            lambda at: make.ExclusionFactory(council=at.council, mentee=at.mentees[0].person, mentor=at.mentors[0]),
            obstacles.EXCLUDED,
        ),
        (
            lambda at: make.PairFactory(
                application=make.ApplicationFactory(
                    intake=make.IntakeFactory(programme=at.programme), person=at.mentees[0].person, ready=True
                ),
                active=True,
            ),
            obstacles.HAS_A_PLACE,
        ),
    ],
)
def test_what_no_longer_fits_is_stale_with_the_reason_and_the_rest_goes_out(change, why) -> None:
    at = hall(mentees=2, mentors=2)
    run = solved(at)
    change(at)
    done = publish(run, by=at.coordinator)
    assert (done.offered, done.stale) == (1, 1)
    assert run.proposals.get(state=ProposalState.STALE).reason == why
    assert run.proposals.get(state=ProposalState.TO_MENTOR).application == at.mentees[1]


def test_of_the_pairs_of_a_mentor_who_lost_a_place_the_pinned_one_goes_out_then_the_best() -> None:
    at = hall(mentees=2, mentors=1, capacity=2)
    run = solved(at)
    worst = run.proposals.order_by("score").first()
    review.pin(worst, pinned=True, by=at.coordinator)
    Mentor.objects.update(capacity=1)
    publish(run, by=at.coordinator)
    assert run.proposals.get(state=ProposalState.TO_MENTOR) == worst


def test_what_was_set_aside_stays_aside() -> None:
    at = hall(mentees=2, mentors=2)
    run = solved(at)
    review.set_aside(run.proposals.first(), reason="They are neighbours.", by=at.coordinator)
    done = publish(run, by=at.coordinator)
    assert (done.offered, done.stale) == (1, 0)
    assert states(run) == ["rejected", "to_mentor"]


def test_pairs_that_were_tampered_with_are_not_published() -> None:
    at = hall(mentees=3, mentors=3)
    run = solved(at)
    one, other = run.proposals.all()[:2]
    Proposal.objects.filter(pk=one.pk).update(mentor=other.mentor)
    Proposal.objects.filter(pk=other.pk).update(mentor=one.mentor)
    with pytest.raises(Refused, match="proof"):
        publish(run, by=at.coordinator)
    assert not Pair.objects.exists()


def test_a_decision_that_the_run_does_not_know_comes_first() -> None:
    at = hall(mentees=2, mentors=3)
    run = solved(at)
    free = next(m for m in at.mentors if not run.proposals.filter(mentor=m).exists())
    review.propose(at.intake, application=at.mentees[0], mentor=free, by=at.coordinator)
    with pytest.raises(Refused, match="by hand"):
        publish(run, by=at.coordinator)


def test_a_run_that_is_not_under_review_is_not_published() -> None:
    at = hall()
    run = solved(at)
    MatchingRun.objects.filter(pk=run.pk).update(state=RunState.SUPERSEDED)
    with pytest.raises(Refused, match="ready for review"):
        publish(run, by=at.coordinator)


def test_only_the_councils_staff_publishes() -> None:
    run = solved(hall())
    with pytest.raises(Denied):
        publish(run, by=factories.UserFactory())


@pytest.mark.parametrize(
    ("now", "until"),
    [((2026, 3, 2, 9), (2026, 3, 9)), ((2026, 3, 6, 23), (2026, 3, 13)), ((2026, 3, 7, 12), (2026, 3, 13))],
)
def test_an_offer_lasts_five_working_days_in_the_councils_time(now, until) -> None:
    programme = make.ProgrammeFactory()
    zone = ZoneInfo(programme.council.timezone)
    with timezone.override("UTC"):
        end = answer_by(programme, datetime(*now, tzinfo=zone))
    assert (end.year, end.month, end.day, end.hour, end.tzinfo) == (*until, 23, zone)


def test_the_letters_of_a_hundred_pairs_take_the_same_queries_each() -> None:
    counted = []
    for pairs in (1, 2, 6):
        at = hall(mentees=pairs, mentors=pairs)
        run = solved(at)
        with CaptureQueriesContext(connection) as queries:
            publish(run, by=at.coordinator)
        counted.append(len(queries))
    each = counted[1] - counted[0]
    assert (each, counted[2] - counted[1]) == (9, 4 * 9), counted
