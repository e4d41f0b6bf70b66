"""Events for calendars (RFC 5545): whole days, because that is what the network announces."""

from datetime import timedelta

from django.urls import reverse
from icalendar import Calendar
from icalendar import Event as Entry

from allies.kit.bilingual import current_language
from councils.addresses import tag, whole
from councils.models import DatePrecision, Event


def has_calendar(event: Event) -> bool:
    """Whether the day of an event is known."""
    return event.precision == DatePrecision.DAY


def calendar(event: Event) -> bytes:
    """Write an event whose days are known as a calendar of one entry."""
    entry = Entry()
    entry.add("uid", tag("event", event.pk))
    entry.add("dtstamp", event.changed_at)
    entry.add("last-modified", event.changed_at)
    entry.add("dtstart", event.starts_on)
    # A calendar's end is the first day after.
    entry.add("dtend", (event.ends_on or event.starts_on) + timedelta(days=1))
    entry.add("summary", event.title, parameters={"LANGUAGE": f"{current_language()}-CA"})
    entry.add("description", event.summary)
    if event.place:
        entry.add("location", f"{event.place.name}, {event.place.province.name}")
    entry.add("categories", [str(event.get_kind_display())])
    entry.add("url", whole(reverse("councils:event-read", args=[event.pk])))
    entry.add("transp", "TRANSPARENT")
    whole_calendar = Calendar()
    whole_calendar.add("prodid", "-//ALLIES//Portal//EN")
    whole_calendar.add("version", "2.0")
    whole_calendar.add("calscale", "GREGORIAN")
    whole_calendar.add("method", "PUBLISH")
    whole_calendar.add_component(entry)
    return bytes(whole_calendar.to_ical())
