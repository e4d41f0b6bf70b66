"""What the tests of employers share: a bank at Halifax's table with a champion, and staff who mentor."""

import re
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from allauth.account.models import EmailAddress
from django.utils import timezone

from allies.kit.mail import render
from allies.kit.models import Letter
from councils.roles import Role
from mentoring.states import ApplicationState, SessionState
from tests import factories
from tests.factories import employers as make
from tests.factories import mentoring as people

CHOSEN = {"language": "en", "word": "Would you?"}


def person(email: str, **facts: Any) -> Any:
    """Somebody who has shown that an address is theirs."""
    made = factories.UserFactory(email=email, **facts)
    EmailAddress.objects.create(user=made, email=email, verified=True, primary=True)
    return made


def bank() -> SimpleNamespace:
    """Fundy Bank with Ada as its champion, and the coordinator of the council who looks after both."""
    council = factories.CouncilFactory(slug_en="fundy")
    organisation = factories.OrganisationFactory(council=council, name_en="Fundy Bank", name_fr="Banque Fundy")
    ada = person("ada@bank.example", name="Ada Champion")
    champion = make.ChampionFactory(organisation=organisation, person=ada)
    return SimpleNamespace(
        council=council,
        organisation=organisation,
        champion=champion,
        ada=ada,
        by=factories.MembershipFactory(council=council, role=Role.COORDINATOR).person,
    )


def mentor_of(at: SimpleNamespace, name: str = "Marta", **facts: Any) -> Any:
    """One of the bank's staff who is available."""
    return people.MentorFactory(
        council=at.council,
        person=factories.UserFactory(name=name),
        staff_of=at.organisation,
        available=True,
        capacity=6,
        **facts,
    )


def pair_of(mentor: Any, name: str = "Amara Hidden", *, signed: bool = True, **facts: Any) -> Any:
    """A pair of a mentor with somebody new."""
    intake = people.IntakeFactory(programme=people.ProgrammeFactory(council=mentor.council))
    application = people.ApplicationFactory(
        intake=intake,
        person=factories.UserFactory(name=name, email=f"{name.split(maxsplit=1)[0].lower()}@hidden.example"),
        ready=True,
        state=ApplicationState.MATCHED,
        matched_at=people.NOW,
        employer="Hidden Harbour Cafe",
    )
    if signed:
        facts |= {"mentee_signed_at": people.NOW, "mentor_signed_at": people.NOW}
    return people.PairFactory(application=application, mentor=mentor, active=True, **facts)


def met(pair: Any, *, on: Any, minutes: int = 60, state: str = SessionState.CONFIRMED, settled_at: Any = None) -> Any:
    """A meeting of a pair that began at a moment."""
    return people.SessionFactory(
        pair=pair,
        starts_at=on,
        ends_at=on + timedelta(minutes=minutes),
        state=state,
        settled_at=settled_at or on + timedelta(days=1),
    )


def letters(template: str) -> list[Letter]:
    """The letters that wait, the first one first."""
    return list(Letter.objects.filter(template=f"mentoring/{template}").order_by("created_at"))


def token_in(letter: Letter) -> str:
    """The token in the link of a letter."""
    return re.search(r"/invitations/([^/\s]+)/", render(letter).body)[1]


def noon(*, days: int = 0) -> Any:
    """Noon, so many days from today."""
    return timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0) + timedelta(days=days)
