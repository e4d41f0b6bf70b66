"""A council's local programmes."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from allies.kit.access import can, gate
from councils.filters.workspace import ProgrammeFilter
from councils.forms.workspace.programme import EndForm, ProgrammeForm
from councils.models import Council, LocalProgramme
from councils.queries.translation import drift, missing
from councils.queries.work import has_been_public, programmes
from councils.services import programmes as services
from councils.tables.workspace import ProgrammeTable
from councils.views.workspace.answers import acted, kept, listed, shown, to

EDIT = ["GET", "HEAD", "POST"]


def _crumbs(council: Council, *more: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    return [(_("Programmes"), reverse("councils:programme-list", args=[council.slug])), *more]


def _of(council: Council, programme: LocalProgramme, here: str) -> list[tuple[str, str | None]]:
    url = reverse("councils:programme-show", args=[council.slug, programme.pk])
    return _crumbs(council, (programme.name, url), (here, None))


@gate("councils.enter", within="council")
@require_safe
def programme_list(request: HttpRequest, council: Council) -> HttpResponse:
    """List the programmes, those that run first."""
    found = ProgrammeFilter(request.GET, queryset=programmes())
    table = listed(request, ProgrammeTable(found.qs, council=council))
    return shown(request, "programmes", council, filter=found, table=table)


@gate("councils.enter", within="council")
@require_safe
def programme_show(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Show one programme and what may be done with it."""
    return _shown(request, council, get_object_or_404(programmes(), pk=pk), EndForm())


def _shown(request: HttpRequest, council: Council, programme: LocalProgramme, end: EndForm) -> HttpResponse:
    edits = can(request.user, "councils.edit", council)
    return shown(
        request,
        "programme",
        council,
        form=end,
        programme=programme,
        edits=edits,
        missing=missing(programme) if edits else {},
        deletable=edits and not (programme.is_published or programme.ended_on or has_been_public(programme)),
        crumbs=_crumbs(council, (programme.name, None)),
    )


@gate("councils.edit", within="council")
@require_http_methods(EDIT)
def programme_add(request: HttpRequest, council: Council) -> HttpResponse:
    """Add a programme as a draft."""
    form = ProgrammeForm(request.POST if request.method == "POST" else None, instance=LocalProgramme(council=council))
    added: list[LocalProgramme] = []
    if (
        form.is_bound
        and form.is_valid()
        and kept(
            form,
            lambda: added.append(services.add_programme(council, facts=form.facts, by=request.user)),
        )
    ):
        messages.success(request, _("The programme is added as a draft."))
        return to("programme-show", council, pk=added[0].pk)
    crumbs = _crumbs(council, (_("New programme"), None))
    return shown(request, "programme_form", council, form=form, crumbs=crumbs)


@gate("councils.edit", within="council")
@require_http_methods(EDIT)
def programme_edit(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Edit a programme in both languages."""
    programme = get_object_or_404(LocalProgramme.objects, pk=pk)
    crumbs = _of(council, programme, _("Edit"))
    form = ProgrammeForm(
        request.POST if request.method == "POST" else None, instance=programme, since=drift([programme]).get(str(pk))
    )
    if (
        form.is_bound
        and form.is_valid()
        and kept(
            form,
            lambda: services.edit_programme(programme, facts=form.facts, seen=form.shown, by=request.user),
            lambda: LocalProgramme.objects.get(pk=pk),
        )
    ):
        messages.success(request, _("The programme is saved."))
        return to("programme-show", council, pk=pk)
    return shown(request, "programme_form", council, form=form, programme=programme, crumbs=crumbs)


@gate("councils.edit", within="council")
@require_POST
def programme_publish(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Show a programme on the council's page; what is missing is shown in its form."""
    programme = get_object_or_404(LocalProgramme.objects, pk=pk)
    done = acted(
        request,
        lambda: services.publish_programme(programme, by=request.user),
        _("The programme is public now."),
    )
    return to("programme-show" if done or not missing(programme) else "programme-edit", council, pk=pk)


@gate("councils.edit", within="council")
@require_POST
def programme_unpublish(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Take a programme off the council's page."""
    programme = get_object_or_404(LocalProgramme.objects, pk=pk)
    acted(
        request,
        lambda: services.unpublish_programme(programme, by=request.user),
        _("The programme is no longer public."),
    )
    return to("programme-show", council, pk=pk)


@gate("councils.edit", within="council")
@require_POST
def programme_end(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Record the day on which a programme ended."""
    programme = get_object_or_404(programmes(), pk=pk)
    form = EndForm(request.POST)
    if form.is_valid() and kept(
        form,
        lambda: services.end_programme(programme, on=form.cleaned_data["ended_on"], by=request.user),
    ):
        messages.success(request, _("The end is recorded. The programme stays in the council's history."))
        return to("programme-show", council, pk=pk)
    return _shown(request, council, programme, form)


@gate("councils.edit", within="council")
@require_POST
def programme_delete(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Delete a draft that the public never saw."""
    programme = get_object_or_404(LocalProgramme.objects, pk=pk)
    if acted(request, lambda: services.delete_programme(programme, by=request.user), _("The draft is deleted.")):
        return to("programme-list", council)
    return to("programme-show", council, pk=pk)
