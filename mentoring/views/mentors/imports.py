"""Lists of mentors and of mentees, taken in from a file: looked at first, then decided."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from allies.kit.access import gate
from allies.kit.export import csv_response, xlsx_response
from allies.kit.models import StoredFile
from allies.kit.refusals import Refused
from councils.forms.convening import TakeInForm
from councils.models import Council
from councils.views.people.reasons import reason_first
from mentoring.forms.mentors import PeopleListForm
from mentoring.models import Intake
from mentoring.services import mentor_lists as lists
from mentoring.services.people_sheet import SAY
from mentoring.states import IntakeState
from mentoring.views.answers import kept, shown
from mentoring.views.mentors.listing import crumbs

EDIT = ["GET", "HEAD", "POST"]
SHOWN_ROWS = 100


def _intake(pk: UUID | None) -> Intake | None:
    if pk is None:
        return None
    return get_object_or_404(Intake.objects.select_related("programme__council"), pk=pk)


def _address(name: str, council: Council, intake: Intake | None, **more: Any) -> str:
    """The address of a page of an import: of mentees where there is an intake, else of mentors."""
    facts = {"council": council.slug, **more} | ({"intake": intake.pk} if intake else {})
    return reverse(f"mentoring:{'applicant' if intake else 'mentor'}-{name}", kwargs=facts)


@gate("mentoring.manage", within="council")
@require_safe
def people_import(request: HttpRequest, council: Council) -> HttpResponse:
    """Choose what to import: mentors, or mentees into an open intake."""
    intakes = Intake.objects.filter(state=IntakeState.OPEN).select_related("programme").order_by("closes_on", "pk")
    way = crumbs(council, (_("Import people"), None))
    return shown(request, "mentors/import_choice", council, intakes=list(intakes), crumbs=way)


@gate("mentoring.manage", within="council")
@require_safe
def list_template(request: HttpRequest, council: Council, kind: str, intake: UUID | None = None) -> HttpResponse:
    """Download an empty list with its headings."""
    into = _intake(intake)
    columns: list[Any] = [(name, name) for name in (*lists.needed(into), *lists.optional(into))]
    name = f"{'mentees' if into else 'mentors'}.{kind}"
    return csv_response([], columns, name) if kind == "csv" else xlsx_response([], columns, name)


@gate("mentoring.manage", within="council")
@require_http_methods(EDIT)
@reason_first
def list_import(request: HttpRequest, council: Council, intake: UUID | None = None) -> HttpResponse:
    """Check a list; one whose rows are all good is kept, to be looked at and taken in."""
    into = _intake(intake)
    form = PeopleListForm(request.POST, request.FILES) if request.method == "POST" else PeopleListForm()
    found: list[StoredFile] = []

    def look() -> None:
        found.append(lists.look_at_people(council, form.cleaned_data["file"], by=request.user, intake=into))

    if form.is_bound and form.is_valid() and kept(form, look):
        return redirect(_address("import-check", council, into, pk=found[0].pk))
    return shown(
        request,
        "mentors/import",
        council,
        form=form,
        intake=into,
        needed=[(name, SAY[name]) for name in lists.needed(into)],
        optional=[(name, SAY[name]) for name in lists.optional(into)],
        crumbs=_way(council, into),
    )


@gate("mentoring.manage", within="council")
@require_http_methods(EDIT)
@reason_first
def list_import_check(request: HttpRequest, council: Council, pk: UUID, intake: UUID | None = None) -> HttpResponse:
    """Show what a kept list would do, and take it in; nothing changes unless every row is still good."""
    into = _intake(intake)
    stored = lists.kept_people(council, pk, by=request.user)
    if stored is None:
        raise Http404
    form = TakeInForm(request.POST if request.method == "POST" else None)
    after = redirect(
        reverse("mentoring:mentor-list" if into is None else "mentoring:people-import", args=[council.slug])
    )
    if "forget" in request.POST:
        lists.forget_list(stored, by=request.user)
        messages.success(request, _("The list is forgotten. Nothing was changed."))
        return after

    def take() -> None:
        lists.take_in(council, stored, seal=form.cleaned_data["seal"], by=request.user, intake=into)

    if form.is_bound and form.is_valid() and kept(form, take):
        messages.success(request, _("The list is imported, and the people on it have been written to."))
        return after
    facts: dict[str, Any] = {"kept": stored, "intake": into, "crumbs": _way(council, into), "most": SHOWN_ROWS}
    try:
        facts["plan"] = lists.plan_of(council, stored, by=request.user, intake=into)
    except Refused as refusal:
        facts["faults"] = refusal.reason
    return shown(request, "mentors/import_check", council, form=form, **facts)


def _way(council: Council, intake: Intake | None) -> list[tuple[str, str | None]]:
    choice = (_("Import people"), reverse("mentoring:people-import", args=[council.slug]))
    return crumbs(council, choice, (_("Import mentees") if intake else _("Import mentors"), None))
