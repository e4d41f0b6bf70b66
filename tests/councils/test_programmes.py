"""Local programmes: added as drafts, public in both languages, ended rather than deleted."""

from datetime import date

import pytest

from allies.kit import audit, scope
from allies.kit.access import Denied
from allies.kit.refusals import Refused
from councils.models import LocalProgramme
from councils.queries.work import has_been_public
from councils.services import programmes
from councils.services.editing import Faulty, Overtaken, fingerprints
from tests import factories as make

FACTS = {
    "kind": "mentoring",
    "name_en": "Career mentoring",
    "name_fr": "Mentorat de carrière",
    "summary_en": "Four months.",
    "summary_fr": "Quatre mois.",
    "delivered_by": [],
    "started_on": date(2009, 6, 1),
    "started_precision": "month",
    "ended_on": None,
    "is_pilot": True,
    "website": "",
}


@pytest.fixture
def council(world):
    with scope.within(world.halifax):
        yield world.halifax


@pytest.fixture
def by(world):
    return world.people["coordinator"]


@pytest.fixture
def programme(council, by):
    return programmes.add_programme(council, facts=FACTS, by=by)


def opened(programme):
    return fingerprints(programme, programmes.FIELDS)


def test_a_new_programme_is_a_draft(programme):
    assert not programme.is_published
    assert audit.about(programme).get().action == "councils.programme_added"


def test_delivery_partners_are_kept_and_their_change_is_recorded(council, programme, by):
    partner = make.OrganisationFactory(council=council)
    assert programmes.edit_programme(programme, facts={"delivered_by": [partner]}, seen=opened(programme), by=by) == [
        "delivered_by"
    ]
    assert list(programme.delivered_by.all()) == [partner]
    assert audit.about(programme).first().fields == ["delivered_by"]


def test_a_colleagues_partners_are_not_overwritten(council, programme, by):
    one, two = make.OrganisationFactory(council=council), make.OrganisationFactory(council=council)
    seen = opened(programme)
    programmes.edit_programme(programme, facts={"delivered_by": [one]}, seen=seen, by=by)
    with pytest.raises(Overtaken) as caught:
        programmes.edit_programme(programme, facts={"delivered_by": [two]}, seen=seen, by=by)
    assert caught.value.theirs == {"delivered_by": [str(one.pk)]}


def test_two_programmes_of_a_council_have_two_names(council, programme, by):
    with pytest.raises(Faulty) as caught:
        programmes.add_programme(council, facts=FACTS, by=by)
    assert set(caught.value.errors) == {"name_en"}


def test_another_council_may_use_the_same_name(programme, world):
    with scope.within(world.calgary):
        twin = programmes.add_programme(world.calgary, facts=FACTS, by=world.people["rival"])
    assert twin.name_en == programme.name_en


def test_publishing_needs_both_languages(programme, by):
    LocalProgramme.objects.filter(pk=programme.pk).update(summary_fr="")
    with pytest.raises(Faulty) as caught:
        programmes.publish_programme(programme, by=by)
    assert set(caught.value.errors) == {"summary_fr"}


def test_a_public_programme_keeps_both_languages(programme, by):
    programmes.publish_programme(programme, by=by)
    with pytest.raises(Faulty) as caught:
        programmes.edit_programme(programme, facts={"name_fr": ""}, seen=opened(programme), by=by)
    assert set(caught.value.errors) == {"name_fr"}


def test_it_is_published_and_taken_back_once(programme, by):
    programmes.publish_programme(programme, by=by)
    with pytest.raises(Refused):
        programmes.publish_programme(programme, by=by)
    programmes.unpublish_programme(programme, by=by)
    with pytest.raises(Refused):
        programmes.unpublish_programme(programme, by=by)
    assert [entry.action for entry in audit.about(programme)] == [
        "councils.programme_unpublished",
        "councils.programme_published",
        "councils.programme_added",
    ]


def test_it_does_not_end_before_it_starts(programme, by):
    with pytest.raises(Faulty) as caught:
        programmes.end_programme(programme, on=date(2009, 5, 31), by=by)
    assert set(caught.value.errors) == {"ended_on"}
    with pytest.raises(Faulty) as caught:
        programmes.edit_programme(programme, facts={"ended_on": date(2009, 5, 31)}, seen=opened(programme), by=by)
    assert set(caught.value.errors) == {"ended_on"}


def test_it_ends_once(programme, by):
    programmes.end_programme(programme, on=date(2020, 1, 1), by=by)
    programme.refresh_from_db()
    assert programme.ended_on == date(2020, 1, 1)
    with pytest.raises(Refused, match="ended already"):
        programmes.end_programme(programme, on=date(2021, 1, 1), by=by)


def test_a_draft_may_be_deleted(programme, by):
    programmes.delete_programme(programme, by=by)
    assert not LocalProgramme.objects.filter(pk=programme.pk).exists()
    assert audit.Entry.objects.order_by("-position").first().action == "councils.programme_deleted"


@pytest.mark.parametrize("history", ["public", "was_public", "ended"])
def test_a_programme_with_a_history_is_not_deleted(programme, by, history):
    if history == "ended":
        programmes.end_programme(programme, on=date(2020, 1, 1), by=by)
    else:
        programmes.publish_programme(programme, by=by)
    if history == "was_public":
        programmes.unpublish_programme(programme, by=by)
    with pytest.raises(Refused, match="End it instead"):
        programmes.delete_programme(programme, by=by)
    assert LocalProgramme.objects.filter(pk=programme.pk).exists()


def test_the_trail_remembers_who_was_public(programme, by):
    assert not has_been_public(programme)
    programmes.publish_programme(programme, by=by)
    assert has_been_public(programme)


@pytest.mark.parametrize("act", ["publish_programme", "unpublish_programme", "delete_programme"])
def test_readers_change_nothing(programme, world, act):
    for who in ("board", "partner", "rival", "coach"):
        with pytest.raises(Denied):
            getattr(programmes, act)(programme, by=world.people[who])
    assert audit.about(programme).count() == 1
