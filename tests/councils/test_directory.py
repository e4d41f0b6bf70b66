"""The directory: found by any word with or without accents, narrowed by facts, and nothing that is hidden."""

import re
from html import unescape

import pytest

from councils.models import Council, HostType, LocalProgramme
from councils.states import Stage
from tests import factories as make

pytestmark = pytest.mark.django_db


def names(response) -> list[str]:
    assert response.status_code == 200
    return [
        unescape(name) for name in re.findall(r'<a class="name" href="[^"]+">([^<]+)</a>', response.content.decode())
    ]


@pytest.fixture
def three():
    """Three councils that differ in everything."""
    quebec = make.ProvinceFactory(code="QC", name_en="Quebec", name_fr="Québec")
    alberta = make.ProvinceFactory(code="AB", name_en="Alberta", name_fr="Alberta")
    montreal = make.CouncilFactory(
        name_en="Alliés Montréal",
        name_fr="Alliés Montréal",
        place=make.PlaceFactory(code="montreal", name_en="Montréal", province=quebec),
        host_en="Conférence régionale des élus",
        host_fr="Conférence régionale des élus",
        host_type=HostType.ELECTED,
        population=Council.Population.METROPOLIS,
    )
    make.LocalProgrammeFactory(council=montreal, kind=LocalProgramme.Kind.MENTORING, is_published=True)
    make.LocalProgrammeFactory(council=montreal, kind=LocalProgramme.Kind.LOANS, is_published=False)
    calgary = make.CouncilFactory(
        name_en="Calgary Region Immigrant Employment Council",
        name_fr="Conseil de Calgary",
        acronym="CRIEC",
        place=make.PlaceFactory(code="calgary", province=alberta),
        host_type=HostType.INDEPENDENT,
        stage=Stage.STALLED,
    )
    make.LocalProgrammeFactory(council=calgary, kind=LocalProgramme.Kind.CONNECTOR, is_published=True)
    kingston = make.CouncilFactory(
        name_en="Kingston",
        name_fr="Kingston",
        kind=Council.Kind.SUPPORTED,
        stage=Stage.START_UP,
        population=Council.Population.MEDIUM,
        place=make.PlaceFactory(code="kingston"),
        region_en="Kingston and 100% of the Thousand Islands",
    )
    return montreal, calgary, kingston


ALL = ["Alliés Montréal", "Calgary Region Immigrant Employment Council", "Kingston"]
MONTREAL, CALGARY, KINGSTON = ([name] for name in ALL)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", ALL),
        ("montreal", MONTREAL),
        ("MONTRÉAL", MONTREAL),
        ("allies", MONTREAL),
        ("conference regionale", MONTREAL),
        ("quebec", MONTREAL),
        ("criec", CALGARY),
        ("conseil de calgary", CALGARY),
        ("alberta council", CALGARY),
        ("thousand", KINGSTON),
        ("100%", KINGSTON),
        ("%", KINGSTON),
        ("_", []),
        ("montreal calgary", []),
        ('o\'brien "quoted" \\', []),
        ("nowhere", []),
    ],
)
def test_words_find_councils_whatever_their_accents_and_case(client, three, words, found) -> None:
    assert names(client.get("/en/councils/", {"q": words})) == found


def test_a_former_name_still_finds_its_council(client, three) -> None:
    three[1].former_names.create(name_en="Task Force on Équité", name_fr="Groupe de travail")
    assert names(client.get("/en/councils/", {"q": "equite"})) == CALGARY


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"province": "QC"}, MONTREAL),
        ({"stage": "stalled"}, CALGARY),
        ({"kind": "supported"}, KINGSTON),
        ({"host": "elected"}, MONTREAL),
        ({"programme": "mentoring"}, MONTREAL),
        ({"programme": "loans"}, []),
        ({"population": "100k_500k"}, KINGSTON),
        ({"province": "AB", "stage": "stalled", "q": "region"}, CALGARY),
        ({"province": "AB", "stage": "operating"}, []),
    ],
)
def test_facts_narrow_the_list(client, three, query, found) -> None:
    assert names(client.get("/en/councils/", query)) == found


@pytest.mark.parametrize("query", [{"stage": "zzz"}, {"province": "NU"}, {"population": "'; DROP TABLE"}])
def test_an_unknown_value_is_left_out_and_said_so(client, three, query) -> None:
    response = client.get("/en/councils/", query)
    assert names(response) == ALL
    assert "This filter had a value we don’t know and was left out" in response.content.decode()


def test_an_unknown_value_leaves_the_other_filters_alone(client, three) -> None:
    response = client.get("/en/councils/", {"stage": "zzz", "programme": "nothing", "q": "montreal"})
    assert names(response) == MONTREAL
    assert "These filters had values we don’t know and were left out: Stage, Programme" in response.content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "999", "x", ""])
def test_an_unknown_page_shows_the_nearest(client, three, page) -> None:
    assert names(client.get("/en/councils/", {"page": page})) == ALL


def test_a_null_character_and_an_endless_search_are_harmless(client, three) -> None:
    assert client.get("/en/councils/", {"q": "\x00"}).status_code == 200
    assert client.get("/en/councils/", {"q": "x" * 5000}).status_code == 200


def test_hidden_councils_are_neither_listed_counted_nor_found(client, three) -> None:
    place = make.PlaceFactory(
        code="secret", name_en="Secretville", province=make.ProvinceFactory(code="YT", name_en="Yukon")
    )
    make.CouncilFactory(is_published=False, name_en="Secret council", place=place)
    response = client.get("/en/councils/")
    text = response.content.decode()
    assert names(response) == ALL
    assert names(client.get("/en/councils/", {"q": "secret"})) == []
    assert "Secret" not in text
    assert "Yukon" not in text


def test_every_count_leads_to_as_many_councils(client, three) -> None:
    make.CouncilFactory(kind=Council.Kind.SUPPORTED, stage=Stage.STALLED)
    page = client.get("/en/councils/").content.decode()
    tiles = re.findall(r'<li><a href="([^"]+)"><b>(\d+)</b>([^<]+)', page)
    assert [(int(count), label) for _url, count, label in tiles] == [
        (1, "Operating"),
        (1, "Stalled"),
        (2, "Supported places"),
    ]
    for url, count, _label in tiles:
        assert len(names(client.get(unescape(url)))) == int(count)


def test_the_map_has_a_linked_marker_for_each_council_that_fits(client, three) -> None:
    page = client.get("/en/councils/", {"province": "QC"}).content.decode()
    markers = re.findall(r'<svg class="map".*?</svg>', page, re.DOTALL)[0]
    assert re.findall(r'<a href="([^"]+)"', markers) == [three[0].get_absolute_url()]


def test_the_page_speaks_french_at_a_french_address(client, three) -> None:
    response = client.get("/fr/conseils/", {"q": "conseil"})
    assert names(response) == ["Conseil de Calgary"]
    assert '<html lang="fr-CA">' in response.content.decode()
    assert f'href="/fr/conseils/{three[1].slug_fr}/"' in response.content.decode()


def test_htmx_gets_the_results_only(client, three) -> None:
    part = client.get("/en/councils/", {"q": "montreal"}, headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div id="results"')
    assert "<html" not in part
    back = client.get("/en/councils/", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert "<html" in back.content.decode()


def test_nothing_found_says_what_to_do(client, three) -> None:
    text = client.get("/en/councils/", {"q": "nowhere"}).content.decode()
    assert "No council fits all of this" in text
    assert "Show all councils" in text


def test_a_name_cannot_bring_markup(client) -> None:
    make.CouncilFactory(name_en="<script>alert(1)</script>")
    text = client.get("/en/councils/", {"q": "<script>"}).content.decode()
    assert "<script>alert" not in text


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_directory_asks_the_database_three_times(client, rows, django_assert_num_queries) -> None:
    for _number in range(rows):
        make.LocalProgrammeFactory(council=make.CouncilFactory(), is_published=True)
    with django_assert_num_queries(3):
        response = client.get("/en/councils/")
    assert len(names(response)) == min(rows, 25)


def test_readers_get_no_cookie_and_may_ask_whether_it_changed(client, three) -> None:
    first = client.get("/en/councils/")
    assert first.cookies == {}
    assert first["Cache-Control"] == "no-cache"
    assert {name.strip() for name in first["Vary"].split(",")} >= {"Cookie", "HX-Request"}
    again = client.get("/en/councils/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
