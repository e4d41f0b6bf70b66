"""The first page and those beside the profiles: figures, sources, stories, events, privacy."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from allies.kit.privacy import declarations
from tests import factories as make
from tests.councils.reading import text_of

pytestmark = pytest.mark.django_db


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
def test_the_first_page_asks_the_database_six_times(client, rows, django_assert_num_queries) -> None:
    for number in range(rows):
        council = make.CouncilFactory()
        make.LocalProgrammeFactory(council=council, is_published=True)
        figure(f"Figure {number}", on_home=True)
        make.StoryFactory(council=council, published=True)
        make.EventFactory(council=council, is_published=True, starts_on=timezone.localdate())
    with django_assert_num_queries(6):
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
def test_the_figures_are_three_queries(client, rows, django_assert_num_queries) -> None:
    for number in range(rows):
        figure(f"Figure {number}", council=make.CouncilFactory())
    with django_assert_num_queries(3):
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
    named = re.findall(r'<td data-label="What">([^<]*)</td>', page)
    assert sum(len(cell.split(" · ")) for cell in named) == declared
