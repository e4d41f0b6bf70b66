"""The directory of councils."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from allies.kit.access import gate
from councils.filters.public import CouncilFilter
from councils.queries.directory import directory, shares
from councils.views.public.answers import asked_again

PAGE = 25


@gate("public", across=True)
@require_safe
@asked_again
def council_list(request: HttpRequest) -> HttpResponse:
    """List the councils that fit, and show where they are."""
    search = CouncilFilter(request.GET, queryset=directory())
    found = list(search.qs)
    context = {
        "filter": search,
        "found": found,
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "shares": shares(),
    }
    swapped = request.htmx and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    template = "councils/public/_directory.html" if swapped else "councils/public/directory.html"
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response
