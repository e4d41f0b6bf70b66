"""Atom feeds: valid, in the reader's language, with stable names and nothing that is not published."""

from datetime import date
from xml.etree import ElementTree

import feedparser
import pytest
from django.conf import settings

from councils.models import Event, Story
from tests import factories as make

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def halifax(db):
    return make.CouncilFactory(slug_en="halifax", slug_fr="halifax-fr", name_en="Halifax", name_fr="Conseil de Halifax")


def read(client, url):
    response = client.get(url)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    parsed = feedparser.parse(response.content)
    assert not parsed.bozo, parsed.get("bozo_exception")
    assert parsed.version == "atom10"
    return parsed


def test_the_networks_feed_lists_stories_and_events_newest_first(client, halifax) -> None:
    story = make.StoryFactory(council=halifax, published=True, title_en="Ana found work")
    event = make.EventFactory(council=halifax, is_published=True, title_en="Breakfast")
    parsed = read(client, "/en/feed.atom")
    base = settings.ALLIES_BASE_URL
    assert [(e.title, e.link) for e in parsed.entries] == [
        ("Breakfast", f"{base}/en/events/{event.pk}/"),
        ("Ana found work", f"{base}/en/councils/halifax/stories/{story.pk}/"),
    ]
    assert parsed.feed.links[1] == {"rel": "self", "href": f"{base}/en/feed.atom", "type": "application/atom+xml"} or (
        parsed.feed.links[1]["href"] == f"{base}/en/feed.atom"
    )


def test_a_councils_feed_holds_only_its_own(client, halifax) -> None:
    make.StoryFactory(council=halifax, published=True, title_en="Ours")
    make.StoryFactory(published=True, title_en="Theirs")
    make.EventFactory(is_published=True, title_en="Elsewhere")
    make.EventFactory(council=None, is_published=True, title_en="National")
    assert [e.title for e in read(client, "/en/councils/halifax/feed.atom").entries] == ["Ours"]


def test_each_language_has_its_own_feed(client, halifax) -> None:
    story = make.StoryFactory(council=halifax, published=True, title_en="Ana", title_fr="Ana trouve un emploi")
    response = client.get("/fr/conseils/halifax-fr/fil.atom")
    root = ElementTree.fromstring(response.content)
    assert root.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == "fr-CA"
    assert root.find(f"{ATOM}title").text == "Conseil de Halifax"
    assert [entry.find(f"{ATOM}title").text for entry in root.findall(f"{ATOM}entry")] == ["Ana trouve un emploi"]
    assert root.find(f"{ATOM}entry/{ATOM}id").text == f"tag:localhost,2026:story/{story.pk}/fr"
    assert root.find(f"{ATOM}id").text == f"tag:localhost,2026:feed/council/{halifax.pk}/fr"


def test_names_of_entries_survive_a_new_title_and_a_new_address(client, halifax) -> None:
    story = make.StoryFactory(council=halifax, published=True)
    before = read(client, "/en/feed.atom").entries[0].id
    Story.objects.model._base_manager.filter(pk=story.pk).update(title_en="Another title")
    type(halifax).objects.filter(pk=halifax.pk).update(slug_en="halifax-region")
    assert read(client, "/en/feed.atom").entries[0].id == before


def test_a_feed_is_as_old_as_its_newest_entry(client, halifax) -> None:
    empty = read(client, "/en/feed.atom")
    assert empty.feed.updated == "2026-01-01T00:00:00+00:00"
    event = make.EventFactory(council=halifax, is_published=True)
    changed = Event._base_manager.get(pk=event.pk).changed_at
    assert read(client, "/en/feed.atom").feed.updated[:19] == changed.isoformat()[:19]


def test_what_is_not_published_is_in_no_feed(client, halifax) -> None:
    hidden = make.CouncilFactory(is_published=False, slug_en="hidden", name_en="Hidden council")
    make.StoryFactory(council=halifax, title_en="Draft story")
    make.StoryFactory(council=hidden, published=True, title_en="Story of a hidden council")
    make.EventFactory(council=halifax, title_en="Draft event")
    make.EventFactory(council=hidden, is_published=True, title_en="Event of a hidden council")
    assert read(client, "/en/feed.atom").entries == []
    assert client.get("/en/councils/hidden/feed.atom").status_code == 404


def test_a_withdrawn_consent_takes_the_story_out(client, halifax) -> None:
    story = make.StoryFactory(council=halifax, published=True)
    assert len(read(client, "/en/feed.atom").entries) == 1
    Story._base_manager.filter(pk=story.pk).update(state="withdrawn", consent_withdrawn_on=date(2026, 5, 1))
    assert read(client, "/en/feed.atom").entries == []


def test_words_can_neither_break_the_feed_nor_bring_markup(client, halifax) -> None:
    make.StoryFactory(
        council=halifax,
        published=True,
        title_en="<script>alert(1)</script> & co \x0b",
        body_en="]]> <b>bold</b> \x1f &amp; more",
    )
    entry = read(client, "/en/feed.atom").entries[0]
    raw = ElementTree.fromstring(client.get("/en/feed.atom").content)
    assert raw.find(f"{ATOM}entry/{ATOM}title").text == "<script>alert(1)</script> & co "
    assert raw.find(f"{ATOM}entry/{ATOM}summary").text == ("<p>]]&gt; &lt;b&gt;bold&lt;/b&gt;  &amp;amp; more</p>")
    assert entry.id.startswith("tag:localhost,2026:story/")


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_a_feed_is_two_queries_however_long(client, halifax, rows, django_assert_num_queries) -> None:
    for _number in range(rows):
        make.StoryFactory(council=halifax, published=True)
        make.EventFactory(council=halifax, is_published=True)
    with django_assert_num_queries(2):
        response = client.get("/en/feed.atom")
    assert len(feedparser.parse(response.content).entries) == min(2 * rows, 30)


def test_a_feed_sets_no_cookie_and_may_be_kept_for_minutes(client, halifax) -> None:
    response = client.get("/en/feed.atom")
    assert response.cookies == {}
    assert response["Cache-Control"] == "public, max-age=300"
    again = client.get("/en/feed.atom", headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304
