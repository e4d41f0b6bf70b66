"""Readiness: all councils by score, and the checklists of one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_tables2 import RequestConfig

from allies.kit.access import gate
from allies.kit.scope import across
from councils.forms.register import ReadinessForm
from councils.models import Council, Readiness
from councils.queries.network import living
from councils.queries.readiness import MOST, answers, history, missing, standings
from councils.services.readiness import score_readiness
from councils.tables.network import ReadinessTable
from councils.views.network.pages import ask, crumbs

PAGE = 25


@gate("network.compare", across=True)
@require_safe
def readiness_list(request: HttpRequest) -> HttpResponse:
    """List the councils by their latest score."""
    table = ReadinessTable(standings(living()))
    RequestConfig(request, paginate={"per_page": PAGE}).configure(table)
    context = {"table": table, "crumbs": crumbs((_("Readiness"), None))}
    return render(request, "councils/network/readiness_list.html", context)


@gate("councils.read_readiness", within="council")
@require_safe
def readiness(request: HttpRequest, council: Council) -> HttpResponse:
    """Show a council's checklists, the latest one with what is missing in words."""
    past = list(history(council).select_related("by"))
    context = {
        "council": council,
        "latest": past[0] if past else None,
        "answers": answers(past[0]) if past else [],
        "missing": missing(past[0]) if past else [],
        "past": past,
        "most": MOST,
        "crumbs": _way(request, council, _("Readiness")),
    }
    return render(request, "councils/network/readiness.html", context)


@gate("network.score_readiness", within="council")
@require_http_methods(["GET", "HEAD", "POST"])
def readiness_new(request: HttpRequest, council: Council) -> HttpResponse:
    """Fill in a checklist."""

    def act(facts: dict[str, Any]) -> HttpResponse:
        scores = {question: facts[question] for question in Readiness.QUESTIONS}
        checklist = score_readiness(council, on=facts["on"], scores=scores, note=facts["note"], by=request.user)
        messages.success(request, _("Scored: %(score)d of %(most)d.") % {"score": checklist.total, "most": MOST})
        return redirect("councils:readiness", council.slug)

    return ask(
        request,
        ReadinessForm(request.POST or None),
        act,
        title=_("Score the readiness of %(name)s") % {"name": council.name},
        lede=_("Three roles and three conditions, each from 0 (not there) to 3 (strong)."),
        way=_way(request, council, _("Score it")),
        button=_("Keep the checklist"),
    )


def _way(request: HttpRequest, council: Council, here: str) -> list[tuple[str, str | None]]:
    """Lead national roles back to the record, and the council's staff to their workspace."""
    if request.user.is_national:  # type: ignore[union-attr]
        with across():
            return crumbs(
                (_("Readiness"), reverse("councils:network-readiness")),
                (council.name, reverse("councils:network-council", args=[council.slug])),
                (here, None),
            )
    return [(council.name, reverse("councils:workspace-home", args=[council.slug])), (here, None)]
