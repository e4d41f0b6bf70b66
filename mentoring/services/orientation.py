"""Orientation: sessions with seats, who came, talks one to one, and the handbook."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from allies.kit import audit
from allies.kit.access import Denied, authorize, can
from allies.kit.refusals import Refused
from councils.models import User
from councils.services.editing import Faulty, Text, merged, saying, write
from mentoring.models import Application, Intake, Mentor, Orientation, OrientationSession, Programme
from mentoring.queries import texts  # noqa: F401  (says what the texts are called)
from mentoring.services.readiness import locked, settle
from mentoring.services.telling import tell, when
from mentoring.states import ApplicationState, MentorState

FIELDS = ("starts_at", "ends_at", "where", "host_organisation", "host", "seats")
RULES = {
    "an_orientation_takes_time": ("ends_at", _("The end lies before the beginning.")),
    "an_orientation_has_seats": ("seats", _("A session has at least one seat.")),
}
ON_THE_WAY = (
    ApplicationState.ELIGIBLE,
    ApplicationState.BOOKED,
    ApplicationState.SCREENED,
    ApplicationState.WAITLISTED,
)


@transaction.atomic
def add_session(intake: Intake, *, facts: Mapping[str, Any], by: User) -> OrientationSession:
    """Plan an orientation session."""
    council = intake.programme.council
    authorize(by, "mentoring.manage", council)
    session = OrientationSession(intake=intake)
    write(session, facts, known=FIELDS)
    with saying(**RULES):
        session.save(force_insert=True)
    audit.record("mentoring.orientation_planned", session, by=by, council=council, fields=list(facts))
    return session


@transaction.atomic
def edit_session(
    session: OrientationSession, *, facts: Mapping[str, Any], seen: Mapping[str, str], by: User
) -> list[str]:
    """Write what changed; those who have a seat are told of a new time or place."""
    council = session.intake.programme.council
    authorize(by, "mentoring.manage", council)
    standing = OrientationSession.objects.select_for_update(of=("self",)).get(pk=session.pk)
    changes = merged(standing, facts, seen)
    write(standing, changes, known=FIELDS)
    if not changes:
        return []
    if standing.people.count() > standing.seats:
        raise Faulty({"seats": _("More people than that have a seat already.")})
    with saying(**RULES):
        standing.save(update_fields=list(changes))
    if {"starts_at", "where"} & set(changes):
        for seat in standing.people.filter(application__isnull=False).select_related("application"):
            if seat.application:
                tell(locked(seat.application), "orientation_moved", page="my-orientation", **when(standing))
    audit.record("mentoring.orientation_changed", standing, by=by, council=council, fields=changes)
    return sorted(changes)


def why_not_orient(application: Application) -> Text:
    """Say why an applicant needs no orientation now; nothing where they do."""
    if application.oriented_at:
        return _("The orientation is done already.")
    if application.state not in ON_THE_WAY:
        return _("Orientation is for people who are eligible and not matched yet.")
    return ""


def why_not_sign_up(application: Application) -> Text:
    """Say why an applicant can't take a seat in a session; nothing where they can."""
    if why := why_not_orient(application):
        return why
    if application.intake.programme.kind == Programme.Kind.EXECUTIVE:
        return _("In a programme for executives the coordinator orients each person alone, and gets in touch.")
    return ""


@transaction.atomic
def sign_up(session: OrientationSession, *, application: Application, by: User) -> Orientation:
    """Take a seat in a session."""
    authorize(by, "mentoring.own_application", application)
    standing = locked(application)
    if why := why_not_sign_up(standing):
        raise Refused(why)
    if session.intake.programme_id != standing.intake.programme_id:
        raise Refused(_("This session is of another programme."))
    ahead = Orientation.objects.filter(application=standing, session__starts_at__gt=timezone.now(), came=None)
    if ahead.exists():
        raise Refused(_("You have a seat already. Give it up first to take another."))
    seat = _seat(session, application=standing)
    tell(standing, "orientation_booked", page="my-orientation", **when(session))
    audit.record("mentoring.orientation_booked", standing, by=by, council=seat.council_id)
    return seat


@transaction.atomic
def sign_up_mentor(session: OrientationSession, *, mentor: Mentor, by: User) -> Orientation:
    """Take a seat in a session as a mentor of the council."""
    authorize(by, "mentoring.own_mentor", mentor)
    if mentor.state == MentorState.RETIRED or mentor.council_id != session.intake.programme.council_id:
        raise Refused(_("This session is for the mentors of its own council."))
    if mentor.oriented_on:
        raise Refused(_("The orientation is done already."))
    seat = _seat(session, mentor=mentor)
    audit.record("mentoring.orientation_booked", mentor, by=by, council=mentor.council_id)
    return seat


def _seat(session: OrientationSession, **person: Any) -> Orientation:
    """Give a seat under the session's lock, so that no more people sit than there are seats."""
    standing = (
        OrientationSession.objects.select_for_update(of=("self",))
        .select_related("intake__programme")
        .get(pk=session.pk)
    )
    if standing.starts_at <= timezone.now():
        raise Refused(_("This session has begun or is over. Please choose another one."))
    if standing.people.count() >= standing.seats:
        raise Refused(_("This session is full. Please choose another one."))
    if standing.people.filter(**person).exists():
        raise Refused(_("You have a seat in this session already."))
    return Orientation.objects.create(session=standing, council_id=standing.intake.programme.council_id, **person)


@transaction.atomic
def give_up_seat(seat: Orientation, *, by: User) -> None:
    """Give a seat back before the session begins."""
    if seat.application:
        decision = can(by, "mentoring.own_application", seat.application)
    else:
        decision = can(by, "mentoring.own_mentor", seat.mentor)
    if not decision:
        raise Denied(decision.reason)
    if seat.session is None or seat.session.starts_at <= timezone.now():
        raise Refused(_("This session has begun or is over, so the seat can't be given up."))
    audit.record("mentoring.orientation_given_up", seat.application or seat.mentor, by=by, council=seat.council_id)
    seat.delete()


@transaction.atomic
def record_attendance(session: OrientationSession, *, came: Collection[UUID], by: User) -> int:
    """Record who came to a session and give how many; whoever completed the last step becomes ready."""
    council = session.intake.programme.council
    authorize(by, "mentoring.work_with_people", council)
    standing = OrientationSession.objects.select_for_update(of=("self",)).get(pk=session.pk)
    if standing.starts_at > timezone.now():
        raise Refused(_("The session has not begun yet."))
    present = 0
    for seat in standing.people.select_related("mentor__person", "application").order_by("pk"):
        here = seat.pk in came
        present += here
        if here == seat.came:
            continue
        if seat.application_id and seat.application:
            _oriented(locked(seat.application), here)
        elif here and seat.mentor and seat.mentor.oriented_on is None:
            seat.mentor.oriented_on = timezone.localdate(standing.starts_at)
            seat.mentor.save(update_fields=["oriented_on", "saved_at"])
        Orientation.objects.filter(pk=seat.pk).update(came=here, recorded_by=by)
    audit.record("mentoring.orientation_attended", standing, by=by, council=council, fields=["people"])
    return present


def _oriented(application: Application, here: bool) -> None:
    if here:
        _complete(application)
    elif application.oriented_at and application.state in ON_THE_WAY:
        Application.objects.filter(pk=application.pk).update(oriented_at=None)
    elif application.oriented_at:
        sentence = gettext("%(name)s is ready or matched already: the orientation can't be taken back.")
        raise Refused(sentence % {"name": application.person})


def _complete(application: Application) -> None:
    if application.oriented_at is None:
        application.oriented_at = timezone.now()
        application.save(update_fields=["oriented_at"])
    if not settle(application) and not application.handbook_at:
        tell(application, "handbook", page="my-handbook")


@transaction.atomic
def record_one_to_one(application: Application, *, note: str, by: User) -> None:
    """Record an orientation that was a talk between two, as executives have it."""
    standing = locked(application)
    council = standing.intake.programme.council
    authorize(by, "mentoring.work_with_people", council)
    if why := why_not_orient(standing):
        raise Refused(why)
    if not note.strip():
        raise Faulty({"note": _("Say in a few words what you talked about.")})
    Orientation.objects.create(application=standing, council=council, came=True, recorded_by=by, note=note)
    _complete(standing)
    audit.record("mentoring.orientation_one_to_one", standing, by=by, council=council, fields=["oriented_at"])


@transaction.atomic
def read_handbook(application: Application, *, by: User) -> bool:
    """Record that the applicant read the handbook; says whether that was the last step before being ready."""
    authorize(by, "mentoring.own_application", application)
    standing = locked(application)
    if standing.handbook_at:
        raise Refused(_("You have read the handbook already."))
    if standing.state not in ON_THE_WAY:
        raise Refused(_("There is no handbook to read as your application stands."))
    standing.handbook_at = timezone.now()
    standing.save(update_fields=["handbook_at"])
    ready = settle(standing)
    council = standing.intake.programme.council_id
    audit.record("mentoring.handbook_read", standing, by=by, council=council, fields=["handbook_at"])
    return ready
