"""The first page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from allies.kit.access import gate
from councils import structured_data
from councils.queries.directory import directory, shares
from councils.queries.figures import as_figures, home_figures
from councils.queries.published import published_events, published_stories, upcoming
from councils.views.public.answers import asked_again

MOST_FIGURES = 4
LATEST = 3


@gate("public", across=True)
@require_safe
@asked_again
def home(request: HttpRequest) -> HttpResponse:
    """Say in one screen what the network is."""
    context = {
        "councils": list(directory()),
        "shares": shares(),
        "figures": as_figures(home_figures()[:MOST_FIGURES]),
        "events": list(upcoming(published_events())[:LATEST]),
        "stories": list(published_stories()[:LATEST]),
        "data_blocks": [structured_data.data_block(structured_data.network())],
    }
    return render(request, "home.html", context)
