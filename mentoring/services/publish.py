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
from django.utils.translation import gettext_noop, ngettext, override

from allies.kit import audit, mail
from allies.kit.access import authorize
from allies.kit.refusals import Refused
from allies.kit.scope import across
from allies.kit.states import move
from allies.kit.ui.formats import day, number
from councils.models import User
from mentoring.models import Application, Intake, MatchingRun, Mentor, Pair, Programme, Proposal
from mentoring.queries.offer_cards import zone_of
from mentoring.queries.places import left
from mentoring.services.findings import still_proven
from mentoring.services.obstacles import excluded, lock, obstacle, out_of_reach, placed_people
from mentoring.services.snapshot import Frozen
from mentoring.states import (
    APPLICATION,
    PROPOSAL,
    RUN,
    ApplicationState,
    ProposalState,
    RunState,
)

# Why a pair is not offered though it is possible: source texts, translated when shown.
TOO_SMALL = gettext_noop("The group has become smaller than the programme's smallest group.")
LEFT_OUT = gettext_noop("The intake had no place left, and others were chosen.")

ONCE_FOR_A_GROUP = ("offer_group", "offer_expired", "group_ended")


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
def publish(run: MatchingRun, *, by: User, only: Collection[UUID] | None = None) -> Published:
    """Offer the pairs of a run to their mentors, `only` some of them where places are short.

    Refused where more are offered than the intake has places left. Publishing again changes nothing.
    """
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
        # Whoever changes the intake's places waits until these are given.
        intake = Intake.objects.select_for_update(of=("self",)).get(pk=held.intake_id)
        _refuse_undecided(held)
        proposals = list(Proposal.objects.filter(run=held).order_by("pk"))
        _refuse_unproven(held, proposals)
        drafts = [proposal for proposal in proposals if proposal.state == ProposalState.DRAFTED]
        chosen = drafts if only is None else [proposal for proposal in drafts if proposal.pk in only]
        fitting = _judged(held.intake.programme, chosen)
        _refuse_too_many(len(fitting), left(intake), chosen=only is not None)
        for proposal in drafts:
            if proposal not in chosen:
                move(proposal, ProposalState.STALE, arrows=PROPOSAL, reason=LEFT_OUT)
        for proposal, application, mentor in fitting:
            offer(proposal, application, mentor, held.intake.programme)
        move(held, RunState.PUBLISHED, arrows=RUN, published_at=timezone.now(), published_by=by)
        audit.record("mentoring.run_published", held, by=by, council=council)
        return _counted(held)


def _judged(programme: Programme, drafts: Collection[Proposal]) -> list[tuple[Proposal, Application, Mentor]]:
    """Lock everybody, make stale what is no longer possible, and give the rest, a group as a whole or not at all."""
    mentors, applications = lock(
        {proposal.mentor_id for proposal in drafts}, {proposal.application_id for proposal in drafts}
    )
    barred = excluded(applications.values(), mentors)
    placed = placed_people(programme, applications.values())
    away = out_of_reach(programme, mentors.values())
    fitting: list[tuple[Proposal, Application, Mentor]] = []
    for unit in units(drafts):
        fits = []
        for proposal in unit:
            mentor, application = mentors[proposal.mentor_id], applications[proposal.application_id]
            if why := obstacle(application, mentor, barred, placed, away):
                move(proposal, ProposalState.STALE, arrows=PROPOSAL, reason=why)
                continue
            mentor.active_load += 1
            placed.add(application.person_id)
            fits.append((proposal, application, mentor))
        if unit[0].group and len(fits) < programme.group_least:
            for proposal, application, mentor in fits:
                move(proposal, ProposalState.STALE, arrows=PROPOSAL, reason=TOO_SMALL)
                mentor.active_load -= 1
                placed.discard(application.person_id)
            continue
        fitting += fits
    return fitting


def units(drafts: Collection[Proposal]) -> list[list[Proposal]]:
    """Pairs one by one and groups together, in the order in which they are given places.

    What a person decided comes first: where a mentor has lost a place it stands. Then the best come first.
    """
    found: dict[object, list[Proposal]] = {}
    for proposal in sorted(drafts, key=lambda draft: (not draft.is_pinned, -draft.score, str(draft.pk))):
        found.setdefault(proposal.group or proposal.pk, []).append(proposal)
    return sorted(
        found.values(),
        key=lambda unit: (not any(one.is_pinned for one in unit), -sum(one.score for one in unit), str(unit[0].pk)),
    )


def best_within(in_order: Collection[list[Proposal]], places: int) -> list[Proposal]:
    """Those who fit into so many places, the best first; a group only as a whole."""
    chosen: list[Proposal] = []
    for unit in in_order:
        if len(chosen) + len(unit) <= places:
            chosen += unit
    return chosen


def _refuse_too_many(wanted: int, places: int, *, chosen: bool) -> None:
    if wanted <= places:
        return
    facts = {"wanted": number(wanted), "places": number(places)}
    if not places:
        raise Refused(_("The intake has no place left, so nobody is asked. Give it more places first."))
    if chosen:
        sentence = ngettext(
            "You chose %(wanted)s offers, and the intake has %(places)s place left: choose fewer.",
            "You chose %(wanted)s offers, and the intake has %(places)s places left: choose fewer.",
            places,
        )
    else:
        sentence = ngettext(
            "The run holds %(wanted)s pairs, and the intake has %(places)s place left: choose which to offer.",
            "The run holds %(wanted)s pairs, and the intake has %(places)s places left: choose which to offer.",
            places,
        )
    raise Refused(sentence % facts)


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
        group=proposal.group,
    )
    move(application, ApplicationState.PROPOSED, arrows=APPLICATION, proposed_at=application.proposed_at or now)
    # The mentor of a group has one letter and answers once.
    tell("offer_group" if proposal.group else "offer_mentor", proposal, mentor.person, programme, until=until)
    return pair


def tell(act: str, proposal: Proposal, to: User, programme: Programme, *, until: datetime | None = None) -> None:
    """Write to one of the two about an offer, once for each offer and letter; to a group's mentor once for all."""
    once = proposal.group and to.pk == proposal.mentor.person_id and act in ONCE_FOR_A_GROUP
    about = f"{proposal.group}:{proposal.expires_at:%Y%m%d}" if once else str(proposal.pk)
    with override(to.language):
        mail.send(
            "mentoring/offer",
            to=to,
            context={
                "act": act,
                "is_peer": programme.kind == Programme.Kind.PEER,
                "programme": programme.name,
                "council": programme.council.name,
                "path": reverse("mentoring:offer-show", args=[proposal.pk]),
                "until": day(timezone.localtime(until, zone_of(programme)).date()) if until else "",
            },
            key=f"mentoring.{act}:{about}",
        )
