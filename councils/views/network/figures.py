"""The register of facts: figures and what each source says about them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_tables2 import RequestConfig

from allies.kit import audit
from allies.kit.access import gate
from allies.kit.refusals import Refused, shown_as_message
from councils.filters.network import FigureFilter
from councils.forms.register import FigureForm, ShowForm, ValueForm
from councils.models import Fact, FactValue
from councils.queries.facts_register import register, values_of
from councils.queries.network import WORDS
from councils.services import facts as service
from councils.tables.network import FigureTable
from councils.views.network.pages import Crumbs, ask, crumbs

PAGE = 25


@gate("network.keep", across=True)
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """List the figures, and those whose sources disagree."""
    narrowed = FigureFilter(request.GET, queryset=register())
    table = FigureTable(narrowed.qs)
    RequestConfig(request, paginate={"per_page": PAGE}).configure(table)
    context = {
        "filter": narrowed,
        "table": table,
        "count": table.paginator.count,
        "crumbs": crumbs((_("Register of facts"), None)),
    }
    return render(request, "councils/network/figures.html", context)


@gate("network.keep", across=True)
@require_safe
def figure(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a figure with everything that sources say about it, and what was done to it."""
    found = _figure(pk)
    values = list(values_of(found))
    context = {
        "figure": found,
        "values": values,
        "is_disputed": len({value.text_en for value in values}) > 1,
        "acts": [(entry, WORDS.get(entry.action, entry.action)) for entry in audit.about(found)[:10]],
        "crumbs": _way((found.label, None)),
    }
    return render(request, "councils/network/figure.html", context)


@gate("network.keep", across=True)
@require_http_methods(["GET", "HEAD", "POST"])
def figure_new(request: HttpRequest) -> HttpResponse:
    """Add a figure."""

    def act(facts: dict[str, Any]) -> HttpResponse:
        return redirect("councils:network-figure", service.add_figure(by=request.user, **facts).pk)

    return ask(
        request,
        FigureForm(request.POST or None),
        act,
        title=_("Add a figure"),
        lede=_("First what it counts; the values and their sources come next."),
        way=_way((_("Add a figure"), None)),
        button=_("Add the figure"),
    )


@gate("network.keep", across=True)
@require_http_methods(["GET", "HEAD", "POST"])
def figure_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change what a figure says it counts."""
    found = _figure(pk)

    def act(facts: dict[str, Any]) -> HttpResponse:
        service.edit_figure(_figure(pk), by=request.user, **facts)
        return redirect("councils:network-figure", pk)

    return ask(
        request,
        FigureForm(request.POST or None, instance=found),
        act,
        title=_("Edit the figure"),
        way=_to(pk, found.label, _("Edit")),
        button=_("Save"),
    )


@gate("network.keep", across=True)
@require_POST
def figure_publish(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Publish a figure."""
    with shown_as_message(request, Refused):
        service.publish_figure(_figure(pk), by=request.user)
        messages.success(request, _("The figure is published."))
    return redirect("councils:network-figure", pk)


@gate("network.keep", across=True)
@require_POST
def figure_take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a figure back from publication."""
    with shown_as_message(request, Refused):
        service.take_back_figure(_figure(pk), by=request.user)
        messages.success(request, _("The figure is no longer published."))
    return redirect("councils:network-figure", pk)


@gate("network.keep", across=True)
@require_POST
def figure_delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Delete a figure that is not published."""
    with shown_as_message(request, Refused):
        service.delete_figure(_figure(pk), by=request.user)
        messages.success(request, _("The figure is deleted."))
        return redirect("councils:network-figures")
    return redirect("councils:network-figure", pk)


@gate("network.keep", across=True)
@require_http_methods(["GET", "HEAD", "POST"])
def value_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note what another source says."""
    found = _figure(pk)

    def act(facts: dict[str, Any]) -> HttpResponse:
        service.add_value(found, by=request.user, **facts)
        return redirect("councils:network-figure", pk)

    return ask(
        request,
        ValueForm(request.POST or None),
        act,
        title=_("Add a value"),
        lede=found.label,
        way=_to(pk, found.label, _("Add a value")),
        button=_("Add the value"),
    )


@gate("network.keep", across=True)
@require_http_methods(["GET", "HEAD", "POST"])
def value_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Correct what was noted of a source."""
    value = _value(pk)

    def act(facts: dict[str, Any]) -> HttpResponse:
        service.edit_value(_value(pk), by=request.user, **facts)
        return redirect("councils:network-figure", value.fact_id)

    return ask(
        request,
        ValueForm(request.POST or None, instance=value),
        act,
        title=_("Edit the value"),
        lede=value.fact.label,
        way=_to(value.fact_id, value.fact.label, _("Edit the value")),
        button=_("Save"),
    )


@gate("network.keep", across=True)
@require_http_methods(["GET", "HEAD", "POST"])
def value_show(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Choose the value that pages show."""
    value = _value(pk)

    def act(facts: dict[str, Any]) -> HttpResponse:
        service.show_value(value, by=request.user, **facts)
        messages.success(request, _("Pages now show %(value)s.") % {"value": value.text})
        return redirect("councils:network-figure", value.fact_id)

    return ask(
        request,
        ShowForm(request.POST or None, initial={"note_en": value.note_en, "note_fr": value.note_fr}),
        act,
        title=_("Show “%(value)s”") % {"value": value.text},
        lede=_("The other values are kept beside it. Readers see your reason."),
        way=_to(value.fact_id, value.fact.label, _("Choose the shown value")),
        button=_("Show this value"),
    )


def _figure(pk: UUID) -> Fact:
    return get_object_or_404(Fact.objects.select_related("council"), pk=pk)


def _value(pk: UUID) -> FactValue:
    return get_object_or_404(FactValue.objects.select_related("fact__council", "source"), pk=pk)


def _way(*steps: tuple[Any, str | None]) -> Crumbs:
    return crumbs((_("Register of facts"), reverse("councils:network-figures")), *steps)


def _to(pk: UUID, label: str, here: str) -> Crumbs:
    return _way((label, reverse("councils:network-figure", args=[pk])), (here, None))
