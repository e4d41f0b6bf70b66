"""Offers that nobody answered in time, or that a withdrawal or a pause has made impossible."""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from allies.kit import audit
from allies.kit.jobs import enqueue
from allies.kit.scope import across
from allies.kit.states import move
from mentoring.models import Proposal
from mentoring.services.gathering import gather
from mentoring.services.next_offer import KIND, tell_coordinators
from mentoring.services.offers import give_back, hold, make_stale
from mentoring.services.publish import tell
from mentoring.states import (
    PROPOSAL,
    PROPOSAL_OFFERED,
    ApplicationState,
    MentorState,
    ProposalState,
)


def end_due() -> dict[str, int]:
    """End what is due; gives how many offers ended for want of an answer, and how many had become impossible."""
    counts = {"expired": 0, "stale": 0}
    with across():
        gone = ~Q(application__state=ApplicationState.PROPOSED) | ~Q(mentor__state=MentorState.AVAILABLE)
        open_offers = Proposal.objects.filter(state__in=PROPOSAL_OFFERED)
        for pk in open_offers.filter(gone).order_by("pk").values_list("pk", flat=True):
            counts["stale"] += _stale(pk)
        for pk in open_offers.filter(expires_at__lt=timezone.now()).order_by("pk").values_list("pk", flat=True):
            counts["expired"] += _expire(pk)
    return counts


@transaction.atomic
def _stale(pk: Any) -> bool:
    held = hold(pk)
    return bool(held.fault) and make_stale(held)


@transaction.atomic
def _expire(pk: Any) -> bool:
    held = hold(pk)
    state, until = held.proposal.state, held.proposal.expires_at
    if state not in PROPOSAL_OFFERED or until is None or until >= timezone.now():
        return False
    move(held.proposal, ProposalState.EXPIRED, arrows=PROPOSAL)
    give_back(held)
    if held.proposal.group:
        person = held.mentor.person if state == ProposalState.TO_MENTOR else held.application.person
        tell("offer_expired", held.proposal, person, held.programme)
        gather(held.proposal.group)
    elif state == ProposalState.TO_MENTOR:
        tell("offer_expired", held.proposal, held.mentor.person, held.programme)
        enqueue(KIND, held.proposal.pk)
    else:
        # Another mentor would wait in vain, too, until somebody has spoken with the mentee.
        tell("offer_expired", held.proposal, held.application.person, held.programme)
        tell_coordinators(held.proposal, held.programme)
    audit.record("mentoring.offer_expired", held.proposal, by=None, council=held.programme.council_id, fields=["state"])
    return True
