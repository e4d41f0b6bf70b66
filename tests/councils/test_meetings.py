"""Meetings: changes that calendars count, minutes that stay as approved, attendance of those who sat that day."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from allies.kit import audit, scope
from allies.kit.access import Denied
from allies.kit.refusals import Refused
from councils.models import Attendance, Body, Meeting
from councils.queries import convening
from councils.services import meetings
from councils.services.editing import Faulty, Overtaken, fingerprint, fingerprints
from tests import factories as make

HALIFAX = ZoneInfo("America/Halifax")
JANUARY = datetime(2026, 1, 12, 8, tzinfo=HALIFAX)
NOW = time_machine.travel(datetime(2026, 6, 1, 12, tzinfo=UTC), tick=True)


@pytest.fixture(autouse=True)
def today():
    with NOW:
        yield


@pytest.fixture
def council(world):
    with scope.within(world.halifax):
        yield world.halifax


@pytest.fixture
def by(world):
    return world.people["coordinator"]


@pytest.fixture
def body(council):
    return make.BodyFactory(council=council, cadence=Body.Cadence.MONTHLY, name_en="Champions")


@pytest.fixture
def meeting(body, by):
    return schedule(body, by)[0]


def schedule(body, by, first=JANUARY, count=1, **facts):
    facts = {"starts_at": first, "ends_at": first + timedelta(minutes=90), **facts}
    return meetings.schedule(body, facts=facts, count=count, by=by)


def edit(meeting, by, seen=None, **facts):
    return meetings.edit_meeting(meeting, facts=facts, seen=seen or opened(meeting), by=by)


def minute(meeting, by, seen=None, **facts):
    return meetings.write_minutes(meeting, facts=facts, seen=seen or opened(meeting, meetings.MINUTES), by=by)


def opened(meeting, names=meetings.FIELDS):
    return fingerprints(Meeting.objects.get(pk=meeting.pk), names)


def refused_fields(act, sentence="."):
    with pytest.raises(Faulty, match=sentence) as caught:
        act()
    return set(caught.value.errors)


def test_no_meeting_follows_the_end_of_its_body(body, by):
    Body.objects.filter(pk=body.pk).update(ends_on=date(2026, 3, 9))
    assert refused_fields(lambda: schedule(body, by, count=3), "ends on March 9, 2026") == {"starts_at"}
    (last,) = schedule(body, by, datetime(2026, 3, 8, 23, 30, tzinfo=HALIFAX))
    assert refused_fields(lambda: edit(last, by, starts_at=datetime(2026, 3, 9, tzinfo=HALIFAX))) == {"starts_at"}


def test_each_change_that_calendars_see_counts_up(meeting, by):
    assert edit(meeting, by, place_en="City hall") == ["place_en"]
    assert edit(meeting, by, place_en="City hall") == []
    meeting.refresh_from_db()
    assert meeting.sequence == 1
    minute(meeting, by, minutes_en="Said.")
    meetings.cancel(meeting, by=by)
    meeting.refresh_from_db()
    assert (meeting.sequence, meeting.cancelled_at is not None) == (2, True)


def test_the_same_moment_in_another_time_zone_is_no_change(meeting, by):
    assert fingerprint(JANUARY) == fingerprint(JANUARY.astimezone(UTC)) != fingerprint(JANUARY + timedelta(minutes=1))
    assert edit(meeting, by, starts_at=JANUARY, ends_at=JANUARY + timedelta(minutes=90)) == []


def test_a_meeting_ends_after_it_starts(meeting, by):
    assert refused_fields(lambda: edit(meeting, by, ends_at=JANUARY - timedelta(hours=1))) == {"ends_at"}


def test_two_colleagues_who_move_a_meeting_are_shown_both(meeting, by, world):
    seen = opened(meeting)
    edit(meeting, world.people["director"], seen, ends_at=JANUARY + timedelta(hours=3))
    with pytest.raises(Overtaken):
        edit(meeting, by, seen, ends_at=JANUARY + timedelta(hours=2))
    assert edit(meeting, by, seen, place_fr="Hôtel de ville") == ["place_fr"]
    meeting.refresh_from_db()
    assert meeting.ends_at == JANUARY + timedelta(hours=3)


def test_a_cancelled_meeting_stays_as_it_is(meeting, by):
    meetings.cancel(meeting, by=by)
    acts = [
        lambda: meetings.cancel(meeting, by=by),
        lambda: edit(meeting, by, place_en="City hall"),
        lambda: minute(meeting, by, minutes_en="Said."),
        lambda: meetings.record_attendance(meeting, answers={}, by=by),
    ]
    for act in acts:
        with pytest.raises(Refused, match="cancelled"):
            act()
    assert audit.about(meeting).first().action == "councils.meeting_cancelled"


def test_minutes_are_written_approved_locked_and_opened_again(meeting, by):
    with pytest.raises(Refused, match="Write the minutes first"):
        meetings.approve_minutes(meeting, on=date(2026, 2, 9), by=by)
    minute(meeting, by, minutes_en="**Hiring.** Said.")
    for day in (date(2026, 1, 11), date(2026, 6, 2)):
        assert refused_fields(lambda day=day: meetings.approve_minutes(meeting, on=day, by=by)) == {"on"}
    meetings.approve_minutes(meeting, on=date(2026, 2, 9), by=by)
    acts = [
        lambda: meetings.approve_minutes(meeting, on=date(2026, 2, 9), by=by),
        lambda: minute(meeting, by, minutes_en="Otherwise."),
        lambda: edit(meeting, by, agenda_en="Otherwise."),
        lambda: meetings.cancel(meeting, by=by),
    ]
    for act in acts:
        with pytest.raises(Refused, match="approved"):
            act()
    meetings.reopen_minutes(meeting, by=by)
    with pytest.raises(Refused, match="not approved"):
        meetings.reopen_minutes(meeting, by=by)
    assert minute(meeting, by, minutes_en="Otherwise.") == ["minutes_en"]
    assert [entry.action.removeprefix("councils.") for entry in audit.about(meeting)] == [
        "minutes_written",
        "minutes_reopened",
        "minutes_approved",
        "minutes_written",
        "meeting_scheduled",
    ]


def test_a_colleagues_minutes_are_not_overwritten(meeting, by, world):
    seen = opened(meeting, meetings.MINUTES)
    minute(meeting, world.people["director"], seen, minutes_en="Theirs.")
    with pytest.raises(Overtaken) as caught:
        minute(meeting, by, seen, minutes_en="Mine.")
    assert caught.value.theirs == {"minutes_en": "Theirs."}


def answers_of(meeting):
    return convening.answers_of(meeting)


def test_only_who_sits_on_the_day_attends(body, meeting, by, world):
    day = date(2026, 1, 12)
    sits = make.SeatFactory(body=body, starts_on=day)
    over = make.SeatFactory(body=body, ends_on=day)
    coming = make.SeatFactory(body=body, starts_on=day + timedelta(days=1))
    elsewhere = world.things["Seat"]
    assert list(convening.seats_of(body, day)) == [sits]
    assert meetings.record_attendance(meeting, answers={sits: "present"}, by=by) == 1
    for seat in (over, coming, elsewhere):
        with pytest.raises(Refused, match="held no seat"):
            meetings.record_attendance(meeting, answers={seat: "present"}, by=by)
    assert answers_of(meeting) == {sits.pk: "present"}


def test_an_answer_is_changed_and_taken_back(body, meeting, by):
    seat = make.SeatFactory(body=body)
    key = str(seat.pk)
    meetings.record_attendance(meeting, answers={seat: "present"}, by=by)
    assert meetings.record_attendance(meeting, answers={seat: "present"}, seen={key: "present"}, by=by) == 0
    assert meetings.record_attendance(meeting, answers={seat: "absent"}, seen={key: "present"}, by=by) == 1
    assert meetings.record_attendance(meeting, answers={seat: ""}, seen={key: "absent"}, by=by) == 1
    assert not Attendance.objects.filter(meeting=meeting).exists()
    assert [entry.action for entry in audit.about(meeting)].count("councils.attendance_recorded") == 3


def test_two_colleagues_who_record_attendance_both_keep_what_they_saw(body, meeting, by, world):
    one, two = make.SeatFactory(body=body), make.SeatFactory(body=body)
    seen = {str(one.pk): "", str(two.pk): ""}
    meetings.record_attendance(meeting, answers={one: "present", two: ""}, seen=seen, by=world.people["director"])
    meetings.record_attendance(meeting, answers={one: "", two: "regrets"}, seen=seen, by=by)
    assert answers_of(meeting) == {one.pk: "present", two.pk: "regrets"}
    late = {one: "absent", two: "regrets"}
    assert refused_fields(lambda: meetings.record_attendance(meeting, answers=late, seen=seen, by=by), "“Present”") == {
        str(one.pk)
    }
    assert answers_of(meeting)[one.pk] == "present"


def test_before_a_meeting_only_regrets_are_known(body, by):
    (coming,) = schedule(body, by, datetime(2026, 7, 6, 8, tzinfo=HALIFAX))
    one, two = make.SeatFactory(body=body), make.SeatFactory(body=body)
    answers = {one: "regrets", two: "present"}
    assert refused_fields(lambda: meetings.record_attendance(coming, answers=answers, by=by)) == {str(two.pk)}
    assert meetings.record_attendance(coming, answers={one: "regrets"}, by=by) == 1
    meetings.cancel(coming, by=by)


def test_a_meeting_that_somebody_came_to_is_not_cancelled_nor_moved_out_of_their_term(body, meeting, by):
    seat = make.SeatFactory(body=body, starts_on=date(2026, 1, 1))
    meetings.record_attendance(meeting, answers={seat: "present"}, by=by)
    with pytest.raises(Refused, match="took place"):
        meetings.cancel(meeting, by=by)
    earlier = datetime(2025, 12, 15, 8, tzinfo=HALIFAX)
    assert refused_fields(lambda: edit(meeting, by, starts_at=earlier), seat.name) == {"starts_at"}
    assert edit(meeting, by, starts_at=JANUARY + timedelta(minutes=30)) == ["starts_at"]


def test_the_record_of_a_seat_counts_what_was_answered(body, meeting, by):
    seat = make.SeatFactory(body=body)
    meetings.record_attendance(meeting, answers={seat: "present"}, by=by)
    (other,) = schedule(body, by, JANUARY + timedelta(days=7))
    meetings.record_attendance(other, answers={seat: "absent"}, by=by)
    (record,) = convening.attendance_record(body)
    assert (record.present, record.answered) == (1, 2)


def test_meetings_face_to_face_are_at_a_place_in_that_year(body, by):
    schedule(body, by, JANUARY, place_en="City hall", online_url="https://meet.example/")
    schedule(body, by, JANUARY + timedelta(days=1), online_url="https://meet.example/")
    schedule(body, by, JANUARY + timedelta(days=400), place_fr="Hôtel de ville")
    (gone,) = schedule(body, by, JANUARY + timedelta(days=2), place_en="City hall")
    meetings.cancel(gone, by=by)
    assert (convening.met_in_person(body, 2026), convening.met_in_person(body, 2027)) == (1, 1)


def test_what_is_to_come_stands_apart_from_what_is_over(body, by):
    days = [timezone.now() + timedelta(days=n) for n in (-20, -10, 10, 20)]
    made = [schedule(body, by, day)[0] for day in days]
    assert list(convening.past_meetings(body)) == [made[1], made[0]]
    assert list(convening.coming_meetings(body)) == [made[2], made[3]]


@pytest.mark.parametrize("who", ["board", "partner", "rival", "coach", "funder", "national"])
def test_minutes_and_attendance_are_written_by_those_who_may_see_names(body, meeting, by, world, who):
    seat, person = make.SeatFactory(body=body), world.people[who]
    minute(meeting, by, minutes_en="Said.")
    acts = [
        lambda: minute(meeting, person, minutes_en="Otherwise."),
        lambda: meetings.approve_minutes(meeting, on=date(2026, 2, 9), by=person),
        lambda: meetings.reopen_minutes(meeting, by=person),
        lambda: meetings.record_attendance(meeting, answers={seat: "present"}, by=person),
    ]
    if who != "national":
        acts += [
            lambda: schedule(body, person, JANUARY + timedelta(days=1)),
            lambda: edit(meeting, person, place_en="City hall"),
            lambda: meetings.cancel(meeting, by=person),
        ]
    for act in acts:
        with pytest.raises(Denied):
            act()
