"""Give and withdraw consent, one purpose at a time."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from allies.kit import audit
from allies.kit.access import authorize
from allies.kit.bilingual import current_language
from allies.kit.refusals import Refused
from councils.consents import CURRENT
from councils.models import Consent, User


@transaction.atomic
def give_consent(person: User, purpose: str, *, by: User) -> Consent:
    """Keep that a person agreed to a purpose in today's wording and the language it was read in."""
    authorize(by, "councils.own_record", person)
    try:
        with transaction.atomic():
            consent = Consent.objects.create(
                person=person, purpose=purpose, wording=CURRENT[purpose], language=current_language()
            )
    except IntegrityError as error:
        raise Refused(_("You have agreed to this already.")) from error
    audit.record("people.consented", consent, by=by, fields=[purpose])
    return consent


@transaction.atomic
def withdraw_consent(person: User, purpose: str, *, by: User) -> None:
    """Stop relying on a consent from now on; that it was given stays on record."""
    authorize(by, "councils.own_record", person)
    running = Consent.objects.filter(person=person, purpose=purpose, withdrawn_at=None)
    consent = running.select_for_update().first()
    if consent is None:
        raise Refused(_("You have not agreed to this, or have withdrawn it already."))
    running.update(withdrawn_at=timezone.now())
    audit.record("people.consent_withdrawn", consent, by=by, fields=[purpose])
