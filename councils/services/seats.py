"""Who sits in a body for which term; a term always covers the meetings for which attendance is recorded."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from allies.kit import audit
from allies.kit.access import authorize
from allies.kit.refusals import Refused
from allies.kit.ui.formats import day
from councils.models import Attendance, Body, Council, Seat, User
from councils.services.editing import Faulty, merged, saying, write

FIELDS = ("person", "name", "email", "organisation", "part", "starts_on", "ends_on")
RULES = {
    "a_seat_ends_after_it_starts": ("ends_on", _("The term ends before it starts.")),
    "a_seat_is_held_by_a_person_or_a_name": ("name", _("Choose a person of the portal or write a name, not both.")),
}


@transaction.atomic
def give_seat(body: Body, *, facts: Mapping[str, Any], by: User) -> Seat:
    """Give somebody a seat in a body for a term."""
    _authorize(body, by)
    standing = _held(body)
    taken = Seat(body=standing)
    write(taken, facts, known=FIELDS)
    _judge(standing, taken)
    with saying(**RULES):
        taken.save(force_insert=True)
    audit.record("councils.seat_given", taken, by=by, council=body.council_id, fields=[n for n in facts if facts[n]])
    return taken


@transaction.atomic
def edit_seat(taken: Seat, *, facts: Mapping[str, Any], seen: Mapping[str, str], by: User) -> list[str]:
    """Write what changed and give the names of the changed fields; Overtaken where a colleague was faster."""
    _authorize(taken.body, by)
    body = _held(taken.body)
    standing = Seat.objects.select_for_update(of=("self",)).get(pk=taken.pk)
    changes = merged(standing, facts, seen)
    if not changes:
        return []
    write(standing, changes, known=FIELDS)
    _judge(body, standing)
    with saying(**RULES):
        standing.save(update_fields=sorted({*changes, "ends_on"}))
    _keep_attendance(standing)
    audit.record("councils.seat_changed", standing, by=by, council=body.council_id, fields=changes)
    return sorted(changes)


@transaction.atomic
def end_seat(taken: Seat, *, on: date, by: User) -> None:
    """End a term; the seat stays in the body's history."""
    _authorize(taken.body, by)
    standing = Seat.objects.select_for_update(of=("self",)).get(pk=taken.pk)
    if on < standing.starts_on:
        raise Faulty({"ends_on": _("The term ends before it starts.")})
    if standing.ends_on and standing.ends_on <= on:
        raise Refused(_("This term has ended already."))
    _end(standing, on=on, by=by, field="ends_on")


def cut_short(seats: "QuerySet[Seat]", *, on: date, by: User, field: str) -> None:
    """End all terms that would run past a day; one that was still to begin is never held."""
    running = seats.filter(Q(ends_on=None) | Q(ends_on__gt=on)).exclude(starts_on__gt=on, ends_on__lte=on)
    for seat in running.select_for_update(of=("self",)).order_by("pk"):
        if seat.ends_on is None or seat.ends_on > seat.starts_on:
            _end(seat, on=max(on, seat.starts_on), by=by, field=field)


def _end(seat: Seat, *, on: date, by: User, field: str) -> None:
    seat.ends_on = on
    seat.save(update_fields=["ends_on"])
    _keep_attendance(seat, field=field)
    audit.record("councils.seat_ended", seat, by=by, council=seat.body.council_id, fields=["ends_on"])


def _authorize(body: Body, by: User) -> None:
    authorize(by, "councils.edit", body.council)
    authorize(by, "councils.see_people", body.council)


def _held(body: Body) -> Body:
    """Read the body anew and let nobody else change who sits in it meanwhile."""
    return Body.objects.select_for_update(of=("self",)).get(pk=body.pk)


def _judge(body: Body, taken: Seat) -> None:
    if not taken.person and not taken.name:
        raise Faulty({"name": _("Choose a person of the portal or write a name.")})
    if taken.person and (taken.name or taken.email):
        raise Faulty({"name": _("Choose a person of the portal or write a name, not both.")})
    if taken.organisation and taken.organisation.council_id != body.council_id:
        raise Faulty({"organisation": _("Choose an organisation at this council's table.")})
    _judge_term(body, taken)


def _judge_term(body: Body, taken: Seat) -> None:
    if body.starts_on and taken.starts_on < body.starts_on:
        sentence = _("This body begins on %(day)s: no term starts before.")
        raise Faulty({"starts_on": sentence % {"day": day(body.starts_on)}})
    if body.ends_on:
        if taken.starts_on >= body.ends_on:
            sentence = _("This body ends on %(day)s: no term starts then or later.")
            raise Faulty({"starts_on": sentence % {"day": day(body.ends_on)}})
        taken.ends_on = min(taken.ends_on or body.ends_on, body.ends_on)
    if taken.person:
        others = Seat.objects.filter(body=body, person=taken.person, starts_on__lt=taken.ends_on or date.max)
        others = others.filter(Q(ends_on=None) | Q(ends_on__gt=taken.starts_on))
        if others.exclude(pk=taken.pk).exists():
            raise Faulty({"person": _("This person holds a seat in this body at that time already.")})


def _keep_attendance(seat: Seat, *, field: str = "") -> None:
    council = seat.body.council
    outside = Q(meeting__starts_at__lt=midnight(seat.starts_on, council))
    if seat.ends_on:
        outside |= Q(meeting__starts_at__gte=midnight(seat.ends_on, council))
    lost = (
        Attendance.objects.filter(outside, seat=seat).select_related("meeting").order_by("meeting__starts_at").first()
    )
    if lost:
        held = timezone.localdate(lost.meeting.starts_at, ZoneInfo(council.timezone))
        sentence = _("The attendance of %(name)s is recorded for %(day)s: the term has to cover that day.")
        beginning = "starts_on" if held < seat.starts_on else "ends_on"
        raise Faulty({field or beginning: sentence % {"name": seat, "day": day(held)}})


def midnight(on: date, council: Council) -> datetime:
    """The moment at which a day begins where the council is."""
    return datetime.combine(on, time.min, tzinfo=ZoneInfo(council.timezone))
