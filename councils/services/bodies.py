"""The bodies that a council convenes, and who sits in them for which term."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from allies.kit import audit
from allies.kit.access import authorize
from allies.kit.refusals import Refused
from councils.models import Body, Council, Seat, User
from councils.services.editing import Faulty, merged, saying, write
from councils.services.languages import require_both_languages

FIELDS = ("kind", "name_en", "name_fr", "purpose_en", "purpose_fr", "sector", "cadence", "starts_on", "ends_on")
RULES = {
    "a_body_is_named_once_at_a_council": ("name_en", _("The council has a body of this name already.")),
    "a_body_ends_after_it_starts": ("ends_on", _("The end lies before the start.")),
    "a_sector_working_group_names_its_sector": ("sector", _("A sector working group needs its sector.")),
}
SEAT_FIELDS = ("person", "name", "email", "organisation", "part", "starts_on", "ends_on")
SEAT_RULES = {
    "a_seat_ends_after_it_starts": ("ends_on", _("The term ends before it starts.")),
    "a_seat_is_held_by_a_person_or_a_name": ("name", _("Choose a person of the portal or write a name, not both.")),
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
    _end_open_seats(standing)
    audit.record("councils.body_changed", standing, by=by, council=standing.council_id, fields=changes)
    return sorted(changes)


def _end_open_seats(body: Body) -> None:
    if body.ends_on:
        body.seats.filter(ends_on=None, starts_on__lte=body.ends_on).update(ends_on=body.ends_on)


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


@transaction.atomic
def seat(body: Body, *, facts: Mapping[str, Any], by: User) -> Seat:
    """Give somebody a seat in a body for a term."""
    authorize(by, "councils.see_people", body.council)
    authorize(by, "councils.edit", body.council)
    taken = Seat(body=body)
    write(taken, facts, known=SEAT_FIELDS)
    _keep_within(body, taken)
    with saying(**SEAT_RULES):
        taken.save(force_insert=True)
    audit.record("councils.seat_given", taken, by=by, council=body.council_id, fields=[n for n in facts if facts[n]])
    return taken


@transaction.atomic
def edit_seat(taken: Seat, *, facts: Mapping[str, Any], by: User) -> None:
    """Change who holds a seat, for whom, as what, and for which term."""
    authorize(by, "councils.see_people", taken.body.council)
    authorize(by, "councils.edit", taken.body.council)
    standing = Seat.objects.select_for_update(of=("self",)).get(pk=taken.pk)
    changes = [name for name in facts if getattr(standing, name) != facts[name]]
    write(standing, facts, known=SEAT_FIELDS)
    _keep_within(taken.body, standing)
    if not changes:
        return
    with saying(**SEAT_RULES):
        standing.save(update_fields=changes)
    audit.record("councils.seat_changed", standing, by=by, council=taken.body.council_id, fields=changes)


def _keep_within(body: Body, taken: Seat) -> None:
    if not taken.person and not taken.name:
        raise Faulty({"name": _("Choose a person of the portal or write a name.")})
    if taken.person and (taken.name or taken.email):
        raise Faulty({"name": _("Choose a person of the portal or write a name, not both.")})
    if body.ends_on and (taken.ends_on is None or taken.ends_on > body.ends_on):
        taken.ends_on = body.ends_on
    if taken.person:
        overlap = Seat.objects.filter(body=body, person=taken.person, starts_on__lt=taken.ends_on or date.max)
        open_terms = [other for other in overlap if other.pk != taken.pk and _reaches(other, taken)]
        if open_terms:
            raise Faulty({"person": _("This person holds a seat in this body at that time already.")})


def _reaches(other: Seat, taken: Seat) -> bool:
    return other.ends_on is None or other.ends_on > taken.starts_on


@transaction.atomic
def end_seat(taken: Seat, *, on: date, by: User) -> None:
    """End a term; the seat stays in the body's history."""
    authorize(by, "councils.edit", taken.body.council)
    if on < taken.starts_on:
        raise Faulty({"ends_on": _("The term ends before it starts.")})
    taken_now = Seat.objects.current(on).filter(pk=taken.pk) | Seat.objects.filter(pk=taken.pk, ends_on__gt=on)
    if not Seat.objects.filter(pk__in=taken_now.values("pk")).update(ends_on=on):
        raise Refused(_("This term has ended already."))
    audit.record("councils.seat_ended", taken, by=by, council=taken.body.council_id, fields=["ends_on"])
