"""Solving a run: one worker at a time, written once, and never lost.

A worker takes a lease on a run and gets a number (a fencing token) that grows with each lease; it renews the lease
between the stages of its work, and its result is written only while its number is still the newest. Whatever a dead
worker leaves is found by `sweep` and given to another.
"""

from datetime import timedelta
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from allies.kit.copying import copy_in
from allies.kit.jobs import Progress
from allies.kit.memory import collecting_afterwards
from allies.kit.models import Job, JobState
from allies.kit.progress import Cancelled
from allies.kit.refusals import Refused
from allies.kit.scope import across
from allies.kit.states import move
from mentoring.matching.openings import NoGroups
from mentoring.models import MatchingRun, Proposal
from mentoring.services.findings import find
from mentoring.services.found import Found
from mentoring.services.runs import hand_over
from mentoring.services.snapshot import Frozen
from mentoring.states import RUN, ProposalState, RunState

logger = structlog.get_logger(__name__)
LEASE = timedelta(minutes=2)
PAIRS_A_SECOND = 500_000
LOST_AFTER = timedelta(minutes=1)
MOST_ATTEMPTS = 3
STAGES = {
    "prepare": gettext_noop("Reading who takes part"),
    "score": gettext_noop("Comparing mentees with mentors"),
    "candidates": gettext_noop("Choosing where to begin"),
    "solve": gettext_noop("Looking for the best pairs"),
    "price": gettext_noop("Looking at all pairs again"),
    "ties": gettext_noop("Deciding between equally good results"),
    "certify": gettext_noop("Proving that nothing is better"),
    "record": gettext_noop("Writing the result down"),
    "explain": gettext_noop("Working out the reasons"),
    "recruit": gettext_noop("Working out which mentors would help most"),
}
_POSITION = {stage: number for number, stage in enumerate(STAGES)}


class Lost(Exception):
    """Another worker has the run, or nobody wants it any more."""


def lease_of(run: MatchingRun) -> timedelta:
    """How long a worker may be silent: one stage of a run over the whole network takes longer than two minutes."""
    pairs = len(run.snapshot["mentees"]) * len(run.snapshot["mentors"])
    return LEASE + timedelta(seconds=pairs // PAIRS_A_SECOND)


def take_lease(pk: UUID | str) -> MatchingRun | None:
    """Take a run that waits, or whose worker fell silent; None where there is nothing to do."""
    now = timezone.now()
    with transaction.atomic():
        run = MatchingRun.objects.select_for_update(of=("self",)).filter(pk=pk).first()
        if run is None or run.state not in (RunState.QUEUED, RunState.SOLVING):
            return None
        if run.state == RunState.SOLVING and run.lease_until and run.lease_until > now:
            return None
        run.state, run.lease_token, run.lease_until = RunState.SOLVING, run.lease_token + 1, now + lease_of(run)
        run.attempts += 1
        run.save(update_fields=["state", "lease_token", "lease_until", "attempts"])
    return run


def renew(run: MatchingRun) -> None:
    """Keep the lease a while longer; Lost where somebody else has it."""
    mine = MatchingRun.objects.filter(pk=run.pk, lease_token=run.lease_token, state=RunState.SOLVING)
    if not mine.update(lease_until=timezone.now() + lease_of(run)):
        raise Lost


def solve(pk: UUID | str, progress: Progress | None = None) -> bool:
    """Solve a run, if it waits for somebody; tells whether this worker's result was written."""
    with across():
        run = take_lease(pk)
        if run is None:
            return False
        heard: list[str] = []

        def on_stage(stage: str) -> None:
            renew(run)
            if progress is not None:
                further = _POSITION.get(stage, 0) > max((_POSITION.get(name, 0) for name in heard), default=-1)
                progress.step(STAGES.get(stage, ""), count=1 if further and heard else 0)
            heard.append(stage)

        try:
            if progress is not None:
                progress.of(len(STAGES))
            with collecting_afterwards():
                return _write(run, find(Frozen.of(run.snapshot), int(run.seed), on_stage))
        except Lost:
            logger.warning("run_lost", run_id=str(run.pk), token=run.lease_token)
            return False
        except Cancelled:
            _give_up(run, RunState.CANCELLED)
            raise
        except NoGroups:
            _give_up(run, RunState.FAILED, "pins")
            raise Refused(_("What you pinned can't be made groups of the programme's size.")) from None
        except ValueError as contradiction:
            logger.error("run_input_refused", run_id=str(run.pk), reason=str(contradiction))
            _give_up(run, RunState.FAILED, "input")
            raise Refused(
                _("The people or the rules of this run contradict each other, so it can't be solved.")
            ) from None


def _write(run: MatchingRun, found: Found) -> bool:
    """Write the whole result in one transaction, if this worker's lease is still the newest."""
    with transaction.atomic():
        held = MatchingRun.objects.select_for_update(of=("self",)).defer("snapshot").get(pk=run.pk)
        if held.lease_token != run.lease_token or held.state != RunState.SOLVING:
            raise Lost
        if not found.certificate["ok"]:
            move(held, RunState.FAILED, arrows=RUN, failure="unproven", certificate=found.certificate, lease_until=None)
            raise_later = True
        else:
            raise_later = False
            _write_proposals(run, found)
            move(
                held,
                RunState.SOLVED,
                arrows=RUN,
                matched=len(found.pairs),
                total=found.total,
                worst=found.worst,
                certificate=found.certificate,
                findings=found.findings,
                pairs_hash=found.pairs_hash,
                solved_at=timezone.now(),
                lease_until=None,
                failure="",
            )
    if raise_later:
        raise Refused(_("The result could not be proven best, so it is not shown. Please tell us."))
    return True


def _write_proposals(run: MatchingRun, found: Found) -> None:
    Proposal.objects.filter(run=run).delete()
    hand = Proposal.objects.filter(
        run=None,
        origin=Proposal.Origin.HAND,
        state=ProposalState.DRAFTED,
        application__intake__programme__intakes=run.intake_id,
    )
    by_hand = {(str(mentee), str(mentor)) for mentee, mentor in hand.values_list("application_id", "mentor_id")}
    copy_in(
        Proposal,
        (
            {
                "run_id": run.pk,
                "application_id": pair.mentee,
                "mentor_id": pair.mentor,
                "score": pair.score,
                "origin": Proposal.Origin.HAND if (pair.mentee, pair.mentor) in by_hand else Proposal.Origin.ENGINE,
                **pair.facts,
            }
            for pair in found.pairs
        ),
    )
    # What was decided by hand stands in the run now.
    pinned = {tuple(pin) for pin in run.snapshot["pins"]}
    for mentee, mentor in by_hand & pinned:
        hand.filter(application__pk=mentee, mentor__pk=mentor).delete()


def _give_up(run: MatchingRun, state: str, failure: str = "") -> None:
    MatchingRun.objects.filter(pk=run.pk, lease_token=run.lease_token, state=RunState.SOLVING).update(
        state=state, failure=failure, lease_until=None
    )


# ------------------------------------------------------------------ the sweeper


def sweep() -> dict[str, int]:
    """Give to the workers what got lost, and end what failed three times; gives how many of each."""
    counts = {"again": 0, "failed": 0, "cancelled": 0}
    with across():
        for pk in MatchingRun.objects.filter(state__in=[RunState.QUEUED, RunState.SOLVING]).values_list(
            "pk", flat=True
        ):
            if outcome := _settle(pk):
                counts[outcome] += 1
    return counts


@transaction.atomic
def _settle(pk: UUID) -> str:
    now = timezone.now()
    rows = MatchingRun.objects.select_for_update(of=("self",), skip_locked=True)
    run = rows.select_related("intake__programme", "asked_by", "job").filter(pk=pk).first()
    if run is None or run.state not in (RunState.QUEUED, RunState.SOLVING):
        return ""
    job = run.job
    if run.state == RunState.QUEUED:
        if job is not None and job.state == JobState.CANCELLED:
            move(run, RunState.CANCELLED, arrows=RUN)
            return "cancelled"
        handed = job.sent_at or job.created_at if job is not None else run.asked_at
        waits = job is not None and job.state == JobState.QUEUED
        # A job that waits is sent again by the kit's own sweeper.
        if waits or handed > now - LOST_AFTER:
            return ""
    elif run.lease_until and run.lease_until > now:
        return ""
    if job is not None:
        Job.objects.filter(pk=job.pk, state=JobState.RUNNING).update(
            state=JobState.FAILED, finished_at=now, reason=str(_("The worker fell silent; another one goes on."))
        )
    if run.attempts >= MOST_ATTEMPTS:
        move(run, RunState.FAILED, arrows=RUN, failure="attempts", lease_until=None)
        return "failed"
    # The number grows here, too: a worker that was only slow can write nothing any more.
    MatchingRun.objects.filter(pk=run.pk).update(
        state=RunState.QUEUED, lease_until=None, lease_token=F("lease_token") + 1
    )
    hand_over(run)
    return "again"
