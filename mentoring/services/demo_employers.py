"""Employers of the demonstration: a champion with staff who mentor, open invitations, and last year's thanks."""

import secrets
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from councils.models import Organisation, User
from councils.services.invite import VALID_FOR, digest
from councils.services.network_data import council_id
from mentoring.models import (
    Application,
    Champion,
    EmployerInvitation,
    EmployerTerms,
    Intake,
    Mentor,
    Orientation,
    OrientationSession,
    Seniority,
    Thanks,
)
from mentoring.services.mentors import coordinators_of
from mentoring.services.thanks import due, first_day
from mentoring.states import ApplicationState


def load_employers(content: Mapping[str, Any], today: date) -> None:
    """Load the employers' part, and the thanks of the year before this one."""
    for entry in content["champions"]:
        organisation = Organisation.objects.filter(
            council=council_id(entry["council"]), name_en=entry["employer"]
        ).first()
        person = User.objects.filter(email=entry["person"]).first()
        # Both belong to the demonstration of the councils, which may not be loaded.
        if organisation and person:
            _employer(entry, organisation, person, today)
    _thanks(today)


def _at(today: date, days: int, hour: int = 10) -> datetime:
    return timezone.make_aware(datetime.combine(today + timedelta(days=days), time(hour)))


def _employer(entry: Mapping[str, Any], organisation: Organisation, person: User, today: date) -> None:
    begun = _at(today, entry["since"])
    asked_by = coordinators_of(organisation.council)[:1] or [person]
    Champion.objects.create(organisation=organisation, person=person, named_by=asked_by[0], since=begun)
    EmployerTerms.objects.create(
        organisation=organisation,
        seniority=entry["seniority"],
        least_years=entry["least_years"],
        hosting=entry["hosting"],
        hosting_at=_at(today, -6),
    )
    staff = _staff(entry, organisation, person)
    for invitation in entry["invitations"]:
        sent = _at(today, invitation["sent"])
        EmployerInvitation.objects.create(
            organisation=organisation,
            kind=EmployerInvitation.Kind.MENTOR,
            email=invitation["email"],
            language=invitation["language"],
            word=invitation["word"],
            token_digest=digest(secrets.token_urlsafe(32)),
            invited_by=person,
            made_at=sent,
            sent_at=sent,
            expires_at=sent + VALID_FOR,
        )
    _host(entry["hosts"], organisation, staff, today)


def _staff(entry: Mapping[str, Any], organisation: Organisation, champion: User) -> list[Mentor]:
    found: list[Mentor] = []
    there = Mentor.objects.filter(council=organisation.council_id, occupation__in=entry["occupations"])
    for state, count in entry["staff"].items():
        found += there.filter(state=state, years__gte=entry["least_years"]).order_by("joined_at", "pk")[:count]
    for number, mentor in enumerate(found):
        mentor.staff_of, mentor.invited_by = organisation, champion
        mentor.employer = organisation.name_en
        mentor.joined_at = timezone.now() - timedelta(days=5 if mentor.oriented_on is None else 220 - 7 * number)
        mentor.seniority = Seniority.UPPER if number % 3 == 0 else Seniority.MIDDLE
    Mentor.objects.bulk_update(found, ["staff_of", "invited_by", "employer", "seniority", "joined_at"])
    return found


def _host(entry: Mapping[str, Any], organisation: Organisation, staff: list[Mentor], today: date) -> None:
    """Plan an orientation at the employer's, with seats for those who still need one."""
    intake = Intake.objects.filter(programme__council=organisation.council_id, name_en=entry["intake"]).first()
    if intake is None:
        return
    begins = _at(today, entry["in_days"], entry["hour"])
    session = OrientationSession.objects.create(
        intake=intake,
        starts_at=begins,
        ends_at=begins + timedelta(hours=2, minutes=30),
        where=entry["where"],
        host_organisation=organisation,
        seats=entry["seats"],
    )
    waiting = Application.objects.filter(intake=intake, state=ApplicationState.SCREENED, oriented_at=None)
    seats = [Orientation(session=session, council_id=organisation.council_id, application=row) for row in waiting[:3]]
    seats += [
        Orientation(session=session, council_id=organisation.council_id, mentor=mentor)
        for mentor in staff
        if mentor.oriented_on is None
    ]
    Orientation.objects.bulk_create(seats)


def _thanks(today: date) -> None:
    """Thank the mentors for the year before, as the letters of that December did."""
    year = today.year - 1
    told = timezone.make_aware(datetime.combine(first_day(year + 1), time(10, 10)))
    Thanks.objects.bulk_create(
        Thanks(mentor_id=mentor, year=year, minutes=gift.minutes, people=len(gift.people), thanked_at=told)
        for mentor, gift in due(year).items()
    )
