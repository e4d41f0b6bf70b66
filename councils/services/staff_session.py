"""Show personal data to national staff for a short while and a stated reason, and note who was looked at."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from allies.kit import audit
from allies.kit.access import authorize
from allies.kit.refusals import Refused
from councils.models import Council, StaffSession, User
from councils.queries.staff_sessions import running_session
from councils.services.roles import hold

LONGEST = 60
LENGTHS = (15, 30, LONGEST)


@transaction.atomic
def open_session(council: Council, *, reason: str, minutes: int, by: User) -> StaffSession:
    """Let national staff see a council's personal data for at most an hour."""
    authorize(by, "councils.open_session", council)
    if not reason.strip():
        raise Refused(_("State your reason."))
    if not 0 < minutes <= LONGEST:
        raise Refused(_("A session lasts one hour at most."))
    hold(council)
    if running_session(by, council):
        raise Refused(_("Your session for this council is still running."))
    now = timezone.now()
    session = StaffSession.objects.create(
        person=by,
        council=council,
        reason=reason.strip(),
        starts_at=now,
        ends_at=now + timedelta(minutes=minutes),
    )
    audit.record("councils.session_opened", session, by=by, council=council, reason=reason)
    return session


@transaction.atomic
def end_session(session: StaffSession, *, by: User) -> StaffSession:
    """End one's own session early."""
    authorize(by, "councils.own_record", session.person)
    now = timezone.now()
    if not StaffSession.objects.filter(pk=session.pk, ends_at__gt=now).update(ends_at=now):
        raise Refused(_("This session has already ended."))
    session.ends_at = now
    audit.record("councils.session_ended", session, by=by, council=session.council)
    return session


@transaction.atomic
def look_at(person: User, council: Council, *, by: User) -> None:
    """Note that somebody opened a person's record: the one thing that a GET writes, because the person may ask."""
    authorize(by, "councils.see_people", council)
    if person.pk == by.pk:
        return
    session = running_session(by, council)
    reason = session.reason if session and not by.works_for(council) else ""
    audit.record("people.opened", person, by=by, council=council, reason=reason)
