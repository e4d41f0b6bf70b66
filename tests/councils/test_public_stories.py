"""The public pages of stories and events: photos with consent, calendars, and nothing unpublished."""

import json
import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from icalendar import Calendar

from allies.kit.models import StoredFile
from councils.models import DatePrecision, Story
from councils.states import Stage
from tests import factories as make
from tests.councils.reading import text_of

pytestmark = pytest.mark.django_db


# Stories


def photo(tmp_name="photo.png", kind="png"):
    stored = StoredFile(name=tmp_name, kind=kind, size=4, sha256="0" * 64)
    stored.file.save(f"te/{stored.pk}.{kind}", SimpleUploadedFile(tmp_name, b"\x89PNG"), save=False)
    stored.save()
    return stored


def with_photo(**facts):
    covers = {"consent_covers_photo": True, "photo_alt_en": "Ana at work", "photo_alt_fr": "Ana au travail"}
    return make.StoryFactory(published=True, **{"photo": photo(), **covers, **facts})


def photo_url(story) -> str:
    return f"/en/councils/{story.council.slug_en}/stories/{story.pk}/photo"


def test_the_photo_of_a_published_story_is_shown_inside_the_page(client) -> None:
    story = with_photo()
    page = client.get(f"/en/councils/{story.council.slug_en}/stories/{story.pk}/").content.decode()
    assert f'<img src="{photo_url(story)}" alt="Ana at work">' in page
    response = client.get(photo_url(story))
    assert b"".join(response.streaming_content) == b"\x89PNG"
    assert response["Content-Type"] == "image/png"
    assert response["Content-Disposition"] == "inline"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, max-age=300"
    assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


def test_a_file_that_is_no_picture_is_a_download(client) -> None:
    story = with_photo(photo=photo("notes.pdf", "pdf"))
    response = client.get(photo_url(story))
    assert b"".join(response.streaming_content) == b"\x89PNG"
    assert response["Content-Disposition"] == 'attachment; filename="notes.pdf"'
    assert response["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize(
    "change",
    [
        {"state": "draft", "published_at": None},
        {"state": "withdrawn", "consent_withdrawn_on": date(2026, 1, 2)},
        {"state": "draft", "consent_covers_photo": False},
    ],
)
def test_a_photo_is_gone_when_the_story_or_its_consent_is(client, change) -> None:
    story = with_photo()
    Story._base_manager.filter(pk=story.pk).update(**change)
    assert client.get(photo_url(story)).status_code == 404


def test_a_photo_is_not_found_under_another_council(client) -> None:
    story = with_photo()
    other = make.CouncilFactory()
    assert client.get(f"/en/councils/{other.slug_en}/stories/{story.pk}/photo").status_code == 404
    assert client.get(f"/en/councils/{other.slug_en}/stories/{story.pk}/").status_code == 404


def test_a_story_keeps_its_lines_and_brings_no_markup(client) -> None:
    story = make.StoryFactory(published=True, body_en="One.\n\n<b>Two</b>", subject="Private Subject")
    page = client.get(f"/en/councils/{story.council.slug_en}/stories/{story.pk}/").content.decode()
    assert "<p>One.</p>\n\n<p>&lt;b&gt;Two&lt;/b&gt;</p>" in page
    assert "Private Subject" not in page
    blocks = [json.loads(b) for b in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)]
    assert [block["@type"] for block in blocks] == ["Article", "BreadcrumbList"]


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_list_of_stories_is_two_queries(client, rows, django_assert_num_queries) -> None:
    for _number in range(rows):
        with_photo()
    with django_assert_num_queries(2):
        page = client.get("/en/stories/").content.decode()
    assert page.count("<img src=") == min(rows, 12) + 1  # the mark in the header is one


# Events


def test_events_are_listed_from_the_next_and_from_the_last(client) -> None:
    day = timezone.localdate()
    for title, offset in (("In two days", 2), ("Tomorrow", 1), ("Yesterday", -1), ("Long ago", -900)):
        make.EventFactory(title_en=title, starts_on=day + timedelta(days=offset), is_published=True)
    make.EventFactory(title_en="Running", starts_on=day - timedelta(3), ends_on=day, is_published=True)
    make.EventFactory(title_en="This year", starts_on=day.replace(month=1, day=1), precision="year", is_published=True)
    make.EventFactory(title_en="Draft event", is_published=False)
    text = text_of(client, "/en/events/")
    ahead, past = text.split("Past events")
    assert re.search("This year.*Running.*Tomorrow.*In two days", ahead)
    assert re.search("Yesterday.*Long ago", past)
    assert "Draft event" not in text


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_list_of_events_is_three_queries(client, rows, django_assert_num_queries) -> None:
    for _number in range(rows):
        make.EventFactory(is_published=True, place=make.PlaceFactory())
        make.EventFactory(is_published=True, starts_on=timezone.localdate())
    with django_assert_num_queries(3):
        client.get("/en/events/")


def test_an_event_whose_days_are_known_goes_into_a_calendar(client) -> None:
    event = make.EventFactory(
        title_en="Exchange; with, commas",
        title_fr="Rencontre",
        starts_on=date(2010, 5, 6),
        ends_on=date(2010, 5, 7),
        place=make.PlaceFactory(code="halifax"),
        is_published=True,
    )
    assert "May 6–7, 2010" in text_of(client, f"/en/events/{event.pk}/")
    response = client.get(f"/en/events/{event.pk}.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(response.content)
    calendar.validate()
    (entry,) = calendar.walk("VEVENT")
    assert entry["UID"] == f"tag:localhost,2026:event/{event.pk}"
    assert str(entry["SUMMARY"]) == "Exchange; with, commas"
    assert (entry["DTSTART"].dt, entry["DTEND"].dt) == (date(2010, 5, 6), date(2010, 5, 8))
    assert str(entry["LOCATION"]) == "Halifax, Nova Scotia"
    assert all(len(line) <= 75 for line in response.content.split(b"\r\n"))
    french = Calendar.from_ical(client.get(f"/fr/evenements/{event.pk}.ics").content)
    assert str(french.walk("VEVENT")[0]["SUMMARY"]) == "Rencontre"


@pytest.mark.parametrize("precision", [DatePrecision.MONTH, DatePrecision.YEAR])
def test_an_event_whose_day_is_unknown_is_in_no_calendar(client, precision) -> None:
    event = make.EventFactory(is_published=True, precision=precision)
    assert ".ics" not in client.get(f"/en/events/{event.pk}/").content.decode()
    assert client.get(f"/en/events/{event.pk}.ics").status_code == 404


def test_an_unpublished_event_is_not_there(client) -> None:
    draft = make.EventFactory()
    of_hidden = make.EventFactory(is_published=True, council=make.CouncilFactory(is_published=False))
    for event in (draft, of_hidden):
        assert client.get(f"/en/events/{event.pk}/").status_code == 404
        assert client.get(f"/en/events/{event.pk}.ics").status_code == 404


def test_the_networks_own_event_is_held_by_the_network(client) -> None:
    event = make.EventFactory(council=None, is_published=True)
    assert "Held by The network" in text_of(client, f"/en/events/{event.pk}/")


def test_an_event_of_a_merged_council_stays(client) -> None:
    merged = make.CouncilFactory(stage=Stage.MERGED, merged_into=make.CouncilFactory())
    event = make.EventFactory(council=merged, is_published=True)
    assert merged.name_en in text_of(client, f"/en/events/{event.pk}/")
