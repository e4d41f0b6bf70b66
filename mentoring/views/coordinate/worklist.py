"""The worklist of applications: narrowed, exported, and acted on, one or many at a time."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from allies.kit.access import gate
from allies.kit.export import csv_response, xlsx_response
from allies.kit.refusals import Refused
from councils.models import Council
from councils.views.people.reasons import reason_first
from mentoring.filters.applications import ApplicationFilter
from mentoring.forms.coordinate_people import WordsForm
from mentoring.models import Application
from mentoring.queries import worklists
from mentoring.services import selection
from mentoring.services.selection import Act
from mentoring.tables.applications import COLUMNS, ApplicationTable
from mentoring.views.answers import listed, shown, to
from mentoring.views.coordinate.programmes import crumbs_of

MOST_AT_ONCE = 200
ANSWERS = {"csv": csv_response, "xlsx": xlsx_response}


@gate("mentoring.manage", within="council")
@require_safe
@reason_first
def application_list(request: HttpRequest, council: Council) -> HttpResponse:
    """List the applications, who waits longest first."""
    found = ApplicationFilter(request.GET, queryset=worklists.worklist(), request=request)
    table = listed(request, ApplicationTable(found.qs, council=council), worklists.applications())
    crumbs = crumbs_of(council, (_("Applications"), None))
    return shown(
        request, "coordinate/applications", council, filter=found, table=table, acts=Act.choices, crumbs=crumbs
    )


@gate("mentoring.manage", within="council")
@require_POST
@reason_first
def application_export(request: HttpRequest, council: Council, kind: str) -> HttpResponse:
    """Download the list as it is narrowed, for a spreadsheet; that it was taken is on record."""
    if kind not in ANSWERS:
        raise Http404
    rows = ApplicationFilter(request.GET, queryset=worklists.applications(), request=request).qs
    selection.record_export(council, by=request.user)
    name = f"applications-{council.slug}.{kind}"
    return ANSWERS[kind](rows, COLUMNS, name)


def _chosen(request: HttpRequest) -> list[Application]:
    keys = []
    for text in request.POST.getlist("chosen")[:MOST_AT_ONCE]:
        try:
            keys.append(UUID(text))
        except ValueError:
            continue
    return list(worklists.applications().filter(pk__in=keys).order_by("person__name", "pk"))


def _back(request: HttpRequest, council: Council, chosen: list[Application]) -> HttpResponseRedirect:
    if "from_page" in request.POST and len(chosen) == 1:
        return to("application-show", council, pk=chosen[0].pk)
    return _to_the_list(request, council)


def _to_the_list(request: HttpRequest, council: Council) -> HttpResponseRedirect:
    """Lead back to the worklist, narrowed as it was."""
    back = to("application-list", council)
    if narrowed := request.GET.urlencode():
        back["Location"] += f"?{narrowed}"
    return back


@gate("mentoring.manage", within="council")
@require_POST
@reason_first
def application_act(request: HttpRequest, council: Council) -> HttpResponse:
    """Show whom an act would reach and whom not, then do it; each person's refusal is told."""
    chosen = _chosen(request)
    if not chosen or request.POST.get("act") not in Act.values:
        messages.error(request, _("Choose at least one person, and what is to be done."))
        return _to_the_list(request, council)
    act = Act(request.POST["act"])
    sure = "sure" in request.POST
    form = WordsForm(request.POST if sure else None, act=act)
    if sure and form.is_valid():
        return _done(request, council, chosen, act, form.cleaned_data.get("words", ""))
    refused = [(row, why) for row in chosen if (why := selection.why_not(row, act))]
    out = {row.pk for row, _why in refused}
    return shown(
        request,
        "coordinate/act",
        council,
        form=form,
        act=act,
        able=[row for row in chosen if row.pk not in out],
        refused=refused,
        from_page="from_page" in request.POST,
        crumbs=crumbs_of(council, (act.label, None)),
    )


def _done(
    request: HttpRequest, council: Council, chosen: list[Application], act: Act, words: str
) -> HttpResponseRedirect:
    reached = 0
    for application in chosen:
        try:
            selection.decide(application, act=act, words=words, by=request.user)
            reached += 1
        except Refused as refusal:
            told = {"name": application.person, "reason": refusal.reason}
            messages.error(request, _("%(name)s: %(reason)s") % told)
    if reached:
        told = {"n": reached, "act": act.label}
        messages.success(
            request, ngettext("%(act)s: done for %(n)s person.", "%(act)s: done for %(n)s people.", reached) % told
        )
    return _back(request, council, chosen)
