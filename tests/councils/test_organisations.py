"""Organisations at a council's table: they come, change and leave, and stay on record."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from allies.kit import audit, scope
from allies.kit.access import Denied
from allies.kit.refusals import Refused
from councils.models import Organisation, StakeholderGroup
from councils.queries import convening
from councils.services import organisations
from councils.services.editing import Faulty, Overtaken, fingerprints
from tests import factories as make

FACTS = {
    "name_en": "Fundy Bank",
    "name_fr": "Banque Fundy",
    "group": StakeholderGroup.EMPLOYER,
    "contact_name": "Ana Roy",
    "contact_email": "ana@fundy.example",
    "joined_on": date(2020, 1, 1),
}


@pytest.fixture
def council(world):
    with scope.within(world.halifax):
        yield world.halifax


@pytest.fixture
def by(world):
    return world.people["coordinator"]


@pytest.fixture
def organisation(council, by):
    return organisations.add_organisation(council, facts=FACTS, by=by)


def opened(organisation):
    return fingerprints(organisation, organisations.FIELDS)


def edit(organisation, by, seen=None, **facts):
    return organisations.edit_organisation(organisation, facts=facts, seen=seen or opened(organisation), by=by)


def refused_fields(act):
    with pytest.raises(Faulty) as caught:
        act()
    return set(caught.value.errors)


def seat_of(organisation, world, **facts):
    return make.SeatFactory(body=world.things["Body"], organisation=organisation, **facts)


def test_it_is_added_and_the_trail_names_the_fields_only(organisation):
    entry = audit.about(organisation).get()
    assert (entry.action, entry.fields) == ("councils.organisation_added", sorted(FACTS))


def test_a_council_lists_a_name_once_and_another_council_may_list_it_too(council, organisation, by, world):
    assert refused_fields(lambda: organisations.add_organisation(council, facts=FACTS, by=by)) == {"name_en"}
    with scope.within(world.calgary):
        organisations.add_organisation(world.calgary, facts=FACTS, by=world.people["rival"])


def test_a_name_has_both_languages(organisation, by):
    assert refused_fields(lambda: edit(organisation, by, name_fr="")) == {"name_fr"}


def test_it_does_not_leave_before_it_joins(organisation, by):
    early = date(2019, 12, 31)
    assert refused_fields(lambda: edit(organisation, by, left_on=early)) == {"left_on"}
    assert refused_fields(lambda: organisations.leave_table(organisation, on=early, by=by)) == {"left_on"}


def test_the_groups_without_anybody_at_the_table_are_missing(council, organisation, by):
    def missing():
        return {group.group for group in convening.groups_at_the_table() if not group.count}

    assert missing() == set(StakeholderGroup.values) - {"employer"}
    make.OrganisationFactory(council=council, group=StakeholderGroup.LABOUR, left_on=date(2021, 1, 1))
    assert "labour" in missing()
    make.OrganisationFactory(council=council, group=StakeholderGroup.LABOUR, left_on=date(2999, 1, 1))
    assert "labour" not in missing()


@pytest.mark.parametrize("way", ["leave", "edit"])
def test_whoever_sits_for_it_leaves_with_it(organisation, by, world, way):
    running, bounded, ended, coming = (
        seat_of(organisation, world),
        seat_of(organisation, world, ends_on=date(2030, 1, 1)),
        seat_of(organisation, world, ends_on=date(2020, 6, 1)),
        seat_of(organisation, world, starts_on=date(2025, 1, 1)),
    )
    on = date(2024, 1, 1)
    if way == "leave":
        organisations.leave_table(organisation, on=on, by=by)
    else:
        edit(organisation, by, left_on=on)
    for seat in (running, bounded, ended, coming):
        seat.refresh_from_db()
    assert (running.ends_on, bounded.ends_on, ended.ends_on) == (on, on, date(2020, 6, 1))
    assert coming.ends_on == coming.starts_on
    assert audit.about(running).first().action == "councils.seat_ended"
    assert not audit.about(ended).exists()


def test_it_does_not_leave_before_a_meeting_that_its_holder_came_to(organisation, by, world):
    seat = seat_of(organisation, world)
    make.AttendanceFactory(meeting=world.things["Meeting"], seat=seat)
    before = timezone.localdate(world.things["Meeting"].starts_at, ZoneInfo(organisation.council.timezone))
    assert refused_fields(lambda: organisations.leave_table(organisation, on=before, by=by)) == {"left_on"}
    organisation.refresh_from_db()
    seat.refresh_from_db()
    assert organisation.left_on is None
    assert seat.ends_on is None


def test_it_leaves_and_returns_once_each(organisation, by):
    organisations.leave_table(organisation, on=date(2024, 1, 1), by=by)
    with pytest.raises(Refused, match="left the table already"):
        organisations.leave_table(organisation, on=date(2025, 1, 1), by=by)
    organisations.return_to_table(organisation, by=by)
    with pytest.raises(Refused, match="sits at the table"):
        organisations.return_to_table(organisation, by=by)
    organisation.refresh_from_db()
    assert organisation.left_on is None


def test_two_colleagues_who_write_the_same_field_are_shown_both(organisation, by, world):
    seen = opened(organisation)
    edit(organisation, world.people["director"], seen, website="https://one.example/")
    edit(organisation, by, seen, note="Asks for speakers.", website="")
    with pytest.raises(Overtaken) as caught:
        edit(organisation, by, seen, website="https://two.example/")
    organisation.refresh_from_db()
    assert caught.value.theirs == {"website": "https://one.example/"}
    assert (organisation.website, organisation.note) == ("https://one.example/", "Asks for speakers.")


def test_saving_without_a_change_leaves_no_trace(organisation, by):
    assert edit(organisation, by, **FACTS) == []
    assert audit.about(organisation).count() == 1


def test_whom_to_talk_to_is_written_only_by_those_who_may_see_it(council, organisation, world):
    national = world.people["national"]
    with pytest.raises(Denied, match="State your reason"):
        organisations.add_organisation(council, facts={**FACTS, "name_en": "Other"}, by=national)
    with pytest.raises(Denied, match="State your reason"):
        edit(organisation, national, contact_name="")
    assert edit(organisation, national, website="https://fundy.example/") == ["website"]


@pytest.mark.parametrize("who", ["board", "partner", "rival", "coach", "funder"])
def test_readers_change_nothing(organisation, council, world, who):
    person = world.people[who]
    acts = [
        lambda: organisations.add_organisation(council, facts={**FACTS, "name_en": "Other"}, by=person),
        lambda: edit(organisation, person, name_en="Other"),
        lambda: organisations.leave_table(organisation, on=date(2024, 1, 1), by=person),
        lambda: organisations.return_to_table(organisation, by=person),
    ]
    for act in acts:
        with pytest.raises(Denied):
            act()
    assert Organisation.objects.count() == 2
