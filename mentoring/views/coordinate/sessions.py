"""Orientation: sessions with seats, who came, and talks one to one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from allies.kit.access import can, gate
from allies.kit.ui.formats import day
from councils.models import Council
from councils.views.people.reasons import reason_first
from mentoring.forms.coordinate_people import AttendanceForm, OneToOneForm, SessionForm
from mentoring.models import Application, Intake, OrientationSession
from mentoring.queries import worklists
from mentoring.services import orientation
from mentoring.views.answers import kept, shown, to
from mentoring.views.coordinate.applicant import crumbs_to, of_application
from mentoring.views.coordinate.programmes import EDIT, Crumbs, crumbs_of


def _crumbs(council: Council, *more: tuple[str, str | None]) -> Crumbs:
    listing = reverse("mentoring:orientation-list", args=[council.slug])
    return crumbs_of(council, (_("Orientation"), listing if more else None), *more)


@gate("mentoring.read", within="council")
@require_safe
def orientation_list(request: HttpRequest, council: Council) -> HttpResponse:
    """List the sessions, the newest first, and for which intakes one can be planned."""
    edits = can(request.user, "mentoring.manage", council)
    return shown(
        request,
        "coordinate/sessions",
        council,
        sessions=worklists.sessions()[:100],
        intakes=worklists.intakes_ahead() if edits else [],
        edits=edits,
        crumbs=_crumbs(council),
    )


@gate("mentoring.manage", within="council")
@require_http_methods(EDIT)
def orientation_add(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Plan a session for the people of an intake."""
    intake = get_object_or_404(Intake.objects.select_related("programme__council"), pk=pk)
    form = SessionForm(request.POST if request.method == "POST" else None, instance=OrientationSession(intake=intake))
    added: list[OrientationSession] = []
    if (
        form.is_bound
        and form.is_valid()
        and kept(form, lambda: added.append(orientation.add_session(intake, facts=form.facts, by=request.user)))
    ):
        messages.success(request, _("The session is planned. People can take a seat now."))
        return to("orientation-list", council)
    crumbs = _crumbs(council, (_("New session"), None))
    return shown(request, "coordinate/session_form", council, form=form, intake=intake, crumbs=crumbs)


@gate("mentoring.manage", within="council")
@require_http_methods(EDIT)
def orientation_edit(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Change a session; those who have a seat are told of a new time or place."""
    session = get_object_or_404(worklists.sessions(), pk=pk)
    form = SessionForm(request.POST if request.method == "POST" else None, instance=session)
    if (
        form.is_bound
        and form.is_valid()
        and kept(
            form,
            lambda: orientation.edit_session(session, facts=form.facts, seen=form.shown, by=request.user),
            lambda: OrientationSession.objects.get(pk=pk),
        )
    ):
        messages.success(request, _("The session is saved."))
        return to("orientation-list", council)
    crumbs = _crumbs(council, (_("Edit the session"), None))
    return shown(
        request, "coordinate/session_form", council, form=form, intake=session.intake, session=session, crumbs=crumbs
    )


@gate("mentoring.manage", within="council")
@require_http_methods(EDIT)
@reason_first
def orientation_show(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Show who has a seat in a session, and tick who came."""
    session = get_object_or_404(worklists.sessions(), pk=pk)
    seats = list(worklists.seats_of(session))
    form = AttendanceForm(request.POST if request.method == "POST" else None, seats=seats)
    present: list[int] = []
    if (
        form.is_bound
        and form.is_valid()
        and kept(
            form,
            lambda: present.append(
                orientation.record_attendance(
                    session, came={UUID(key) for key in form.cleaned_data["came"]}, by=request.user
                )
            ),
        )
    ):
        words = ngettext("Recorded: %(n)s person came.", "Recorded: %(n)s people came.", present[0])
        messages.success(request, words % {"n": present[0]})
        return to("orientation-show", council, pk=pk)
    crumbs = _crumbs(council, (day(session.starts_at.date()), None))
    return shown(request, "coordinate/session", council, form=form, session=session, seats=seats, crumbs=crumbs)


@gate("mentoring.manage", within="council")
@require_http_methods(EDIT)
@of_application
def orientation_one(request: HttpRequest, council: Council, application: Application) -> HttpResponse:
    """Record an orientation that was a talk between two."""
    form = OneToOneForm(request.POST if request.method == "POST" else None)
    if (
        form.is_bound
        and form.is_valid()
        and kept(
            form,
            lambda: orientation.record_one_to_one(application, note=form.cleaned_data["note"], by=request.user),
        )
    ):
        messages.success(request, _("The orientation is recorded."))
        return to("application-show", council, pk=application.pk)
    crumbs = crumbs_to(council, application, (_("Orientation one to one"), None))
    return shown(request, "coordinate/one_to_one", council, form=form, application=application, crumbs=crumbs)
