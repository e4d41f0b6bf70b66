"""Mentoring is found: on the map for search engines, in both languages, and from a council's public profile."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from allies.kit.scope import across
from allies.kit.ui import panels
from tests import factories
from tests.councils.test_sitemap import read
from tests.factories import mentoring as make
from tests.mentoring.applying import days

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def everywhere():
    with across():
        yield


@pytest.fixture
def council():
    return factories.CouncilFactory(slug_en="london", slug_fr="londres")


def test_programmes_are_on_the_map_in_both_languages(client, council) -> None:
    make.ProgrammeFactory(council=council, slug="bridges", is_published=True)
    make.ProgrammeFactory(council=council, slug="hidden")
    make.ProgrammeFactory(slug="gone", is_published=True, council__stage="closed")
    make.ProgrammeFactory(slug="unseen", is_published=True, council__is_published=False)
    listed = read(client, "mentoring")
    assert set(listed) == {
        "/en/mentoring/",
        "/fr/mentorat/",
        "/en/mentoring/london/bridges/",
        "/fr/mentorat/londres/bridges/",
        "/en/mentoring/london/bridges/check/",
        in_french("mentoring:eligibility", "londres", "bridges"),
    }
    assert listed["/fr/mentorat/londres/bridges/"] == {
        "en-CA": "/en/mentoring/london/bridges/",
        "fr-CA": "/fr/mentorat/londres/bridges/",
        "x-default": "/en/mentoring/london/bridges/",
    }


def test_pages_for_mentors_are_on_the_map_where_mentors_are_taken(client, council) -> None:
    factories.CouncilFactory(stage="closed")
    factories.CouncilFactory(is_published=False)
    assert set(read(client, "mentors")) == {
        "/en/mentoring/london/become-a-mentor/",
        in_french("mentoring:become-mentor", "londres"),
    }


def in_french(name, *args) -> str:
    with override("fr"):
        return reverse(name, args=args)


@pytest.mark.parametrize("rows", [1, 3, 20])
def test_the_map_of_mentoring_asks_the_same_for_any_number(client, rows, django_assert_num_queries) -> None:
    for _number in range(rows):
        make.ProgrammeFactory(is_published=True)
    with django_assert_num_queries(1):
        assert len(read(client, "mentoring")) == 2 * (1 + 2 * rows)


def test_a_councils_profile_leads_to_its_programmes_and_to_mentors(client, council) -> None:
    programme = make.ProgrammeFactory(council=council, name_en="Bridges", slug="bridges", is_published=True)
    intake = make.IntakeFactory(programme=programme, state="open", **days())
    make.ProgrammeFactory(council=council, name_en="Hidden")
    page = client.get(reverse("councils:council-show", args=["london"])).content.decode()
    assert "/en/mentoring/london/bridges/" in page
    assert "/en/mentoring/london/become-a-mentor/" in page
    assert "Open for applications until" in page
    assert str(intake.closes_on.day) in page
    assert "Hidden" not in page


def test_a_council_without_a_public_programme_says_nothing_of_mentoring(client, council) -> None:
    make.ProgrammeFactory(council=council)
    page = client.get(reverse("councils:council-show", args=["london"])).content.decode()
    assert "become-a-mentor" not in page


def test_a_panel_is_drawn_once_and_in_its_place(rf) -> None:
    def empty(request, subject):
        return None

    for _again in range(2):
        panels.add("tests.nowhere", position=5)(empty)
    assert len(panels._sources["tests.nowhere"]) == 1
    assert panels.drawn("tests.nowhere", rf.get("/"), None) == []
    assert panels.drawn("tests.unknown", rf.get("/"), None) == []
