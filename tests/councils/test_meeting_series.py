"""Series of meetings: the same hour on the wall and the same weekday, whatever the clocks and the months do."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allies.kit import audit, scope
from councils.models import Body, Meeting
from councils.services import meetings
from councils.services.editing import Faulty
from tests import factories as make

HALIFAX = ZoneInfo("America/Halifax")
JANUARY = datetime(2026, 1, 12, 8, tzinfo=HALIFAX)


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


def schedule(body, by, first=JANUARY, count=1):
    facts = {"starts_at": first, "ends_at": first + timedelta(minutes=90)}
    return meetings.schedule(body, facts=facts, count=count, by=by)


def refused_fields(act, sentence="."):
    with pytest.raises(Faulty, match=sentence) as caught:
        act()
    return set(caught.value.errors)


def on_the_wall(found):
    return [moment.astimezone(HALIFAX).strftime("%m-%d %H:%M") for moment in found]


def test_eight_in_the_morning_stays_eight_when_the_clocks_change(body, by):
    made = schedule(body, by, count=4)
    assert on_the_wall(m.starts_at for m in made) == ["01-12 08:00", "02-09 08:00", "03-09 08:00", "04-13 08:00"]
    assert on_the_wall(m.ends_at for m in made)[2] == "03-09 09:30"
    stored = Meeting.objects.filter(body=body).order_by("starts_at").values_list("starts_at", flat=True)
    assert [moment.astimezone(UTC).hour for moment in stored] == [12, 12, 11, 11]
    assert [audit.about(m).get().action for m in made] == ["councils.meeting_scheduled"] * 4


@pytest.mark.parametrize(
    ("cadence", "first", "expected"),
    [
        ("weekly", "2026-02-23", ["02-23", "03-02", "03-09", "03-16"]),
        ("monthly", "2026-03-30", ["03-30", "04-27", "05-25", "06-29"]),
        ("monthly", "2026-01-31", ["01-31", "02-28", "03-28", "04-25"]),
        ("bimonthly", "2026-11-02", ["11-02", "01-04", "03-01", "05-03"]),
        ("quarterly", "2026-01-06", ["01-06", "04-07", "07-07", "10-06"]),
        ("yearly", "2024-02-29", ["02-29", "02-27", "02-26", "02-25"]),
    ],
    ids=["weekly", "fifth Monday", "fifth Saturday", "bimonthly", "quarterly", "leap day"],
)
def test_a_series_keeps_its_weekday_and_falls_back_to_the_last(cadence, first, expected):
    start = datetime.fromisoformat(first).replace(hour=8, tzinfo=HALIFAX)
    found = meetings.occurrences(start, cadence, 4, HALIFAX)
    assert [moment.strftime("%m-%d") for moment in found] == expected


@given(
    # A time on the wall, to be read in the zone.
    first=st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2040, 1, 1)),  # noqa: DTZ001  # noqa: DTZ001
    cadence=st.sampled_from(sorted(meetings.STEPS)),
    zone=st.sampled_from(["America/St_Johns", "America/Halifax", "America/Regina", "America/Vancouver"]).map(ZoneInfo),
)
def test_any_series_rises_and_keeps_weekday_and_hour(first, cadence, zone):
    start = first.replace(tzinfo=zone)
    found = meetings.occurrences(start, cadence, meetings.MOST_IN_A_SERIES, zone)
    assert len(found) == meetings.MOST_IN_A_SERIES
    assert found == sorted(found)
    assert found[0] == start
    assert {(moment.weekday(), moment.time()) for moment in found} == {(start.weekday(), start.time())}


def test_a_series_is_bounded_and_needs_a_rhythm(council, body, by):
    for count in (0, 25):
        assert refused_fields(lambda count=count: schedule(body, by, count=count)) == {"count"}
    as_needed = make.BodyFactory(council=council, cadence=Body.Cadence.AS_NEEDED)
    assert refused_fields(lambda: schedule(as_needed, by, count=2)) == {"count"}
    assert len(schedule(as_needed, by)) == 1


def test_a_series_that_meets_another_meeting_schedules_nothing(body, by):
    schedule(body, by, datetime(2026, 3, 9, 8, tzinfo=HALIFAX))
    assert refused_fields(lambda: schedule(body, by, count=4), "at that time already") == {"starts_at"}
    assert Meeting.objects.filter(body=body).count() == 1
