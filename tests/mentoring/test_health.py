"""How a pair is doing: each reason with the level it leads to, the gravest first; the list agrees with the page."""

from datetime import timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from allies.kit import scope
from mentoring.models import Pair
from mentoring.queries.health import Facts, Level, facts_of, health_of, judge, with_facts
from mentoring.services import pair_health, pulses, sessions
from tests.factories import mentoring as make
from tests.mentoring.pairing import NOW, TODAY, confirmed, met, two

WELL = Facts(needed=1440, counted=500, due=500, silent_days=3, has_met=True)


def with_(**facts):
    return judge(Facts(**{**{name: getattr(WELL, name) for name in WELL.__slots__}, **facts}))


@pytest.mark.parametrize(
    ("facts", "level", "reason"),
    [
        ({"silent_days": 13}, Level.GOOD, None),
        ({"silent_days": 14}, Level.WATCH, "No meeting for 2 weeks"),
        ({"silent_days": 28}, Level.RISK, "No meeting for 4 weeks"),
        ({"silent_days": 15, "has_met": False}, Level.WATCH, "Not met in the first 2 weeks"),
        ({"silent_days": 28, "on_hold": True}, Level.GOOD, None),
        ({"due": 715}, Level.GOOD, None),
        ({"due": 716}, Level.WATCH, "3 h 30 min behind the pace"),
        ({"due": 932}, Level.RISK, "7 h behind the pace"),
        ({"due": 932, "on_hold": True}, Level.GOOD, None),
        ({"days_over": 1}, Level.WATCH, "The planned end has passed"),
        ({"days_over": 1, "counted": 1440}, Level.GOOD, None),
        ({"signed": False, "days_old": 13}, Level.GOOD, None),
        ({"signed": False, "days_old": 14}, Level.WATCH, "The agreement is not signed by both"),
        ({"late_answers": 1}, Level.GOOD, None),
        ({"late_answers": 2}, Level.WATCH, "2 meetings wait for a word"),
        ({"questioned": 1}, Level.WATCH, "1 meeting is questioned"),
        ({"help_asked": True}, Level.RISK, "Help is asked for"),
        ({"help_asked": True, "on_hold": True}, Level.RISK, "Help is asked for"),
        ({"fits": ("good", "not_good")}, Level.RISK, "One of the two says that it is not a good fit"),
        ({"fits": ("good", "deciding"), "ratings": (3, 5)}, Level.GOOD, None),
        ({"ratings": (2, 5)}, Level.WATCH, "One of the two finds it of little help"),
    ],
)
def test_each_reason_leads_to_its_level(facts, level, reason):
    health = with_(**facts)
    assert (health.level, health.reasons) == (level, (reason,) if reason else ())


def test_the_gravest_reason_comes_first():
    health = with_(questioned=1, help_asked=True, silent_days=14)
    assert health.reasons[0] == "Help is asked for"
    assert (health.level, len(health.reasons)) == (Level.RISK, 3)


@given(
    st.builds(
        Facts,
        needed=st.integers(60, 12_000),
        counted=st.integers(0, 12_000),
        due=st.integers(0, 12_000),
        silent_days=st.integers(-30, 400),
        has_met=st.booleans(),
        on_hold=st.booleans(),
        signed=st.booleans(),
        days_old=st.integers(-30, 400),
        days_over=st.integers(-400, 400),
        late_answers=st.integers(0, 9),
        questioned=st.integers(0, 9),
        help_asked=st.booleans(),
        fits=st.lists(st.sampled_from(["good", "deciding", "not_good"]), max_size=2).map(tuple),
        ratings=st.lists(st.integers(1, 5), max_size=2).map(tuple),
    )
)
def test_a_pair_is_well_exactly_where_nothing_is_said_against_it(facts):
    health = judge(facts)
    assert (health.level == Level.GOOD) == (not health.reasons)


@pytest.mark.django_db
class TestFromTheDatabase:
    @pytest.fixture(autouse=True)
    def in_spring(self):
        with time_machine.travel(NOW, tick=True), scope.across():
            yield

    def facts(self, at):
        return facts_of(with_facts(Pair.objects.filter(pk=at.pair.pk)).get(), TODAY)

    def test_a_pair_that_has_not_met_is_silent_since_its_start(self):
        facts = self.facts(two())
        assert (facts.silent_days, facts.has_met, facts.counted) == (42, False, 0)

    def test_a_meeting_that_was_taken_back_did_not_take_place(self):
        at = two()
        sessions.take_back(met(at), by=at.mentor)
        assert not self.facts(at).has_met

    def test_meetings_and_pulses_are_counted_side_by_side(self):
        at = two()
        confirmed(at, 700)
        for wave in ("first", "day_30"):
            make.PulseFactory(pair=at.pair, person=at.mentor, wave=wave)
        pulses.answer(at.pair, wave="first", fit="not_good", rating=2, by=at.mentee)
        sessions.question(met(at, days_ago=20), objection="No", by=at.mentee)
        facts = self.facts(at)
        assert (facts.counted, facts.questioned, facts.silent_days) == (700, 1, 2)
        assert (set(facts.fits), set(facts.ratings)) == ({"not_good", "good"}, {2, 4})

    def test_only_the_latest_answer_of_each_side_counts(self):
        at = two()
        with time_machine.travel(NOW - timedelta(days=20)):
            pulses.answer(at.pair, wave="first", fit="not_good", rating=1, by=at.mentee)
        assert self.facts(at).fits == ("not_good",)
        pulses.answer(at.pair, wave="day_30", fit="good", rating=5, by=at.mentee)
        assert self.facts(at).fits == ("good",)

    def test_only_answers_that_are_late_count(self):
        at = two()
        met(at)
        assert self.facts(at).late_answers == 0
        with time_machine.travel(NOW + timedelta(days=4)):
            assert self.facts(at).late_answers == 1

    def test_only_pairs_under_way_have_a_health(self):
        at = two()
        make.PairFactory(active=True, state="completed", ended_on=TODAY)
        pair_health.ask_for_help(at.pair, note="Please", by=at.mentee)
        health = health_of(Pair.objects.all(), TODAY)
        assert {pk: found.level for pk, found in health.items()} == {at.pair.pk: Level.RISK}
