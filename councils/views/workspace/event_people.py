"""Who signs up for a council's event and who came: the list, the boxes at the door, and the report."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from allies.kit.access import can, gate
from allies.kit.export import csv_response, xlsx_response
from councils.filters.workspace import RegistrationFilter
from councils.forms.registrations import UnannouncedForm, WhoCameForm
from councils.models import Council, Event
from councils.queries import registrations as queries
from councils.queries.work import events
from councils.services import registrations as services
from councils.tables.registrations import RegistrationTable, columns
from councils.views.people.reasons import reason_first
from councils.views.workspace.answers import acted, kept, listed, shown, to

EDIT = ["GET", "HEAD", "POST"]
Crumbs = list[tuple[str, str | None]]


def _event(pk: UUID) -> Event:
    return get_object_or_404(events(), pk=pk)


def _crumbs(council: Council, event: Event, *more: tuple[str, str | None]) -> Crumbs:
    way: Crumbs = [
        (_("Events"), reverse("councils:workspace-event-list", args=[council.slug])),
        (event.title, reverse("councils:workspace-event-show", args=[council.slug, event.pk])),
    ]
    return [*way, *more]


@gate("councils.count_people", within="council")
@require_safe
@reason_first
def event_people(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """List who signed up, with what became of them."""
    event = _event(pk)
    found = RegistrationFilter(request.GET, queryset=queries.registrations(event))
    begun = queries.has_begun(event)
    edits = can(request.user, "councils.edit", council)
    table = listed(request, RegistrationTable(found.qs, council=council, gives_back=bool(edits) and not begun))
    return shown(
        request,
        "event_people",
        council,
        event=event,
        filter=found,
        table=table,
        begun=begun,
        edits=edits,
        crumbs=_crumbs(council, event, (_("Who is coming"), None)),
    )


@gate("councils.count_people", within="council")
@require_safe
@reason_first
def event_people_export(request: HttpRequest, council: Council, pk: UUID, kind: str) -> HttpResponse:
    """Download the list as it is filtered, for a spreadsheet."""
    event = _event(pk)
    rows = RegistrationFilter(request.GET, queryset=queries.registrations(event)).qs
    name = f"event-{event.starts_on}.{kind}"
    return csv_response(rows, columns(), name) if kind == "csv" else xlsx_response(rows, columns(), name)


@gate("councils.edit", within="council")
@require_http_methods(EDIT)
@reason_first
def event_withdraw(request: HttpRequest, council: Council, pk: UUID, registration: UUID) -> HttpResponse:
    """Ask, then give somebody's place back because they asked the council to."""
    event = _event(pk)
    place = get_object_or_404(queries.place_of(event, registration))
    if request.method == "POST":
        done = _("The place of %(name)s is free again. A letter tells them so.") % {"name": place.name}
        acted(request, lambda: services.withdraw(place, by=request.user), done)
        return to("workspace-event-people", council, pk=pk)
    people = (_("Who is coming"), reverse("councils:workspace-event-people", args=[council.slug, pk]))
    crumbs = _crumbs(council, event, people, (_("Give a place back"), None))
    return shown(request, "event_withdraw", council, event=event, place=place, crumbs=crumbs)


@gate("councils.edit", within="council")
@require_http_methods(EDIT)
@reason_first
def event_attendance(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Tick who came, all in one form."""
    event = _event(pk)
    form = WhoCameForm(request.POST if request.method == "POST" else None, expected=queries.expected(event))
    told: list[int] = []
    if (
        form.is_bound
        and form.is_valid()
        and kept(
            form,
            lambda: told.append(services.record_attendance(event, came=form.present, seen=form.shown, by=request.user)),
        )
    ):
        sentence = ngettext("%(n)d person came.", "%(n)d people came.", told[0]) % {"n": told[0]}
        messages.success(request, sentence)
        return to("workspace-event-report", council, pk=pk)
    crumbs = _crumbs(council, event, (_("Who came"), None))
    begun = queries.has_begun(event)
    return shown(request, "event_attendance", council, form=form, event=event, begun=begun, crumbs=crumbs)


@gate("councils.edit", within="council")
@require_http_methods(EDIT)
@reason_first
def event_unannounced(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Note somebody who came without having signed up."""
    event = _event(pk)
    form = UnannouncedForm(request.POST if request.method == "POST" else None)
    if (
        form.is_bound
        and form.is_valid()
        and kept(form, lambda: services.add_unannounced(event, facts=form.cleaned_data, by=request.user))
    ):
        messages.success(request, _("Noted: %(name)s came.") % {"name": form.cleaned_data["name"]})
        return to("workspace-event-people", council, pk=pk)
    crumbs = _crumbs(council, event, (_("Somebody came unannounced"), None))
    return shown(request, "event_unannounced", council, form=form, event=event, crumbs=crumbs)


@gate("councils.count_people", within="council")
@require_safe
def event_report(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Show in numbers who signed up and who came; the organisations only to those who may see the people."""
    event = _event(pk)
    counted = queries.by_role(event)
    sees = can(request.user, "councils.see_people", council)
    return shown(
        request,
        "event_report",
        council,
        event=event,
        rows=[*counted, queries.in_all(counted)] if counted else [],
        sees=sees,
        organisations=queries.employers_by_organisation(event) if sees else [],
        sentence=queries.for_the_public(counted) if any(row.came for row in counted) else "",
        edits=can(request.user, "councils.edit", council),
        crumbs=_crumbs(council, event, (_("Report"), None)),
    )


@gate("councils.edit", within="council")
@require_POST
def event_tell(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Let the public page say how many came."""
    event = _event(pk)
    acted(request, lambda: services.tell_the_public(event, by=request.user), _("The public page says how many came."))
    return to("workspace-event-report", council, pk=pk)


@gate("councils.edit", within="council")
@require_POST
def event_tell_nobody(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Take the number of those who came off the public page."""
    event = _event(pk)
    done = _("The public page no longer says how many came.")
    acted(request, lambda: services.tell_nobody(event, by=request.user), done)
    return to("workspace-event-report", council, pk=pk)
