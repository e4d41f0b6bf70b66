"""Load an event that invented people sign up for, and who came to one that took place; only in a demonstration.

Of the banking symposium of January 2011 the sources say that sixty people came, fifteen of them employers. The others'
roles are invented; nobody has a name, as a year after any event.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from django.utils import timezone

from councils.models import Council, Event, Organisation, Registration

Role, State = Registration.Role, Registration.State
Keep = Callable[..., Any]
SYMPOSIUM = "Mentorship symposium for the banking sector"
CAME = {Role.NEWCOMER: 22, Role.MENTOR: 12, Role.EMPLOYER: 15, Role.AGENCY: 6, Role.PUBLIC: 3, Role.COUNCIL: 2}
TEXTS = ("kind", "title_en", "title_fr", "summary_en", "summary_fr", "where_en", "where_fr", "places")


def load_event_with_people(entry: dict[str, Any], *, council: Council, day: date, keep: Keep) -> None:
    """Load a coming event with its hosts and those who signed up so far."""
    zone = ZoneInfo(council.place.timezone)
    hours = [datetime.combine(day, time.fromisoformat(entry[name]), zone) for name in ("from", "to")]
    event = keep(
        Event,
        entry["title_en"],
        council=council,
        place=council.place,
        starts_on=day,
        starts_at=hours[0],
        ends_at=hours[1],
        takes_signups=True,
        is_published=True,
        **{name: entry[name] for name in TEXTS},
    )
    if not event.hosts.exists():
        event.hosts.set(Organisation.objects.filter(council=council, name_en__in=entry["hosts"]))
    for number, person in enumerate(entry["people"], 1):
        withdrew = person.get("state") == State.WITHDRAWN
        keep(
            Registration,
            f"{entry['title_en']}/{person['email']}",
            event=event,
            name=person["name"],
            email=person["email"],
            language=person.get("language", "en"),
            role=person["role"],
            organisation=person.get("organisation", ""),
            state=person.get("state", State.SIGNED_UP),
            signed_up_at=timezone.now() - timedelta(hours=7 * number),
            withdrawn_at=timezone.now() - timedelta(hours=2) if withdrew else None,
        )


def load_symposium(namespace: UUID) -> int:
    """Load who came to the banking symposium, counted; gives how many were missing."""
    event = Event.objects.filter(title_en=SYMPOSIUM).first()
    if event is None or event.registrations.exists():
        return 0
    before = datetime.combine(event.starts_on, time(12), UTC) - timedelta(days=14)
    roles = [role for role, number in CAME.items() for _ in range(number)]
    rows = [
        Registration(
            pk=uuid5(namespace, f"registration/{SYMPOSIUM}/{number}"),
            event=event,
            role=role,
            state=State.CAME,
            signed_up_at=before,
        )
        for number, role in enumerate(roles)
    ]
    Registration.objects.bulk_create(rows)
    Event.objects.filter(pk=event.pk).update(tells_who_came=True)
    return len(rows)
