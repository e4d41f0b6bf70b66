"""What search engines read: the fields their types need, and no way out of the block."""

import json
import re
from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from councils import structured_data
from councils.models import DatePrecision, Event
from tests import factories as make

pytestmark = pytest.mark.django_db


def unpacked(block: str) -> dict:
    found = re.fullmatch(r'<script type="application/ld\+json">(.*)</script>', block, re.DOTALL)
    return json.loads(found[1])


def test_nothing_written_by_people_can_end_the_block() -> None:
    council = make.CouncilFactory(name_en="</script><script>alert(1)</script>", summary_en="<!-- & \u2028")
    block = structured_data.data_block(structured_data.council_facts(council))
    assert block.count("</script>") == 1
    inside = block[len('<script type="application/ld+json">') : -len("</script>")]
    assert not set("<>&\u2028") & set(inside)
    assert unpacked(block)["name"] == "</script><script>alert(1)</script>"


def test_a_council_is_an_ngo_with_its_place_host_and_year() -> None:
    council = make.CouncilFactory(
        slug_en="halifax",
        name_en="Halifax Council",
        name_fr="Conseil de Halifax",
        place=make.PlaceFactory(code="halifax"),
        host_en="The Partnership",
        started_on=date(1996, 1, 1),
        started_precision=DatePrecision.YEAR,
        website="https://halifax.example/",
    )
    facts = unpacked(structured_data.data_block(structured_data.council_facts(council)))
    assert facts == {
        "@context": "https://schema.org",
        "@type": "NGO",
        "@id": "http://localhost:8000/en/councils/halifax/",
        "url": "http://localhost:8000/en/councils/halifax/",
        "name": "Halifax Council",
        "alternateName": ["Conseil de Halifax"],
        "description": "Brings employers and newcomers together.",
        "foundingDate": "1996",
        "areaServed": "Halifax",
        "address": {
            "@type": "PostalAddress",
            "addressLocality": "Halifax",
            "addressRegion": "NS",
            "addressCountry": "CA",
        },
        "parentOrganization": {"@type": "Organization", "name": "The Partnership"},
        "memberOf": {
            "@type": "NGO",
            "name": "ALLIES",
            "url": "http://localhost:8000/en/",
            "areaServed": {"@type": "Country", "name": "Canada"},
        },
        "knowsLanguage": ["en"],
        "sameAs": "https://halifax.example/",
    }


def test_a_merged_council_is_no_longer_a_member() -> None:
    council = make.CouncilFactory(stage="merged", successor_en="The Partnership", successor_fr="Le Partenariat")
    assert "memberOf" not in unpacked(structured_data.data_block(structured_data.council_facts(council)))


def test_an_event_says_when_where_how_and_by_whom() -> None:
    council = make.CouncilFactory(slug_en="halifax", name_en="Halifax Council")
    event = make.EventFactory(
        council=council,
        title_fr="Rencontre d'apprentissage",
        place=make.PlaceFactory(code="halifax"),
        starts_on=date(2010, 5, 6),
        ends_on=date(2010, 5, 7),
    )
    with translation.override("fr"):
        facts = structured_data.event_facts(event)
    assert {key: facts[key] for key in ("@type", "name", "startDate", "endDate", "eventStatus", "inLanguage")} == {
        "@type": "Event",
        "name": "Rencontre d'apprentissage",
        "startDate": "2010-05-06",
        "endDate": "2010-05-07",
        "eventStatus": "https://schema.org/EventScheduled",
        "inLanguage": "fr-CA",
    }
    assert facts["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    assert facts["location"]["address"]["addressRegion"] == "NS"
    assert facts["organizer"]["name"] == "Conseil de Council-X" or facts["organizer"]["name"].startswith("Conseil")


def test_a_webinar_is_online_and_a_month_stays_a_month() -> None:
    event = make.EventFactory(
        council=None, kind=Event.Kind.WEBINAR, starts_on=date(2009, 6, 1), precision=DatePrecision.MONTH
    )
    facts = structured_data.event_facts(event)
    assert facts["startDate"] == "2009-06"
    assert facts["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"
    assert facts["organizer"]["name"] == "ALLIES"


def test_a_story_is_an_article_of_its_council() -> None:
    story = make.StoryFactory(published=True, published_at=datetime(2026, 5, 4, 12, tzinfo=UTC))
    facts = structured_data.story_facts(story)
    assert facts["@type"] == "Article"
    assert facts["headline"] == story.title_en
    assert facts["datePublished"] == "2026-05-04T12:00:00+00:00"
    assert facts["author"]["name"] == story.council.name_en
    assert "image" not in unpacked(structured_data.data_block(facts))


def test_breadcrumbs_begin_at_home_and_count_from_one() -> None:
    facts = structured_data.breadcrumbs(("Councils", "/en/councils/"))
    assert [(i["position"], i["name"], i["item"]) for i in facts["itemListElement"]] == [
        (1, "Home", "http://localhost:8000/en/"),
        (2, "Councils", "http://localhost:8000/en/councils/"),
    ]
