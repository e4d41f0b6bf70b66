"""Events and meetings for calendars (RFC 5545): events as whole days, meetings with the hours of their city."""

from collections.abc import Iterable
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse
from icalendar import Calendar
from icalendar import Event as Entry

from allies.kit.bilingual import current_language
from councils.addresses import tag, whole
from councils.dates import zone_of
from councils.models import DatePrecision, Event, Meeting


def has_calendar(event: Event) -> bool:
    """Whether the day of an event is known."""
    return event.precision == DatePrecision.DAY


def calendar(event: Event, *, where: str = "") -> bytes:
    """Write an event whose days are known as a calendar of one entry; `where` is told to those who signed up."""
    entry = Entry()
    entry.add("uid", tag("event", event.pk))
    entry.add("dtstamp", event.changed_at)
    entry.add("last-modified", event.changed_at)
    last_day = event.ends_on or event.starts_on
    if event.starts_at:
        zone = zone_of(event)
        entry.add("dtstart", event.starts_at.astimezone(zone))
        if event.ends_at:
            entry.add("dtend", event.ends_at.astimezone(zone))
    else:
        entry.add("dtstart", event.starts_on)
        # A calendar's end is the first day after.
        entry.add("dtend", last_day + timedelta(days=1))
    entry.add("summary", event.title, parameters={"LANGUAGE": f"{current_language()}-CA"})
    entry.add("description", event.summary)
    city = f"{event.place.name}, {event.place.province.name}" if event.place else ""
    if where or city:
        entry.add("location", ", ".join(part for part in (where, city) if part))
    entry.add("categories", [str(event.get_kind_display())])
    entry.add("url", whole(reverse("councils:event-read", args=[event.pk])))
    entry.add("transp", "OPAQUE" if event.starts_at else "TRANSPARENT")
    whole_calendar = _new("PUBLISH")
    whole_calendar.add_component(entry)
    if event.starts_at:
        whole_calendar.add_missing_timezones(event.starts_on - timedelta(days=365), last_day + timedelta(days=365))
    return bytes(whole_calendar.to_ical())


def _new(method: str) -> Calendar:
    whole_calendar = Calendar()
    whole_calendar.add("prodid", "-//ALLIES//Portal//EN")
    whole_calendar.add("version", "2.0")
    whole_calendar.add("calscale", "GREGORIAN")
    whole_calendar.add("method", method)
    return whole_calendar


def meetings_calendar(meetings: Iterable[Meeting]) -> bytes:
    """Write meetings as a calendar in the time zone of their council; a cancelled one takes itself out."""
    listed = list(meetings)
    alone_and_cancelled = len(listed) == 1 and listed[0].cancelled_at is not None
    whole_calendar = _new("CANCEL" if alone_and_cancelled else "PUBLISH")
    for meeting in listed:
        whole_calendar.add_component(_meeting(meeting))
    if listed:
        whole_calendar.add_missing_timezones(
            listed[0].starts_at.date() - timedelta(days=365), listed[-1].ends_at.date() + timedelta(days=365)
        )
    return bytes(whole_calendar.to_ical())


def _meeting(meeting: Meeting) -> Entry:
    council = meeting.body.council
    zone = ZoneInfo(council.timezone)
    entry = Entry()
    entry.add("uid", tag("meeting", meeting.pk))
    entry.add("dtstamp", meeting.changed_at)
    entry.add("last-modified", meeting.changed_at)
    entry.add("sequence", meeting.sequence)
    entry.add("dtstart", meeting.starts_at.astimezone(zone))
    entry.add("dtend", meeting.ends_at.astimezone(zone))
    entry.add("summary", meeting.body.name, parameters={"LANGUAGE": f"{current_language()}-CA"})
    if council.contact_email:
        entry.add("organizer", f"mailto:{council.contact_email}", parameters={"CN": council.name})
    entry.add("status", "CANCELLED" if meeting.cancelled_at else "CONFIRMED")
    if meeting.agenda:
        entry.add("description", meeting.agenda)
    if meeting.place or meeting.online_url:
        entry.add("location", meeting.place or meeting.online_url)
    if meeting.online_url:
        entry.add("url", meeting.online_url)
    return entry
