"""Bodies and who sits in them: terms that fit the body, never two at once, never without the meetings attended."""

from datetime import UTC, date, datetime

import pytest

from allies.kit import audit, scope
from allies.kit.access import Denied
from allies.kit.refusals import Refused
from councils.models import Body, Seat
from councils.queries import convening
from councils.services import bodies, seats
from councils.services.editing import Faulty, Overtaken, fingerprints
from tests import factories as make

FACTS = {
    "kind": "champions",
    "name_en": "Champions",
    "name_fr": "Champions",
    "purpose_en": "Speak for hiring.",
    "purpose_fr": "Parler d'embauche.",
    "cadence": "monthly",
    "starts_on": date(2020, 1, 1),
}
START, END = date(2022, 1, 1), date(2024, 1, 1)


@pytest.fixture
def council(world):
    with scope.within(world.halifax):
        yield world.halifax


@pytest.fixture
def by(world):
    return world.people["coordinator"]


@pytest.fixture
def body(council, by):
    return bodies.add_body(council, facts=FACTS, by=by)


def edit(body, by, seen=None, **facts):
    return bodies.edit_body(body, facts=facts, seen=seen or fingerprints(body, bodies.FIELDS), by=by)


def give(body, by, **facts):
    return seats.give_seat(body, facts={"name": "Ana Roy", "starts_on": START, **facts}, by=by)


def change(seat, by, seen=None, **facts):
    return seats.edit_seat(seat, facts=facts, seen=seen or fingerprints(seat, seats.FIELDS), by=by)


def came(body, seat, *, on):
    meeting = make.MeetingFactory(body=body, starts_at=on, ends_at=on.replace(hour=on.hour + 1))
    return make.AttendanceFactory(meeting=meeting, seat=seat)


def refused_fields(act, sentence="."):
    with pytest.raises(Faulty, match=sentence) as caught:
        act()
    return set(caught.value.errors)


def test_a_new_body_is_a_draft_that_becomes_public_in_both_languages(body, by):
    assert not body.is_published
    edit(body, by, purpose_fr="")
    assert refused_fields(lambda: bodies.publish_body(body, by=by)) == {"purpose_fr"}
    body.refresh_from_db()
    edit(body, by, purpose_fr="Parler d'embauche.")
    bodies.publish_body(body, by=by)
    with pytest.raises(Refused, match="public already"):
        bodies.publish_body(body, by=by)
    body.refresh_from_db()
    assert refused_fields(lambda: edit(body, by, name_fr="")) == {"name_fr"}
    bodies.unpublish_body(body, by=by)
    with pytest.raises(Refused, match="not public"):
        bodies.unpublish_body(body, by=by)


@pytest.mark.parametrize(
    ("facts", "field"),
    [({}, "name_en"), ({"kind": "sector", "name_en": "Banks"}, "sector"), ({"ends_on": date(2019, 1, 1)}, "ends_on")],
    ids=["same name", "no sector", "ends early"],
)
def test_the_rules_of_the_database_are_told_next_to_a_field(council, body, by, facts, field):
    assert refused_fields(lambda: bodies.add_body(council, facts={**FACTS, **facts}, by=by)) == {field}


def test_two_colleagues_who_write_the_same_purpose_are_shown_both(body, by, world):
    seen = fingerprints(body, bodies.FIELDS)
    edit(body, world.people["director"], seen, purpose_en="Theirs.")
    with pytest.raises(Overtaken):
        edit(body, by, seen, purpose_en="Mine.")
    body.refresh_from_db()
    assert body.purpose_en == "Theirs."


def test_a_seat_is_held_by_a_person_or_a_name_and_not_by_both(body, by, world):
    person = world.people["board"]
    assert refused_fields(lambda: give(body, by, name="")) == {"name"}
    assert refused_fields(lambda: give(body, by, person=person)) == {"name"}
    assert refused_fields(lambda: give(body, by, name="", email="a@b.example", person=person)) == {"name"}
    assert str(give(body, by, name="", person=person)) == person.name
    assert str(give(body, by)) == "Ana Roy"


def test_a_term_lies_within_its_body(body, by):
    edit(body, by, ends_on=END)
    assert refused_fields(lambda: give(body, by, starts_on=date(2019, 1, 1)), "begins on January 1, 2020") == {
        "starts_on"
    }
    assert refused_fields(lambda: give(body, by, starts_on=END), "ends on January 1, 2024") == {"starts_on"}
    assert refused_fields(lambda: give(body, by, ends_on=date(2021, 1, 1))) == {"ends_on"}
    assert give(body, by).ends_on == END
    assert give(body, by, ends_on=date(2999, 1, 1)).ends_on == END
    assert give(body, by, ends_on=date(2023, 1, 1)).ends_on == date(2023, 1, 1)


def test_a_body_does_not_begin_after_its_first_term(body, by):
    give(body, by)
    assert refused_fields(lambda: edit(body, by, starts_on=date(2022, 1, 2)), "January 1, 2022") == {"starts_on"}
    assert edit(body, by, starts_on=START) == ["starts_on"]


def test_a_person_sits_once_at_a_time_in_a_body(council, body, by, world):
    person = world.people["board"]
    first = give(body, by, name="", person=person, ends_on=END)
    overlaps = [
        {"starts_on": START},
        {"starts_on": date(2023, 12, 31)},
        {"starts_on": date(2021, 1, 1)},
        {"starts_on": date(2021, 1, 1), "ends_on": date(2022, 1, 2)},
    ]
    for term in overlaps:
        assert refused_fields(lambda term=term: give(body, by, name="", person=person, **term)) == {"person"}
    give(body, by, name="", person=person, starts_on=date(2021, 1, 1), ends_on=START)
    again = give(body, by, name="", person=person, starts_on=END)
    assert refused_fields(lambda: change(again, by, starts_on=date(2023, 6, 1))) == {"person"}
    assert change(first, by, part="chair") == ["part"]
    other = bodies.add_body(council, facts={**FACTS, "name_en": "Ambassadors"}, by=by)
    assert give(other, by, name="", person=person)


def test_a_seat_speaks_for_an_organisation_of_the_council(body, by, world):
    foreign = world.foreign["Organisation"]
    assert refused_fields(lambda: give(body, by, organisation=foreign)) == {"organisation"}


def test_the_end_of_a_body_ends_its_terms(body, by):
    running = give(body, by)
    longer = give(body, by, ends_on=date(2030, 1, 1))
    over = give(body, by, ends_on=date(2023, 1, 1))
    coming = give(body, by, starts_on=date(2025, 1, 1))
    edit(body, by, ends_on=END)
    for seat in (running, longer, over, coming):
        seat.refresh_from_db()
    assert (running.ends_on, longer.ends_on, over.ends_on) == (END, END, date(2023, 1, 1))
    assert coming.ends_on == coming.starts_on
    assert not Seat.objects.current(date(2026, 1, 1)).filter(body=body).exists()
    assert [entry.action for entry in audit.about(running)] == ["councils.seat_ended", "councils.seat_given"]
    assert audit.about(over).count() == 1


def test_a_body_does_not_end_before_its_last_meeting(body, by):
    # 3:30 UTC on January 1 is still the last day of the year in Halifax.
    make.MeetingFactory(body=body, starts_at=datetime(2024, 1, 1, 3, 30, tzinfo=UTC))
    assert edit(body, by, ends_on=END) == ["ends_on"]
    body.refresh_from_db()
    make.MeetingFactory(body=body, starts_at=datetime(2024, 6, 1, 12, tzinfo=UTC), cancelled_at=datetime.now(UTC))
    assert edit(body, by, ends_on=date(2024, 1, 2)) == ["ends_on"]
    body.refresh_from_db()
    assert refused_fields(lambda: edit(body, by, ends_on=date(2023, 12, 31)), "December 31, 2023") == {"ends_on"}


def test_a_term_covers_the_meetings_that_its_holder_is_on_record_for(body, by):
    seat = give(body, by)
    came(body, seat, on=datetime(2023, 5, 1, 12, tzinfo=UTC))
    day = date(2023, 5, 1)
    assert refused_fields(lambda: change(seat, by, starts_on=date(2023, 5, 2)), "May 1, 2023") == {"starts_on"}
    assert refused_fields(lambda: change(seat, by, ends_on=day), "May 1, 2023") == {"ends_on"}
    assert refused_fields(lambda: seats.end_seat(seat, on=day, by=by)) == {"ends_on"}
    seats.end_seat(seat, on=date(2023, 5, 2), by=by)


def test_a_term_ends_once_and_may_end_earlier_than_planned(body, by):
    seat = give(body, by, ends_on=date(2030, 1, 1))
    assert refused_fields(lambda: seats.end_seat(seat, on=date(2021, 1, 1), by=by)) == {"ends_on"}
    seats.end_seat(seat, on=END, by=by)
    with pytest.raises(Refused, match="ended already"):
        seats.end_seat(seat, on=date(2025, 1, 1), by=by)
    seat.refresh_from_db()
    assert seat.ends_on == END


def test_two_colleagues_who_change_a_seat_both_keep_what_they_wrote(body, by, world):
    seat = give(body, by)
    seen = fingerprints(seat, seats.FIELDS)
    change(seat, world.people["director"], seen, part="chair", email="")
    change(seat, by, seen, email="ana@fundy.example", part="member")
    with pytest.raises(Overtaken) as caught:
        change(seat, by, seen, part="secretary")
    seat.refresh_from_db()
    assert caught.value.theirs == {"part": "chair"}
    assert (seat.part, seat.email) == ("chair", "ana@fundy.example")
    assert change(seat, by, part="chair") == []


def test_the_balance_counts_the_groups_of_those_who_sit(council, body, by):
    for group in ("employer", "employer", "labour"):
        give(body, by, organisation=make.OrganisationFactory(council=council, group=group))
    give(body, by, ends_on=date(2023, 1, 1), organisation=make.OrganisationFactory(council=council, group="federal"))
    give(body, by)
    counts = {group.group: group.count for group in convening.balance(convening.seats_of(body)) if group.count}
    assert counts == {"employer": 2, "labour": 1}


def test_seats_stand_with_the_chair_first(body, by):
    for part in ("observer", "member", "secretary", "chair", "vice_chair"):
        give(body, by, part=part)
    assert [seat.part for seat in convening.seats_of(body)] == list(Seat.Part.values)


def test_the_list_of_bodies_counts_seats_and_knows_the_next_meeting(body, by):
    give(body, by)
    give(body, by, ends_on=date(2023, 1, 1))
    soon = make.MeetingFactory(body=body, starts_at=datetime(2999, 1, 1, tzinfo=UTC))
    make.MeetingFactory(body=body, starts_at=datetime(2998, 1, 1, tzinfo=UTC), cancelled_at=datetime.now(UTC))
    found = convening.bodies().get(pk=body.pk)
    assert (found.seats_now, found.next_meeting, found.over) == (1, soon.starts_at, 0)


@pytest.mark.parametrize("who", ["board", "partner", "rival", "coach", "funder", "national"])
def test_names_are_written_by_those_who_may_see_them(body, by, world, who):
    seat, person = give(body, by), world.people[who]
    acts = [
        lambda: give(body, person),
        lambda: change(seat, person, part="chair"),
        lambda: seats.end_seat(seat, on=END, by=person),
    ]
    if who != "national":
        acts += [lambda: edit(body, person, name_en="Other"), lambda: bodies.publish_body(body, by=person)]
    for act in acts:
        with pytest.raises(Denied):
            act()
    assert Body.objects.count() == 2
