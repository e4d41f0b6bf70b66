"""What a council says about itself: its profile, and whether the public sees it."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from allies.kit import audit
from allies.kit.access import authorize
from allies.kit.refusals import Refused
from councils.models import Council, User
from councils.services.accent import too_pale
from councils.services.editing import Faulty, merged, saying, write
from councils.services.languages import one_sided, require_both_languages

# National staff alone change a council's kind, address, province, seat, stage and successor.
FIELDS = (
    "name_en",
    "name_fr",
    "acronym",
    "region_en",
    "region_fr",
    "population",
    "works_in_english",
    "works_in_french",
    "host_en",
    "host_fr",
    "host_type",
    "legal_form",
    "started_on",
    "started_precision",
    "partnership_en",
    "partnership_fr",
    "summary_en",
    "summary_fr",
    "history_en",
    "history_fr",
    "website",
    "contact_email",
    "contact_phone",
    "accent",
    "is_catalyst",
    "is_clearinghouse",
    "raises_awareness",
    "is_facilitator",
    "joins_national_match",
    "joins_campaigns",
    "joins_advocacy",
)


@transaction.atomic
def edit_profile(council: Council, *, facts: Mapping[str, Any], seen: Mapping[str, str], by: User) -> list[str]:
    """Write what changed and give the names of the changed fields; Overtaken where a colleague was faster."""
    authorize(by, "councils.edit", council)
    standing = Council.objects.select_for_update().get(pk=council.pk)
    changes = merged(standing, facts, seen)
    write(standing, changes, known=FIELDS)
    if not changes:
        return []
    faults = {
        **(too_pale(standing.accent) if "accent" in changes else {}),
        **(one_sided(standing) if standing.is_published else {}),
    }
    if faults:
        raise Faulty(faults)
    standing.changed_at = timezone.now()
    with saying(
        a_council_works_in_a_language=(
            "works_in_english",
            _("Choose at least one language that the council works in."),
        ),
    ):
        standing.save(update_fields=[*changes, "changed_at"])
    audit.record("councils.profile_changed", council, by=by, council=council, fields=changes)
    return sorted(changes)


@transaction.atomic
def publish_profile(council: Council, *, by: User) -> None:
    """Show the council to the public."""
    authorize(by, "councils.edit", council)
    standing = Council.objects.select_for_update().get(pk=council.pk)
    require_both_languages(standing)
    if not Council.objects.filter(pk=council.pk, is_published=False).update(is_published=True):
        raise Refused(_("This profile is public already."))
    audit.record("councils.profile_published", council, by=by, council=council)


@transaction.atomic
def unpublish_profile(council: Council, *, by: User) -> None:
    """Take the council's page away from the public."""
    authorize(by, "councils.edit", council)
    if not Council.objects.filter(pk=council.pk, is_published=True).update(is_published=False):
        raise Refused(_("This profile is not public."))
    audit.record("councils.profile_unpublished", council, by=by, council=council)


@transaction.atomic
def check_translation(item: Any, *, council: Council, text: str, by: User) -> None:
    """Record that both languages of a text were compared and say the same."""
    authorize(by, "councils.edit", council)
    names = [f"{text}_en", f"{text}_fr"]
    if not all(getattr(item, name) for name in names):
        raise Refused(_("There is nothing to compare yet: one language is empty."))
    audit.record("councils.translation_checked", item, by=by, council=council, fields=names)
