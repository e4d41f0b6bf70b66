"""Give a council another name and address; the former name keeps its dates, the old address leads on for ever."""

from datetime import date

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from allies.kit import audit
from allies.kit.access import authorize
from allies.kit.refusals import Refused
from councils.dates import spoken
from councils.models import Council, FormerName, RetiredSlug, User

# Words that stand for a page of the portal where a council's address would stand.
RESERVED = frozenset({"new", "nouveau"})


@transaction.atomic
def rename(
    council: Council,
    *,
    name_en: str,
    name_fr: str,
    acronym: str,
    slug_en: str,
    slug_fr: str,
    on: date,
    precision: str,
    by: User,
    was_mistake: bool = False,
) -> Council:
    """Rename a council from a day on; `was_mistake` corrects a name that was never borne and keeps no former name.

    Raises Refused when nothing changes, when an address is or was another council's, and for a date that is in the
    future or before the council bore its present name.
    """
    authorize(by, "network.keep", council)
    council = Council.objects.select_for_update(of=("self",)).get(pk=council.pk)
    new = {
        "name_en": name_en.strip(),
        "name_fr": name_fr.strip(),
        "acronym": acronym.strip(),
        "slug_en": slug_en,
        "slug_fr": slug_fr,
    }
    changed = [field for field, value in new.items() if getattr(council, field) != value]
    if not changed:
        raise Refused(_("This is already the council's name and address."))
    claim_addresses(slug_en, slug_fr, council=council)
    if not was_mistake and {"name_en", "name_fr"} & set(changed):
        _keep_former_name(council, on=on, precision=precision)
    _retire(council, {council.slug_en, council.slug_fr} - {slug_en, slug_fr})
    for field, value in new.items():
        setattr(council, field, value)
    council.save(update_fields=[*new, "changed_at"])
    audit.record("councils.renamed", council, by=by, council=council, fields=changed)
    return council


def claim_addresses(slug_en: str, slug_fr: str, *, council: Council | None = None) -> None:
    """Refuse addresses that are or were another council's; others who claim one wait until the transaction ends."""
    with connection.cursor() as cursor:
        # The two columns and the retired addresses share one set of values, which no single index can guard.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('councils.addresses'))")
    for slug in dict.fromkeys((slug_en, slug_fr)):
        if slug in RESERVED:
            raise Refused(_("The address “%(slug)s” stands for a page of the portal.") % {"slug": slug})
        living = Council.objects.called(slug)
        retired = RetiredSlug.objects.filter(slug=slug)
        if council is not None:
            living, retired = living.exclude(pk=council.pk), retired.exclude(council=council)
        if living.exists():
            raise Refused(_("The address “%(slug)s” belongs to another council.") % {"slug": slug})
        if retired.exists():
            raise Refused(
                _("The address “%(slug)s” once belonged to another council and still leads there.") % {"slug": slug}
            )
    if council is not None:
        # A council that takes its own old address back has it as its address again.
        council.retired_slugs.filter(slug__in=[slug_en, slug_fr]).delete()


def _keep_former_name(council: Council, *, on: date, precision: str) -> None:
    if on > timezone.localdate():
        raise Refused(_("This date is in the future: rename the council on the day itself."))
    last = council.former_names.exclude(ends_on=None).order_by("-ends_on").first()
    since = last.ends_on if last else council.started_on
    if since and on < since:
        raise Refused(_("This date lies before the council took its present name, %(date)s.") % {"date": spoken(since)})
    FormerName.objects.create(
        council=council,
        name_en=council.name_en,
        name_fr=council.name_fr,
        starts_on=since,
        ends_on=on,
        precision=precision,
    )


def _retire(council: Council, slugs: set[str]) -> None:
    for slug in sorted(slugs):
        RetiredSlug.objects.create(council=council, slug=slug)
