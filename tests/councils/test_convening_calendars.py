"""Meetings for calendars: in the time of their city, with their revision, and out again when they are cancelled."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from allies.kit import scope
from councils.models import Attendance, Meeting
from tests import factories as make


def url(name, world, **more):
    return reverse(f"councils:{name}", kwargs={"council": world.halifax.slug_en, **more})


def page_of(name, world, model):
    return url(name, world, pk=world.things[model].pk)


@pytest.fixture
def coordinator(signed_in):
    return signed_in("coordinator")


def calendar(client, address):
    response = client.get(address)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"].endswith('.ics"')
    return Calendar.from_ical(response.content)


def test_a_meeting_is_in_the_time_of_its_city_and_counts_its_changes(world, signed_in):
    world.halifax.contact_email = "info@halifax.example"
    world.halifax.save()
    with scope.within(world.halifax):
        Meeting.objects.update(sequence=3, agenda_en="Hiring", online_url="https://meet.example/")
    found = calendar(signed_in("board"), page_of("meeting-calendar", world, "Meeting"))
    (zone,), (entry,) = found.walk("VTIMEZONE"), found.walk("VEVENT")
    assert found["METHOD"] == "PUBLISH"
    assert (zone["TZID"], entry["DTSTART"].params["TZID"]) == ("America/Halifax", "America/Halifax")
    assert entry.decoded("DTSTART") == world.things["Meeting"].starts_at
    assert (entry["SEQUENCE"], entry["STATUS"], entry["DESCRIPTION"]) == (3, "CONFIRMED", "Hiring")
    assert (entry["LOCATION"], entry["ORGANIZER"]) == ("https://meet.example/", "mailto:info@halifax.example")
    assert str(world.things["Meeting"].pk) in entry["UID"]


def test_a_cancelled_meeting_takes_itself_out(world, coordinator):
    address = page_of("meeting-calendar", world, "Meeting")
    before = calendar(coordinator, address).walk("VEVENT")[0]
    with scope.across():
        Attendance.objects.all().delete()
    assert coordinator.post(page_of("meeting-cancel", world, "Meeting")).status_code == 302
    found = calendar(coordinator, address)
    (entry,) = found.walk("VEVENT")
    assert (found["METHOD"], entry["STATUS"]) == ("CANCEL", "CANCELLED")
    assert entry["SEQUENCE"] == before["SEQUENCE"] + 1
    assert entry["UID"] == before["UID"]


def test_all_meetings_of_a_body_in_one_calendar_with_both_halves_of_the_year(world, coordinator):
    body = world.things["Body"]
    make.MeetingFactory(body=body, starts_at=datetime(2026, 7, 6, 11, tzinfo=UTC), cancelled_at=timezone.now())
    make.MeetingFactory(body=make.BodyFactory(council=world.halifax))
    found = calendar(coordinator, page_of("body-calendar", world, "Body"))
    assert found["METHOD"] == "PUBLISH"
    assert [entry["STATUS"] for entry in found.walk("VEVENT")] == ["CONFIRMED", "CANCELLED"]
    (zone,) = found.walk("VTIMEZONE")
    assert {part.name for part in zone.subcomponents} == {"STANDARD", "DAYLIGHT"}
    empty = make.BodyFactory(council=world.halifax)
    assert calendar(coordinator, url("body-calendar", world, pk=empty.pk)).walk("VEVENT") == []
