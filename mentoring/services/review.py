"""Decisions on a run under review: pin a pair, set one aside, propose one by hand, or leave it to the engine again."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from allies.kit import audit
from allies.kit.access import authorize
from allies.kit.refusals import Refused
from allies.kit.scope import across
from allies.kit.states import move
from councils.models import Council, User
from councils.services.editing import Faulty
from mentoring.models import Application, Exclusion, Intake, MatchingRun, Mentor, Pair, Proposal
from mentoring.states import PAIR_HOLDS_A_PLACE, PROPOSAL, ApplicationState, MentorState, ProposalState, RunState


def _held(proposal: Proposal, by: User) -> tuple[Proposal, Council]:
    """Lock a pair and its run, as long as the run is under review."""
    rows = Proposal.objects.select_related("application__intake__programme__council", "application__person", "mentor")
    seen = rows.get(pk=proposal.pk)
    council = seen.application.intake.programme.council
    authorize(by, "mentoring.work_with_people", council)
    run = MatchingRun.objects.select_for_update(of=("self",)).filter(proposals=seen).first()
    if run is None or run.state != RunState.SOLVED:
        raise Refused(_("This run is no longer under review."))
    standing = rows.select_for_update(of=("self",)).get(pk=proposal.pk)
    if standing.state != ProposalState.DRAFTED:
        raise Refused(_("This pair was set aside."))
    return standing, council


@transaction.atomic
def pin(proposal: Proposal, *, pinned: bool, by: User) -> None:
    """Keep a pair whatever the next run finds, or leave it to the engine again."""
    with across():
        standing, council = _held(proposal, by)
        if standing.is_pinned == pinned:
            return
        standing.is_pinned = pinned
        standing.save(update_fields=["is_pinned"])
        action = "mentoring.pair_pinned" if pinned else "mentoring.pair_unpinned"
        audit.record(action, standing, by=by, council=council, fields=["is_pinned"])


@transaction.atomic
def set_aside(proposal: Proposal, *, reason: str, by: User) -> None:
    """Keep the two of a pair apart, with a reason; the next run looks for somebody else for both."""
    if not reason.strip():
        raise Faulty({"reason": _("Give the reason: a colleague will want to know it.")})
    with across():
        standing, council = _held(proposal, by)
        Exclusion.objects.get_or_create(
            mentee=standing.application.person,
            mentor=standing.mentor,
            kind=Exclusion.Kind.STAFF,
            defaults={"council": council, "reason": reason.strip()[:300], "made_by": by},
        )
        move(standing, ProposalState.REJECTED, arrows=PROPOSAL, reason=reason.strip()[:300], is_pinned=False)
        audit.record("mentoring.pair_set_aside", standing, by=by, council=council, fields=["state", "reason"])


def by_hand(intake: Intake) -> "list[Proposal]":
    """The pairs that somebody proposed by hand for the next run of an intake's programme."""
    with across():
        return list(
            Proposal.objects.filter(
                run=None,
                origin=Proposal.Origin.HAND,
                state=ProposalState.DRAFTED,
                application__intake__programme=intake.programme_id,
            )
            .select_related("application__person", "mentor__person", "mentor__council")
            .order_by("made_at", "pk")
        )


@transaction.atomic
def propose(intake: Intake, *, application: Application, mentor: Mentor, by: User) -> Proposal:
    """Decide on a pair by hand: the next run keeps it and finds the best for everybody else."""
    with across():
        programme = intake.programme
        authorize(by, "mentoring.work_with_people", programme.council)
        mentor = Mentor.objects.select_for_update(of=("self",)).get(pk=mentor.pk)
        application = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
        if application.state != ApplicationState.READY:
            raise Faulty({"application": _("This person is not ready to be matched.")})
        if mentor.state != MentorState.AVAILABLE or mentor.active_load >= mentor.capacity:
            raise Faulty({"mentor": _("This mentor has no free place.")})
        if application.person_id == mentor.person_id:
            raise Faulty({"mentor": _("Nobody is paired with themselves.")})
        if Exclusion.objects.filter(mentee=application.person_id, mentor=mentor).exists():
            raise Faulty({"mentor": _("The two must not be paired: lift that first if it no longer holds.")})
        if Pair.objects.filter(
            mentee_person=application.person_id, programme=programme, state__in=PAIR_HOLDS_A_PLACE
        ).exists():
            raise Faulty({"application": _("This person has a place with a mentor.")})
        others = [one for one in by_hand(intake) if one.application_id != application.pk]
        pinned = Proposal.objects.filter(
            run__intake=intake, run__state=RunState.SOLVED, is_pinned=True, state=ProposalState.DRAFTED, mentor=mentor
        ).exclude(application=application)
        taken = sum(one.mentor_id == mentor.pk for one in others) + pinned.count()
        if mentor.active_load + taken >= mentor.capacity:
            raise Faulty({"mentor": _("Your other decisions have taken this mentor's places.")})
        Proposal.objects.filter(
            run=None, origin=Proposal.Origin.HAND, state=ProposalState.DRAFTED, application=application
        ).delete()
        # What was pinned for this mentee before gives way to the newer decision.
        Proposal.objects.filter(run__intake=intake, run__state=RunState.SOLVED, application=application).update(
            is_pinned=False
        )
        made = Proposal.objects.create(
            application=application, mentor=mentor, origin=Proposal.Origin.HAND, is_pinned=True
        )
        audit.record("mentoring.pair_proposed", made, by=by, council=programme.council)
        return made


@transaction.atomic
def take_back(proposal: Proposal, *, by: User) -> None:
    """Leave a pair that was proposed by hand to the engine again."""
    with across():
        standing = (
            Proposal.objects.select_for_update(of=("self",))
            .select_related("application__intake__programme__council")
            .get(pk=proposal.pk)
        )
        council = standing.application.intake.programme.council
        authorize(by, "mentoring.work_with_people", council)
        if standing.run_id or standing.origin != Proposal.Origin.HAND or standing.state != ProposalState.DRAFTED:
            raise Refused(_("This pair is no longer a proposal by hand."))
        audited = Proposal(pk=standing.pk)
        standing.delete()
        audit.record("mentoring.pair_taken_back", audited, by=by, council=council)


def mentor_named(key: str) -> Mentor:
    """The mentor of that key, of whatever council; the caller knows that the key stands in a run of its own."""
    with across():
        return Mentor.objects.get(pk=key)
