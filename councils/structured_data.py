"""What search engines read: schema.org facts about the page, as JSON-LD data blocks."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from allies.kit.bilingual import current_language, other_language
from councils.addresses import whole
from councils.dates import iso, zone_of
from councils.models import Council, Event, Membership, Story
from councils.states import Stage

Facts = dict[str, Any]

# No character that could end the block or begin markup is written as itself.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def data_block(facts: Facts) -> SafeString:
    """Write facts as a data block that the browser never runs."""
    document = {"@context": "https://schema.org", **_without_blanks(facts)}
    text = json.dumps(document, ensure_ascii=False, sort_keys=True).translate(_ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308 - escaped above


def _without_blanks(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {key: _without_blanks(item) for key, item in value.items()}
        return {key: item for key, item in kept.items() if item not in ("", None, [], {})}
    if isinstance(value, list):
        return [_without_blanks(item) for item in value]
    return value


def _language() -> str:
    return f"{current_language()}-CA"


def network() -> Facts:
    """The network itself."""
    return {
        "@type": "NGO",
        "name": "ALLIES",
        "url": whole(reverse("home")),
        "areaServed": {"@type": "Country", "name": "Canada"},
    }


def _languages(council: Council) -> list[str]:
    return [code for code, works in (("en", council.works_in_english), ("fr", council.works_in_french)) if works]


def council_facts(council: Council, contacts: Iterable[Membership] = ()) -> Facts:
    """An NGO: a council with its place, host, dates and public contacts."""
    ended = council.stage in (Stage.MERGED, Stage.CLOSED)
    points = [{"@type": "ContactPoint", "email": council.contact_email, "telephone": council.contact_phone}]
    points += [
        {"@type": "ContactPoint", "name": term.person.name, "email": term.person.email, "contactType": term.title}
        for term in contacts
    ]
    reachable = [
        {**point, "availableLanguage": _languages(council)} for point in points if any(list(point.values())[1:])
    ]
    return {
        "@type": "NGO",
        "@id": whole(council.get_absolute_url()),
        "url": whole(council.get_absolute_url()),
        "name": council.name,
        "alternateName": [
            name for name in (council.acronym, getattr(council, f"name_{other_language(current_language())}")) if name
        ],
        "description": council.summary,
        "foundingDate": iso(council.started_on, council.started_precision) if council.started_on else "",
        "areaServed": council.region or council.place.name,
        "address": {
            "@type": "PostalAddress",
            "addressLocality": council.place.name,
            "addressRegion": council.province_id,
            "addressCountry": "CA",
        },
        "parentOrganization": {"@type": "Organization", "name": council.host} if council.host else None,
        "memberOf": None if ended else network(),
        "knowsLanguage": _languages(council),
        "sameAs": council.website,
        "contactPoint": reachable,
    }


def _at(event: Event, moment: datetime | None) -> str:
    return moment.astimezone(zone_of(event)).isoformat() if moment else ""


def event_facts(event: Event) -> Facts:
    """An event with its days, its city and who holds it."""
    place = event.place
    return {
        "@type": "Event",
        "name": event.title,
        "description": event.summary,
        "url": whole(reverse("councils:event-read", args=[event.pk])),
        "startDate": _at(event, event.starts_at) or iso(event.starts_on, event.precision),
        "endDate": _at(event, event.ends_at) or (iso(event.ends_on, event.precision) if event.ends_on else ""),
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode"
        if event.kind == Event.Kind.WEBINAR
        else "https://schema.org/OfflineEventAttendanceMode",
        "inLanguage": _language(),
        "location": {
            "@type": "Place",
            "name": place.name,
            "address": {
                "@type": "PostalAddress",
                "addressLocality": place.name,
                "addressRegion": place.province_id,
                "addressCountry": "CA",
            },
        }
        if place
        else None,
        "organizer": {"@type": "NGO", "name": event.council.name, "url": whole(event.council.get_absolute_url())}
        if event.council
        else network(),
    }


def story_facts(story: Story, picture: str = "") -> Facts:
    """An article: a story as its council tells it."""
    return {
        "@type": "Article",
        "headline": story.title,
        "articleBody": story.body,
        "url": whole(reverse("councils:story-read", args=[story.council.slug, story.pk])),
        "datePublished": story.published_at.isoformat() if story.published_at else "",
        "dateModified": story.changed_at.isoformat(),
        "inLanguage": _language(),
        "image": picture,
        "author": {"@type": "NGO", "name": story.council.name, "url": whole(story.council.get_absolute_url())},
        "publisher": network(),
    }


def breadcrumbs(*steps: tuple[str, str]) -> Facts:
    """The way to a page from the first one: (name, path) for each step after it."""
    way = [(_("Home"), reverse("home")), *steps]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": whole(path)}
            for number, (name, path) in enumerate(way, start=1)
        ],
    }
