"""An application that is left or paused: what is held is given back, and the place is kept."""

from datetime import timedelta

import pytest
from django.utils import timezone

from allies.kit import privacy
from allies.kit.refusals import Refused
from allies.kit.scope import across
from councils.services.editing import Faulty
from mentoring.models import Application, Interview, Orientation, Pair, Proposal
from mentoring.services import applications as services
from mentoring.states import ApplicationState, InterviewState, PairState, ProposalState
from tests import factories
from tests.factories import mentoring as make
from tests.mentoring.applying import at, open_intake

S = ApplicationState
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def everywhere():
    with across():
        yield


@pytest.fixture
def intake():
    return open_intake()


@pytest.fixture
def person():
    return factories.UserFactory()


@pytest.fixture
def draft(intake, person):
    return make.ApplicationFactory(intake=intake, person=person, place=factories.PlaceFactory())


# ------------------------------------------------------------------ leaving


def test_leaving_gives_back_what_is_held(intake) -> None:
    mentor = make.MentorFactory(council=intake.programme.council, available=True)
    mine = at(S.PROPOSED, intake, ready_at=make.NOW)
    offer = make.ProposalFactory(
        run=None, application=mine, mentor=mentor, state=ProposalState.TO_MENTEE, expires_at=timezone.now()
    )
    pair = make.PairFactory(application=mine, mentor=mentor)
    mentor.refresh_from_db()
    assert mentor.active_load == 1
    interview = make.InterviewFactory(application=mine)
    seat = make.OrientationFactory(session__intake=intake, application=mine)
    services.withdraw(mine, "I found a job.", by=mine.person)
    kept = Application.objects.get(pk=mine.pk)
    assert (kept.state, kept.withdrawn_reason) == (S.WITHDRAWN, "I found a job.")
    assert kept.closed_at
    assert Proposal.objects.get(pk=offer.pk).state == ProposalState.STALE
    assert Pair.objects.get(pk=pair.pk).state == PairState.RELEASED
    assert Interview.objects.get(pk=interview.pk).state == InterviewState.CANCELLED
    assert not Orientation.objects.filter(pk=seat.pk).exists()
    mentor.refresh_from_db()
    assert mentor.active_load == 0


def test_leaving_needs_a_reason_unless_nothing_was_sent(draft, person, intake) -> None:
    services.withdraw(draft, "", by=person)
    sent = make.ApplicationFactory(intake=intake, submitted=True)
    with pytest.raises(Faulty):
        services.withdraw(sent, "  ", by=sent.person)
    # A place on a list does not keep somebody from trying again.
    assert services.begin(intake, by=person) != draft


def test_who_works_with_a_mentor_ends_that_first(intake) -> None:
    mine = at(S.MATCHED, intake, ready_at=make.NOW, matched_at=make.NOW)
    make.PairFactory(application=mine, active=True)
    with pytest.raises(Refused, match="end the mentorship first"):
        services.withdraw(mine, "Enough.", by=mine.person)


def test_staff_may_record_that_somebody_left(intake) -> None:
    mine = make.ApplicationFactory(intake=intake, submitted=True)
    staff = factories.MembershipFactory(council=intake.programme.council).person
    services.withdraw(mine, "Moved to Regina.", by=staff)
    assert Application.objects.get(pk=mine.pk).state == S.WITHDRAWN


@pytest.mark.parametrize("state", [S.DECLINED, S.COMPLETED, S.ENDED, S.WITHDRAWN])
def test_what_is_over_is_not_left_again(intake, state) -> None:
    mine = at(state, intake, ready_at=make.NOW)
    with pytest.raises(Refused):
        services.withdraw(mine, "Again.", by=mine.person)


# ------------------------------------------------------------------ pausing


def test_a_pause_keeps_the_place_and_ends_when_asked(intake) -> None:
    mine = at(S.READY, intake, ready_at=make.NOW)
    until = timezone.localdate() + timedelta(days=30)
    services.pause(mine, until, by=mine.person)
    assert Application.objects.get(pk=mine.pk).paused_until == until
    services.come_back(mine, by=mine.person)
    assert Application.objects.get(pk=mine.pk).paused_until is None
    with pytest.raises(Refused):
        services.come_back(mine, by=mine.person)


@pytest.mark.parametrize("days_ahead", [-1, 0, 400])
def test_a_pause_ends_on_a_day_to_come_within_a_year(intake, days_ahead) -> None:
    mine = at(S.READY, intake, ready_at=make.NOW)
    with pytest.raises(Faulty):
        services.pause(mine, timezone.localdate() + timedelta(days=days_ahead), by=mine.person)


@pytest.mark.parametrize("state", [S.PROPOSED, S.BOOKED, S.MATCHED, S.DECLINED])
def test_nobody_pauses_while_somebody_else_waits(intake, state) -> None:
    mine = at(state, intake, ready_at=make.NOW)
    with pytest.raises(Refused):
        services.pause(mine, timezone.localdate() + timedelta(days=3), by=mine.person)


def test_whoever_waits_for_a_mentor_can_be_erased(intake, person) -> None:
    application = make.ApplicationFactory(intake=intake, person=person, ready=True)
    privacy.erase(person, by=person)
    application.refresh_from_db()
    assert (application.state, application.languages) == (S.WITHDRAWN, {})
