"""Invitations of an employer: made, sent again, taken back; used once, for two weeks, by the invited address only."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from allies.kit import audit, mail
from allies.kit.access import authorize
from allies.kit.refusals import Refused
from allies.kit.scope import across
from allies.kit.ui.formats import day
from councils.models import Council, Organisation, User
from councils.queries.people import addresses_of
from councils.services.invite import VALID_FOR, digest
from councils.states import Stage
from mentoring.models import EmployerInvitation

Kind = EmployerInvitation.Kind
# Nobody is written to more often than that.
REST = timedelta(days=7)


def begin(
    organisation: Organisation, *, kind: Kind, email: str, language: str, word: str, by: User
) -> EmployerInvitation:
    """Make an invitation and write to the address; the caller has authorized it and knows that none is open."""
    still_there(organisation.council)
    token, now = secrets.token_urlsafe(32), timezone.now()
    invitation: EmployerInvitation = EmployerInvitation.objects.create(
        organisation=organisation,
        kind=kind,
        email=email,
        language=language,
        word=word,
        token_digest=digest(token),
        invited_by=by,
        made_at=now,
        sent_at=now,
        expires_at=now + VALID_FOR,
    )
    _write(invitation, token)
    return invitation


def still_there(council: Council) -> None:
    """Refuse what a council that has ended can't take up any more."""
    if council.stage in (Stage.MERGED, Stage.CLOSED):
        raise Refused(_("This council has ended in the meantime."))


def may_be_reminded_from(invitation: EmployerInvitation) -> datetime:
    """The moment from which the address may be written to again."""
    return invitation.sent_at + REST


@transaction.atomic
def remind(invitation: EmployerInvitation, *, by: User) -> EmployerInvitation:
    """Write once more, with a new link and two new weeks; at most once a week."""
    _authorize(invitation, by)
    council = invitation.organisation.council
    still_there(council)
    token, now = secrets.token_urlsafe(32), timezone.now()
    with across():
        standing = EmployerInvitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if now < may_be_reminded_from(standing):
        sentence = _("You can remind %(email)s from %(day)s on: one letter a week is enough.")
        when = timezone.localtime(may_be_reminded_from(standing)).date()
        raise Refused(sentence % {"email": standing.email, "day": day(when)})
    change_open(invitation, token_digest=digest(token), sent_at=now, expires_at=now + VALID_FOR)
    _write(invitation, token, again=True)
    audit.record("mentoring.employer_invitation_sent_again", invitation, by=by, council=council, fields=["expires_at"])
    return invitation


@transaction.atomic
def take_back(invitation: EmployerInvitation, *, by: User) -> None:
    """Take an invitation back; its link opens nothing any more."""
    _authorize(invitation, by)
    change_open(invitation, revoked_at=timezone.now())
    council = invitation.organisation.council_id
    audit.record("mentoring.employer_invitation_taken_back", invitation, by=by, council=council)


def _authorize(invitation: EmployerInvitation, by: User) -> None:
    if invitation.kind == Kind.MENTOR:
        authorize(by, "mentoring.invite_staff", invitation.organisation)
    else:
        authorize(by, "mentoring.work_with_people", invitation.organisation.council)


def taken_up(invitation: EmployerInvitation, *, by: User) -> None:
    """Use an invitation up, by the person to whom the address belongs."""
    if invitation.email.lower() not in addresses_of(by):
        raise Refused(_("This invitation is for another e-mail address. Sign in with the address it was sent to."))
    with across():
        council = Council.objects.select_for_update(of=("self",)).get(pk=invitation.organisation.council_id)
    still_there(council)
    change_open(invitation, accepted_at=timezone.now(), accepted_by=by)


def change_open(invitation: EmployerInvitation, **changes: object) -> None:
    """Change an invitation by one conditional update, so that of two people at the same time one is too late."""
    with across():
        waiting = EmployerInvitation.objects.filter(pk=invitation.pk, accepted_at=None, revoked_at=None)
        if "accepted_at" in changes:
            waiting = waiting.filter(expires_at__gt=timezone.now())
        if not waiting.update(**changes):
            invitation.refresh_from_db(fields=["accepted_at", "revoked_at", "expires_at"])
            raise Refused(_why_closed(invitation))
    for name, value in changes.items():
        setattr(invitation, name, value)


def _why_closed(invitation: EmployerInvitation) -> str:
    if invitation.accepted_at:
        return str(_("This invitation has already been accepted."))
    if invitation.revoked_at:
        return str(_("This invitation has been taken back."))
    return str(_("This invitation has expired: ask the person who invited you to send it again."))


def _write(invitation: EmployerInvitation, token: str, *, again: bool = False) -> None:
    with translation.override(invitation.language):
        mail.send(
            "mentoring/employer_invitation",
            to=invitation.email,
            language=invitation.language,
            context={
                "kind": invitation.kind,
                "path": reverse("mentoring:employer-invitation", args=[token]),
                "employer": invitation.organisation.name,
                "council": invitation.organisation.council.name,
                "invited_by": str(invitation.invited_by),
                "word": invitation.word,
                "again": again,
                "until": day(timezone.localtime(invitation.expires_at).date()),
            },
        )
