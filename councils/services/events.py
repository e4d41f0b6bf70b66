"""Events that a council announces or remembers."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from allies.kit import audit
from allies.kit.access import authorize
from allies.kit.refusals import Refused
from councils.models import Council, Event, User
from councils.queries.registrations import places_taken
from councils.queries.work import has_been_public
from councils.services.editing import Faulty, merged, saying, write
from councils.services.languages import require_both_languages
from councils.services.registrations import tell_it_is_off, tell_it_is_on, tell_of_changes

FIELDS = (
    "kind",
    "title_en",
    "title_fr",
    "summary_en",
    "summary_fr",
    "place",
    "where_en",
    "where_fr",
    "hosts",
    "starts_on",
    "ends_on",
    "precision",
    "starts_at",
    "ends_at",
    "website",
    "takes_signups",
    "places",
    "signup_until",
)
TIME_OR_PLACE = {"place", "where_en", "where_fr", "starts_on", "ends_on", "starts_at", "ends_at"}
RULES = {
    "an_event_ends_after_it_starts": ("ends_on", _("The last day lies before the first.")),
    "an_event_ends_at_an_hour_after_it_begins": (
        "ends_at",
        _("Write also when the event begins; it ends later than that."),
    ),
    "an_event_has_at_least_one_place": ("places", _("An event has at least one place.")),
    "people_sign_up_for_a_councils_event_on_a_known_day": (
        "takes_signups",
        _("People sign up for an event whose day is known: say that the date is exact to the day."),
    ),
    "people_sign_up_before_the_event": ("signup_until", _("This day lies after the first day of the event.")),
}


@transaction.atomic
def add_event(council: Council, *, facts: Mapping[str, Any], by: User) -> Event:
    """Add an event as a draft."""
    authorize(by, "councils.edit", council)
    event = Event(council=council)
    write(event, facts, known=FIELDS)
    with saying(**RULES):
        event.save(force_insert=True)
    event.hosts.set(facts.get("hosts", ()))
    audit.record("councils.event_added", event, by=by, council=council, fields=[n for n in facts if facts[n]])
    return event


@transaction.atomic
def edit_event(event: Event, *, facts: Mapping[str, Any], seen: Mapping[str, str], by: User) -> list[str]:
    """Write what changed and give the names of the changed fields; Overtaken where a colleague was faster.

    Those who have a place in a public event are written to when it is at another time or place.
    """
    authorize(by, "councils.edit", event.council)
    standing = Event.objects.select_for_update().get(pk=event.pk)
    changes = merged(standing, facts, seen)
    write(standing, changes, known=FIELDS)
    if not changes:
        return []
    if standing.is_published:
        require_both_languages(standing)
    if standing.places is not None and "places" in changes and places_taken(standing) > standing.places:
        raise Faulty({"places": _("More people than that have a place already.")})
    standing.changed_at = timezone.now()
    with saying(**RULES):
        standing.save(update_fields=[*(name for name in changes if name != "hosts"), "changed_at"])
    if "hosts" in changes:
        standing.hosts.set(changes["hosts"])
    if standing.is_published and TIME_OR_PLACE & set(changes):
        tell_of_changes(standing)
    audit.record("councils.event_changed", standing, by=by, council=standing.council_id, fields=changes)
    return sorted(changes)


@transaction.atomic
def publish_event(event: Event, *, by: User) -> None:
    """Show an event on the council's page; who has a place from before hears that it takes place after all."""
    authorize(by, "councils.edit", event.council)
    standing = Event.objects.select_for_update().get(pk=event.pk)
    require_both_languages(standing)
    if not Event.objects.filter(pk=event.pk, is_published=False).update(is_published=True):
        raise Refused(_("This event is public already."))
    tell_it_is_on(standing)
    audit.record("councils.event_published", event, by=by, council=event.council_id)


@transaction.atomic
def unpublish_event(event: Event, *, by: User) -> None:
    """Take an event off the council's page; who has a place hears that it does not take place as announced."""
    authorize(by, "councils.edit", event.council)
    # Who signs up at this moment is through before or refused after, and so hears of it or needs not.
    standing = Event.objects.select_for_update().get(pk=event.pk)
    if not Event.objects.filter(pk=event.pk, is_published=True).update(is_published=False):
        raise Refused(_("This event is not public."))
    tell_it_is_off(standing)
    audit.record("councils.event_unpublished", event, by=by, council=event.council_id)


@transaction.atomic
def delete_event(event: Event, *, by: User) -> None:
    """Delete a draft that the public never saw."""
    authorize(by, "councils.edit", event.council)
    standing = Event.objects.select_for_update().get(pk=event.pk)
    if standing.is_published or has_been_public(standing):
        raise Refused(_("The public has seen this event, so it stays on record. Take it off the page instead."))
    if standing.registrations.exists():
        raise Refused(_("People came to this event, so it stays on record."))
    council = standing.council_id
    audit.record("councils.event_deleted", standing, by=by, council=council)
    standing.delete()
