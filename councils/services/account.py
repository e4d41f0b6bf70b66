"""What people do with their own account: change it, take their data along, have it erased."""

from typing import Any

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from allies.kit import audit, privacy
from allies.kit.access import authorize
from allies.kit.refusals import Refused
from allies.kit.scope import across
from councils.models import Invitation, User
from councils.privacy import ERASED_ADDRESS
from councils.queries.my_data import handover_reasons, opening_entries, opening_facts, openings
from councils.queries.people import addresses_of

PROFILE = ("name", "phone", "language")


@transaction.atomic
def change_profile(person: User, *, by: User, **facts: str) -> list[str]:
    """Change a person's name, phone number or language; gives the names of what changed."""
    authorize(by, "councils.own_record", person)
    held = User.objects.select_for_update().get(pk=person.pk)
    changed = [name for name in PROFILE if name in facts and facts[name] != getattr(held, name)]
    for name in changed:
        setattr(held, name, facts[name])
    if changed:
        held.save(update_fields=changed)
        audit.record("people.changed", held, by=by, fields=changed)
    return changed


@transaction.atomic
def take_data_along(person: User, *, by: User) -> dict[str, Any]:
    """Give all that is kept about a person, and who looked at it."""
    authorize(by, "councils.own_record", person)
    data = privacy.export(person)
    data["opened_by"] = [opening_facts(opening) for opening in openings(opening_entries(person))]
    audit.record("people.exported", person, by=by)
    return data


@transaction.atomic
def erase_account(person: User, *, by: User) -> None:
    """Erase a person's data at once; whoever holds a council or national role hands it over first."""
    authorize(by, "councils.own_record", person)
    User.objects.select_for_update().get(pk=person.pk)
    if reasons := handover_reasons(person):
        raise Refused(
            _("Hand over your role first: %(roles)s. Your data can be erased once the role has ended.")
            % {"roles": ", ".join(reasons)}
        )
    addresses = addresses_of(person) | {person.email.lower()}
    # Ended while their rows still say which sessions they are.
    for session in UserSession.objects.filter(user=person):
        session.end()
    with across():
        for invitation in Invitation.objects.filter(email__in=addresses, accepted_at=None):
            Invitation.objects.filter(pk=invitation.pk).update(
                email=ERASED_ADDRESS.replace("{id}", str(invitation.pk)),
                revoked_at=invitation.revoked_at or timezone.now(),
            )
    privacy.erase(person, by=by, reason="asked by the person")
