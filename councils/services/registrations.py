"""Registrations for events: taken under the event's lock, given back by a link, ticked off at the door, told.

Locks are taken in this order: the event, then its registrations.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from allies.kit import audit, mail
from allies.kit.access import authorize
from allies.kit.refusals import Refused
from councils.dates import when
from councils.models import Event, Registration, User
from councils.queries import registrations as queries
from councils.queries.people import addresses_of
from councils.services.editing import Faulty, write

State = Registration.State
FIELDS = ("name", "email", "role", "organisation")
_SALT = "councils.registration"
_OFF = _("The council has taken this event off its page, so nobody can sign up.")
_BEGUN = _("This event has begun or is over, so nobody can sign up any more.")
_CLOSED = {
    queries.Standing.BEGUN: _BEGUN,
    queries.Standing.OVER: _("The last day to sign up is past."),
    queries.Standing.ELSEWHERE: _("One does not sign up for this event here."),
}


class Closed(Refused):
    """Refused for good: nobody signs up for this event any more."""


def why_closed(standing: queries.Standing) -> str:
    """Say why nobody signs up any more."""
    return str(_CLOSED[standing])


def token_of(registration: Registration) -> str:
    """Give the mark in a person's link: whoever has it may withdraw, so it goes only to that person."""
    return signing.dumps(str(registration.pk), salt=_SALT)


def named_by(token: str) -> Registration | None:
    """Find the registration that a link is about; None where the mark is not one of ours."""
    try:
        key = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    found = Registration.objects.select_related("event__council__place", "event__place__province")
    return found.filter(pk=key).first()


def _locked(event: Event) -> Event:
    rows = Event.objects.select_for_update(of=("self",)).select_related("council__place", "place__province")
    return rows.get(pk=event.pk)


@transaction.atomic
def sign_up(event: Event, *, facts: Mapping[str, Any], language: str, by: User | None = None) -> None:
    """Give a place to whoever has the address, and write to it; a second time only the letter is sent again.

    The answer is the same whether the address is known or not: only the letter says what stands.
    """
    standing = _locked(event)
    if not standing.is_published:
        raise Closed(_OFF)
    found = queries.standing_of(standing)
    if found in _CLOSED:
        raise Closed(_CLOSED[found])
    if found == queries.Standing.FULL:
        raise Refused(_("Every place is taken. If somebody withdraws, you can sign up here."))
    own = Registration.objects.select_for_update().filter(event=standing, email__iexact=facts["email"]).first()
    registration = own or Registration(event=standing)
    new = own is None or own.state == State.WITHDRAWN
    if new:
        write(registration, facts, known=FIELDS)
        registration.state, registration.language = State.SIGNED_UP, language
        registration.signed_up_at, registration.withdrawn_at = timezone.now(), None
        if by is not None and facts["email"].lower() in addresses_of(by):
            registration.person = by
        registration.save()
    _write_to(registration, standing)
    if new:
        audit.record("councils.event_signed_up", registration, by=by, council=standing.council_id)


def tell_of_changes(event: Event) -> None:
    """Write to everybody who has a place that the event is at another time or place, unless it has begun."""
    for registration in _to_be_told(event):
        _write_to(registration, event, news="changed")


def tell_it_is_on(event: Event) -> None:
    """Write to everybody who has a place from before the event was taken off that it takes place after all."""
    for registration in _to_be_told(event):
        _write_to(registration, event, news="again")


def tell_it_is_off(event: Event) -> None:
    """Write to everybody who has a place that the event does not take place as announced, unless it has begun."""
    for registration in _to_be_told(event):
        _write_of_the_end(registration, event)


def _to_be_told(event: Event) -> Iterable[Registration]:
    if queries.has_begun(event):
        return ()
    return queries.registrations(event).filter(state=State.SIGNED_UP).exclude(email="")


def _write_of_the_end(registration: Registration, event: Event, *, given_back: bool = False) -> None:
    """Write that there is nothing to come to, or that the council gave a place back at the person's wish."""
    with translation.override(registration.language):
        mail.send(
            "councils/event_off",
            to=registration.email,
            language=registration.language,
            context={
                "given_back": given_back,
                "title": event.title,
                "when": when(event),
                "council": event.council.name if event.council else "",
                "path": reverse("councils:registration-show", args=[token_of(registration)]),
            },
        )


def _write_to(registration: Registration, event: Event, *, news: str = "") -> None:
    """Write that somebody has a place, with where and when: for the first time, or because it is news again."""
    language = registration.language
    token = token_of(registration)
    with translation.override(language):
        mail.send(
            "councils/event_signed_up",
            to=registration.email,
            language=language,
            # Nothing that the person typed: anybody may type anybody's address.
            context={
                "changed": news == "changed",
                "again": news == "again",
                "title": event.title,
                "when": when(event),
                "city": event.place.name if event.place else "",
                "where": event.where,
                "path": reverse("councils:registration-show", args=[token]),
                "calendar": reverse("councils:registration-calendar", args=[token]),
            },
        )


@transaction.atomic
def withdraw(registration: Registration, *, by: User | None = None) -> None:
    """Give a place back before the event begins; doing so twice changes nothing.

    Whoever has the link in the letter may, and so may staff (`by`) for somebody who asks them to; then the person
    gets a letter.
    """
    if by is not None:
        authorize(by, "councils.edit", registration.event.council)
        authorize(by, "councils.see_people", registration.event.council)
    event = _locked(registration.event)
    standing = Registration.objects.select_for_update().get(pk=registration.pk)
    if standing.state == State.WITHDRAWN:
        return
    if standing.state != State.SIGNED_UP or queries.has_begun(event):
        raise Closed(_("The event has begun or is over, so there is nothing to withdraw from."))
    standing.state, standing.withdrawn_at = State.WITHDRAWN, timezone.now()
    standing.save(update_fields=["state", "withdrawn_at"])
    if by is not None and standing.email:
        _write_of_the_end(standing, event, given_back=True)
    audit.record("councils.event_withdrawn", standing, by=by, council=event.council_id)


def _begun(event: Event, by: User) -> Event:
    """Lock an event whose attendance somebody records."""
    authorize(by, "councils.edit", event.council)
    authorize(by, "councils.see_people", event.council)
    standing = _locked(event)
    if not queries.has_begun(standing):
        raise Refused(_("The event has not begun yet."))
    return standing


@transaction.atomic
def record_attendance(event: Event, *, came: set[UUID], seen: Mapping[UUID, str], by: User) -> int:
    """Record who came of those whom the form showed, with the state that it showed; gives how many came.

    What a colleague recorded meanwhile stands, unless this person ticked or unticked that name.
    """
    standing = _begun(event, by)
    for registration in queries.expected(standing).select_for_update(of=("self",)).filter(pk__in=list(seen)):
        was, here = seen[registration.pk], registration.pk in came
        untouched = here == (was == State.CAME)
        if untouched and registration.state != was:
            continue
        state = State.CAME if here else State.ABSENT
        if state != registration.state:
            registration.state, registration.recorded_at = state, timezone.now()
            registration.save(update_fields=["state", "recorded_at"])
    audit.record("councils.event_attended", standing, by=by, council=standing.council_id)
    return Registration.objects.filter(event=standing, state=State.CAME).count()


@transaction.atomic
def add_unannounced(event: Event, *, facts: Mapping[str, Any], by: User) -> Registration:
    """Note somebody who came without a place; who signed up after all, or withdrew, is noted as having come."""
    standing = _begun(event, by)
    found = None
    if facts.get("email"):
        found = Registration.objects.select_for_update().filter(event=standing, email__iexact=facts["email"]).first()
    if found is not None and found.state == State.CAME:
        raise Faulty({"email": _("This address is on the list already, as somebody who came.")})
    registration = found or Registration(event=standing, signed_up_at=None)
    if found is None:
        write(registration, facts, known=FIELDS)
    registration.state, registration.withdrawn_at = State.CAME, None
    registration.recorded_at = timezone.now()
    registration.save()
    audit.record("councils.event_walked_in", registration, by=by, council=standing.council_id)
    return registration


@transaction.atomic
def tell_the_public(event: Event, *, by: User) -> None:
    """Let the public page say how many came."""
    authorize(by, "councils.edit", event.council)
    if not Registration.objects.filter(event=event, state=State.CAME).exists():
        raise Refused(_("Record first who came."))
    if not Event.objects.filter(pk=event.pk, tells_who_came=False).update(tells_who_came=True):
        raise Refused(_("The public page says it already."))
    audit.record("councils.event_told", event, by=by, council=event.council_id)


@transaction.atomic
def tell_nobody(event: Event, *, by: User) -> None:
    """Take the number of those who came off the public page."""
    authorize(by, "councils.edit", event.council)
    if not Event.objects.filter(pk=event.pk, tells_who_came=True).update(tells_who_came=False):
        raise Refused(_("The public page does not say it."))
    audit.record("councils.event_not_told", event, by=by, council=event.council_id)
