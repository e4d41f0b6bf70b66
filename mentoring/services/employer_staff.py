"""An employer's staff: invited by the champion, they mentor in its name, until they or the council say otherwise."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from allies.kit import audit
from allies.kit.access import authorize
from allies.kit.refusals import Refused
from allies.kit.scope import across
from councils.models import Organisation, User
from mentoring.models import EmployerInvitation, Mentor
from mentoring.queries.employers import waiting
from mentoring.services import mentors
from mentoring.services.employer_invitations import Kind, begin, taken_up
from mentoring.states import MentorState

ALREADY_INVITED = _("%(email)s is invited already.")
ALREADY_THERE = _("%(email)s mentors for you already.")


def _asked(organisation: Organisation, addresses: Sequence[str]) -> QuerySet[EmployerInvitation]:
    return EmployerInvitation.objects.filter(organisation=organisation, kind=Kind.MENTOR, email__in=addresses)


def why_not_invited(organisation: Organisation, addresses: Sequence[str]) -> dict[str, str]:
    """Say of each address that can't be invited why not; only what the employer knows of its own staff."""
    asked = waiting(_asked(organisation, addresses)).values_list("email", flat=True)
    reasons = {email: str(ALREADY_INVITED % {"email": email}) for email in asked}
    there = Mentor.objects.filter(staff_of=organisation, person__email__in=addresses)
    known = there.exclude(state=MentorState.RETIRED).values_list("person__email", flat=True)
    return reasons | {email: str(ALREADY_THERE % {"email": email}) for email in known}


@transaction.atomic
def invite(
    organisation: Organisation, *, addresses: Sequence[str], language: str, word: str, by: User
) -> list[EmployerInvitation]:
    """Invite staff to mentor, all of them or none, so that nobody is left out unnoticed."""
    authorize(by, "mentoring.speak_for", organisation)
    # One champion's list at a time: a form sent twice invites nobody twice.
    Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    if reasons := why_not_invited(organisation, addresses):
        raise Refused(next(iter(reasons.values())))
    # What expired long ago gives way to the new one.
    _asked(organisation, addresses).filter(accepted_at=None, revoked_at=None).update(revoked_at=timezone.now())
    made = [
        begin(organisation, kind=Kind.MENTOR, email=email, language=language, word=word, by=by) for email in addresses
    ]
    audit.record("mentoring.staff_invited", organisation, by=by, council=organisation.council_id, fields=["email"])
    return made


@transaction.atomic
def volunteer(invitation: EmployerInvitation, *, facts: Mapping[str, Any], by: User) -> Mentor:
    """Offer to mentor as one of the employer's staff; the employer stands as it was invited."""
    taken_up(invitation, by=by)
    organisation = invitation.organisation
    facts = {**facts, "employer": organisation.name[:120]}
    return mentors.volunteer(
        organisation.council, facts=facts, by=by, staff_of=organisation, invited_by=invitation.invited_by
    )


@transaction.atomic
def join(invitation: EmployerInvitation, *, by: User) -> Mentor:
    """Let somebody who mentors here already go on as one of the employer's staff."""
    taken_up(invitation, by=by)
    organisation = invitation.organisation
    with across():
        mentor: Mentor | None = (
            Mentor.objects.select_for_update(of=("self",))
            .filter(council=organisation.council_id, person=by)
            .exclude(state=MentorState.RETIRED)
            .first()
        )
        if mentor is None:
            raise Refused(_("You don't mentor here yet: tell us what you offer first."))
        _place(mentor, organisation, invited_by=invitation.invited_by)
    audit.record("mentoring.staff_joined", mentor, by=by, council=mentor.council_id, fields=["staff_of"])
    return mentor


@transaction.atomic
def leave(mentor: Mentor, *, by: User) -> None:
    """Record that a mentor no longer works for the employer; the champion sees them no more."""
    authorize(by, "mentoring.own_mentor", mentor)
    with across():
        standing = Mentor.objects.select_for_update(of=("self",)).get(pk=mentor.pk)
        if standing.staff_of_id is None:
            raise Refused(_("You mentor for yourself already."))
        _place(standing, None)
    audit.record("mentoring.staff_left", standing, by=by, council=standing.council_id, fields=["staff_of"])


@transaction.atomic
def place(mentor: Mentor, organisation: Organisation | None, *, by: User) -> None:
    """Note for which employer at the table a mentor works, as the council knows it."""
    authorize(by, "mentoring.work_with_people", mentor.council)
    standing = Mentor.objects.select_for_update(of=("self",)).get(pk=mentor.pk)
    if organisation and organisation.council_id != standing.council_id:
        raise Refused(_("This employer sits at another council's table."))
    if standing.staff_of_id == (organisation.pk if organisation else None):
        return
    _place(standing, organisation)
    deed = "mentoring.staff_joined" if organisation else "mentoring.staff_left"
    audit.record(deed, standing, by=by, council=standing.council_id, fields=["staff_of"])


def _place(mentor: Mentor, organisation: Organisation | None, *, invited_by: User | None = None) -> None:
    mentor.staff_of, mentor.invited_by = organisation, invited_by
    mentor.employer = organisation.name[:120] if organisation else ""
    mentor.save(update_fields=["staff_of", "invited_by", "employer", "saved_at"])
