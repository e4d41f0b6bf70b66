"""Figures with their sources, and the sources themselves."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from allies.kit.access import can, gate
from councils.queries.figures import cited_sources, figures_at, order_of_figures
from councils.views.public.answers import asked_again

PAGE = 60


@gate("public", across=True)
@require_safe
@asked_again
def figures(request: HttpRequest) -> HttpResponse:
    """Show the published figures, the network's first; editors see what other sources say."""
    page = Paginator(order_of_figures(), PAGE).get_page(request.GET.get("page"))
    shown = figures_at(list(page.object_list))
    listed = [figure for figure in shown if figure.is_number]
    context = {
        "page": page,
        "in_words": [figure for figure in shown if not figure.is_number],
        "network": [figure for figure in listed if figure.fact.council is None],
        "by_council": [figure for figure in listed if figure.fact.council is not None],
        "sees_conflicts": can(request.user, "network.keep"),
    }
    return render(request, "councils/public/figures.html", context)


@gate("public", across=True)
@require_safe
@asked_again
def sources(request: HttpRequest) -> HttpResponse:
    """List the documents behind the figures, and the data that others let the portal use."""
    context = {"sources": cited_sources()}
    return render(request, "councils/public/sources.html", context)
