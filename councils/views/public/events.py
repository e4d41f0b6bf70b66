"""Events of the network and of its councils."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from allies.kit.access import gate
from councils import structured_data
from councils.calendars import calendar, has_calendar
from councils.dates import when
from councils.queries import registrations
from councils.queries.published import past, published_events, upcoming
from councils.views.public.answers import asked_again

PAGE = 25
MOST_AHEAD = 50


@gate("public", across=True)
@require_safe
@asked_again
def events(request: HttpRequest) -> HttpResponse:
    """List what comes next, and what was."""
    context = {
        "ahead": list(upcoming(published_events())[:MOST_AHEAD]),
        "page": Paginator(past(published_events()), PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "councils/public/events.html", context)


@gate("public", across=True)
@require_safe
@asked_again
def event_read(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Announce or remember one event."""
    event = get_object_or_404(published_events(), pk=pk)
    way = [(_("Events"), reverse("councils:event-list"))]
    here = (event.title, reverse("councils:event-read", args=[pk]))
    context = {
        "event": event,
        "when": when(event),
        "hosts": list(registrations.hosts_of(event)),
        "standing": registrations.standing_of(event),
        "came": registrations.for_the_public(registrations.by_role(event)) if event.tells_who_came else "",
        "has_calendar": has_calendar(event),
        "crumbs": way,
        "data_blocks": [
            structured_data.data_block(structured_data.event_facts(event)),
            structured_data.data_block(structured_data.breadcrumbs(*way, here)),
        ],
    }
    return render(request, "councils/public/event.html", context)


@gate("public", across=True)
@require_safe
@asked_again
def event_calendar(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give an event whose day is known to a calendar."""
    event = get_object_or_404(published_events(), pk=pk)
    if not has_calendar(event):
        raise Http404
    response = HttpResponse(calendar(event), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="event-{event.starts_on}.ics"'
    return response
