"""The first page and those beside the profiles: figures, sources, stories, events, privacy."""

import json
import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from icalendar import Calendar

from allies.kit.models import StoredFile
from allies.kit.privacy import declarations
from councils.models import DatePrecision, Story
from councils.states import Stage
from tests import factories as make

pytestmark = pytest.mark.django_db


def text_of(client, url) -> str:
    response = client.get(url)
    assert response.status_code == 200
    plain = re.sub(r"<(script|style).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", plain)).split())


def figure(label, *, shown="8", council=None, published=True, **facts):
    fact = make.FactFactory(label_en=label, label_fr=f"{label} (fr)", council=council, is_published=published, **facts)
    make.FactValueFactory(fact=fact, text_en=shown, is_shown=True, source=make.SourceFactory(title_en=f"On {label}"))
    return fact


# The first page


def test_the_first_page_shows_chosen_figures_with_their_sources_in_their_order(client) -> None:
    figure("Second", on_home=True, position=2)
    figure("First", on_home=True, position=1)
    figure("Not on home")
    figure("Unpublished", on_home=True, published=False)
    figure("Of a hidden council", on_home=True, council=make.CouncilFactory(is_published=False))
    text = text_of(client, "/en/")
    assert re.search(r"8 First .*On First .*8 Second .*On Second", text)
    for hidden in ("Not on home", "Unpublished", "Of a hidden council"):
        assert hidden not in text


def test_a_figure_whose_shown_value_is_not_chosen_is_not_shown(client) -> None:
    fact = make.FactFactory(label_en="Undecided", on_home=True, is_published=True)
    make.FactValueFactory(fact=fact)
    assert "Undecided" not in text_of(client, "/en/")


def test_the_map_of_the_first_page_links_to_the_published_councils(client) -> None:
    shown = make.CouncilFactory()
    make.CouncilFactory(is_published=False)
    page = client.get("/en/").content.decode()
    markers = re.findall(r'<svg class="map".*?</svg>', page, re.DOTALL)[0]
    assert re.findall(r'<a href="([^"]+)"', markers) == [shown.get_absolute_url()]


def test_the_first_page_tells_what_comes_next(client) -> None:
    day = timezone.localdate()
    make.EventFactory(title_en="Tomorrow", starts_on=day + timedelta(days=1), is_published=True)
    make.EventFactory(title_en="Yesterday", starts_on=day - timedelta(days=1), is_published=True)
    make.EventFactory(title_en="Draft event", starts_on=day + timedelta(days=1))
    make.StoryFactory(title_en="A true story", published=True)
    text = text_of(client, "/en/")
    assert "Tomorrow" in text
    assert "A true story" in text
    assert "Yesterday" not in text
    assert "Draft event" not in text


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_first_page_asks_the_database_seven_times(client, rows, django_assert_num_queries) -> None:
    for number in range(rows):
        council = make.CouncilFactory()
        make.LocalProgrammeFactory(council=council, is_published=True)
        figure(f"Figure {number}", on_home=True)
        make.StoryFactory(council=council, published=True)
        make.EventFactory(council=council, is_published=True, starts_on=timezone.localdate())
    with django_assert_num_queries(7):
        assert client.get("/en/").status_code == 200


def test_the_bare_address_leads_to_the_readers_language(client) -> None:
    assert client.get("/", headers={"Accept-Language": "fr-CA,fr;q=0.9"})["Location"] == "/fr/"
    assert client.get("/", headers={"Accept-Language": "de"})["Location"] == "/en/"


PAGES = {
    "/en/": "/fr/",
    "/en/councils/": "/fr/conseils/",
    "/en/stories/": "/fr/recits/",
    "/en/events/": "/fr/evenements/",
    "/en/figures/": "/fr/donnees/",
    "/en/sources/": "/fr/sources/",
    "/en/about/": "/fr/a-propos/",
    "/en/accessibility/": "/fr/accessibilite/",
    "/en/privacy/": "/fr/confidentialite/",
}


@pytest.mark.parametrize(("english", "french"), PAGES.items())
def test_each_page_switches_to_itself_and_sets_no_cookie(client, english, french) -> None:
    for here, there, language in ((english, french, "en-CA"), (french, english, "fr-CA")):
        response = client.get(here)
        page = response.content.decode()
        assert response.status_code == 200
        assert response.cookies == {}
        assert f'<html lang="{language}">' in page
        assert re.search(r'class="lang" href="([^"]+)"', page)[1] == there


# Figures and sources


def test_every_published_figure_is_listed_the_networks_first(client) -> None:
    calgary = make.CouncilFactory(name_en="Calgary")
    figure("Matches", shown="83", council=calgary)
    figure("Cities", shown="10")
    figure("Family name", shown="Marcot", council=calgary)
    figure("Hidden", council=make.CouncilFactory(is_published=False, name_en="Secret council"))
    text = text_of(client, "/en/figures/")
    assert re.search(r"The network 10 Cities .*Calgary 83 Matches .*In words Family name · Calgary Marcot", text)
    assert "Hidden" not in text
    assert "Secret" not in text


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_figures_are_two_queries(client, rows, django_assert_num_queries) -> None:
    for number in range(rows):
        figure(f"Figure {number}", council=make.CouncilFactory())
    with django_assert_num_queries(2):
        client.get("/en/figures/")


def test_editors_see_conflicts_among_all_figures(world, signed_in) -> None:
    make.FactValueFactory(fact=figure("Delegates", shown="150"), text_en="130")
    assert "Sources disagree" in text_of(signed_in("national"), "/en/figures/")
    assert "Sources disagree" not in text_of(signed_in("director"), "/en/figures/")


def test_the_sources_page_lists_what_is_cited_and_the_licences(client) -> None:
    figure("Cities")
    figure("Hidden", published=False)
    make.SourceFactory(title_en="Never cited")
    text = text_of(client, "/en/sources/")
    assert "On Cities" in text
    assert "On Hidden" not in text
    assert "Never cited" not in text
    assert "Open Government Licence – Canada" in text
    assert "Creative Commons Attribution 4.0" in text


# Privacy


def test_the_privacy_page_lists_every_personal_field_that_is_declared(client) -> None:
    page = client.get("/en/privacy/").content.decode()
    declared = sum(len(declaration.personal) for declaration in declarations())
    assert declared > 0
    assert page.count('<td data-label="What for">') == declared


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
