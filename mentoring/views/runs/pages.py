"""Runs of a council: the list, the progress, and the review of what was found."""

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from allies.kit.access import can, gate
from councils.models import Council
from councils.views.people.reasons import reason_first
from mentoring.models import MatchingRun, Programme
from mentoring.queries import groups
from mentoring.queries.pair_cards import PairCard, cards
from mentoring.queries.places import left
from mentoring.queries.runs import counts_of, intakes_to_match, left_of, pairs_of, run_with_all, wanted_of
from mentoring.services.review import by_hand
from mentoring.states import ProposalState, RunState
from mentoring.views.answers import shown

PER_PAGE, GROUPS_PER_PAGE = 8, 3
FAILURES = {
    "attempts": gettext_lazy("Three workers in a row stopped in the middle of it. Please ask again, or tell us."),
    "unproven": gettext_lazy("The result could not be proven best, so it is not shown. Please tell us."),
    "pins": gettext_lazy(
        "What you pinned can't be made groups of the programme's size. Unpin somebody, or pin more people to the same "
        "mentor, and run again."
    ),
    "input": gettext_lazy("The people or the rules of this run contradict each other, so it can't be solved."),
}


def crumbs(council: Council, *more: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    """The way to a page of matching."""
    return [(_("Matching"), reverse("mentoring:run-list", args=[council.slug])), *more]


def of_run(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view the run in place of its key; runs name people, so national staff state a reason first."""

    @wraps(view)
    @reason_first
    def found(request: HttpRequest, council: Council, pk: UUID, **kwargs: Any) -> HttpResponse:
        return view(request, council=council, run=get_object_or_404(run_with_all(council), pk=pk), **kwargs)

    return found


def tabs(council: Council, run: MatchingRun, here: str) -> list[tuple[str, str, bool]]:
    """The parts of the review."""
    left, wanted = len(run.findings.get("unmatched", [])), len(run.findings.get("recruiting", []))
    parts = [
        ("run-show", _("Pairs (%(n)s)") % {"n": run.matched or 0}),
        ("run-unmatched", _("Without a mentor (%(n)s)") % {"n": left}),
        ("run-recruiting", _("Whom to recruit (%(n)s)") % {"n": wanted}),
    ]
    return [(label, reverse(f"mentoring:{name}", args=[council.slug, run.pk]), name == here) for name, label in parts]


@gate("mentoring.read", within="council")
@require_safe
def run_list(request: HttpRequest, council: Council) -> HttpResponse:
    """List the intakes that can be matched, with their runs."""
    return shown(
        request,
        "runs/list",
        council,
        intakes=intakes_to_match(council),
        manages=can(request.user, "mentoring.manage", council),
        crumbs=[(_("Matching"), None)],
    )


@gate("mentoring.manage", within="council")
@require_safe
@of_run
def run_show(request: HttpRequest, council: Council, run: MatchingRun) -> HttpResponse:
    """Show how far a run is, or what it found."""
    heading = crumbs(council, (run.intake.name, None))
    if run.state not in (RunState.SOLVED, RunState.PUBLISHED, RunState.SUPERSEDED) or run.matched is None:
        failure = FAILURES.get(run.failure, "")
        return shown(request, "runs/progress", council, run=run, failure=failure, crumbs=heading)
    grouped = run.intake.programme.kind == Programme.Kind.GROUP
    found = groups.of(pairs_of(run).select_related(*groups.WITH_PEOPLE), run.intake.programme) if grouped else None
    page = Paginator(pairs_of(run) if found is None else found, GROUPS_PER_PAGE if grouped else PER_PAGE).get_page(
        request.GET.get("page")
    )
    counts = counts_of(run)
    under_review = run.state == RunState.SOLVED
    places = left(run.intake) if under_review else 0
    return shown(
        request,
        "runs/review",
        council,
        run=run,
        page=page,
        cards=cards(page.object_list, run.findings.get("of")) if found is None else [],
        groups=_with_cards(page.object_list, run.findings.get("of")) if found is not None else [],
        places=places,
        too_many=under_review and counts[ProposalState.DRAFTED] > places,
        tabs=tabs(council, run, "run-show"),
        hand=by_hand(run.intake) if run.state == RunState.SOLVED else [],
        set_aside=counts[ProposalState.REJECTED],
        stale=counts[ProposalState.STALE],
        counts=[(label, counts[state]) for state, label in ProposalState.choices if counts[state]],
        under_review=under_review,
        worst=run.worst,
        crumbs=heading,
    )


def _with_cards(
    found: Iterable[groups.Group], of: Mapping[str, list[int]] | None
) -> list[tuple[groups.Group, list[PairCard]]]:
    """Each group with the cards of its mentees, drawn at once."""
    shown_now = list(found)
    drawn = {card.proposal.pk: card for card in cards((one for group in shown_now for one in group.proposals), of)}
    return [(group, [drawn[one.pk] for one in group.proposals]) for group in shown_now]


@gate("mentoring.manage", within="council")
@require_safe
@of_run
def run_progress(request: HttpRequest, council: Council, run: MatchingRun) -> HttpResponse:
    """Give the part of the page that changes while a run is solved; once it has ended, the page is drawn anew."""
    response = render(request, "mentoring/runs/_progress.html", {"council": council, "run": run})
    if run.state not in (RunState.QUEUED, RunState.SOLVING):
        response.headers["HX-Refresh"] = "true"
    return response


@gate("mentoring.manage", within="council")
@require_safe
@of_run
def run_unmatched(request: HttpRequest, council: Council, run: MatchingRun) -> HttpResponse:
    """Show who was left without a mentor, and why."""
    page = Paginator(left_of(run), 25).get_page(request.GET.get("page"))
    return shown(
        request,
        "runs/unmatched",
        council,
        run=run,
        page=page,
        tabs=tabs(council, run, "run-unmatched"),
        crumbs=crumbs(council, (run.intake.name, None)),
    )


@gate("mentoring.manage", within="council")
@require_safe
@of_run
def run_recruiting(request: HttpRequest, council: Council, run: MatchingRun) -> HttpResponse:
    """Show which further mentors would help most."""
    page = Paginator(wanted_of(run), 25).get_page(request.GET.get("page"))
    return shown(
        request,
        "runs/recruiting",
        council,
        run=run,
        page=page,
        tabs=tabs(council, run, "run-recruiting"),
        crumbs=crumbs(council, (run.intake.name, None)),
    )
