"""A pair under way in the spring of 2026, its mentee, its mentor and the coordinator who looks after it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from councils.roles import Role
from mentoring.models import Session
from mentoring.services import sessions
from mentoring.states import ApplicationState
from tests import factories
from tests.factories import mentoring as make

# Six weeks after the start, a Monday at noon in Halifax.
NOW = datetime(2026, 4, 27, 15, tzinfo=UTC)
TODAY = date(2026, 4, 27)


@dataclass
class Two:
    """A pair with its people."""

    pair: Any
    mentee: Any
    mentor: Any
    coordinator: Any


def two(*, signed: bool = True, **facts: Any) -> Two:
    """Make a pair under way; 24 hours over 17 weeks from 16 March."""
    place = factories.PlaceFactory(timezone="America/Halifax")
    council = factories.CouncilFactory(place=place)
    programme = make.ProgrammeFactory(council=council, name_en="Halifax Mentoring", name_fr="Mentorat Halifax")
    application = make.ApplicationFactory(
        intake=make.IntakeFactory(programme=programme),
        person=factories.UserFactory(name="Amara Diallo", language="fr"),
        ready=True,
        state=ApplicationState.MATCHED,
        matched_at=make.NOW,
    )
    mentor = make.MentorFactory(council=council, person=factories.UserFactory(name="Claire Roy"), available=True)
    if signed:
        facts |= {"mentee_signed_at": make.NOW, "mentor_signed_at": make.NOW, "agreement_version": "2026-1"}
    pair = make.PairFactory(application=application, mentor=mentor, active=True, **facts)
    coordinator = factories.MembershipFactory(council=council, role=Role.COORDINATOR).person
    return Two(pair, application.person, mentor.person, coordinator)


def met(at: Two, *, days_ago: int = 3, minutes: int = 90, by: Any = None, hour: int = 14) -> Session:
    """Log a meeting so many days ago."""
    starts_at = (NOW - timedelta(days=days_ago)).replace(hour=hour)
    return sessions.log(
        at.pair, token=uuid4(), starts_at=starts_at, minutes=minutes, how="video", topic="CV", by=by or at.mentor
    )


def confirmed(at: Two, minutes: int) -> None:
    """Give a pair confirmed time, in meetings of at most eight hours."""
    day = 2
    while minutes > 0:
        session = met(at, days_ago=day, minutes=min(minutes, 480), hour=10)
        sessions.confirm(session, by=at.mentee)
        minutes -= 480
        day += 1


def browser(person: Any) -> Client:
    """A browser in which a person is signed in."""
    client = Client()
    client.force_login(person)
    return client


def own(at: Two, name: str = "pair-show", **more: Any) -> str:
    """The address of a page that the two share."""
    return reverse(f"mentoring:{name}", kwargs={"pk": at.pair.pk, **more})


def staff(at: Two, name: str, **more: Any) -> str:
    """The address of a page of the staff."""
    return reverse(f"mentoring:{name}", kwargs={"council": at.pair.programme.council.slug_en, **more})
