"""A council's results, narrowed as the reader likes, and written down for good."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from allies.kit.access import can, gate
from allies.kit.bilingual import alphabetical
from councils.models import Council
from mentoring.forms.results import ReportForm, ResultChoice
from mentoring.models import Intake, Pair, Programme, ResultReport
from mentoring.queries import reports
from mentoring.queries.counted import counted
from mentoring.queries.measures import METHOD
from mentoring.services.reports import last_whole_day, write_report
from mentoring.tables.results import FILES
from mentoring.views.answers import kept, shown
from mentoring.views.results.picture import picture

Crumbs = list[tuple[str, str | None]]


def way(council: Council, *more: tuple[str, str | None]) -> Crumbs:
    """The way to a page of a council's results."""
    return [(_("Results"), reverse("mentoring:result-list", args=[council.slug])), *more]


def _narrowing(request: HttpRequest) -> ResultChoice:
    ended = Pair.objects.filter(ended_on__isnull=False).order_by("ended_on__year")
    return ResultChoice(
        request.GET,
        Programme.objects.order_by(alphabetical("name"), "pk"),
        Intake.objects.select_related("programme").order_by(
            alphabetical("programme__name"), "-opens_on", alphabetical("name"), "pk"
        ),
        ended.values_list("ended_on__year", flat=True).distinct(),
    )


@gate("mentoring.read", within="council")
@require_safe
def result_list(request: HttpRequest, council: Council) -> HttpResponse:
    """Say what became of those who were mentored, in numbers that rest on enough answers."""
    found = _narrowing(request)
    told = counted(council.pk, found.choice, timezone.localdate())
    return shown(
        request,
        "results/list",
        council,
        filter=found,
        results=told.results,
        chart=picture(told.results),
        pairs=told.pairs,
        counted_at=told.at,
        reports=ResultReport.objects.select_related("frozen_by").order_by("-frozen_at", "pk")[:50],
        writes=can(request.user, "mentoring.write_report", council),
    )


@gate("mentoring.write_report", within="council")
@require_http_methods(["GET", "HEAD", "POST"])
def report_add(request: HttpRequest, council: Council) -> HttpResponse:
    """Write down for good what the address chooses."""
    narrowing = _narrowing(request)
    form = ReportForm(request.POST if request.method == "POST" else None)
    made: list[ResultReport] = []

    def write() -> None:
        made.append(write_report(council, choice=narrowing.choice, reason=form.cleaned_data["reason"], by=request.user))

    if form.is_bound and form.is_valid() and kept(form, write):
        messages.success(request, _("The report is written down. Nobody can change it, and its address stays."))
        return redirect("mentoring:result-report", council.slug, made[0].pk)
    return shown(
        request,
        "results/report_form",
        council,
        form=form,
        filter=narrowing,
        until=last_whole_day(),
        query=urlencode({name: value for name in narrowing.fields if (value := narrowing.value(name))}),
        crumbs=way(council, (_("Write a report"), None)),
    )


def of_report(report: ResultReport) -> dict[str, Any]:
    """What the page of a report shows."""
    told = reports.as_results(report.numbers)
    return {
        "report": report,
        "results": told,
        "chart": picture(told),
        "pairs": report.numbers.get("pairs"),
        "since": reports.since(report, last_whole_day()),
        "is_old_method": report.method != METHOD,
    }


@gate("mentoring.read", within="council")
@require_safe
def report_show(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Show a report as it was written, and what has changed since."""
    report = get_object_or_404(ResultReport.objects.select_related("frozen_by"), pk=pk)
    crumbs = way(council, (report.subject, None))
    return shown(request, "results/report", council, crumbs=crumbs, **of_report(report))


@gate("mentoring.read", within="council")
@require_safe
def report_file(request: HttpRequest, council: Council, pk: UUID, kind: str) -> HttpResponse:
    """Download a report as a file."""
    return FILES[kind](get_object_or_404(ResultReport.objects, pk=pk))
