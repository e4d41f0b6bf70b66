"""Take a new council or supported place into the registry."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from allies.kit import audit
from allies.kit.access import authorize
from allies.kit.refusals import Refused
from councils.models import Council, Place, StageChange, User
from councils.services.rename import claim_addresses
from councils.states import Stage


@transaction.atomic
def add_council(
    *,
    kind: str,
    name_en: str,
    name_fr: str,
    acronym: str,
    slug_en: str,
    slug_fr: str,
    place: Place,
    population: str,
    host_type: str,
    works_in_english: bool,
    works_in_french: bool,
    on: date,
    precision: str,
    reason_en: str,
    reason_fr: str,
    by: User,
) -> Council:
    """Add a council at the stage of enquiry, with the reason in both languages; its province follows from its place.

    Raises Refused when an address is or was another council's, for a date in the future, and where no working
    language or only half of the reason is given.
    """
    authorize(by, "network.keep")
    if not (works_in_english or works_in_french):
        raise Refused(_("Choose at least one language of work."))
    if not (reason_en.strip() and reason_fr.strip()):
        raise Refused(_("Give the reason in both languages."))
    if on > timezone.localdate():
        raise Refused(_("This date is in the future: record the step once it has happened."))
    claim_addresses(slug_en, slug_fr)
    council = Council.objects.create(
        kind=kind,
        name_en=name_en.strip(),
        name_fr=name_fr.strip(),
        acronym=acronym.strip(),
        slug_en=slug_en,
        slug_fr=slug_fr,
        place=place,
        province_id=place.province_id,
        population=population,
        host_type=host_type,
        works_in_english=works_in_english,
        works_in_french=works_in_french,
    )
    StageChange.objects.create(
        council=council,
        to_stage=Stage.ENQUIRY,
        on=on,
        precision=precision,
        reason_en=reason_en.strip(),
        reason_fr=reason_fr.strip(),
        by=by,
    )
    audit.record("councils.added", council, by=by, council=council, reason=reason_en)
    return council
