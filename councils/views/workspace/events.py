"""A council's events."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from allies.kit.access import can, gate
from councils.dates import when
from councils.filters.workspace import EventFilter
from councils.forms.workspace.event import EventForm
from councils.models import Council, Event
from councils.queries import registrations
from councils.queries.translation import drift, missing
from councils.queries.work import events, has_been_public
from councils.services import events as services
from councils.tables.workspace import EventTable
from councils.views.workspace.answers import acted, kept, listed, shown, to

EDIT = ["GET", "HEAD", "POST"]


def _crumbs(council: Council, *more: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    return [(_("Events"), reverse("councils:workspace-event-list", args=[council.slug])), *more]


@gate("councils.enter", within="council")
@require_safe
def event_list(request: HttpRequest, council: Council) -> HttpResponse:
    """List the events, the latest first."""
    found = EventFilter(request.GET, queryset=events())
    table = listed(request, EventTable(found.qs, council=council))
    return shown(request, "events", council, filter=found, table=table)


@gate("councils.enter", within="council")
@require_safe
def event_show(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Show one event and what may be done with it."""
    event = get_object_or_404(events(), pk=pk)
    edits = can(request.user, "councils.edit", council)
    return shown(
        request,
        "event",
        council,
        event=event,
        edits=edits,
        when=when(event),
        hosts=list(registrations.hosts_of(event)),
        counts=registrations.in_all(registrations.by_role(event)),
        taken=registrations.places_taken(event),
        begun=registrations.has_begun(event),
        counts_people=can(request.user, "councils.count_people", council),
        missing=missing(event) if edits else {},
        deletable=edits and not (event.is_published or has_been_public(event)),
        crumbs=_crumbs(council, (event.title, None)),
    )


@gate("councils.edit", within="council")
@require_http_methods(EDIT)
def event_add(request: HttpRequest, council: Council) -> HttpResponse:
    """Add an event as a draft."""
    form = EventForm(request.POST if request.method == "POST" else None, instance=Event(council=council))
    added: list[Event] = []
    if (
        form.is_bound
        and form.is_valid()
        and kept(form, lambda: added.append(services.add_event(council, facts=form.facts, by=request.user)))
    ):
        messages.success(request, _("The event is added as a draft."))
        return to("workspace-event-show", council, pk=added[0].pk)
    return shown(request, "event_form", council, form=form, crumbs=_crumbs(council, (_("New event"), None)))


@gate("councils.edit", within="council")
@require_http_methods(EDIT)
def event_edit(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Edit an event in both languages."""
    event = get_object_or_404(Event.objects, pk=pk)
    url = reverse("councils:workspace-event-show", args=[council.slug, pk])
    crumbs = _crumbs(council, (event.title, url), (_("Edit"), None))
    form = EventForm(
        request.POST if request.method == "POST" else None, instance=event, since=drift([event]).get(str(pk))
    )
    if (
        form.is_bound
        and form.is_valid()
        and kept(
            form,
            lambda: services.edit_event(event, facts=form.facts, seen=form.shown, by=request.user),
            lambda: Event.objects.get(pk=pk),
        )
    ):
        messages.success(request, _("The event is saved."))
        return to("workspace-event-show", council, pk=pk)
    return shown(request, "event_form", council, form=form, event=event, crumbs=crumbs)


@gate("councils.edit", within="council")
@require_POST
def event_publish(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Show an event on the council's page; what is missing is shown in its form."""
    event = get_object_or_404(Event.objects, pk=pk)
    done = acted(request, lambda: services.publish_event(event, by=request.user), _("The event is public now."))
    return to("workspace-event-show" if done or not missing(event) else "workspace-event-edit", council, pk=pk)


@gate("councils.edit", within="council")
@require_POST
def event_unpublish(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Take an event off the council's page."""
    event = get_object_or_404(Event.objects, pk=pk)
    acted(request, lambda: services.unpublish_event(event, by=request.user), _("The event is no longer public."))
    return to("workspace-event-show", council, pk=pk)


@gate("councils.edit", within="council")
@require_POST
def event_delete(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Delete a draft that the public never saw."""
    event = get_object_or_404(Event.objects, pk=pk)
    if acted(request, lambda: services.delete_event(event, by=request.user), _("The draft is deleted.")):
        return to("workspace-event-list", council)
    return to("workspace-event-show", council, pk=pk)
