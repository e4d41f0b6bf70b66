"""The network at a glance, and all its councils."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from allies.kit.access import gate
from councils.filters.network import NetworkFilter
from councils.queries.network import all_councils, pulse, recent_changes
from councils.tables.network import NetworkTable
from councils.views.network.pages import as_file, crumbs

PAGE = 25


@gate("network.read", across=True)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the network's pulse: counts that lead to lists, what needs a look, and what changed."""
    return render(request, "councils/network/home.html", {"pulse": pulse(), "changes": recent_changes()})


@gate("network.read", across=True)
@require_safe
def councils(request: HttpRequest) -> HttpResponse:
    """List all councils, published or not, on screen or as a file."""
    narrowed = NetworkFilter(request.GET, queryset=all_councils())
    columns = [
        (_("Council"), "name"),
        (_("Kind"), lambda council: council.get_kind_display()),
        (_("Stage"), lambda council: council.get_stage_display()),
        (_("Province"), "province.name"),
        (_("Population"), lambda council: council.get_population_display()),
        (_("Type of host"), lambda council: council.get_host_type_display()),
        (_("Director and coordinators"), "staff_count"),
        (_("Published"), lambda council: _("yes") if council.is_published else _("no")),
        (_("Last change"), "changed_at"),
    ]
    if (file := as_file(request, narrowed.qs, columns, _("councils"))) is not None:
        return file
    table = NetworkTable(narrowed.qs)
    RequestConfig(request, paginate={"per_page": PAGE}).configure(table)
    context = {
        "filter": narrowed,
        "table": table,
        "count": table.paginator.count,
        "crumbs": crumbs((_("All councils"), None)),
    }
    return render(request, "councils/network/councils.html", context)
