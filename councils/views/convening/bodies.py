"""The bodies that a council convenes, and their seats."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from allies.kit.access import can, gate
from councils.forms.convening import BodyForm, EndSeatForm, SeatForm
from councils.models import Body, Council, Seat
from councils.queries import convening as queries
from councils.services import bodies as services
from councils.services import seats
from councils.services.staff_session import look_at
from councils.tables.convening import BodyTable
from councils.views.people.reasons import reason_first
from councils.views.workspace.answers import acted, kept, listed, shown, to

EDIT = ["GET", "HEAD", "POST"]
PART = "convening"
PER_PAGE = 12
PAST_SEATS = 50

Crumbs = list[tuple[str, str | None]]


def _crumbs(council: Council, *more: tuple[str, str | None]) -> Crumbs:
    return [(_("Bodies"), reverse("councils:body-list", args=[council.slug])), *more]


def of_body(council: Council, body: Body, *more: tuple[str, str | None]) -> Crumbs:
    """The way to a page below a body."""
    return _crumbs(council, (body.name, reverse("councils:body-show", args=[council.slug, body.pk])), *more)


def body_or_404(pk: UUID) -> Body:
    """The council's body with this identifier."""
    return get_object_or_404(queries.bodies(), pk=pk)


@gate("councils.enter", within="council")
@require_safe
def body_list(request: HttpRequest, council: Council) -> HttpResponse:
    """List the bodies."""
    table = listed(request, BodyTable(queries.bodies(), council=council))
    return shown(request, "bodies", council, part=PART, table=table)


@gate("councils.enter", within="council")
@require_safe
def body_show(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Show a body: who sits in it, who is missing, when it meets."""
    body = body_or_404(pk)
    sees, records = can(request.user, "councils.read_minutes", council), queries.attendance_record(body)
    groups = queries.balance(record.seat for record in records)
    year = timezone.localdate().year
    context: dict[str, Any] = {
        "body": body,
        "sees": sees,
        "edits": can(request.user, "councils.edit", council),
        "records": records if sees else [],
        "coming_seats": list(queries.coming_seats_of(body)) if sees else [],
        "past_seats": list(queries.past_seats_of(body)[:PAST_SEATS]) if sees else [],
        "groups": [group for group in groups if group.count],
        "missing": [group.label for group in groups if not group.count] if records else [],
        "coming": list(queries.coming_meetings(body)),
        "page": Paginator(queries.past_meetings(body), PER_PAGE).get_page(request.GET.get("page")),
        "in_person": queries.met_in_person(body, year),
        "target": queries.FACE_TO_FACE_TARGET,
        "year": year,
        "crumbs": _crumbs(council, (body.name, None)),
    }
    return shown(request, "body", council, part=PART, **context)


@gate("councils.edit", within="council")
@require_http_methods(EDIT)
def body_add(request: HttpRequest, council: Council) -> HttpResponse:
    """Add a body as a draft."""
    form = BodyForm(request.POST if request.method == "POST" else None, instance=Body(council=council))
    added: list[Body] = []
    if (
        form.is_bound
        and form.is_valid()
        and kept(form, lambda: added.append(services.add_body(council, facts=form.facts, by=request.user)))
    ):
        messages.success(request, _("The body is added as a draft."))
        return to("body-show", council, pk=added[0].pk)
    return shown(request, "body_form", council, part=PART, form=form, crumbs=_crumbs(council, (_("New body"), None)))


@gate("councils.edit", within="council")
@require_http_methods(EDIT)
def body_edit(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Change a body."""
    body = body_or_404(pk)
    form = BodyForm(request.POST if request.method == "POST" else None, instance=body_or_404(pk))
    if (
        form.is_bound
        and form.is_valid()
        and kept(
            form,
            lambda: services.edit_body(body, facts=form.facts, seen=form.shown, by=request.user),
            lambda: body_or_404(pk),
        )
    ):
        messages.success(request, _("Saved."))
        return to("body-show", council, pk=pk)
    crumbs = of_body(council, body, (_("Edit"), None))
    return shown(request, "body_form", council, part=PART, form=form, body=body, crumbs=crumbs)


@gate("councils.edit", within="council")
@require_POST
def body_publish(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Show a body on the council's page."""
    body = body_or_404(pk)
    acted(request, lambda: services.publish_body(body, by=request.user), _("The body is on the council's page."))
    return to("body-show", council, pk=pk)


@gate("councils.edit", within="council")
@require_POST
def body_unpublish(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Take a body off the council's page."""
    body = body_or_404(pk)
    acted(request, lambda: services.unpublish_body(body, by=request.user), _("The body is no longer public."))
    return to("body-show", council, pk=pk)


@gate("councils.edit", within="council")
@require_http_methods(EDIT)
@reason_first
def seat_add(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Give somebody a seat."""
    body = body_or_404(pk)
    form = SeatForm(request.POST if request.method == "POST" else None, instance=Seat(body=body))
    if (
        form.is_bound
        and form.is_valid()
        and kept(form, lambda: seats.give_seat(body, facts=form.facts, by=request.user))
    ):
        messages.success(request, _("The seat is given."))
        return to("body-show", council, pk=pk)
    crumbs = of_body(council, body, (_("New seat"), None))
    return shown(request, "seat_form", council, part=PART, form=form, body=body, crumbs=crumbs)


def _seat(pk: UUID) -> Seat:
    return get_object_or_404(Seat.objects.select_related("body__council__place", "person", "organisation"), pk=pk)


@gate("councils.edit", within="council")
@require_http_methods(EDIT)
@reason_first
def seat_edit(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Change a seat; the person who holds it may ask who opened it."""
    seat = _seat(pk)
    if seat.person and request.method == "GET":
        look_at(seat.person, council, by=request.user)
    form = SeatForm(request.POST if request.method == "POST" else None, instance=_seat(pk))
    if (
        form.is_bound
        and form.is_valid()
        and kept(
            form,
            lambda: seats.edit_seat(seat, facts=form.facts, seen=form.shown, by=request.user),
            lambda: _seat(pk),
        )
    ):
        messages.success(request, _("Saved."))
        return to("body-show", council, pk=seat.body_id)
    return _seat_shown(request, council, seat, form, EndSeatForm(initial={"ends_on": timezone.localdate()}))


def _seat_shown(request: HttpRequest, council: Council, seat: Seat, form: Any, end_form: Any) -> HttpResponse:
    crumbs = of_body(council, seat.body, (str(seat), None))
    refused = end_form if end_form.is_bound else form
    runs = seat.ends_on is None or seat.ends_on > timezone.localdate()
    context = {"body": seat.body, "seat": seat, "runs": runs, "seat_form": form, "end_form": end_form, "crumbs": crumbs}
    return shown(request, "seat_form", council, part=PART, form=refused, **context)


@gate("councils.edit", within="council")
@require_POST
@reason_first
def seat_end(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """End a term."""
    seat, form = _seat(pk), EndSeatForm(request.POST)
    if form.is_valid() and kept(form, lambda: seats.end_seat(seat, on=form.cleaned_data["ends_on"], by=request.user)):
        messages.success(request, _("The term has its end."))
        return to("body-show", council, pk=seat.body_id)
    return _seat_shown(request, council, seat, SeatForm(instance=_seat(pk)), form)
