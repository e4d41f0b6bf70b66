"""The organisations at a council's table."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from allies.kit.access import can, gate
from allies.kit.export import csv_response, xlsx_response
from allies.kit.models import StoredFile
from allies.kit.refusals import Refused
from councils.filters.convening import OrganisationFilter
from councils.forms.convening import LeaveForm, ListForm, OrganisationForm, TakeInForm
from councils.models import Council, Organisation
from councils.queries import convening as queries
from councils.queries.published import immigrant_networks
from councils.services import organisation_lists as lists
from councils.services import organisations
from councils.tables.convening import OrganisationTable
from councils.views.workspace.answers import acted, kept, listed, shown, to

EDIT = ["GET", "HEAD", "POST"]
PART = "convening"
SHOWN_ROWS = 100


def _crumbs(council: Council, *more: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    return [(_("Organisations"), reverse("councils:organisation-list", args=[council.slug])), *more]


def _organisation(pk: UUID) -> Organisation:
    return get_object_or_404(queries.organisations(), pk=pk)


@gate("councils.enter", within="council")
@require_safe
def organisation_list(request: HttpRequest, council: Council) -> HttpResponse:
    """List the organisations, with the groups that are missing at the table."""
    found = OrganisationFilter(request.GET, queryset=queries.organisations())
    table = listed(request, OrganisationTable(found.qs, council=council))
    groups = queries.groups_at_the_table()
    return shown(
        request,
        "organisations",
        council,
        part=PART,
        filter=found,
        table=table,
        groups=groups,
        missing=[group.label for group in groups if not group.count],
    )


@gate("councils.enter", within="council")
@require_safe
def organisation_show(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Show one organisation; whom to talk to there only to those who may see personal data."""
    return _shown(request, council, _organisation(pk), LeaveForm(initial={"left_on": timezone.localdate()}))


def _shown(request: HttpRequest, council: Council, organisation: Organisation, form: LeaveForm) -> HttpResponse:
    return shown(
        request,
        "organisation",
        council,
        part=PART,
        form=form,
        organisation=organisation,
        edits=can(request.user, "councils.edit", council),
        sees_people=can(request.user, "councils.see_people", council),
        sees=can(request.user, "councils.read_minutes", council),
        seats=list(queries.seats_for(organisation)),
        is_listed=immigrant_networks().filter(pk=organisation.pk).exists(),
        crumbs=_crumbs(council, (organisation.name, None)),
    )


@gate("councils.edit", within="council")
@require_http_methods(EDIT)
def organisation_add(request: HttpRequest, council: Council) -> HttpResponse:
    """Add an organisation."""
    data = request.POST if request.method == "POST" else None
    sees = bool(can(request.user, "councils.see_people", council))
    form = OrganisationForm(data, instance=Organisation(council=council), sees_people=sees)
    added: list[Organisation] = []
    if (
        form.is_bound
        and form.is_valid()
        and kept(form, lambda: added.append(organisations.add_organisation(council, facts=form.facts, by=request.user)))
    ):
        messages.success(request, _("The organisation sits at the table."))
        return to("organisation-show", council, pk=added[0].pk)
    crumbs = _crumbs(council, (_("New organisation"), None))
    return shown(request, "organisation_form", council, part=PART, form=form, crumbs=crumbs)


@gate("councils.edit", within="council")
@require_http_methods(EDIT)
def organisation_edit(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Change an organisation."""
    organisation = _organisation(pk)
    data = request.POST if request.method == "POST" else None
    sees = bool(can(request.user, "councils.see_people", council))
    form = OrganisationForm(data, instance=_organisation(pk), sees_people=sees)
    if (
        form.is_bound
        and form.is_valid()
        and kept(
            form,
            lambda: organisations.edit_organisation(organisation, facts=form.facts, seen=form.shown, by=request.user),
            lambda: _organisation(pk),
        )
    ):
        messages.success(request, _("Saved."))
        return to("organisation-show", council, pk=pk)
    url = reverse("councils:organisation-show", args=[council.slug, pk])
    crumbs = _crumbs(council, (organisation.name, url), (_("Edit"), None))
    context = {"organisation": organisation, "crumbs": crumbs}
    return shown(request, "organisation_form", council, part=PART, form=form, **context)


@gate("councils.edit", within="council")
@require_POST
def organisation_leave(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Record that an organisation left."""
    organisation, form = _organisation(pk), LeaveForm(request.POST)
    if form.is_valid() and kept(
        form, lambda: organisations.leave_table(organisation, on=form.cleaned_data["left_on"], by=request.user)
    ):
        messages.success(request, _("Recorded: the organisation left the table."))
        return to("organisation-show", council, pk=pk)
    return _shown(request, council, organisation, form)


@gate("councils.edit", within="council")
@require_POST
def organisation_return(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Record that an organisation is back."""
    organisation = _organisation(pk)
    acted(
        request,
        lambda: organisations.return_to_table(organisation, by=request.user),
        _("Recorded: the organisation sits at the table again."),
    )
    return to("organisation-show", council, pk=pk)


@gate("councils.edit", within="council")
@require_safe
def organisation_export(request: HttpRequest, council: Council, kind: str) -> HttpResponse:
    """Download the list as it is filtered, for a spreadsheet."""
    rows = OrganisationFilter(request.GET, queryset=queries.organisations()).qs
    columns = lists.columns(with_people=bool(can(request.user, "councils.see_people", council)))
    name = f"organisations-{council.slug}.{kind}"
    return csv_response(rows, columns, name) if kind == "csv" else xlsx_response(rows, columns, name)


@gate("councils.edit", within="council")
@require_http_methods(EDIT)
def organisation_import(request: HttpRequest, council: Council) -> HttpResponse:
    """Check a list; one whose rows are all good is kept, to be looked at and taken in."""
    form = ListForm(request.POST, request.FILES) if request.method == "POST" else ListForm()
    found: list[StoredFile] = []
    if (
        form.is_bound
        and form.is_valid()
        and kept(form, lambda: found.append(lists.look_at_list(council, form.cleaned_data["file"], by=request.user)))
    ):
        return to("organisation-import-check", council, pk=found[0].pk)
    crumbs = _crumbs(council, (_("Import a list"), None))
    return shown(request, "organisation_import", council, part=PART, form=form, crumbs=crumbs)


@gate("councils.edit", within="council")
@require_http_methods(EDIT)
def organisation_import_check(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Show what a kept list would change, and take it in; nothing changes unless every row is still good."""
    stored = lists.kept_list(council, pk, by=request.user)
    if stored is None:
        raise Http404
    form = TakeInForm(request.POST if request.method == "POST" else None)
    if "forget" in request.POST:
        lists.forget_list(stored, by=request.user)
        messages.success(request, _("The list is forgotten. Nothing was changed."))
        return to("organisation-list", council)
    if (
        form.is_bound
        and form.is_valid()
        and kept(form, lambda: lists.take_in(council, stored, seal=form.cleaned_data["seal"], by=request.user))
    ):
        messages.success(request, _("The list is imported."))
        return to("organisation-list", council)
    facts = {"kept": stored, "crumbs": _crumbs(council, (_("Import a list"), None)), "most": SHOWN_ROWS}
    try:
        facts["plan"] = lists.plan_of(council, stored, by=request.user)
    except Refused as refusal:
        facts["faults"] = refusal.reason
    return shown(request, "organisation_import_check", council, part=PART, form=form, **facts)
