"""The bodies that a council convenes: added as drafts, public in both languages, ended with their terms."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from allies.kit import audit
from allies.kit.access import authorize
from allies.kit.refusals import Refused
from allies.kit.ui.formats import day
from councils.models import Body, Council, Meeting, User
from councils.services.editing import Faulty, merged, saying, write
from councils.services.languages import require_both_languages
from councils.services.seats import cut_short, midnight

FIELDS = ("kind", "name_en", "name_fr", "purpose_en", "purpose_fr", "sector", "cadence", "starts_on", "ends_on")
RULES = {
    "a_body_is_named_once_at_a_council": ("name_en", _("The council has a body of this name already.")),
    "a_body_ends_after_it_starts": ("ends_on", _("The end lies before the start.")),
    "a_sector_working_group_names_its_sector": ("sector", _("A sector working group needs its sector.")),
}


@transaction.atomic
def add_body(council: Council, *, facts: Mapping[str, Any], by: User) -> Body:
    """Add a body as a draft."""
    authorize(by, "councils.edit", council)
    body = Body(council=council)
    write(body, facts, known=FIELDS)
    with saying(**RULES):
        body.save(force_insert=True)
    audit.record("councils.body_added", body, by=by, council=council, fields=[n for n in facts if facts[n]])
    return body


@transaction.atomic
def edit_body(body: Body, *, facts: Mapping[str, Any], seen: Mapping[str, str], by: User) -> list[str]:
    """Write what changed and give the names of the changed fields; Overtaken where a colleague was faster."""
    authorize(by, "councils.edit", body.council)
    standing = Body.objects.select_for_update(of=("self",)).get(pk=body.pk)
    changes = merged(standing, facts, seen)
    if not changes:
        return []
    write(standing, changes, known=FIELDS)
    if standing.is_published:
        require_both_languages(standing)
    with saying(**RULES):
        standing.save(update_fields=list(changes))
    if "starts_on" in changes and standing.starts_on:
        _begin_before_terms(standing)
    if "ends_on" in changes and standing.ends_on:
        _leave_no_meeting_behind(standing)
        cut_short(standing.seats.all(), on=standing.ends_on, by=by, field="ends_on")
    audit.record("councils.body_changed", standing, by=by, council=standing.council_id, fields=changes)
    return sorted(changes)


def _begin_before_terms(body: Body) -> None:
    first = body.seats.order_by("starts_on").first()
    if first and body.starts_on and first.starts_on < body.starts_on:
        sentence = _("A seat is held from %(day)s: the body begins then or earlier.")
        raise Faulty({"starts_on": sentence % {"day": day(first.starts_on)}})


def _leave_no_meeting_behind(body: Body) -> None:
    end = midnight(body.ends_on, body.council)  # type: ignore[arg-type]
    late = Meeting.objects.filter(body=body, starts_at__gte=end, cancelled_at=None).order_by("starts_at").first()
    if late:
        sentence = _("A meeting is planned on %(day)s: cancel it first, or let the body end later.")
        raise Faulty({"ends_on": sentence % {"day": day(timezone.localdate(late.starts_at, end.tzinfo))}})


@transaction.atomic
def publish_body(body: Body, *, by: User) -> None:
    """Show a body on the council's page."""
    authorize(by, "councils.edit", body.council)
    standing = Body.objects.select_for_update(of=("self",)).get(pk=body.pk)
    require_both_languages(standing)
    if not Body.objects.filter(pk=body.pk, is_published=False).update(is_published=True):
        raise Refused(_("This body is public already."))
    audit.record("councils.body_published", body, by=by, council=body.council_id)


@transaction.atomic
def unpublish_body(body: Body, *, by: User) -> None:
    """Take a body off the council's page."""
    authorize(by, "councils.edit", body.council)
    if not Body.objects.filter(pk=body.pk, is_published=True).update(is_published=False):
        raise Refused(_("This body is not public."))
    audit.record("councils.body_unpublished", body, by=by, council=body.council_id)
