"""Local programmes: what a council runs, with whom, since when; ended rather than deleted once they have a history."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from allies.kit import audit
from allies.kit.access import authorize
from allies.kit.refusals import Refused
from councils.models import Council, LocalProgramme, User
from councils.queries.work import has_been_public
from councils.services.editing import Faulty, merged, saying, write
from councils.services.languages import require_both_languages

FIELDS = (
    "kind",
    "name_en",
    "name_fr",
    "summary_en",
    "summary_fr",
    "delivered_by",
    "started_on",
    "started_precision",
    "ended_on",
    "is_pilot",
    "website",
)
RULES = {
    "a_programme_is_named_once_at_a_council": ("name_en", _("The council has a programme of this name already.")),
    "a_programme_ends_after_it_starts": ("ended_on", _("The end lies before the start.")),
}


@transaction.atomic
def add_programme(council: Council, *, facts: Mapping[str, Any], by: User) -> LocalProgramme:
    """Add a programme as a draft."""
    authorize(by, "councils.edit", council)
    programme = LocalProgramme(council=council)
    write(programme, facts, known=FIELDS)
    with saying(**RULES):
        programme.save(force_insert=True)
    programme.delivered_by.set(facts.get("delivered_by", ()))
    audit.record("councils.programme_added", programme, by=by, council=council, fields=[n for n in facts if facts[n]])
    return programme


@transaction.atomic
def edit_programme(
    programme: LocalProgramme, *, facts: Mapping[str, Any], seen: Mapping[str, str], by: User
) -> list[str]:
    """Write what changed and give the names of the changed fields; Overtaken where a colleague was faster."""
    authorize(by, "councils.edit", programme.council)
    standing = LocalProgramme.objects.select_for_update().get(pk=programme.pk)
    changes = merged(standing, facts, seen)
    write(standing, changes, known=FIELDS)
    if not changes:
        return []
    if standing.is_published:
        require_both_languages(standing)
    columns = [name for name in changes if name != "delivered_by"]
    if columns:
        with saying(**RULES):
            standing.save(update_fields=columns)
    if "delivered_by" in changes:
        standing.delivered_by.set(changes["delivered_by"])
    audit.record("councils.programme_changed", standing, by=by, council=standing.council_id, fields=changes)
    return sorted(changes)


@transaction.atomic
def publish_programme(programme: LocalProgramme, *, by: User) -> None:
    """Show a programme on the council's page."""
    authorize(by, "councils.edit", programme.council)
    standing = LocalProgramme.objects.select_for_update().get(pk=programme.pk)
    require_both_languages(standing)
    if not LocalProgramme.objects.filter(pk=programme.pk, is_published=False).update(is_published=True):
        raise Refused(_("This programme is public already."))
    audit.record("councils.programme_published", programme, by=by, council=programme.council_id)


@transaction.atomic
def unpublish_programme(programme: LocalProgramme, *, by: User) -> None:
    """Take a programme off the council's page."""
    authorize(by, "councils.edit", programme.council)
    if not LocalProgramme.objects.filter(pk=programme.pk, is_published=True).update(is_published=False):
        raise Refused(_("This programme is not public."))
    audit.record("councils.programme_unpublished", programme, by=by, council=programme.council_id)


@transaction.atomic
def end_programme(programme: LocalProgramme, *, on: date, by: User) -> None:
    """Record that a programme ended; it stays in the council's history."""
    authorize(by, "councils.edit", programme.council)
    if programme.started_on and on < programme.started_on:
        raise Faulty({"ended_on": _("The end lies before the start.")})
    with saying(**RULES):
        ended = LocalProgramme.objects.filter(pk=programme.pk, ended_on=None).update(ended_on=on)
    if not ended:
        raise Refused(_("This programme has ended already."))
    audit.record("councils.programme_ended", programme, by=by, council=programme.council_id, fields=["ended_on"])


@transaction.atomic
def delete_programme(programme: LocalProgramme, *, by: User) -> None:
    """Delete a draft that the public never saw."""
    authorize(by, "councils.edit", programme.council)
    standing = LocalProgramme.objects.select_for_update().get(pk=programme.pk)
    if standing.is_published or standing.ended_on or has_been_public(standing):
        raise Refused(_("This programme has a history, so it can't be deleted. End it instead: it stays on record."))
    council = standing.council_id
    audit.record("councils.programme_deleted", standing, by=by, council=council)
    standing.delete()
