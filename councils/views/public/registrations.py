"""Signing up for an event, without an account if one has none, and withdrawing by the link in the letter."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from allies.kit.access import gate
from allies.kit.bilingual import current_language
from allies.kit.ratelimit import client_address, take
from allies.kit.refusals import Refused
from councils.calendars import calendar
from councils.dates import when
from councils.forms.registrations import SignUpForm
from councils.models import Event, Registration
from councils.queries import registrations as queries
from councils.queries.published import published_events
from councils.services import registrations as services
from councils.views.public.answers import private

Standing = queries.Standing
# A class in one room shares an address; one person's letters are no business of strangers.
FROM_A_MACHINE = "60/h"
TO_AN_ADDRESS = "5/h"


def _event(pk: UUID) -> Event:
    return get_object_or_404(published_events(), pk=pk)


@gate("public", across=True)
@require_http_methods(["GET", "HEAD", "POST"])
def event_sign_up(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask who comes, and give a place."""
    event = _event(pk)
    standing = queries.standing_of(event)
    if standing not in (Standing.OPEN, Standing.FULL):
        return _closed(request, event, services.why_closed(standing))
    if request.method != "POST":
        person = request.user if request.user.is_authenticated else None
        return _asked(request, event, SignUpForm(person=person), full=standing == Standing.FULL)
    form = SignUpForm(request.POST)
    wait = take("event-sign-up", client_address(request), FROM_A_MACHINE)
    if not wait and form.is_valid():
        wait = take("event-letter", form.cleaned_data["email"].lower(), TO_AN_ADDRESS)
    if wait:
        return _asked_to_wait(request, event, form, wait)
    if not form.is_valid():
        return _asked(request, event, form, status=422)
    try:
        services.sign_up(
            event,
            facts=form.cleaned_data,
            language=current_language(),
            by=request.user if request.user.is_authenticated else None,
        )
    except services.Closed as refusal:
        return _closed(request, event, str(refusal.reason))
    except Refused as refusal:
        form.add_error(None, str(refusal.reason))
        return _asked(request, event, form, status=422)
    return redirect("councils:event-signed-up", pk=pk)


def _asked(
    request: HttpRequest, event: Event, form: SignUpForm, *, full: bool = False, status: int = 200
) -> HttpResponse:
    crumbs = [
        (_("Events"), reverse("councils:event-list")),
        (event.title, reverse("councils:event-read", args=[event.pk])),
        (_("Sign up"), None),
    ]
    facts = {"event": event, "when": when(event), "form": form, "full": full, "crumbs": crumbs}
    return render(request, "councils/public/event_sign_up.html", facts, status=status)


def _asked_to_wait(request: HttpRequest, event: Event, form: SignUpForm, wait: float) -> HttpResponse:
    """Answer 429 with what was typed still there."""
    seconds = max(1, int(wait) + 1)
    form.add_error(None, _("Too many sign-ups came from here in a short time. Wait a little, then send it again."))
    response = _asked(request, event, form, status=429)
    response["Retry-After"] = str(seconds)
    return response


def _closed(request: HttpRequest, event: Event, why: str) -> HttpResponse:
    facts = {"event": event, "when": when(event), "why": why}
    return render(request, "councils/public/event_closed.html", facts, status=410)


@gate("public", across=True)
@require_safe
def event_signed_up(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say that a letter is on its way; the same to everybody."""
    event = _event(pk)
    return render(request, "councils/public/event_signed_up.html", {"event": event, "when": when(event)})


def _named_by(token: str) -> Registration:
    found = services.named_by(token)
    if found is None:
        raise Http404
    return found


@gate("public", across=True)
@require_http_methods(["GET", "HEAD", "POST"])
def registration_show(request: HttpRequest, token: str) -> HttpResponse:
    """Show somebody their place, with where to come; withdraw when they say so."""
    found = _named_by(token)
    event = found.event
    status, why = 200, ""
    if request.method == "POST":
        try:
            services.withdraw(found)
        except services.Closed as refusal:
            status, why = 410, str(refusal.reason)
        else:
            return private(redirect("councils:registration-show", token))
    facts = {
        "registration": found,
        "event": event,
        "when": when(event),
        "is_ahead": not queries.has_begun(event),
        "is_off": not (event.is_published or queries.has_begun(event)),
        "why": why,
    }
    return private(render(request, "councils/public/registration.html", facts, status=status))


@gate("public", across=True)
@require_safe
def registration_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """Give somebody who signed up the event for a calendar, with the address to come to."""
    found = _named_by(token)
    event = found.event
    if found.state == Registration.State.WITHDRAWN or not event.is_published:
        raise Http404
    response = HttpResponse(calendar(event, where=event.where), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="event-{event.starts_on}.ics"'
    return private(response)
