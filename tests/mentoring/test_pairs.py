"""A pair from the held place to its end: begun, signed, paused, completed, ended early, one side replaced."""

from datetime import date, timedelta

import pytest
import time_machine

from allies.kit import audit, scope
from allies.kit.access import Denied
from allies.kit.models import Letter
from allies.kit.refusals import Refused
from councils.services.editing import Faulty
from mentoring.models import Exclusion, Mentor, Pair
from mentoring.queries.hours import of, with_hours
from mentoring.services import goals, pairs
from mentoring.states import ApplicationState, PairState, ProposalState
from tests import factories
from tests.factories import mentoring as make
from tests.mentoring.pairing import NOW, TODAY, confirmed, two

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_spring():
    with time_machine.travel(NOW, tick=True), scope.across():
        yield


@pytest.fixture
def at():
    return two()


def letters_to(person):
    return [letter.context["act"] for letter in Letter.objects.filter(to=person.email)]


def load(pair):
    return Mentor.objects.get(pk=pair.mentor_id).active_load


def reserved():
    application = make.ApplicationFactory(ready=True, state=ApplicationState.PROPOSED)
    return make.PairFactory(application=application)


# ------------------------------------------------------------------ begun


def test_a_pair_begins_today_where_the_intake_has_started_and_lasts_as_long_as_the_programme():
    pair = reserved()
    pairs.begin(pair)
    assert (pair.state, pair.started_on, pair.planned_end_on) == ("active", TODAY, TODAY + timedelta(weeks=17))
    pair.application.refresh_from_db()
    assert pair.application.state == ApplicationState.MATCHED
    assert pair.application.matched_at is not None


def test_a_pair_made_early_begins_with_the_intake():
    pair = reserved()
    pair.application.intake.starts_on = date(2026, 5, 4)
    pair.application.intake.save()
    pairs.begin(pair)
    assert pair.started_on == date(2026, 5, 4)


def test_both_are_written_to_in_their_own_language_when_a_pair_begins():
    pair = reserved()
    pairs.begin(pair)
    assert letters_to(pair.mentee_person) == letters_to(pair.mentor_person) == ["begun"]


def test_a_pair_begins_once():
    pair = reserved()
    pairs.begin(pair)
    with pytest.raises(Refused):
        pairs.begin(Pair.objects.get(pk=pair.pk))


def test_a_stranger_begins_nothing():
    with pytest.raises(Denied):
        pairs.begin(reserved(), by=factories.UserFactory())


# ------------------------------------------------------------------ the agreement


def test_hours_count_once_both_have_signed():
    at = two(signed=False)
    confirmed(at, 60)
    counted = lambda: of(with_hours(Pair.objects.filter(pk=at.pair.pk)).get()).counted  # noqa: E731
    pairs.sign(at.pair, version="2026-1", by=at.mentee)
    assert counted() == 0
    pairs.sign(at.pair, version="2026-1", by=at.mentor)
    assert counted() == 60


def test_nobody_signs_twice_or_for_somebody_else():
    at = two(signed=False)
    pairs.sign(at.pair, version="2026-1", by=at.mentee)
    with pytest.raises(Refused, match="already signed"):
        pairs.sign(at.pair, version="2026-1", by=at.mentee)
    with pytest.raises(Denied):
        pairs.sign(at.pair, version="2026-1", by=at.coordinator)


def test_whoever_read_another_text_reads_it_again():
    at = two(signed=False)
    with pytest.raises(Refused, match="has changed"):
        pairs.sign(at.pair, version="2020-1", by=at.mentee)


def test_a_signature_under_an_older_text_falls_when_the_other_signs_the_new_one():
    at = two(signed=False, mentor_signed_at=make.NOW, agreement_version="2020-1")
    pairs.sign(at.pair, version="2026-1", by=at.mentee)
    assert (at.pair.mentor_signed_at, at.pair.agreement_version) == (None, "2026-1")


# ------------------------------------------------------------------ pauses


def test_a_pause_moves_the_planned_end_by_as_many_days(at):
    pairs.pause(at.pair, until=TODAY + timedelta(days=20), by=at.mentee)
    assert (at.pair.state, at.pair.planned_end_on) == ("on_hold", date(2026, 8, 2))
    assert letters_to(at.mentor) == ["paused"]
    assert letters_to(at.mentee) == []


def test_days_of_a_pause_that_were_not_needed_are_given_back(at):
    pairs.pause(at.pair, until=TODAY + timedelta(days=20), by=at.mentee)
    with time_machine.travel(NOW + timedelta(days=5)):
        pairs.resume(at.pair, by=at.mentor)
    assert (at.pair.state, at.pair.planned_end_on, at.pair.hold_until) == ("active", date(2026, 7, 18), None)


@pytest.mark.parametrize("days", [-1, 0, 31])
def test_a_pause_lasts_from_one_to_thirty_days(at, days):
    with pytest.raises(Faulty, match="thirty days"):
        pairs.pause(at.pair, until=TODAY + timedelta(days=days), by=at.mentee)


def test_only_a_pause_is_ended_by_going_on(at):
    with pytest.raises(Refused, match="not on hold"):
        pairs.resume(at.pair, by=at.mentee)


# ------------------------------------------------------------------ completed


def test_either_of_the_two_completes_once_the_hours_are_reached(at):
    confirmed(at, 24 * 60)
    pairs.complete(at.pair, by=at.mentor)
    at.pair.application.refresh_from_db()
    assert (at.pair.state, at.pair.ended_on, load(at.pair)) == ("completed", TODAY, 0)
    assert (at.pair.application.state, at.pair.application.closed_at is not None) == ("completed", True)
    assert "completed" in letters_to(at.mentee)


def test_a_minute_too_few_does_not_complete(at):
    confirmed(at, 24 * 60 - 1)
    with pytest.raises(Refused, match="not reached"):
        pairs.complete(at.pair, by=at.mentor)


def test_hours_under_an_agreement_that_one_did_not_sign_do_not_complete():
    at = two(signed=False, mentee_signed_at=make.NOW, agreement_version="2026-1")
    confirmed(at, 24 * 60)
    with pytest.raises(Refused, match="not reached"):
        pairs.complete(at.pair, by=at.mentee)


def test_the_staff_complete_with_a_note(at):
    with pytest.raises(Faulty, match="in a few words"):
        pairs.complete(at.pair, by=at.coordinator)
    pairs.complete(at.pair, note="They met weekly and logged nothing.", by=at.coordinator)
    assert at.pair.state == PairState.COMPLETED


# ------------------------------------------------------------------ ended early


@pytest.mark.parametrize("who", ["mentee", "mentor", "coordinator"])
def test_both_people_and_the_staff_end_a_pair_with_a_reason(at, who):
    pairs.end_early(at.pair, reason="moved", by=getattr(at, who))
    at.pair.application.refresh_from_db()
    assert (at.pair.state, at.pair.end_reason, load(at.pair)) == ("ended_early", "moved", 0)
    assert at.pair.application.state == ApplicationState.ENDED


def test_no_pair_ends_without_a_reason_and_another_reason_needs_words(at):
    for reason in ("", "nonsense"):
        with pytest.raises(Faulty):
            pairs.end_early(at.pair, reason=reason, by=at.mentee)
    with pytest.raises(Faulty) as caught:
        pairs.end_early(at.pair, reason="other", by=at.mentee)
    assert set(caught.value.errors) == {"note"}


def test_goals_that_were_reached_early_count_as_completed(at):
    goal = goals.add_goal(at.pair, kind="network", target="Meet five people", by=at.mentee)
    with pytest.raises(Faulty, match="Not all goals"):
        pairs.end_early(at.pair, reason="goals_reached", by=at.mentee)
    goals.move_goal(goal, progress=100, by=at.mentor)
    pairs.end_early(at.pair, reason="goals_reached", by=at.mentee)
    at.pair.application.refresh_from_db()
    assert (at.pair.state, at.pair.end_reason) == (PairState.COMPLETED, "goals_reached")
    assert at.pair.application.state == ApplicationState.COMPLETED


def test_without_goals_none_was_reached_early(at):
    with pytest.raises(Faulty, match="Not all goals"):
        pairs.end_early(at.pair, reason="goals_reached", by=at.mentee)


def test_two_who_do_not_fit_are_not_brought_together_again(at):
    pairs.end_early(at.pair, reason="no_fit", by=at.mentee)
    assert Exclusion.objects.get(mentee=at.mentee, mentor=at.pair.mentor).kind == Exclusion.Kind.DECLINED


def test_a_pair_that_has_ended_stays_as_it_is(at):
    pairs.end_early(at.pair, reason="moved", by=at.mentee)
    for act in (
        lambda: pairs.end_early(at.pair, reason="moved", by=at.mentor),
        lambda: pairs.complete(at.pair, note="x", by=at.coordinator),
        lambda: pairs.sign(at.pair, version="2026-1", by=at.mentee),
        lambda: goals.add_goal(at.pair, kind="network", target="x", by=at.mentee),
    ):
        with pytest.raises(Refused):
            act()


def test_a_stranger_and_the_staff_of_another_council_end_nothing(at):
    rival = factories.MembershipFactory(role="coordinator").person
    for person in (factories.UserFactory(), rival):
        with pytest.raises(Denied):
            pairs.end_early(at.pair, reason="moved", by=person)


# ------------------------------------------------------------------ replaced


def test_a_mentee_whose_mentor_is_replaced_is_ready_again_and_never_meets_the_same_one(at):
    other = two().pair
    pairs.replace(at.pair, reason="silent", note="The mentor left the firm.", by=at.coordinator)
    at.pair.application.refresh_from_db()
    assert (at.pair.state, at.pair.application.state, load(at.pair)) == ("ended_early", "ready", 0)
    assert Exclusion.objects.get(mentee=at.mentee).kind == Exclusion.Kind.PAST
    assert letters_to(at.mentee) == ["replaced"]
    assert letters_to(at.mentor) == ["ended"]
    other.refresh_from_db()
    assert other.state == PairState.ACTIVE


def test_after_a_replacement_the_mentee_can_be_offered_another_mentor(at):
    run = make.MatchingRunFactory(intake=at.pair.application.intake, solved=True)
    facts = {"application": at.pair.application, "mentor": at.pair.mentor, "expires_at": NOW}
    at.pair.proposal = make.ProposalFactory(run=run, state=ProposalState.CONFIRMED, **facts)
    at.pair.save()
    pairs.replace(at.pair, reason="no_fit", note="They disagree on everything.", by=at.coordinator)
    make.ProposalFactory(run=None, state=ProposalState.TO_MENTOR, **facts)


def test_only_the_staff_replace_and_they_say_why(at):
    with pytest.raises(Denied):
        pairs.replace(at.pair, reason="silent", note="x", by=at.mentee)
    with pytest.raises(Faulty):
        pairs.replace(at.pair, reason="silent", note=" ", by=at.coordinator)
    with pytest.raises(Faulty):
        pairs.replace(at.pair, reason="goals_reached", note="x", by=at.coordinator)


def test_each_step_is_on_record_with_who_took_it(at):
    pairs.pause(at.pair, until=TODAY + timedelta(days=2), by=at.mentee)
    pairs.resume(at.pair, by=None)
    pairs.end_early(at.pair, reason="found_work", by=at.mentor)
    told = [(entry.action, entry.actor) for entry in audit.about(at.pair)]
    assert told == [
        ("mentoring.pair_ended_early", at.mentor),
        ("mentoring.pair_resumed", None),
        ("mentoring.pair_paused", at.mentee),
    ]
