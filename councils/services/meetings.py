"""Meetings of a body: scheduled once or as a series, changed, cancelled, minuted and attended."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from allies.kit import audit
from allies.kit.access import authorize
from allies.kit.refusals import Refused
from allies.kit.ui.formats import day
from councils.models import Attendance, Body, Meeting, Seat, User
from councils.services.editing import Faulty, Text, merged, saying, write
from councils.services.seats import midnight

FIELDS = ("starts_at", "ends_at", "place_en", "place_fr", "online_url", "agenda_en", "agenda_fr")
MINUTES = ("minutes_en", "minutes_fr")
MOST_IN_A_SERIES = 24
CAME = (Attendance.Answer.PRESENT, Attendance.Answer.ABSENT)
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
        on = local.date() + step * n
        if cadence != Body.Cadence.WEEKLY:
            on = _weekday_of_month(on.replace(day=1), local.weekday(), which)
        found.append(datetime.combine(on, local.time(), tzinfo=zone))
    return found


def _weekday_of_month(month: date, weekday: int, which: int) -> date:
    """Find the first, second … weekday of a month; where there is no fifth, the last."""
    first = month + timedelta(days=(weekday - month.weekday()) % 7)
    found = first + timedelta(weeks=which)
    return found if found.month == month.month else found - timedelta(weeks=1)


@transaction.atomic
def schedule(body: Body, *, facts: Mapping[str, Any], count: int = 1, by: User) -> list[Meeting]:
    """Schedule a meeting, or a series of `count` at the body's cadence in the time zone of the council's place."""
    authorize(by, "councils.edit", body.council)
    standing = Body.objects.select_for_update(of=("self",)).get(pk=body.pk)
    if not 1 <= count <= MOST_IN_A_SERIES:
        raise Faulty({"count": _("A series has between 1 and 24 meetings.")})
    if count > 1 and standing.cadence not in STEPS:
        raise Faulty({"count": _("This body meets as needed: give it a rhythm first, or schedule one meeting.")})
    length = facts["ends_at"] - facts["starts_at"]
    zone = ZoneInfo(body.council.timezone)
    made = []
    for start in occurrences(facts["starts_at"], standing.cadence, count, zone):
        meeting = Meeting(body=standing)
        write(meeting, {**facts, "starts_at": start, "ends_at": start + length}, known=FIELDS)
        _judge_day(meeting)
        with saying(**RULES):
            meeting.save(force_insert=True)
        made.append(meeting)
    for meeting in made:
        audit.record("councils.meeting_scheduled", meeting, by=by, council=body.council_id)
    return made


def _judge_day(meeting: Meeting) -> None:
    """Keep a meeting before the end of its body, and on a day when whoever is on record for it holds the seat."""
    body = meeting.body
    if body.ends_on and meeting.starts_at >= midnight(body.ends_on, body.council):
        sentence = _("This body ends on %(day)s: its meetings lie before that day.")
        raise Faulty({"starts_at": sentence % {"day": day(body.ends_on)}})
    sitting = Seat.objects.current(_day_of(meeting)).filter(body=body)
    lost = (
        Attendance.objects.filter(meeting=meeting).exclude(seat__in=sitting.values("pk")).select_related("seat__person")
    )
    if missing := lost.first():
        sentence = _("The attendance of %(name)s is recorded, who holds no seat on that day.")
        raise Faulty({"starts_at": sentence % {"name": missing.seat}})


def _day_of(meeting: Meeting) -> date:
    return timezone.localdate(meeting.starts_at, ZoneInfo(meeting.body.council.timezone))


def _standing(meeting: Meeting) -> Meeting:
    """Read a meeting anew and let nobody else change it meanwhile; a cancelled one stays as it is."""
    found = Meeting.objects.select_for_update(of=("self",)).select_related("body__council__place").get(pk=meeting.pk)
    if found.cancelled_at:
        raise Refused(_("This meeting is cancelled: schedule another one."))
    return found


@transaction.atomic
def edit_meeting(meeting: Meeting, *, facts: Mapping[str, Any], seen: Mapping[str, str], by: User) -> list[str]:
    """Write what changed; calendars learn of it by the next revision number."""
    authorize(by, "councils.edit", meeting.body.council)
    standing = _standing(meeting)
    changes = merged(standing, facts, seen)
    if not changes:
        return []
    if standing.minutes_approved_on:
        raise Refused(_("The minutes of this meeting are approved. Open them again before you change it."))
    write(standing, changes, known=FIELDS)
    standing.sequence += 1
    if "starts_at" in changes:
        _judge_day(standing)
    with saying(**RULES):
        standing.save(update_fields=[*changes, "sequence", "changed_at"])
    audit.record("councils.meeting_changed", standing, by=by, council=meeting.body.council_id, fields=changes)
    return sorted(changes)


@transaction.atomic
def cancel(meeting: Meeting, *, by: User) -> None:
    """Cancel a meeting; it stays on record and leaves people's calendars."""
    authorize(by, "councils.edit", meeting.body.council)
    standing = _standing(meeting)
    came = Attendance.objects.filter(meeting=standing, answer=Attendance.Answer.PRESENT).exists()
    if came or standing.minutes_approved_on:
        raise Refused(_("This meeting took place: somebody came or its minutes are approved."))
    standing.cancelled_at = timezone.now()
    standing.sequence += 1
    standing.save(update_fields=["cancelled_at", "sequence", "changed_at"])
    audit.record("councils.meeting_cancelled", standing, by=by, council=meeting.body.council_id)


@transaction.atomic
def write_minutes(meeting: Meeting, *, facts: Mapping[str, Any], seen: Mapping[str, str], by: User) -> list[str]:
    """Write the minutes; approved minutes are opened again first."""
    _authorize_minutes(meeting, by)
    standing = _standing(meeting)
    if standing.minutes_approved_on:
        raise Refused(_("These minutes are approved. Open them again before you change them."))
    changes = merged(standing, facts, seen)
    if changes:
        write(standing, changes, known=MINUTES)
        standing.save(update_fields=[*changes, "changed_at"])
        audit.record("councils.minutes_written", standing, by=by, council=meeting.body.council_id, fields=changes)
    return sorted(changes)


def _authorize_minutes(meeting: Meeting, by: User) -> None:
    authorize(by, "councils.edit", meeting.body.council)
    authorize(by, "councils.see_people", meeting.body.council)


@transaction.atomic
def approve_minutes(meeting: Meeting, *, on: date, by: User) -> None:
    """Record that the body approved the minutes."""
    _authorize_minutes(meeting, by)
    standing = _standing(meeting)
    if not (standing.minutes_en or standing.minutes_fr):
        raise Refused(_("Write the minutes first."))
    if standing.minutes_approved_on:
        raise Refused(_("These minutes are approved already."))
    if on < _day_of(standing):
        raise Faulty({"on": _("Minutes are approved after the meeting.")})
    if on > timezone.localdate():
        raise Faulty({"on": _("This day is still to come.")})
    Meeting.objects.filter(pk=meeting.pk).update(minutes_approved_on=on)
    audit.record("councils.minutes_approved", meeting, by=by, council=meeting.body.council_id)


@transaction.atomic
def reopen_minutes(meeting: Meeting, *, by: User) -> None:
    """Open approved minutes for a correction."""
    _authorize_minutes(meeting, by)
    if not Meeting.objects.filter(pk=meeting.pk, minutes_approved_on__isnull=False).update(minutes_approved_on=None):
        raise Refused(_("These minutes are not approved."))
    audit.record("councils.minutes_reopened", meeting, by=by, council=meeting.body.council_id)


@transaction.atomic
def record_attendance(
    meeting: Meeting, *, answers: Mapping[Seat, str], seen: Mapping[str, str] | None = None, by: User
) -> int:
    """Record who came, and give how many answers changed; an empty answer takes a record back.

    `seen` gives, by seat, the answers that stood there when this person began: what a colleague recorded since then
    is not overwritten.
    """
    _authorize_minutes(meeting, by)
    standing = _standing(meeting)
    sitting = set(Seat.objects.current(_day_of(standing)).filter(body=standing.body).values_list("pk", flat=True))
    if strangers := [seat for seat in answers if seat.pk not in sitting]:
        raise Refused(_("%(name)s held no seat on that day.") % {"name": strangers[0]})
    now = dict(Attendance.objects.filter(meeting=standing).values_list("seat_id", "answer"))
    changes: dict[Seat, str] = {}
    faults: dict[str, Text] = {}
    for seat, answer in answers.items():
        stands, was = now.get(seat.pk, ""), (seen or {}).get(str(seat.pk), "")
        if answer == stands or (answer == was and stands != was):
            continue
        if stands != was:
            faults[str(seat.pk)] = _overtaken(stands)
        elif answer in CAME and _day_of(standing) > timezone.localdate():
            faults[str(seat.pk)] = _("The meeting is still to come: only regrets are known by now.")
        changes[seat] = answer
    if faults:
        raise Faulty(faults)
    for seat, answer in changes.items():
        if answer:
            Attendance.objects.update_or_create(meeting=standing, seat=seat, defaults={"answer": answer})
        else:
            Attendance.objects.filter(meeting=standing, seat=seat).delete()
    if changes:
        audit.record("councils.attendance_recorded", standing, by=by, council=standing.body.council_id)
    return len(changes)


def _overtaken(stands: str) -> str:
    sentence = _("A colleague wrote here meanwhile: “%(text)s”. Yours is kept: change it or save it as it is.")
    return sentence % {"text": Attendance.Answer(stands).label if stands else _("nothing")}
