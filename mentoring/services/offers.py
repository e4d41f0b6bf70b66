"""Offers: the mentor answers first, then the mentee; a no gives the place back and is remembered."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from allies.kit import audit
from allies.kit.access import authorize
from allies.kit.jobs import enqueue
from allies.kit.refusals import Refused
from allies.kit.scope import across
from allies.kit.states import move
from councils.models import User
from councils.services.editing import Faulty
from mentoring.models import Application, Exclusion, Mentor, Pair, Proposal
from mentoring.services import gathering, next_offer, pairs
from mentoring.services.obstacles import NOT_AVAILABLE, NOT_READY, lock
from mentoring.services.publish import answer_by, tell
from mentoring.states import (
    APPLICATION,
    PAIR,
    PROPOSAL,
    ApplicationState,
    MentorState,
    PairState,
    ProposalState,
)


@dataclass
class Held:
    """An offer with everything that it touches, locked."""

    proposal: Proposal
    application: Application
    mentor: Mentor
    pair: Pair | None

    @property
    def programme(self) -> Any:
        """The programme in which the two would work together."""
        return self.application.intake.programme

    @property
    def fault(self) -> str:
        """Why the offer can't stand any more; empty where it can."""
        if self.application.state != ApplicationState.PROPOSED:
            return NOT_READY
        if self.mentor.state != MentorState.AVAILABLE:
            return NOT_AVAILABLE
        return ""


def hold(pk: Any) -> Held:
    """Lock an offer: mentor, application, offer, pair."""
    seen = Proposal.objects.get(pk=pk)
    mentors, applications = lock([seen.mentor_id], [seen.application_id])
    proposal = Proposal.objects.select_for_update(of=("self",)).get(pk=pk)
    pair = Pair.objects.select_for_update(of=("self",)).filter(proposal=proposal).first()
    return Held(proposal, applications[seen.application_id], mentors[seen.mentor_id], pair)


def asked(held: Held) -> tuple[str, User]:
    """Who is asked now: the side and the person."""
    if held.proposal.state == ProposalState.TO_MENTOR:
        if held.proposal.group:
            raise Refused(_("A mentor answers for the whole group at once."))
        return "mentor", held.mentor.person
    if held.proposal.state == ProposalState.TO_MENTEE:
        return "mentee", held.application.person
    raise Refused(_("This offer is no longer open."))


def _answering(held: Held, by: User) -> str:
    """The side for which a person answers; Refused where the offer is not theirs to answer now."""
    side, person = asked(held)
    if person.pk != by.pk:
        raise Refused(_("The other one of you is asked now."))
    if held.proposal.expires_at and held.proposal.expires_at < timezone.now():
        raise Refused(_("The time to answer this offer is over."))
    return side


class _Gone(Exception):
    """The offer can't stand any more; it is made stale once the answer is undone."""


def accept(proposal: Proposal, *, by: User) -> Proposal:
    """Say yes: the mentor's leads to the mentee, the mentee's begins the pair."""
    return _answered(proposal, by, lambda held: _accept(held, by))


def decline(proposal: Proposal, *, reason: str, by: User) -> Proposal:
    """Say no, with a reason: the two are not brought together again, and the mentee waits for another mentor."""
    if not reason.strip():
        raise Faulty({"reason": _("Say in a few words why: it helps to find a better match.")})
    return _answered(proposal, by, lambda held: _decline(held, reason.strip()[:300], by))


def _answered(proposal: Proposal, by: User, act: Any) -> Proposal:
    with across():
        try:
            with transaction.atomic():
                held = hold(proposal.pk)
                _answering(held, by)
                if held.fault:
                    raise _Gone
                act(held)
                return held.proposal
        except _Gone:
            with transaction.atomic():
                make_stale(hold(proposal.pk))
            raise Refused(_("Something has changed meanwhile, so this offer is no longer possible.")) from None


def _accept(held: Held, by: User) -> None:
    now = timezone.now()
    if held.proposal.state == ProposalState.TO_MENTOR:
        authorize(by, "mentoring.own_mentor", held.mentor)
        until = answer_by(held.programme, now)
        move(held.proposal, ProposalState.TO_MENTEE, arrows=PROPOSAL, expires_at=until, answered_at=now)
        tell("offer_mentee", held.proposal, held.application.person, held.programme, until=until)
    else:
        authorize(by, "mentoring.own_application", held.application)
        move(held.proposal, ProposalState.CONFIRMED, arrows=PROPOSAL, answered_at=now)
        if held.pair is None:
            raise Refused(_("This offer is no longer open."))
        if held.proposal.group:
            gathering.gather(held.proposal.group)
        else:
            pairs.begin(held.pair)
    audit.record("mentoring.offer_accepted", held.proposal, by=by, council=held.programme.council_id, fields=["state"])


def _decline(held: Held, reason: str, by: User) -> None:
    side, _person = asked(held)
    move(
        held.proposal,
        ProposalState.DECLINED,
        arrows=PROPOSAL,
        answered_at=timezone.now(),
        declined_by=side,
        reason=reason,
    )
    Exclusion.objects.get_or_create(
        mentee=held.application.person,
        mentor=held.mentor,
        kind=Exclusion.Kind.DECLINED,
        defaults={"council_id": held.programme.council_id, "made_by": by},
    )
    give_back(held)
    # A mentor's no leads on to the next mentor; after a mentee's, a person looks at the reason first.
    if held.proposal.group:
        gathering.gather(held.proposal.group)
    elif side == "mentor":
        enqueue(next_offer.KIND, held.proposal.pk)
    else:
        next_offer.tell_coordinators(held.proposal, held.programme)
    audit.record("mentoring.offer_declined", held.proposal, by=by, council=held.programme.council_id, fields=["state"])


def give_back(held: Held) -> None:
    """Release the held place and let the mentee wait for another mentor, where they still wait."""
    if held.pair is not None and held.pair.state == PairState.RESERVED:
        move(held.pair, PairState.RELEASED, arrows=PAIR)
    if held.application.state == ApplicationState.PROPOSED:
        move(held.application, ApplicationState.READY, arrows=APPLICATION)


def make_stale(held: Held, reason: str = "") -> bool:
    """End an open offer that has become impossible; tells whether it was open."""
    if held.proposal.state not in (ProposalState.TO_MENTOR, ProposalState.TO_MENTEE):
        return False
    why = reason or held.fault or NOT_READY
    move(held.proposal, ProposalState.STALE, arrows=PROPOSAL, reason=why)
    give_back(held)
    if held.proposal.group:
        gathering.gather(held.proposal.group)
    elif held.application.state == ApplicationState.READY:
        enqueue(next_offer.KIND, held.proposal.pk)
    if why == NOT_READY:
        tell("offer_ended", held.proposal, held.mentor.person, held.programme)
    audit.record("mentoring.offer_stale", held.proposal, by=None, council=held.programme.council_id, fields=["state"])
    return True
