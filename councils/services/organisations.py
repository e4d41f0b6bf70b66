"""Who sits at a council's table: organisations come, change and leave; those that left stay on record."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from allies.kit import audit
from allies.kit.access import authorize
from allies.kit.refusals import Refused
from councils.models import Council, Organisation, User
from councils.services.editing import Faulty, merged, saying, write
from councils.services.seats import cut_short

FIELDS = (
    "name_en",
    "name_fr",
    "group",
    "sector",
    "website",
    "contact_name",
    "contact_email",
    "contact_is_public",
    "focus",
    "about_en",
    "about_fr",
    "is_member",
    "is_public",
    "joined_on",
    "left_on",
    "note",
)
PERSONAL = ("contact_name", "contact_email", "contact_is_public")
RULES = {
    "an_organisation_is_listed_once_at_a_council": ("name_en", _("An organisation of this name is listed already.")),
    "an_organisation_leaves_after_it_joins": ("left_on", _("The day of leaving lies before the day of joining.")),
    "an_organisation_has_a_name_in_both_languages": ("name_fr", _("Write the name in both languages.")),
}


def _authorize(council: Council, facts: Mapping[str, Any], by: User) -> None:
    authorize(by, "councils.edit", council)
    if any(name in facts for name in PERSONAL):
        authorize(by, "councils.see_people", council)


@transaction.atomic
def add_organisation(council: Council, *, facts: Mapping[str, Any], by: User) -> Organisation:
    """Add an organisation to the table."""
    _authorize(council, facts, by)
    organisation = Organisation(council=council)
    write(organisation, facts, known=FIELDS)
    with saying(**RULES):
        organisation.save(force_insert=True)
    audit.record(
        "councils.organisation_added", organisation, by=by, council=council, fields=[n for n in facts if facts[n]]
    )
    return organisation


@transaction.atomic
def edit_organisation(
    organisation: Organisation, *, facts: Mapping[str, Any], seen: Mapping[str, str], by: User
) -> list[str]:
    """Write what changed and give the names of the changed fields; Overtaken where a colleague was faster."""
    _authorize(organisation.council, facts, by)
    standing = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    changes = merged(standing, facts, seen)
    if not changes:
        return []
    write(standing, changes, known=FIELDS)
    with saying(**RULES):
        standing.save(update_fields=list(changes))
    if "left_on" in changes and standing.left_on:
        cut_short(standing.seats.all(), on=standing.left_on, by=by, field="left_on")
    audit.record("councils.organisation_changed", standing, by=by, council=standing.council_id, fields=changes)
    return sorted(changes)


@transaction.atomic
def leave_table(organisation: Organisation, *, on: date, by: User) -> None:
    """Record that an organisation left the table; its seats end the same day."""
    authorize(by, "councils.edit", organisation.council)
    if organisation.joined_on and on < organisation.joined_on:
        raise Faulty({"left_on": _("The day of leaving lies before the day of joining.")})
    if not Organisation.objects.filter(pk=organisation.pk, left_on=None).update(left_on=on):
        raise Refused(_("This organisation has left the table already."))
    cut_short(organisation.seats.all(), on=on, by=by, field="left_on")
    audit.record("councils.organisation_left", organisation, by=by, council=organisation.council_id, fields=["left_on"])


@transaction.atomic
def return_to_table(organisation: Organisation, *, by: User) -> None:
    """Record that an organisation that had left sits at the table again."""
    authorize(by, "councils.edit", organisation.council)
    if not Organisation.objects.filter(pk=organisation.pk, left_on__isnull=False).update(left_on=None):
        raise Refused(_("This organisation sits at the table."))
    audit.record(
        "councils.organisation_returned", organisation, by=by, council=organisation.council_id, fields=["left_on"]
    )
