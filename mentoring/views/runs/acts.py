"""What the council's staff does with runs: ask, cancel, publish, and decide on single pairs."""

from collections.abc import Collection
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from allies.kit.access import gate
from allies.kit.refusals import Refused, shown_as_message
from allies.kit.ui.formats import number
from councils.models import Council
from councils.views.people.reasons import reason_first
from mentoring.forms.runs import HandForm, ReasonForm
from mentoring.models import Intake, MatchingRun, Programme, Proposal
from mentoring.queries.pair_cards import cards
from mentoring.queries.runs import PEOPLE, free_mentors, ready_people
from mentoring.services import review, runs
from mentoring.services.publish import publish
from mentoring.states import ProposalState, RunState
from mentoring.views.answers import acted, kept, shown, to
from mentoring.views.runs.pages import crumbs, of_run


def _asked(request: HttpRequest, council: Council, intake: Intake) -> HttpResponse:
    with shown_as_message(request):
        run = runs.ask(intake, by=request.user)
        if run.state in (RunState.SOLVED, RunState.PUBLISHED):
            messages.info(request, _("Nothing has changed since this run, so it is the one to look at."))
        return to("run-show", council, pk=run.pk)
    return to("run-list", council)


@gate("mentoring.manage", within="council")
@require_POST
@reason_first
def run_start(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Ask for a run of an intake."""
    intake = get_object_or_404(Intake.objects.select_related("programme__council"), pk=pk)
    return _asked(request, council, intake)


@gate("mentoring.manage", within="council")
@require_POST
@of_run
def run_again(request: HttpRequest, council: Council, run: MatchingRun) -> HttpResponse:
    """Ask for a run with what was decided since."""
    return _asked(request, council, run.intake)


@gate("mentoring.manage", within="council")
@require_POST
@of_run
def run_cancel(request: HttpRequest, council: Council, run: MatchingRun) -> HttpResponse:
    """Give a run up."""
    acted(request, lambda: runs.cancel(run, by=request.user), _("The run is cancelled."))
    return to("run-list", council)


@gate("mentoring.manage", within="council")
@require_POST
@of_run
def run_publish(request: HttpRequest, council: Council, run: MatchingRun) -> HttpResponse:
    """Offer the pairs of a run to their mentors."""
    return published(request, council, run)


def published(
    request: HttpRequest, council: Council, run: MatchingRun, only: Collection[UUID] | None = None
) -> HttpResponse:
    """Publish a run, all of it or what was chosen, and say what came of it."""
    try:
        done = publish(run, by=request.user, only=only)
    except Refused as refusal:
        messages.error(request, str(refusal.reason))
        return to("run-pick" if only is not None else "run-show", council, pk=run.pk)
    messages.success(
        request,
        _asked_about(run, done.offered) % {"n": number(done.offered)},
    )
    if done.stale:
        messages.warning(
            request,
            ngettext(
                "%(n)s pair was no longer possible; its card says why.",
                "%(n)s pairs were no longer possible; their cards say why.",
                done.stale,
            )
            % {"n": number(done.stale)},
        )
    return to("run-show", council, pk=run.pk)


def _pair(council: Council, run: MatchingRun, pair: UUID) -> Proposal:
    return get_object_or_404(Proposal.objects.select_related(*PEOPLE), run=run, pk=pair)


@gate("mentoring.manage", within="council")
@require_POST
@of_run
def run_pin(request: HttpRequest, council: Council, run: MatchingRun, pair: UUID) -> HttpResponse:
    """Keep a pair in later runs, or leave it to the engine again."""
    pinned = request.POST.get("pinned") == "1"
    done = _("The pair stays, whatever a later run finds.") if pinned else _("The pair is left to the engine again.")
    proposal = _pair(council, run, pair)
    acted(request, lambda: review.pin(proposal, pinned=pinned, by=request.user), done)
    return to("run-show", council, pk=run.pk)


@gate("mentoring.manage", within="council")
@require_http_methods(["GET", "HEAD", "POST"])
@of_run
def run_aside(request: HttpRequest, council: Council, run: MatchingRun, pair: UUID) -> HttpResponse:
    """Set a pair aside, with the reason."""
    proposal = _pair(council, run, pair)
    form = ReasonForm(
        request.POST if request.method == "POST" else None,
        label=_("Why should the two not be paired?"),
        help_text=_("Your colleagues read this; the two don't."),
    )
    if proposal.state != ProposalState.DRAFTED or run.state != RunState.SOLVED:
        messages.warning(request, _("This run is no longer under review."))
        return to("run-show", council, pk=run.pk)
    if (
        form.is_bound
        and form.is_valid()
        and kept(form, lambda: review.set_aside(proposal, reason=form.cleaned_data["reason"], by=request.user))
    ):
        messages.success(request, _("The pair is set aside. Run again to find somebody else for both."))
        return to("run-show", council, pk=run.pk)
    (card,) = cards([proposal], run.findings.get("of"))
    return shown(
        request,
        "runs/aside",
        council,
        form=form,
        run=run,
        card=card,
        crumbs=crumbs(council, (_("Set a pair aside"), None)),
    )


@gate("mentoring.manage", within="council")
@require_POST
@of_run
def run_choose(request: HttpRequest, council: Council, run: MatchingRun, pair: UUID) -> HttpResponse:
    """Take an alternative instead of a pair: a decision that the next run keeps."""
    proposal = _pair(council, run, pair)
    others = {one["mentor"] for one in proposal.alternatives}
    chosen = request.POST.get("mentor", "")
    if chosen not in others or run.state != RunState.SOLVED:
        messages.error(request, _("This mentor is not among the alternatives."))
        return to("run-show", council, pk=run.pk)
    mentor = review.mentor_named(chosen)
    acted(
        request,
        lambda: review.propose(run.intake, application=proposal.application, mentor=mentor, by=request.user),
        _("Your decision is noted. Run again: it is kept, and everybody else gets the best that is left."),
    )
    return to("run-show", council, pk=run.pk)


@gate("mentoring.manage", within="council")
@require_http_methods(["GET", "HEAD", "POST"])
@reason_first
def run_hand(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Propose a pair by hand for the next run of an intake."""
    intake = get_object_or_404(Intake.objects.select_related("programme__council"), pk=pk)
    form = HandForm(request.POST if request.method == "POST" else None, intake=intake)
    if (
        form.is_bound
        and form.is_valid()
        and kept(form, lambda: review.propose(intake, by=request.user, **form.cleaned_data))
    ):
        messages.success(request, _("Your pair is noted: the next run keeps it."))
        return to("run-hand", council, pk=intake.pk)
    return shown(
        request,
        "runs/hand",
        council,
        form=form,
        intake=intake,
        hand=review.by_hand(intake),
        possible=ready_people(intake).exists() and free_mentors(intake).exists(),
        crumbs=crumbs(council, (_("Pairs by hand"), None)),
    )


@gate("mentoring.manage", within="council")
@require_POST
@reason_first
def run_hand_remove(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Leave a pair that was proposed by hand to the engine again."""
    proposal = get_object_or_404(Proposal.objects.select_related("application__intake"), pk=pk, run=None)
    acted(request, lambda: review.take_back(proposal, by=request.user), _("The pair is left to the engine again."))
    return to("run-hand", council, pk=proposal.application.intake_id)


def _asked_about(run: MatchingRun, offered: int) -> str:
    """Say who is asked: the mentors, or where one answers for several, about how many mentees."""
    if run.intake.programme.kind == Programme.Kind.GROUP:
        return ngettext(
            "The run is published, with an offer for %(n)s mentee.",
            "The run is published, with an offer for %(n)s mentees.",
            offered,
        )
    return ngettext(
        "The run is published: %(n)s mentor is asked.", "The run is published: %(n)s mentors are asked.", offered
    )
