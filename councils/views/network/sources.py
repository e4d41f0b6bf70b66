"""The sources of figures."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from allies.kit.access import gate
from councils.forms.register import SourceForm
from councils.models import Source
from councils.queries.facts_register import sources as all_sources
from councils.services.facts import add_source, edit_source
from councils.views.network.pages import Crumbs, ask, crumbs


@gate("network.keep", across=True)
@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """List the sources."""
    context = {"sources": all_sources(), "crumbs": _way((_("Sources"), None))}
    return render(request, "councils/network/sources.html", context)


@gate("network.keep", across=True)
@require_http_methods(["GET", "HEAD", "POST"])
def source_new(request: HttpRequest) -> HttpResponse:
    """Add a source."""

    def act(facts: dict[str, Any]) -> HttpResponse:
        add_source(by=request.user, **facts)
        return redirect("councils:network-sources")

    return ask(
        request,
        SourceForm(request.POST or None),
        act,
        title=_("Add a source"),
        way=_to(_("Add a source")),
        button=_("Add the source"),
    )


@gate("network.keep", across=True)
@require_http_methods(["GET", "HEAD", "POST"])
def source_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Correct a source."""
    found = get_object_or_404(Source, pk=pk)

    def act(facts: dict[str, Any]) -> HttpResponse:
        edit_source(get_object_or_404(Source, pk=pk), by=request.user, **facts)
        return redirect("councils:network-sources")

    return ask(
        request,
        SourceForm(request.POST or None, instance=found),
        act,
        title=_("Edit the source"),
        way=_to(found.title),
        button=_("Save"),
    )


def _way(*steps: tuple[Any, str | None]) -> Crumbs:
    return crumbs((_("Register of facts"), reverse("councils:network-figures")), *steps)


def _to(here: str) -> Crumbs:
    return _way((_("Sources"), reverse("councils:network-sources")), (here, None))
