"""Renaming: the former name keeps its dates, the old address leads on for ever."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from allies.kit.audit import Entry
from allies.kit.refusals import Refused
from councils.models import RetiredSlug
from councils.roles import Role
from councils.services.rename import rename
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper():
    return make.MembershipFactory(council=None, role=Role.NATIONAL_STAFF).person


@pytest.fixture
def council():
    return make.CouncilFactory(
        name_en="Old Name", name_fr="Ancien nom", slug_en="old", slug_fr="ancien", started_on=date(2003, 1, 1)
    )


def give(council, keeper, **facts):
    facts = {
        "name_en": "New Name",
        "name_fr": "Nouveau nom",
        "acronym": "",
        "slug_en": "next",
        "slug_fr": "neuf",
        "on": date(2015, 6, 1),
        "precision": "month",
        **facts,
    }
    return rename(council, by=keeper, **facts)


def test_the_former_name_is_kept_with_its_dates_and_the_old_addresses_are_retired(council, keeper) -> None:
    give(council, keeper)
    council.refresh_from_db()
    assert (council.name_en, council.name_fr, council.slug_en, council.slug_fr) == (
        "New Name",
        "Nouveau nom",
        "next",
        "neuf",
    )
    assert list(council.former_names.values_list("name_en", "name_fr", "starts_on", "ends_on", "precision")) == [
        ("Old Name", "Ancien nom", date(2003, 1, 1), date(2015, 6, 1), "month")
    ]
    assert set(council.retired_slugs.values_list("slug", flat=True)) == {"old", "ancien"}
    assert Entry.objects.get(action="councils.renamed").fields == ["name_en", "name_fr", "slug_en", "slug_fr"]


def test_a_second_former_name_begins_where_the_first_one_ended(council, keeper) -> None:
    give(council, keeper)
    give(
        council,
        keeper,
        name_en="Newer",
        name_fr="Plus nouveau",
        slug_en="newer",
        slug_fr="newer-fr",
        on=date(2020, 1, 1),
    )
    assert list(council.former_names.order_by("ends_on").values_list("name_en", "starts_on", "ends_on")) == [
        ("Old Name", date(2003, 1, 1), date(2015, 6, 1)),
        ("New Name", date(2015, 6, 1), date(2020, 1, 1)),
    ]
    with pytest.raises(Refused, match="before the council took its present name"):
        give(council, keeper, on=date(2019, 1, 1))


def test_a_corrected_mistake_keeps_no_former_name_but_the_old_address_still_leads_on(council, keeper) -> None:
    give(council, keeper, was_mistake=True)
    assert not council.former_names.exists()
    assert council.retired_slugs.count() == 2


def test_a_new_address_alone_keeps_no_former_name(council, keeper) -> None:
    give(council, keeper, name_en="Old Name", name_fr="Ancien nom", slug_fr="ancien")
    assert not council.former_names.exists()
    assert list(council.retired_slugs.values_list("slug", flat=True)) == ["old"]


@pytest.mark.parametrize("slug", ["theirs", "les-leurs", "once-theirs"])
@pytest.mark.parametrize("language", ["slug_en", "slug_fr"])
def test_an_address_that_is_or_was_another_councils_is_refused(council, keeper, slug, language) -> None:
    other = make.CouncilFactory(slug_en="theirs", slug_fr="les-leurs")
    RetiredSlug.objects.create(council=other, slug="once-theirs")
    with pytest.raises(Refused, match="another council"):
        give(council, keeper, **{language: slug})
    council.refresh_from_db()
    assert council.slug_en == "old"
    assert not RetiredSlug.objects.filter(council=council).exists()


def test_a_council_may_take_its_own_old_address_back(council, keeper) -> None:
    give(council, keeper)
    give(
        council, keeper, name_en="Old Name", name_fr="Ancien nom", slug_en="old", slug_fr="ancien", on=date(2020, 1, 1)
    )
    assert set(council.retired_slugs.values_list("slug", flat=True)) == {"next", "neuf"}


def test_no_change_is_refused(council, keeper) -> None:
    with pytest.raises(Refused, match="already the council's name"):
        give(council, keeper, name_en="Old Name", name_fr="Ancien nom", slug_en="old", slug_fr="ancien")


def test_a_day_in_the_future_is_refused(council, keeper) -> None:
    with pytest.raises(Refused, match="future"):
        give(council, keeper, on=timezone.localdate() + timedelta(days=1))


@pytest.mark.parametrize("slug", ["new", "nouveau"])
def test_an_address_that_stands_for_a_page_of_the_portal_is_refused(council, keeper, slug) -> None:
    with pytest.raises(Refused, match="stands for a page of the portal"):
        give(council, keeper, slug_fr=slug)
