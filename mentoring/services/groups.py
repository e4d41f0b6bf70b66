"""Groups: the mentor answers once for all, and the coordinator decides where too few mentees say yes."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from allies.kit import audit
from allies.kit.access import authorize
from allies.kit.refusals import Refused
from allies.kit.scope import across
from allies.kit.states import move
from councils.models import User
from councils.services.editing import Faulty
from mentoring.models import Application, Exclusion, Mentor, Pair, Proposal
from mentoring.queries.groups import Group, Standing, group
from mentoring.services import gathering
from mentoring.services.obstacles import excluded, lock, obstacle, out_of_reach, placed_people
from mentoring.services.offers import Held, give_back, make_stale
from mentoring.services.publish import answer_by, offer, tell
from mentoring.states import PROPOSAL, PROPOSAL_OFFERED, PairState, ProposalState

_NOT_OPEN = _("This offer is no longer open.")
GIVEN_UP = gettext_noop("The coordinator gave the group up.")


def _hold(mark: UUID, *states: str) -> list[Held]:
    """Lock the mentor of a group, its applications, its proposals in some states, and their pairs."""
    seen = list(Proposal.objects.filter(group=mark).values_list("mentor_id", "application_id"))
    mentors, applications = lock([mentor for mentor, _application in seen], [one for _mentor, one in seen])
    rows = Proposal.objects.select_for_update(of=("self",)).filter(group=mark, state__in=states).order_by("pk")
    proposals = list(rows)
    pairs = {
        pair.proposal_id: pair
        for pair in Pair.objects.select_for_update(of=("self",)).filter(proposal__in=proposals).order_by("pk")
    }
    return [Held(one, applications[one.application_id], mentors[one.mentor_id], pairs.get(one.pk)) for one in proposals]


def _asked(proposal: Proposal, by: User) -> list[Held]:
    """What a mentor is asked about with one letter; Refused where there is nothing to answer now."""
    held = _hold(proposal.group, ProposalState.TO_MENTOR) if proposal.group else []
    if not held:
        raise Refused(_NOT_OPEN)
    authorize(by, "mentoring.own_mentor", held[0].mentor)
    if any(one.proposal.expires_at and one.proposal.expires_at < timezone.now() for one in held):
        raise Refused(_("The time to answer this offer is over."))
    return held


@transaction.atomic
def accept(proposal: Proposal, *, by: User) -> int:
    """Say yes to the whole group for its mentor; each mentee is asked. Gives how many are."""
    with across():
        now, asked = timezone.now(), 0
        for held in _asked(proposal, by):
            if held.fault:
                make_stale(held)
                continue
            until = answer_by(held.programme, now)
            move(held.proposal, ProposalState.TO_MENTEE, arrows=PROPOSAL, expires_at=until, answered_at=now)
            tell("offer_mentee", held.proposal, held.application.person, held.programme, until=until)
            audit.record(
                "mentoring.offer_accepted",
                held.proposal,
                by=by,
                council=held.programme.council_id,
                fields=["state"],
            )
            asked += 1
        gathering.gather(_mark(proposal))
        return asked


@transaction.atomic
def decline(proposal: Proposal, *, reason: str, by: User) -> None:
    """Say no to the whole group for its mentor, with a reason; its mentees wait for another one."""
    said = reason.strip()[:300]
    if not said:
        raise Faulty({"reason": _("Say in a few words why: it helps to find a better match.")})
    with across():
        now = timezone.now()
        for held in _asked(proposal, by):
            columns: dict[str, Any] = {"answered_at": now, "declined_by": "mentor", "reason": said}
            move(held.proposal, ProposalState.DECLINED, arrows=PROPOSAL, **columns)
            Exclusion.objects.get_or_create(
                mentee=held.application.person,
                mentor=held.mentor,
                kind=Exclusion.Kind.DECLINED,
                defaults={"council_id": held.programme.council_id, "made_by": by},
            )
            give_back(held)
            council = held.programme.council_id
            audit.record("mentoring.offer_declined", held.proposal, by=by, council=council, fields=["state"])
        gathering.gather(_mark(proposal))


def _mark(proposal: Proposal) -> UUID:
    if proposal.group is None:
        raise Refused(_NOT_OPEN)
    return proposal.group


def _standing(mark: UUID, by: User) -> Group:
    """A group as it stands, its mentor locked, for the council's staff."""
    Mentor.objects.select_for_update(of=("self",)).filter(proposals__group=mark).order_by("pk").first()
    found = group(mark)
    if found is None:
        raise Refused(_("This group is not there any more."))
    authorize(by, "mentoring.work_with_people", found.programme.council)
    return found


def _record(action: str, found: Group, by: User, reason: str = "") -> None:
    audit.record(f"mentoring.{action}", found.proposals[0], by=by, council=found.programme.council_id, reason=reason)


@transaction.atomic
def begin_small(mark: UUID, *, reason: str, by: User) -> None:
    """Let those begin who said yes, though they are fewer than the programme's smallest group; with a reason."""
    if not reason.strip():
        raise Faulty({"reason": _("Give the reason: a colleague will want to know it.")})
    with across():
        _hold(mark)
        found = _standing(mark, by)
        if not found.can_begin_small:
            raise Refused(_("A group begins by itself, or with two people at least who have said yes."))
        gathering.begin(found)
        _record("group_begun_small", found, by, reason.strip()[:300])


@transaction.atomic
def give_up(mark: UUID, *, reason: str, by: User) -> None:
    """Give up a group that has not begun: its mentees wait for another mentor, and everybody is told."""
    if not reason.strip():
        raise Faulty({"reason": _("Give the reason: a colleague will want to know it.")})
    with across():
        held = _hold(mark, *PROPOSAL_OFFERED, ProposalState.CONFIRMED)
        found = _standing(mark, by)
        if found.standing not in (Standing.ASKED, Standing.FORMING, Standing.SHORT):
            raise Refused(_("This group has begun, or is over: its pairs end one by one."))
        mentor_knows = False
        for one in held:
            if one.pair is None or one.pair.state != PairState.RESERVED:
                continue
            if one.proposal.state in PROPOSAL_OFFERED:
                move(one.proposal, ProposalState.STALE, arrows=PROPOSAL, reason=GIVEN_UP)
            give_back(one)
            if one.proposal.answered_at:
                tell("group_given_up", one.proposal, one.application.person, one.programme)
            if not mentor_knows:
                tell("group_ended", one.proposal, one.mentor.person, one.programme)
                mentor_knows = True
        _record("group_given_up", found, by, reason.strip()[:300])


@transaction.atomic
def invite(mark: UUID, *, application: Application, by: User) -> Proposal:
    """Ask one more mentee into a group that has room; the mentor is asked first."""
    with across():
        found = _standing(mark, by)
        if found.standing in (Standing.DRAFTED, Standing.OVER):
            raise Refused(_("This group is not asked, or is over."))
        mentors, applications = lock([found.mentor.pk], [application.pk])
        mentor, standing = mentors[found.mentor.pk], applications[application.pk]
        if standing.intake.programme_id != found.programme.pk:
            raise Faulty({"application": _("This person has applied to another programme.")})
        if found.size >= found.programme.group_most:
            raise Faulty({"application": _("The group is as large as the programme allows.")})
        placed, away = placed_people(found.programme, [standing]), out_of_reach(found.programme, [mentor])
        why = obstacle(standing, mentor, excluded([standing], mentors), placed, away)
        if why:
            raise Faulty({"application": _(why)})
        made = Proposal.objects.create(
            application=standing, mentor=mentor, origin=Proposal.Origin.HAND, group=mark, is_pinned=True
        )
        offer(made, standing, mentor, found.programme)
        _record("group_widened", found, by)
        return made
