"""Publishing a run: its pairs become offers to mentors, and what no longer fits says why.

Rows are locked in one order everywhere: run, mentors, applications, proposals. So two who publish, answer or change a
capacity wait for each other instead of blocking each other.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, override

from allies.kit import audit, mail
from allies.kit.access import authorize
from allies.kit.refusals import Refused
from allies.kit.scope import across
from allies.kit.states import move
from allies.kit.ui.formats import day
from councils.models import User
from mentoring.models import Application, Exclusion, MatchingRun, Mentor, Pair, Programme, Proposal
from mentoring.queries.offer_cards import zone_of
from mentoring.services.findings import still_proven
from mentoring.services.snapshot import Frozen
from mentoring.states import (
    APPLICATION,
    PAIR_HOLDS_A_PLACE,
    PROPOSAL,
    RUN,
    ApplicationState,
    MentorState,
    ProposalState,
    RunState,
)

# Why a pair that was found is no longer possible: source texts, translated when shown.
NOT_READY = gettext_noop("The mentee is no longer waiting for a mentor.")
NOT_AVAILABLE = gettext_noop("The mentor is no longer available.")
NO_PLACE = gettext_noop("The mentor has no free place any more.")
EXCLUDED = gettext_noop("The two must not be paired.")
HAS_A_PLACE = gettext_noop("The mentee has a place with another mentor.")


@dataclass(frozen=True, slots=True)
class Published:
    """How many pairs were offered, and how many were no longer possible."""

    offered: int
    stale: int


def answer_by(programme: Programme, now: datetime) -> datetime:
    """The end of the last working day to answer an offer, in the council's time."""
    local = timezone.localtime(now, zone_of(programme))
    left = programme.offer_days
    while left:
        local += timedelta(days=1)
        left -= local.weekday() < 5
    return local.replace(hour=23, minute=59, second=0, microsecond=0)


@transaction.atomic
def publish(run: MatchingRun, *, by: User) -> Published:
    """Offer the pairs of a run to their mentors; publishing again changes nothing."""
    with across():
        held = (
            MatchingRun.objects.select_for_update(of=("self",))
            .select_related("intake__programme__council__place")
            .get(pk=run.pk)
        )
        council = held.intake.programme.council
        authorize(by, "mentoring.work_with_people", council)
        if held.state == RunState.PUBLISHED:
            return _counted(held)
        if held.state != RunState.SOLVED:
            raise Refused(_("Only a run that is ready for review can be published."))
        _refuse_undecided(held)
        proposals = list(Proposal.objects.filter(run=held).order_by("pk"))
        _refuse_unproven(held, proposals)
        drafts = [proposal for proposal in proposals if proposal.state == ProposalState.DRAFTED]
        mentors, applications = lock(
            {proposal.mentor_id for proposal in drafts}, {proposal.application_id for proposal in drafts}
        )
        barred = excluded(applications.values(), mentors)
        placed = placed_people(held.intake.programme, applications.values())
        # Pinned pairs first: where a mentor has lost a place, what a person decided stands.
        for proposal in sorted(drafts, key=lambda draft: (not draft.is_pinned, -draft.score, str(draft.pk))):
            mentor, application = mentors[proposal.mentor_id], applications[proposal.application_id]
            why = obstacle(application, mentor, barred, placed)
            if why:
                move(proposal, ProposalState.STALE, arrows=PROPOSAL, reason=why)
                continue
            offer(proposal, application, mentor, held.intake.programme)
            mentor.active_load += 1
            placed.add(application.person_id)
        move(held, RunState.PUBLISHED, arrows=RUN, published_at=timezone.now(), published_by=by)
        audit.record("mentoring.run_published", held, by=by, council=council)
        return _counted(held)


def _counted(run: MatchingRun) -> Published:
    of_run = Proposal.objects.filter(run=run)
    stale = of_run.filter(state=ProposalState.STALE).count()
    set_aside = of_run.filter(state=ProposalState.REJECTED).count()
    return Published(of_run.count() - stale - set_aside, stale)


def _refuse_undecided(run: MatchingRun) -> None:
    waiting = Proposal.objects.filter(
        run=None,
        origin=Proposal.Origin.HAND,
        state=ProposalState.DRAFTED,
        application__intake__programme=run.intake.programme_id,
    )
    if waiting.exists():
        raise Refused(_("You proposed a pair by hand that this run doesn't hold. Run again first, or take it back."))


def _refuse_unproven(run: MatchingRun, proposals: list[Proposal]) -> None:
    pairs = {str(proposal.application_id): str(proposal.mentor_id) for proposal in proposals}
    try:
        holds = still_proven(Frozen.of(run.snapshot), int(run.seed), pairs, run.total or 0)
    except (KeyError, ValueError):
        holds = False
    if not holds:
        raise Refused(_("The pairs no longer agree with their proof, so nothing is published. Please run again."))


def lock(
    mentor_ids: Collection[UUID], application_ids: Collection[UUID]
) -> tuple[dict[UUID, Mentor], dict[UUID, Application]]:
    """Hold mentors and applications, in the order that everybody keeps."""
    mentors = Mentor.objects.select_for_update(of=("self",)).select_related("person", "council")
    applications = Application.objects.select_for_update(of=("self",)).select_related(
        "person", "intake__programme__council__place"
    )
    return (
        {mentor.pk: mentor for mentor in mentors.filter(pk__in=mentor_ids).order_by("pk")},
        {application.pk: application for application in applications.filter(pk__in=application_ids).order_by("pk")},
    )


def excluded(applications: Collection[Application], mentors: Collection[UUID]) -> set[tuple[UUID, UUID]]:
    """The pairs of a person and a mentor that are excluded now."""
    people = [application.person_id for application in applications]
    return set(Exclusion.objects.filter(mentee__in=people, mentor__in=mentors).values_list("mentee", "mentor"))


def placed_people(programme: Programme, applications: Collection[Application]) -> set[UUID]:
    """Those of the applicants who have a place in the programme now."""
    return set(
        Pair.objects.filter(
            programme=programme,
            mentee_person__in=[application.person_id for application in applications],
            state__in=PAIR_HOLDS_A_PLACE,
        ).values_list("mentee_person", flat=True)
    )


def obstacle(application: Application, mentor: Mentor, barred: set[tuple[UUID, UUID]], placed: set[UUID]) -> str:
    """Why a pair is not possible now; empty where it is. Both rows are locked."""
    if application.state != ApplicationState.READY:
        return NOT_READY
    if mentor.state != MentorState.AVAILABLE:
        return NOT_AVAILABLE
    if (application.person_id, mentor.pk) in barred or application.person_id == mentor.person_id:
        return EXCLUDED
    if mentor.active_load >= mentor.capacity:
        return NO_PLACE
    return HAS_A_PLACE if application.person_id in placed else ""


def offer(proposal: Proposal, application: Application, mentor: Mentor, programme: Programme) -> Pair:
    """Hold the place and ask the mentor; the caller has locked both and found no obstacle."""
    now = timezone.now()
    until = answer_by(programme, now)
    move(proposal, ProposalState.TO_MENTOR, arrows=PROPOSAL, expires_at=until, reason="")
    pair = Pair.objects.create(
        programme=programme,
        application=application,
        proposal=proposal,
        mentor=mentor,
        mentee_person=application.person,
        mentor_person=mentor.person,
    )
    move(application, ApplicationState.PROPOSED, arrows=APPLICATION, proposed_at=application.proposed_at or now)
    tell("offer_mentor", proposal, mentor.person, programme, until=until)
    return pair


def tell(act: str, proposal: Proposal, to: User, programme: Programme, *, until: datetime | None = None) -> None:
    """Write to one of the two about an offer, once for each offer and letter."""
    with override(to.language):
        mail.send(
            "mentoring/offer",
            to=to,
            context={
                "act": act,
                "programme": programme.name,
                "council": programme.council.name,
                "path": reverse("mentoring:offer-show", args=[proposal.pk]),
                "until": day(timezone.localtime(until, zone_of(programme)).date()) if until else "",
            },
            key=f"mentoring.{act}:{proposal.pk}",
        )
