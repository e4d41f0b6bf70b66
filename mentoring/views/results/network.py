"""The network's results, written down for good."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from allies.kit.access import gate
from councils.views.network.pages import Crumbs, crumbs
from mentoring.forms.results import ReportForm
from mentoring.models import ResultReport
from mentoring.queries.tallies import Choice
from mentoring.services.reports import last_whole_day, write_report
from mentoring.tables.results import FILES
from mentoring.views.answers import kept, shown
from mentoring.views.results.council import of_report


def _way(here: str) -> Crumbs:
    return crumbs((_("Mentoring"), reverse("mentoring:network")), (here, None))


@gate("mentoring.write_report", across=True)
@require_http_methods(["GET", "HEAD", "POST"])
def report_add(request: HttpRequest) -> HttpResponse:
    """Write down for good what the whole network's results are."""
    form = ReportForm(request.POST if request.method == "POST" else None)
    made: list[ResultReport] = []

    def write() -> None:
        made.append(write_report(None, choice=Choice(), reason=form.cleaned_data["reason"], by=request.user))

    if form.is_bound and form.is_valid() and kept(form, write):
        messages.success(request, _("The report is written down. Nobody can change it, and its address stays."))
        return redirect("mentoring:network-report", made[0].pk)
    facts = {"until": last_whole_day(), "crumbs": _way(_("Write a report"))}
    return shown(request, "results/network_report_form", form=form, **facts)


@gate("network.read", across=True)
@require_safe
def report_show(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a report on the network as it was written, and what has changed since."""
    report = get_object_or_404(ResultReport.objects.select_related("frozen_by"), pk=pk, council=None)
    return shown(request, "results/network_report", crumbs=_way(report.subject), **of_report(report))


@gate("network.read", across=True)
@require_safe
def report_file(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """Download a report as a file."""
    return FILES[kind](get_object_or_404(ResultReport.objects, pk=pk, council=None))
