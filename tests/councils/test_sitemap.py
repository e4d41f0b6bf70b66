"""The map for search engines: published pages only, each language pointing to the other."""

from xml.etree import ElementTree

import pytest
from django.conf import settings

from tests import factories as make

NS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
BASE = settings.ALLIES_BASE_URL
SECTIONS = ("pages", "councils", "starts", "stories", "events", "networks", "mentoring", "mentors")

pytestmark = pytest.mark.django_db


def read(client, section):
    response = client.get(f"/sitemap-{section}.xml")
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    found = {}
    for url in ElementTree.fromstring(response.content).findall("s:url", NS):
        links = {link.attrib["hreflang"]: link.attrib["href"] for link in url.findall("x:link", NS)}
        found[url.find("s:loc", NS).text.removeprefix(BASE)] = {k: v.removeprefix(BASE) for k, v in links.items()}
    return found


def test_the_index_lists_every_section(client) -> None:
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)
    assert [loc.text for loc in root.findall("s:sitemap/s:loc", NS)] == [f"{BASE}/sitemap-{s}.xml" for s in SECTIONS]


def test_a_council_is_listed_in_both_languages_under_its_own_addresses(client) -> None:
    make.CouncilFactory(slug_en="london", slug_fr="londres")
    both = {
        "en-CA": "/en/councils/london/",
        "fr-CA": "/fr/conseils/londres/",
        "x-default": "/en/councils/london/",
    }
    assert read(client, "councils") == {"/en/councils/london/": both, "/fr/conseils/londres/": both}


def test_every_alternate_is_itself_in_the_map(client) -> None:
    council = make.CouncilFactory()
    make.StoryFactory(council=council, published=True)
    make.EventFactory(council=council, is_published=True)
    make.OrganisationFactory(council=council, group="immigrant_network", is_public=True)
    for section in SECTIONS:
        listed = read(client, section)
        assert listed
        for links in listed.values():
            assert set(links.values()) <= set(listed)
            assert all(listed[address] == links for address in links.values())


def test_what_is_not_published_is_not_on_the_map(client) -> None:
    hidden = make.CouncilFactory(is_published=False)
    into = make.CouncilFactory(slug_en="target", slug_fr="cible")
    make.CouncilFactory(stage="merged", merged_into=into)
    make.StoryFactory(council=hidden, published=True)
    make.StoryFactory(council=into)
    make.EventFactory(council=hidden, is_published=True)
    make.EventFactory(council=into)
    assert set(read(client, "councils")) == {"/en/councils/target/", "/fr/conseils/cible/"}
    assert read(client, "stories") == {}
    assert read(client, "events") == {}


@pytest.mark.parametrize("path", ["/sitemap-nothing.xml", "/sitemap-pages.xml?p=9", "/sitemap-pages.xml?p=x"])
def test_an_unknown_part_is_not_found(client, path) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_a_section_is_two_queries_however_long(client, rows, django_assert_num_queries) -> None:
    for _number in range(rows):
        make.StoryFactory(published=True)
    with django_assert_num_queries(2):
        listed = read(client, "stories")
    assert len(listed) == 2 * rows


def test_robots_are_told_where_the_map_is(client) -> None:
    text = client.get("/robots.txt").content.decode()
    assert text.splitlines()[0] == "User-agent: *"
    assert text.splitlines()[-1] == f"Sitemap: {BASE}/sitemap.xml"


def test_the_security_notice_has_the_fields_of_its_standard(client, time_machine) -> None:
    time_machine.move_to("2026-11-22T10:00:00Z")
    response = client.get("/.well-known/security.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert dict(line.split(": ", 1) for line in response.content.decode().splitlines()) == {
        "Contact": settings.SECURITY_CONTACT,
        "Expires": "2027-05-21T00:00:00Z",
        "Preferred-Languages": "en, fr",
        "Canonical": f"{BASE}/.well-known/security.txt",
    }
