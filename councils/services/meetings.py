"""Meetings of a body: scheduled once or as a series, changed, cancelled, minuted and attended."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from allies.kit import audit
from allies.kit.access import authorize
from allies.kit.refusals import Refused
from councils.models import Attendance, Body, Meeting, Seat, User
from councils.services.editing import Faulty, merged, saying, write

FIELDS = ("starts_at", "ends_at", "place_en", "place_fr", "online_url", "agenda_en", "agenda_fr")
MINUTES = ("minutes_en", "minutes_fr")
MOST_IN_A_SERIES = 24
RULES = {
    "a_meeting_ends_after_it_starts": ("ends_at", _("The meeting ends before it starts.")),
    "a_body_meets_once_at_a_time": ("starts_at", _("This body meets at that time already.")),
}
STEPS: dict[str, relativedelta] = {
    Body.Cadence.WEEKLY: relativedelta(weeks=1),
    Body.Cadence.MONTHLY: relativedelta(months=1),
    Body.Cadence.BIMONTHLY: relativedelta(months=2),
    Body.Cadence.QUARTERLY: relativedelta(months=3),
    Body.Cadence.YEARLY: relativedelta(years=1),
}


def occurrences(first: datetime, cadence: str, count: int, zone: ZoneInfo) -> list[datetime]:
    """The starts of a series: the same hour on the wall, and for months the same weekday of the month."""
    local = first.astimezone(zone)
    if cadence not in STEPS or count == 1:
        return [first]
    step, which = STEPS[cadence], (local.day - 1) // 7
    found = []
    for n in range(count):
        if step.weeks and not (step.months or step.years):
            day = local.date() + timedelta(weeks=n)
        else:
            month = (local.date() + step * n).replace(day=1)
            day = _weekday_of_month(month, local.weekday(), which)
        found.append(datetime.combine(day, local.time().replace(tzinfo=None), tzinfo=zone))
    return found


def _weekday_of_month(month: date, weekday: int, which: int) -> date:
    first = month + timedelta(days=(weekday - month.weekday()) % 7)
    day = first + timedelta(weeks=which)
    return day if day.month == month.month else day - timedelta(weeks=1)


@transaction.atomic
def schedule(body: Body, *, facts: Mapping[str, Any], count: int = 1, by: User) -> list[Meeting]:
    """Schedule a meeting, or a series of `count` at the body's cadence in the time zone of the council's place."""
    authorize(by, "councils.edit", body.council)
    if not 1 <= count <= MOST_IN_A_SERIES:
        raise Faulty({"count": _("A series has between 1 and 24 meetings.")})
    if count > 1 and body.cadence not in STEPS:
        raise Faulty({"count": _("This body meets as needed: give it a rhythm first, or schedule one meeting.")})
    length = facts["ends_at"] - facts["starts_at"]
    zone = ZoneInfo(body.council.place.timezone)
    made = []
    for start in occurrences(facts["starts_at"], body.cadence, count, zone):
        meeting = Meeting(body=body)
        write(meeting, {**facts, "starts_at": start, "ends_at": start + length}, known=FIELDS)
        with saying(**RULES):
            meeting.save(force_insert=True)
        made.append(meeting)
    for meeting in made:
        audit.record("councils.meeting_scheduled", meeting, by=by, council=body.council_id)
    return made


@transaction.atomic
def edit_meeting(meeting: Meeting, *, facts: Mapping[str, Any], seen: Mapping[str, str], by: User) -> list[str]:
    """Write what changed; calendars learn of it by the next revision number."""
    authorize(by, "councils.edit", meeting.body.council)
    standing = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if standing.cancelled_at:
        raise Refused(_("This meeting is cancelled: schedule another one."))
    changes = merged(standing, facts, seen)
    if not changes:
        return []
    write(standing, changes, known=FIELDS)
    standing.sequence += 1
    with saying(**RULES):
        standing.save(update_fields=[*changes, "sequence", "changed_at"])
    audit.record("councils.meeting_changed", standing, by=by, council=meeting.body.council_id, fields=changes)
    return sorted(changes)


@transaction.atomic
def cancel(meeting: Meeting, *, by: User) -> None:
    """Cancel a meeting; it stays on record and leaves people's calendars."""
    authorize(by, "councils.edit", meeting.body.council)
    now = timezone.now()
    cancelled = Meeting.objects.filter(pk=meeting.pk, cancelled_at=None).update(
        cancelled_at=now, sequence=F("sequence") + 1, changed_at=now
    )
    if not cancelled:
        raise Refused(_("This meeting is cancelled already."))
    audit.record("councils.meeting_cancelled", meeting, by=by, council=meeting.body.council_id)


@transaction.atomic
def write_minutes(meeting: Meeting, *, facts: Mapping[str, Any], seen: Mapping[str, str], by: User) -> list[str]:
    """Write the minutes; approved minutes are opened again first."""
    authorize(by, "councils.edit", meeting.body.council)
    standing = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if standing.minutes_approved_on:
        raise Refused(_("These minutes are approved. Open them again before you change them."))
    changes = merged(standing, facts, seen)
    if changes:
        write(standing, changes, known=MINUTES)
        standing.save(update_fields=[*changes, "changed_at"])
        audit.record("councils.minutes_written", standing, by=by, council=meeting.body.council_id, fields=changes)
    return sorted(changes)


@transaction.atomic
def approve_minutes(meeting: Meeting, *, on: date, by: User) -> None:
    """Record that the body approved the minutes."""
    authorize(by, "councils.edit", meeting.body.council)
    standing = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if not (standing.minutes_en or standing.minutes_fr):
        raise Refused(_("Write the minutes first."))
    if on < timezone.localdate(standing.starts_at):
        raise Faulty({"on": _("Minutes are approved after the meeting.")})
    if standing.minutes_approved_on:
        raise Refused(_("These minutes are approved already."))
    Meeting.objects.filter(pk=meeting.pk).update(minutes_approved_on=on)
    audit.record("councils.minutes_approved", meeting, by=by, council=meeting.body.council_id)


@transaction.atomic
def reopen_minutes(meeting: Meeting, *, by: User) -> None:
    """Open approved minutes for a correction."""
    authorize(by, "councils.edit", meeting.body.council)
    if not Meeting.objects.filter(pk=meeting.pk, minutes_approved_on__isnull=False).update(minutes_approved_on=None):
        raise Refused(_("These minutes are not approved."))
    audit.record("councils.minutes_reopened", meeting, by=by, council=meeting.body.council_id)


@transaction.atomic
def record_attendance(meeting: Meeting, *, answers: Mapping[Seat, str], by: User) -> None:
    """Record who came; an empty answer takes a record back."""
    authorize(by, "councils.edit", meeting.body.council)
    day = timezone.localdate(meeting.starts_at)
    sitting = set(Seat.objects.current(day).filter(body=meeting.body).values_list("pk", flat=True))
    if strangers := [seat for seat in answers if seat.pk not in sitting]:
        raise Refused(_("%(name)s held no seat on that day.") % {"name": strangers[0]})
    for seat, answer in answers.items():
        if answer:
            Attendance.objects.update_or_create(meeting=meeting, seat=seat, defaults={"answer": answer})
        else:
            Attendance.objects.filter(meeting=meeting, seat=seat).delete()
    audit.record("councils.attendance_recorded", meeting, by=by, council=meeting.body.council_id)
