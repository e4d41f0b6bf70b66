"""Figures with their sources, and the sources themselves."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from allies.kit.access import can, gate
from councils.queries.figures import as_figures, cited_sources, published_figures
from councils.views.public.answers import asked_again


@gate("public", across=True)
@require_safe
@asked_again
def figures(request: HttpRequest) -> HttpResponse:
    """Show every published figure, the network's first; editors see what other sources say."""
    everything = as_figures(published_figures())
    listed = [figure for figure in everything if figure.is_number]
    context = {
        "in_words": [figure for figure in everything if not figure.is_number],
        "network": [figure for figure in listed if figure.fact.council is None],
        "by_council": sorted(
            (figure for figure in listed if figure.fact.council is not None),
            key=lambda figure: figure.fact.council.name if figure.fact.council else "",
        ),
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
