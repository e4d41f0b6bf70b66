"""Runs of the engine: asked for, the same one for the same input, and cancelled.

The database is the truth and the queue only a bell: `mentoring.services.solving` has what a worker does.
"""

import contextlib
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from allies.kit import audit
from allies.kit.access import authorize
from allies.kit.jobs import ask_to_cancel, start_job
from allies.kit.memory import collecting_afterwards
from allies.kit.refusals import Refused
from allies.kit.scope import across
from allies.kit.states import move
from allies.kit.ui.formats import number
from councils.models import User
from mentoring.kinds import usual_weights
from mentoring.models import Intake, MatchingRun, MatchPolicy, Programme, Proposal
from mentoring.services.snapshot import Frozen, Ids, fingerprint, one_moment, seed_of, take
from mentoring.states import RUN, RUN_UNDER_WAY, IntakeState, ProposalState, RunState

KIND = "mentoring.solve_run"
MATCHES = (IntakeState.CLOSED, IntakeState.MATCHING, IntakeState.RUNNING)


def policy_of(intake: Intake, *, by: User) -> MatchPolicy:
    """The newest policy of the programme; the usual one is written down where there is none."""
    found = MatchPolicy.objects.filter(programme=intake.programme).order_by("-version").first()
    if found is not None:
        return found
    weights = usual_weights(intake.programme.kind)
    usual = {criterion.value: weight.name.lower() for criterion, weight in weights.items()}
    made, _new = MatchPolicy.objects.get_or_create(
        programme=intake.programme, version=1, defaults={"weights": usual, "created_by": by}
    )
    return made


def decided(run: MatchingRun | None, intake: Intake) -> set[Ids]:
    """The pairs that a person decided on: pinned in the run under review, or proposed by hand."""
    rows = Proposal.objects.filter(
        run=None,
        origin=Proposal.Origin.HAND,
        state=ProposalState.DRAFTED,
        application__intake__programme=intake.programme_id,
    )
    if run is not None and run.state == RunState.SOLVED:
        rows = rows | Proposal.objects.filter(run=run, is_pinned=True, state=ProposalState.DRAFTED)
    return {(str(mentee), str(mentor)) for mentee, mentor in rows.values_list("application_id", "mentor_id")}


def carried(run: MatchingRun | None, pins: set[Ids]) -> set[Ids]:
    """The pins of a run that is not solved (yet), which asking again must not lose; newer decisions come first."""
    if run is None or run.solved_at is not None:
        return set()
    anew = {mentee for mentee, _mentor in pins}
    return {(mentee, mentor) for mentee, mentor in run.snapshot["pins"] if mentee not in anew}


@collecting_afterwards()
def ask(intake: Intake, *, by: User) -> MatchingRun:
    """Ask for a run; with the same people, rules and decisions as before it is the run that there is already."""
    council = intake.programme.council
    authorize(by, "mentoring.work_with_people", council)
    with across():
        policy = policy_of(intake, by=by)
        with one_moment():
            intake = Intake.objects.select_related("programme__council").get(pk=intake.pk)
            if intake.state not in MATCHES:
                raise Refused(_("Close the intake to applications first: then everybody is compared at once."))
            newest = MatchingRun.objects.filter(intake=intake).order_by("-asked_at").first()
            pins = decided(newest, intake)
            snapshot = take(intake, policy, pins=pins | carried(newest, pins), today=timezone.localdate())
        _check(snapshot, pins)
        return _begin(intake, policy, snapshot, by=by)


def _check(snapshot: dict, pins: Iterable[Ids]) -> None:  # type: ignore[type-arg]
    if not snapshot["mentees"]:
        raise Refused(_("Nobody is ready to be matched in this intake."))
    if not snapshot["mentors"]:
        if snapshot["kind"] == Programme.Kind.GROUP:
            raise Refused(
                _("No mentor is available with free places for a whole group of %(n)s.")
                % {"n": number(snapshot["sizes"][0])}
            )
        raise Refused(_("No mentor is available with a free place."))
    if set(pins) - {(mentee, mentor) for mentee, mentor in snapshot["pins"]}:
        raise Refused(_("A pair that you decided on is no longer possible. Take that decision back, then run again."))
    Frozen.of(snapshot)


@transaction.atomic
def _begin(intake: Intake, policy: MatchPolicy, snapshot: dict, *, by: User) -> MatchingRun:  # type: ignore[type-arg]
    # Whoever asks at the same moment waits here, and then finds the run.
    intake = Intake.objects.select_for_update(of=("self",)).select_related("programme__council").get(pk=intake.pk)
    mark = fingerprint(snapshot)
    gone = (RunState.CANCELLED, RunState.FAILED, RunState.SUPERSEDED)
    same = MatchingRun.objects.filter(intake=intake, policy=policy, input_hash=mark).exclude(state__in=gone).first()
    if same is not None:
        return same
    current = MatchingRun.objects.select_for_update(of=("self",)).filter(intake=intake, state__in=RUN_UNDER_WAY).first()
    if current is not None and current.state != RunState.SOLVED:
        raise Refused(_("A run is under way for this intake. Wait for it, or cancel it."))
    if current is not None:
        move(current, RunState.SUPERSEDED, arrows=RUN)
    run = MatchingRun.objects.create(
        intake=intake,
        policy=policy,
        snapshot=snapshot,
        input_hash=mark,
        seed=seed_of(mark),
        asked_by=by,
    )
    hand_over(run)
    if intake.state == IntakeState.CLOSED:
        Intake.objects.filter(pk=intake.pk).update(state=IntakeState.MATCHING)
    audit.record("mentoring.run_asked", run, by=by, council=intake.programme.council_id)
    return run


def hand_over(run: MatchingRun) -> None:
    """Give a run to the workers, with a job that its asker can follow."""
    run.job = start_job(KIND, run.asked_by, run.pk, tenant_id=run.intake.programme.council_id)
    MatchingRun.objects.filter(pk=run.pk).update(job=run.job)


@transaction.atomic
def cancel(run: MatchingRun, *, by: User) -> None:
    """Cancel a run that is not published; a worker that still solves it finds out and stops."""
    authorize(by, "mentoring.work_with_people", run.intake.programme.council)
    with across():
        held = MatchingRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
        move(held, RunState.CANCELLED, arrows=RUN, lease_until=None)
        if (job := held.job) is not None:
            with contextlib.suppress(Refused):
                ask_to_cancel(job)
    audit.record("mentoring.run_cancelled", run, by=by, council=run.intake.programme.council_id)
