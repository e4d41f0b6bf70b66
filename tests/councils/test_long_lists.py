"""What grows for years stays readable: long lists are folded or come in pages, and searches find what they did."""

from datetime import UTC, datetime

import pytest

from allies.kit import audit
from councils.models import FactValue
from councils.queries import profile
from councils.sitemaps import Bilingual
from councils.views.network import reflections
from councils.views.public import figures
from tests import factories as make
from tests.councils.reading import text_of

pytestmark = pytest.mark.django_db


def organisations(council, group, number, **facts):
    for turn in range(number):
        make.OrganisationFactory(
            council=council, group=group, name_en=f"{group} {turn:02}", **{"is_public": True, **facts}
        )


def test_a_group_with_room_is_named_in_full_and_leads_nowhere(client, halifax) -> None:
    organisations(halifax, "employer", profile.IN_A_GROUP)
    text = text_of(client)
    assert "Employers employer 00" in text
    assert "employer 11" in text
    assert "organisations" not in text.lower().partition("at the table")[2]


def test_a_long_group_is_folded_and_all_its_names_are_a_page_away(client, halifax) -> None:
    organisations(halifax, "employer", 13)
    organisations(halifax, "labour", 1)
    organisations(halifax, "federal", 1, is_public=False)
    text = text_of(client)
    assert "Employers (13) employer 00" in text
    assert "employer 11" in text
    assert "employer 12" not in text
    assert "All 14 organisations" in text
    everybody = text_of(client, "/en/councils/halifax/organisations/")
    assert "employer 12" in everybody
    assert "labour 00" in everybody
    assert "federal 00" not in everybody


def test_the_page_of_organisations_says_when_there_is_none(client, halifax) -> None:
    assert "no organisation by name yet" in text_of(client, "/en/councils/halifax/organisations/")


def test_the_organisations_of_a_hidden_council_are_not_there(client) -> None:
    make.CouncilFactory(slug_en="hidden", is_published=False)
    assert client.get("/en/councils/hidden/organisations/").status_code == 404


def test_figures_come_in_pages_in_one_order(client, monkeypatch) -> None:
    monkeypatch.setattr(figures, "PAGE", 2)
    calgary = make.CouncilFactory(name_en="Calgary")
    for label, shown, council in (("Name", "Marcot", None), ("Matches", "83", calgary), ("Cities", "10", None)):
        fact = make.FactFactory(label_en=label, council=council, is_published=True)
        make.FactValueFactory(fact=fact, text_en=shown, is_shown=True)
    assert FactValue.objects.count() == 3
    first, second = text_of(client, "/en/figures/"), text_of(client, "/en/figures/?page=2")
    assert "The network 10 Cities" in first
    assert "Calgary 83 Matches" in first
    assert "Marcot" not in first
    assert "In words Name Marcot" in second
    assert "Cities" not in second


def test_reflections_are_compared_page_by_page(signed_in, monkeypatch) -> None:
    monkeypatch.setattr(reflections, "PAGE", 1)
    for name in ("Aklavik", "Brandon"):
        make.ReflectionFactory(
            council=make.CouncilFactory(name_en=name), year=2030, state="submitted", biggest_success_en=f"In {name}."
        )
    address = "/en/network/reflections/?year=2030&question=biggest_success"
    first, second = (text_of(signed_in("national"), f"{address}&page={page}") for page in (1, 2))
    assert "2 answers" in first
    assert "In Aklavik." in first
    assert "In Brandon." not in first
    assert "In Brandon." in second


def test_a_long_part_of_the_map_comes_in_pages(client, monkeypatch) -> None:
    monkeypatch.setattr(Bilingual, "limit", 2)
    for _ in range(3):
        make.StoryFactory(published=True)
    assert "sitemap-stories.xml?p=2" in client.get("/sitemap.xml").content.decode()
    assert "sitemap-stories.xml?p=3" not in client.get("/sitemap.xml").content.decode()
    pages = [client.get(f"/sitemap-stories.xml?p={page}").content.decode() for page in (1, 2)]
    assert [page.count("<loc>") for page in pages] == [4, 2]


# The audit trail in the administration


@pytest.fixture
def trail(world):
    zoe = make.UserFactory(name="Zoë Côté", email="zoe@council.example")
    audit.record("councils.renamed", world.halifax, by=zoe)
    audit.record("people.opened", world.people["mentee"], by=world.people["director"])
    return world


@pytest.mark.parametrize(
    ("words", "acts"),
    [
        ("zoe", ["councils.renamed"]),
        ("COTE zoë", ["councils.renamed"]),
        ("council.example", ["councils.renamed"]),
        ("people.op", ["people.opened"]),
        ("opened", []),
        ("zoe people.opened", []),
        ("", ["people.opened", "councils.renamed"]),
        ("nobody", []),
    ],
)
def test_the_audit_trail_is_searched_by_person_and_act(trail, signed_in, words, acts) -> None:
    page = signed_in("admin").get("/en/admin/kit/entry/", {"q": words})
    assert [entry.action for entry in page.context["cl"].result_list] == acts


def test_the_audit_trail_is_searched_by_record(trail, signed_in) -> None:
    page = signed_in("admin").get("/en/admin/kit/entry/", {"q": str(trail.halifax.pk).upper()})
    assert [entry.action for entry in page.context["cl"].result_list] == ["councils.renamed"]


def test_the_filters_of_the_audit_trail_offer_what_it_holds(trail, signed_in) -> None:
    assert audit.known("action") == ["councils.renamed", "people.opened"]
    assert len(audit.known("actor_id")) == 2
    page = signed_in("admin").get("/en/admin/kit/entry/", {"action": "people.opened"})
    assert [entry.action for entry in page.context["cl"].result_list] == ["people.opened"]
    assert "councils.renamed" in page.content.decode()


def test_a_list_leads_to_each_year_from_the_first_to_the_last(world, signed_in) -> None:
    make.UserFactory(joined_at=datetime(2024, 1, 1, 2, tzinfo=UTC))
    make.UserFactory(joined_at=datetime(2024, 6, 2, tzinfo=UTC))
    make.UserFactory(joined_at=datetime(2024, 7, 2, tzinfo=UTC))
    page = signed_in("admin").get("/en/admin/councils/user/").content.decode()
    # In Toronto it was still 2023.
    assert [year for year in range(2020, 2030) if f"joined_at__year={year}" in page][:4] == [2023, 2024, 2025, 2026]
    page = signed_in("admin").get("/en/admin/councils/user/?joined_at__year=2024").content.decode()
    assert "joined_at__month=6" in page
