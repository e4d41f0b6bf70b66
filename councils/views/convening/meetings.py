"""The meetings of a body: agenda, minutes, attendance and the calendar."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from allies.kit.access import can, gate
from allies.kit.ui.formats import day
from councils import calendars
from councils.dates import hours
from councils.forms.convening import ApproveForm, AttendanceForm, MeetingForm, MinutesForm
from councils.models import Attendance, Council, Meeting
from councils.queries import convening as queries
from councils.services import meetings as services
from councils.views.convening.bodies import Crumbs, body_or_404, of_body
from councils.views.people.reasons import reason_first
from councils.views.workspace.answers import acted, kept, shown, to

EDIT = ["GET", "HEAD", "POST"]
PART = "convening"


def _meeting(pk: UUID) -> Meeting:
    return get_object_or_404(queries.meetings(), pk=pk)


def _crumbs(council: Council, meeting: Meeting, *more: tuple[str, str | None]) -> Crumbs:
    when = day(timezone.localdate(meeting.starts_at))
    here = reverse("councils:meeting-show", args=[council.slug, meeting.pk]) if more else None
    return of_body(council, meeting.body, (when, here), *more)


@gate("councils.edit", within="council")
@require_http_methods(EDIT)
def meeting_add(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Schedule a meeting of a body, or a series."""
    body = body_or_404(pk)
    form = MeetingForm(request.POST if request.method == "POST" else None, instance=Meeting(body=body))
    made: list[Meeting] = []
    if (
        form.is_bound
        and form.is_valid()
        and kept(
            form,
            lambda: made.extend(
                services.schedule(body, facts=form.facts, count=form.cleaned_data["count"], by=request.user)
            ),
        )
    ):
        sentence = ngettext("%(n)d meeting is scheduled.", "%(n)d meetings are scheduled.", len(made))
        messages.success(request, sentence % {"n": len(made)})
        return to("body-show", council, pk=pk)
    crumbs = of_body(council, body, (_("New meeting"), None))
    return shown(request, "meeting_form", council, part=PART, form=form, body=body, crumbs=crumbs)


@gate("councils.enter", within="council")
@require_safe
def meeting_show(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Show a meeting: agenda, minutes, who came."""
    return _shown(request, council, _meeting(pk), ApproveForm(initial={"on": timezone.localdate()}))


def _shown(request: HttpRequest, council: Council, meeting: Meeting, form: ApproveForm) -> HttpResponse:
    answers = queries.answers_of(meeting)
    sees = can(request.user, "councils.read_minutes", council)
    items = queries.agenda_items(meeting)
    labels = dict(Attendance.Answer.choices)
    seats = list(queries.seats_of(meeting.body, timezone.localdate(meeting.starts_at)))
    context: dict[str, Any] = {
        "meeting": meeting,
        "body": meeting.body,
        "edits": can(request.user, "councils.edit", council),
        "sees": sees,
        "attendance": [(seat, labels.get(answers.get(seat.pk, ""), "–")) for seat in seats] if sees else [],
        "answered": bool(answers),
        "hours": hours(meeting.starts_at, meeting.ends_at),
        "over": meeting.starts_at < timezone.now(),
        "agenda_language": queries.language_of(meeting, "agenda"),
        "minutes_language": queries.language_of(meeting, "minutes"),
        "came": Attendance.Answer.PRESENT in answers.values(),
        "present": sum(answer == Attendance.Answer.PRESENT for answer in answers.values()),
        "seats": len(seats),
        "items": items,
        "long_agenda": len(items) > queries.ITEMS_WITHOUT_WARNING,
        "crumbs": _crumbs(council, meeting),
    }
    return shown(request, "meeting", council, part=PART, form=form, **context)


@gate("councils.edit", within="council")
@require_http_methods(EDIT)
def meeting_edit(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Change when and where, or the agenda."""
    meeting = _meeting(pk)
    form = MeetingForm(request.POST if request.method == "POST" else None, instance=_meeting(pk))
    if (
        form.is_bound
        and form.is_valid()
        and kept(
            form,
            lambda: services.edit_meeting(meeting, facts=form.facts, seen=form.shown, by=request.user),
            lambda: _meeting(pk),
        )
    ):
        messages.success(request, _("Saved. Calendars that download it again show the change."))
        return to("meeting-show", council, pk=pk)
    context = {"body": meeting.body, "meeting": meeting, "crumbs": _crumbs(council, meeting, (_("Edit"), None))}
    return shown(request, "meeting_form", council, part=PART, form=form, **context)


@gate("councils.edit", within="council")
@require_POST
def meeting_cancel(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Cancel a meeting."""
    meeting = _meeting(pk)
    acted(request, lambda: services.cancel(meeting, by=request.user), _("The meeting is cancelled."))
    return to("meeting-show", council, pk=pk)


@gate("councils.edit", within="council")
@require_http_methods(EDIT)
@reason_first
def minutes_edit(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Write the minutes."""
    meeting = _meeting(pk)
    form = MinutesForm(request.POST if request.method == "POST" else None, instance=_meeting(pk))
    if (
        form.is_bound
        and form.is_valid()
        and kept(
            form,
            lambda: services.write_minutes(meeting, facts=form.facts, seen=form.shown, by=request.user),
            lambda: _meeting(pk),
        )
    ):
        messages.success(request, _("The minutes are saved."))
        return to("meeting-show", council, pk=pk)
    crumbs = _crumbs(council, meeting, (_("Minutes"), None))
    return shown(request, "minutes_form", council, part=PART, form=form, meeting=meeting, crumbs=crumbs)


@gate("councils.edit", within="council")
@require_POST
@reason_first
def minutes_approve(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Record that the minutes are approved."""
    meeting, form = _meeting(pk), ApproveForm(request.POST)
    if form.is_valid() and kept(
        form, lambda: services.approve_minutes(meeting, on=form.cleaned_data["on"], by=request.user)
    ):
        messages.success(request, _("The minutes are approved."))
        return to("meeting-show", council, pk=pk)
    return _shown(request, council, meeting, form)


@gate("councils.edit", within="council")
@require_POST
@reason_first
def minutes_reopen(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Open approved minutes again."""
    meeting = _meeting(pk)
    acted(request, lambda: services.reopen_minutes(meeting, by=request.user), _("The minutes can be changed again."))
    return to("meeting-show", council, pk=pk)


@gate("councils.edit", within="council")
@require_http_methods(EDIT)
@reason_first
def attendance_edit(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Record who came, all in one form."""
    meeting = _meeting(pk)
    sitting = queries.seats_of(meeting.body, timezone.localdate(meeting.starts_at))
    data = request.POST if request.method == "POST" else None
    form = AttendanceForm(data, sitting=sitting, answers=queries.answers_of(meeting))
    if form.is_bound and form.is_valid():
        if kept(
            form,
            lambda: services.record_attendance(meeting, answers=form.answers, seen=form.shown, by=request.user),
        ):
            messages.success(request, _("The attendance is recorded."))
            return to("meeting-show", council, pk=pk)
        form.remember(queries.answers_of(meeting))
    crumbs = _crumbs(council, meeting, (_("Attendance"), None))
    return shown(request, "attendance_form", council, part=PART, form=form, meeting=meeting, crumbs=crumbs)


def _ics(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response


@gate("councils.enter", within="council")
@require_safe
def meeting_calendar(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Download one meeting for a calendar."""
    meeting = _meeting(pk)
    return _ics(calendars.meetings_calendar([meeting]), f"meeting-{timezone.localdate(meeting.starts_at)}")


@gate("councils.enter", within="council")
@require_safe
def body_calendar(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Download all meetings of a body for a calendar."""
    body = body_or_404(pk)
    return _ics(
        calendars.meetings_calendar(queries.meetings().filter(body=body).order_by("starts_at", "pk")),
        f"{council.slug}-meetings",
    )
