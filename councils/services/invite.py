"""Invite a person to a role by e-mail: used once, for two weeks, by that address only."""

import hashlib
import secrets
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from allies.kit import audit, mail
from allies.kit.access import authorize, can
from allies.kit.refusals import Refused
from allies.kit.scope import across
from allies.kit.ui.formats import day
from councils.models import Council, Invitation, Membership, User
from councils.queries.people import addresses_of
from councils.roles import Role
from councils.services.roles import hold, hold_person
from councils.states import Stage

VALID_FOR = timedelta(days=14)


def digest(token: str) -> str:
    """Give what the database keeps of a token, from which nobody can make the token again."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(
    council: Council,
    *,
    email: str,
    role: Role,
    language: str,
    by: User,
    title_en: str = "",
    title_fr: str = "",
    until: date | None = None,
) -> Invitation:
    """Offer a role at a council to an address, and write to it."""
    authorize(by, "councils.give_role", (role, council))
    address = email.strip().lower()
    if address in addresses_of(by):
        raise Refused(_("Nobody gives a role to themselves: ask another person who may."))
    with across():
        if Membership.objects.current().filter(council=council, role=role, person__email=address).exists():
            raise Refused(_("The person with this address already holds this role."))
        token = secrets.token_urlsafe(32)
        try:
            with transaction.atomic():
                invitation = Invitation.objects.create(
                    council=council,
                    email=address,
                    role=role,
                    language=language,
                    title_en=title_en,
                    title_fr=title_fr,
                    until=until,
                    token_digest=digest(token),
                    invited_by=by,
                    expires_at=timezone.now() + VALID_FOR,
                )
        except IntegrityError as error:
            raise Refused(
                _("This address already has an invitation to this role: send that one again, or take it back.")
            ) from error
    _write(invitation, token)
    audit.record("councils.invited", invitation, by=by, council=council, fields=["email", "role"])
    return invitation


@transaction.atomic
def send_again(invitation: Invitation, *, by: User) -> Invitation:
    """Write to the address once more, with a new token and two new weeks; the old letter opens nothing any more."""
    authorize(by, "councils.give_role", (Role(invitation.role), invitation.council))
    if invitation.email in addresses_of(by):
        raise Refused(_("Nobody gives a role to themselves: ask another person who may."))
    token, now = secrets.token_urlsafe(32), timezone.now()
    _change_open(invitation, token_digest=digest(token), created_at=now, expires_at=now + VALID_FOR, invited_by=by)
    _write(invitation, token)
    audit.record("councils.invited_again", invitation, by=by, council=invitation.council, fields=["expires_at"])
    return invitation


@transaction.atomic
def take_back(invitation: Invitation, *, by: User) -> Invitation:
    """Take an offer back."""
    authorize(by, "councils.give_role", (Role(invitation.role), invitation.council))
    _change_open(invitation, revoked_at=timezone.now())
    audit.record("councils.invitation_taken_back", invitation, by=by, council=invitation.council)
    return invitation


@transaction.atomic
def accept(invitation: Invitation, *, by: User) -> Membership:
    """Take up the offered role from today; only for the person to whom the address belongs, and only once."""
    if invitation.email.lower() not in addresses_of(by):
        raise Refused(_("This invitation is for another e-mail address. Sign in with the address it was sent to."))
    # The address may have become theirs only after they invited it.
    if invitation.invited_by_id == by.pk:
        raise Refused(_("Nobody gives a role to themselves: ask another person who may."))
    today = timezone.localdate()
    if invitation.until is not None and invitation.until <= today:
        raise Refused(_("The role that was offered has ended in the meantime."))
    council, role = invitation.council, Role(invitation.role)
    if council is not None:
        hold(council)
        council.refresh_from_db(fields=["stage"])
        if council.stage in (Stage.MERGED, Stage.CLOSED):
            raise Refused(_("This council has ended in the meantime."))
    if not can(invitation.invited_by, "councils.give_role", (role, council)):
        raise Refused(_("The person who invited you may no longer do so: ask the council for a new invitation."))
    _change_open(invitation, accepted_at=timezone.now(), accepted_by=by)
    with across():
        hold_person(by.pk)
        try:
            with transaction.atomic():
                membership = Membership.objects.create(
                    person=by,
                    council=council,
                    role=role,
                    title_en=invitation.title_en,
                    title_fr=invitation.title_fr,
                    starts_on=today,
                    ends_on=invitation.until,
                )
        except IntegrityError as error:
            raise Refused(_("You already hold this role.")) from error
    audit.record("councils.invitation_accepted", membership, by=by, council=council, fields=["role", "starts_on"])
    return membership


def _change_open(invitation: Invitation, **changes: object) -> None:
    """Change an invitation by one conditional update, so that of two people at the same time one is too late."""
    with across():
        waiting = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, revoked_at=None)
        if "accepted_at" in changes:
            waiting = waiting.filter(expires_at__gt=timezone.now())
        if not waiting.update(**changes):
            invitation.refresh_from_db()
            raise Refused(_why_closed(invitation))
    for name, value in changes.items():
        setattr(invitation, name, value)


def _why_closed(invitation: Invitation) -> str:
    if invitation.accepted_at:
        return str(_("This invitation has already been accepted."))
    if invitation.revoked_at:
        return str(_("This invitation has been taken back."))
    return str(_("This invitation has expired: ask the council to send it again."))


def _write(invitation: Invitation, token: str) -> None:
    council = invitation.council
    with translation.override(invitation.language):
        mail.send(
            "councils/invitation",
            to=invitation.email,
            language=invitation.language,
            context={
                "path": reverse("councils:invitation-show", args=[token]),
                "role": invitation.get_role_display(),
                "council": council.name if council else "",
                "invited_by": str(invitation.invited_by),
                "until": day(timezone.localdate(invitation.expires_at)),
            },
        )
