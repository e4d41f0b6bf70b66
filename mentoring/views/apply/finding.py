"""How the pages of a newcomer find what they are about."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from councils.models import Council
from councils.views.public.finding import of_council
from mentoring.models import Application
from mentoring.queries.programmes import offer_at


def of_offer(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view what a council offers at an address; old addresses of the council lead on."""

    @of_council
    @wraps(view)
    def found(request: HttpRequest, council: Council, programme: str, **kwargs: Any) -> HttpResponse:
        offer = offer_at(council, programme)
        if offer is None:
            raise Http404
        return view(request, offer=offer, **kwargs)

    return found


def of_own(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view an application of the person who asks; nobody else's exists here."""

    @wraps(view)
    def found(request: HttpRequest, pk: UUID, **kwargs: Any) -> HttpResponse:
        mine = Application.objects.filter(person=request.user)
        loaded = mine.select_related("intake__programme__council__place", "occupation", "industry", "place", "cv")
        return view(request, application=get_object_or_404(loaded, pk=pk), **kwargs)

    return found
