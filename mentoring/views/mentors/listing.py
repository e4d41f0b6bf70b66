"""A council's mentors: the list, its export, and places against people."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from allies.kit.access import gate
from allies.kit.export import csv_response, xlsx_response
from councils.models import Council
from councils.views.people.reasons import reason_first
from mentoring.filters.mentors import MentorFilter
from mentoring.queries import mentors as queries
from mentoring.services.mentor_lists import export_columns, note_export
from mentoring.tables.mentors import MentorTable
from mentoring.views.answers import listed, shown


def crumbs(council: Council, *more: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    """The way to a page about mentors."""
    return [(_("Mentors"), reverse("mentoring:mentor-list", args=[council.slug])), *more]


@gate("mentoring.manage", within="council")
@require_safe
@reason_first
def mentor_list(request: HttpRequest, council: Council) -> HttpResponse:
    """List the mentors, those who wait for the council first."""
    found = MentorFilter(request.GET, queryset=queries.mentor_keys())
    table = listed(request, MentorTable(found.qs, council=council), queries.mentors())
    return shown(request, "mentors/list", council, filter=found, table=table, totals=queries.totals())


@gate("mentoring.manage", within="council")
@require_safe
@reason_first
def mentor_export(request: HttpRequest, council: Council, kind: str) -> HttpResponse:
    """Download the list as it is filtered; who took it along is on record."""
    rows = MentorFilter(request.GET, queryset=queries.mentors()).qs
    note_export(council, count=rows.count(), by=request.user)
    name = f"mentors-{council.slug}.{kind}"
    return csv_response(rows, export_columns(), name) if kind == "csv" else xlsx_response(rows, export_columns(), name)


@gate("mentoring.read", within="council")
@require_safe
def mentor_balance(request: HttpRequest, council: Council) -> HttpResponse:
    """Hold the mentors' free places against the people who are ready, and say whom to recruit."""
    rows = queries.balances()
    return shown(
        request,
        "mentors/balance",
        council,
        rows=rows,
        missing=[row for row in rows if row.missing],
        free=sum(row.free for row in rows),
        ready=sum(row.ready for row in rows),
        most=max((max(row.free, row.ready) for row in rows), default=1) or 1,
        crumbs=crumbs(council, (_("Places and people"), None)),
    )
