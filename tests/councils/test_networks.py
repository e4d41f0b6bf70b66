"""The public directory of professional immigrant networks: who is in it, how it is searched, and what it shows."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from allies.kit.scope import across
from councils.models import Organisation
from councils.services import organisations
from tests import factories as make
from tests.councils.reading import text_of

pytestmark = pytest.mark.django_db


def network(name="Nova Engineers", **facts) -> Organisation:
    facts.setdefault("council", make.CouncilFactory(is_published=True))
    return make.OrganisationFactory(name_en=name, group="immigrant_network", is_public=True, **facts)


def page(client, **query) -> str:
    return text_of(client, reverse("councils:immigrant-network-list", query=query or None))


def test_only_networks_that_are_shown_and_still_there_are_listed(client) -> None:
    today = timezone.localdate()
    with across():
        network("Listed", about_en="Welders from everywhere.", focus="profession")
        network("Leaving later", left_on=today + timedelta(days=1))
        network("Gone", left_on=today)
        network("Hidden", council=make.CouncilFactory(is_published=False))
        make.OrganisationFactory(name_en="Internal", group="immigrant_network")
        make.OrganisationFactory(name_en="An employer", group="employer", is_public=True)
    found = page(client)
    assert "2 networks" in found
    assert "Welders from everywhere." in found
    assert "A profession or field" in found
    for name in ("Gone", "Hidden", "Internal", "An employer"):
        assert name not in found


def test_words_city_focus_and_sector_narrow_the_list(client) -> None:
    with across():
        one = network("Ingénieurs sans frontières", focus="profession")
        other = network("Círculo latino", focus="origin", about_en="Latin American accountants")
    assert "1 network" in page(client, q="ingenieurs")
    assert "Círculo latino" in page(client, q="accountants latin")
    assert "No network fits" in page(client, q="accountants engineers")
    assert one.name in page(client, council=one.council.slug_en)
    assert other.name not in page(client, council=one.council.slug_en)
    assert one.name not in page(client, focus="origin")


def test_the_contact_is_shown_only_to_whom_it_was_agreed(client) -> None:
    facts = {"contact_name": "Rosa Lim", "contact_email": "rosa@networks.example"}
    with across():
        shy, open_one = network("Shy", **facts), network("Open", contact_is_public=True, **facts)
    assert "rosa@" not in text_of(client, reverse("councils:immigrant-network", args=[shy.pk]))
    told = text_of(client, reverse("councils:immigrant-network", args=[open_one.pk]))
    assert "Rosa Lim" in told
    assert "rosa@networks.example" in told
    assert "rosa@" not in page(client)


def test_a_network_shows_the_coming_events_of_its_council_in_french_too(client) -> None:
    with across():
        one = network(about_fr="Pour les soudeurs.")
        make.EventFactory(
            council=one.council,
            is_published=True,
            title_fr="Atelier",
            starts_on=timezone.localdate() + timedelta(days=9),
        )
    with translation.override("fr"):
        told = text_of(client, reverse("councils:immigrant-network", args=[one.pk]))
    assert "Pour les soudeurs." in told
    assert "Atelier" in told


def test_the_list_asks_the_same_for_any_number(client) -> None:
    asked = []
    for _ in range(2):
        with across():
            for _ in range(3):
                network(f"Network {make.CouncilFactory().pk}")
        with CaptureQueriesContext(connection) as queries:
            page(client)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_who_may_not_see_people_does_not_say_that_they_agree_to_be_shown() -> None:
    council = make.CouncilFactory()
    keeper = make.MembershipFactory(council=None, role="national_staff").person
    coordinator = make.MembershipFactory(council=council, role="coordinator").person
    facts = {"name_en": "N", "name_fr": "N", "group": "immigrant_network", "contact_is_public": True}
    with across():
        made = organisations.add_organisation(council, facts=facts, by=coordinator)
        assert made.contact_is_public
        with pytest.raises(Exception, match="reason|may not|session|see"):
            organisations.add_organisation(council, facts=facts | {"name_en": "M"}, by=keeper)
