"""Dates as precisely as a source states them: spans for readers, short forms for machines."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_interval
from django.conf import settings
from django.utils import timezone

from allies.kit.ui.formats import clock, locale, moment
from allies.kit.ui.formats import day as spoken
from councils.models import DatePrecision, Event

__all__ = ["hours", "iso", "spoken", "spoken_span", "when", "zone_of"]

_SKELETONS = {DatePrecision.YEAR: "y", DatePrecision.MONTH: "yMMMM", DatePrecision.DAY: "yMMMMd"}


def spoken_span(first: date, last: date | None, precision: str = DatePrecision.DAY) -> str:
    """Write the days from the first to the last; one date where they are the same as far as is known."""
    if last is None or spoken(first, precision) == spoken(last, precision):
        return str(spoken(first, precision))
    return str(format_interval(first, last, _SKELETONS[DatePrecision(precision)], locale=locale()))


def hours(starts: datetime, ends: datetime) -> str:
    """Write from when to when: May 6, 2010, 5:30 p.m. – 7:00 p.m.; the day of the end only where it is another."""
    same_day = timezone.localdate(ends) == timezone.localdate(starts)
    return f"{moment(starts)} – {clock(ends) if same_day else moment(ends)}"


def zone_of(event: Event) -> ZoneInfo:
    """The time zone in which an event has its hours: that of its council."""
    keeper = event.council or event.place
    return ZoneInfo(keeper.timezone if keeper else settings.TIME_ZONE)


def when(event: Event) -> str:
    """Write when an event is: from which hour to which where they are known, otherwise its days."""
    if event.starts_at is None:
        return spoken_span(event.starts_on, event.ends_on, event.precision)
    with timezone.override(zone_of(event)):
        if event.ends_at:
            return hours(event.starts_at, event.ends_at)
        return f"{moment(event.starts_at)} – {spoken(event.ends_on)}" if event.ends_on else moment(event.starts_at)


def iso(day: date, precision: str = DatePrecision.DAY) -> str:
    """Write a date for machines with no more digits than are known: "2008", "2008-05", "2011-08-01"."""
    return day.isoformat()[: {DatePrecision.YEAR: 4, DatePrecision.MONTH: 7}.get(DatePrecision(precision), 10)]
