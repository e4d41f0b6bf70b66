"""Atom feeds (RFC 4287): what councils publish, one feed for each language, for the network and for each council."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import linebreaks
from django.utils.translation import gettext as _

from allies.kit.bilingual import current_language
from councils.addresses import tag, whole
from councils.dates import spoken_span
from councils.models import Council, Event, Story

MOST_ENTRIES = 30

# XML 1.0 has no place for these, not even escaped.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def _clean(text: str) -> str:
    return _UNWRITABLE.sub("", text)


class _Feed(Atom1Feed):
    """An Atom feed that is as old as its newest entry, not as the request for it."""

    def latest_post_date(self) -> datetime:
        """When the newest entry was changed; the day the feeds began if there is none."""
        return max((item["updateddate"] for item in self.items), default=datetime(2026, 1, 1, tzinfo=UTC))


def _feed(*, title: str, subtitle: str, link: str, itself: str, name: str, author: str) -> _Feed:
    return _Feed(
        title=_clean(title),
        link=whole(link),
        description="",
        subtitle=_clean(subtitle),
        language=f"{current_language()}-CA",
        author_name=_clean(author),
        author_link=whole(link),
        feed_url=whole(itself),
        feed_guid=tag("feed", f"{name}/{current_language()}"),
    )


def _story_entry(story: Story) -> dict[str, Any]:
    return {
        "title": _clean(story.title),
        "link": whole(reverse("councils:story-read", args=[story.council.slug, story.pk])),
        "description": linebreaks(_clean(story.body), autoescape=True),
        "unique_id": tag("story", f"{story.pk}/{current_language()}"),
        "pubdate": story.published_at,
        "updateddate": story.changed_at,
        "author_name": _clean(story.council.name),
        "categories": [_("Story")],
    }


def _event_entry(event: Event) -> dict[str, Any]:
    where = f", {event.place.name}" if event.place else ""
    when = f"{spoken_span(event.starts_on, event.ends_on, event.precision)}{where}"
    return {
        "title": _clean(event.title),
        "link": whole(reverse("councils:event-read", args=[event.pk])),
        "description": linebreaks(_clean(f"{when}\n\n{event.summary}"), autoescape=True),
        "unique_id": tag("event", f"{event.pk}/{current_language()}"),
        "updateddate": event.changed_at,
        "author_name": _clean(event.council.name if event.council else "ALLIES"),
        "categories": [str(event.get_kind_display())],
    }


def _fill(feed: _Feed, stories: Iterable[Story], events: Iterable[Event]) -> str:
    entries = [*map(_story_entry, stories), *map(_event_entry, events)]
    for entry in sorted(entries, key=lambda found: found["updateddate"], reverse=True)[:MOST_ENTRIES]:
        feed.add_item(**entry)
    return str(feed.writeString("utf-8"))


def network_feed(stories: Iterable[Story], events: Iterable[Event]) -> str:
    """Write the feed of the whole network."""
    feed = _feed(
        title=_("ALLIES: news of the network"),
        subtitle=_("Stories and events of the councils"),
        link=reverse("home"),
        itself=reverse("councils:network-feed"),
        name="network",
        author="ALLIES",
    )
    return _fill(feed, stories, events)


def council_feed(council: Council, stories: Iterable[Story], events: Iterable[Event]) -> str:
    """Write the feed of one council."""
    feed = _feed(
        title=council.name,
        subtitle=_("Stories and events of this council"),
        link=council.get_absolute_url(),
        itself=reverse("councils:council-feed", args=[council.slug]),
        name=f"council/{council.pk}",
        author=council.name,
    )
    return _fill(feed, stories, events)
