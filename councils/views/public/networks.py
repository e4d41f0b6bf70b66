"""The directory of professional immigrant networks: who they are for, and how they bring people along."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from allies.kit.access import gate
from councils.filters.networks import NetworkFilter
from councils.queries.published import immigrant_networks, published_events, upcoming
from councils.views.public.answers import asked_again

PAGE = 25
MOST_EVENTS = 3


@gate("public", across=True)
@require_safe
@asked_again
def immigrant_network_list(request: HttpRequest) -> HttpResponse:
    """List the networks that fit."""
    search = NetworkFilter(request.GET, queryset=immigrant_networks())
    page = Paginator(search.qs, PAGE).get_page(request.GET.get("page"))
    return render(request, "councils/public/networks.html", {"filter": search, "page": page})


@gate("public", across=True)
@require_safe
@asked_again
def immigrant_network(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one network, and what it can send its members to."""
    network = get_object_or_404(immigrant_networks(), pk=pk)
    context = {
        "network": network,
        "events": list(upcoming(published_events(network.council))[:MOST_EVENTS]),
        "crumbs": [(_("Professional immigrant networks"), reverse("councils:immigrant-network-list"))],
    }
    return render(request, "councils/public/network.html", context)
