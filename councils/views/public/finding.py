"""How a public page finds its council, or the address where it is now."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import ResolverMatch, reverse

from councils.queries.profile import at_address
from councils.views.public.answers import moved


def of_council(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view the council in place of its address; an address of before, or of the other language, leads on."""

    @wraps(view)
    def found(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponse:
        council = at_address(slug)
        if council is None:
            raise Http404
        if council.slug != slug:
            match = cast("ResolverMatch", request.resolver_match)
            right = reverse(match.view_name, kwargs={**match.kwargs, "slug": council.slug})
            query = request.META.get("QUERY_STRING", "")
            return moved(f"{right}?{query}" if query else right)
        return view(request, council, **kwargs)

    return found
