"""Mentoring over the whole network, for those who read its state; numbers only."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from allies.kit.access import can, gate
from mentoring.models import ResultReport
from mentoring.queries import catalogue, targets
from mentoring.queries.counted import counted
from mentoring.queries.mentors import balances
from mentoring.queries.network import by_city, programmes
from mentoring.queries.tallies import Choice
from mentoring.views.answers import shown
from mentoring.views.results.picture import picture
from mentoring.views.results.targets import chosen_year

PAGE = 50


@gate("network.read", across=True)
@require_safe
def network(request: HttpRequest) -> HttpResponse:
    """Show programmes side by side, places against people by field, targets, and results of everybody together."""
    today, years = timezone.localdate(), targets.years()
    year = chosen_year(request, years)
    told = counted(None, Choice(), today)
    aims = targets.by_programme(year)
    return shown(
        request,
        "network",
        programmes=programmes(),
        fields=balances(),
        regions=catalogue.regions(),
        standings=list(catalogue.STANDINGS.values()),
        years=years,
        year=year,
        targets=targets.by_council(aims),
        total=targets.total(aims),
        results=told.results,
        chart=picture(told.results),
        pairs=told.pairs,
        counted_at=told.at,
        reports=ResultReport.objects.filter(council=None).select_related("frozen_by").order_by("-frozen_at", "pk")[:50],
        writes=can(request.user, "mentoring.write_report"),
    )


@gate("network.read", across=True)
@require_safe
def network_cities(request: HttpRequest) -> HttpResponse:
    """Show places against people by city and field, page by page, where most are missing first."""
    page = Paginator(by_city(), PAGE).get_page(request.GET.get("page"))
    crumbs = [(_("Mentoring"), reverse("mentoring:network")), (_("Where places are missing"), None)]
    return shown(request, "network_cities", page=page, cities=page.object_list, crumbs=crumbs)
