"""The kinds of mentoring, from the people who are ready to the certificate: a group, executives, peers, and online."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from allies.kit.refusals import Refused
from allies.kit.scope import across
from councils.services.editing import Faulty
from mentoring import agreements
from mentoring.models import Application, MatchPolicy, Mentor, Pair, Programme, Proposal, Session
from mentoring.queries.funnel import funnel
from mentoring.queries.hours import reached
from mentoring.queries.pairs import pairs_of
from mentoring.services import offers, orientation, pairs, runs, sessions
from mentoring.services.certificates import certificate_of
from mentoring.services.publish import publish
from mentoring.states import ApplicationState, PairState, ProposalState
from tests import factories
from tests.factories import mentoring as make
from tests.mentoring.halls import hall, solved
from tests.mentoring.kinds import asked_group, gathering, offer_of, ready_hall, states_of, under_way

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def everywhere():
    with across():
        yield


@pytest.fixture
def at():
    return asked_group()


# ------------------------------------------------------------------ a group that meets


def test_the_mentor_of_a_group_signs_once_and_each_mentee_alone(at) -> None:
    found = under_way(at)
    assert {pair.agreement_version for pair in Pair.objects.all()} == {"2026-1-group"}
    assert Pair.objects.filter(mentor_signed_at=None).count() == 0
    with pytest.raises(Refused, match="already signed"):
        pairs.sign(found[1], version="2026-1-group", by=at.mentors[0].person)


def test_a_meeting_of_the_group_is_logged_once_and_counts_for_each_who_came(at) -> None:
    found = under_way(at)
    mentor, came = at.mentors[0].person, found[:4]
    facts = gathering(present=[pair.pk for pair in came])
    logged, taken = sessions.log_gathering(found[0], **facts, by=mentor)
    assert (len(logged), taken) == (4, [])
    assert len(set(Session.objects.values_list("gathering", flat=True))) == 1
    again, _taken = sessions.log_gathering(found[0], **facts, by=mentor)
    assert Session.objects.count() == len(again) == 4
    for session in logged:
        sessions.confirm(session, by=session.pair.mentee_person)
    assert [row.time_confirmed for row in pairs_of(mentor) if row.time_confirmed] == [timedelta(minutes=90)] * 4


def test_who_logged_the_same_meeting_alone_keeps_it(at) -> None:
    found = under_way(at)
    facts = gathering()
    sessions.log(found[0], **facts, by=found[0].mentee_person)
    logged, taken = sessions.log_gathering(
        found[1], **facts | {"token": uuid4()}, present=[pair.pk for pair in found], by=at.mentors[0].person
    )
    assert (len(logged), taken) == (4, [found[0]])


def test_only_the_mentor_logs_for_all(at) -> None:
    found = under_way(at)
    with pytest.raises(Refused, match="mentor logs"):
        sessions.log_gathering(found[0], **gathering(), present=[found[1].pk], by=found[0].mentee_person)
    with pytest.raises(Faulty):
        sessions.log_gathering(found[0], **gathering(), present=[], by=at.mentors[0].person)


def test_a_group_completes_mentee_by_mentee_with_certificates_that_speak_of_a_group(at) -> None:
    found = under_way(at)
    mentor = at.mentors[0].person
    for day in range(3, 6):
        facts = gathering(day, minutes=480, present=[found[0].pk])
        for session in sessions.log_gathering(found[0], **facts, by=mentor)[0]:
            sessions.confirm(session, by=session.pair.mentee_person)
    assert [reached(pair) for pair in Pair.objects.order_by("mentee_person__name")] == [True] + [False] * 4
    pairs.complete(found[0], by=found[0].mentee_person)
    done = pairs_of(mentor).get(pk=found[0].pk)
    assert "in a group" in certificate_of(done, mentor).values()["deed"]
    assert "in a group" in certificate_of(done, found[0].mentee_person).values()["deed"]


# ------------------------------------------------------------------ executives and peers


def paired(kind, **facts):
    made = ready_hall(kind, mentees=1, mentors=1, **facts)
    publish(solved(made), by=made.coordinator)
    offer = offer_of(made, 0)
    offers.accept(offer, by=made.mentors[0].person)
    offers.accept(offer, by=made.mentees[0].person)
    made.pair = Pair.objects.select_related("programme", "mentee_person", "mentor_person").get()
    return made


@pytest.mark.parametrize("kind", [Programme.Kind.EXECUTIVE, Programme.Kind.PEER])
def test_executives_and_peers_go_from_the_run_to_the_certificate(kind) -> None:
    at = paired(kind)
    assert at.pair.state == PairState.ACTIVE
    mentee, mentor = at.pair.mentee_person, at.pair.mentor_person
    for person in (mentee, mentor):
        pairs.sign(at.pair, version=agreements.current(kind), by=person)
    began = timezone.localdate() - timedelta(days=30)
    Pair.objects.update(started_on=began)
    for day in range(1, 4):
        session = sessions.log(at.pair, **gathering(day, minutes=480), by=mentor)
        sessions.confirm(session, by=mentee)
    pairs.complete(at.pair, by=mentor)
    assert states_of(Application) == [ApplicationState.COMPLETED]
    done = pairs_of(mentor).get()
    deeds = [certificate_of(done, person).values()["deed"] for person in (mentee, mentor)]
    assert (deeds[0] == deeds[1]) == (kind == Programme.Kind.PEER)
    assert any("mentor" in deed.replace("mentoring", "") for deed in deeds) == (kind != Programme.Kind.PEER)


def test_what_counts_fits_the_kind_until_the_council_says_otherwise() -> None:
    def weights(kind):
        made = ready_hall(kind, mentees=1, mentors=1)
        runs.ask(made.intake, by=made.coordinator)
        return MatchPolicy.objects.get(programme=made.programme).weights

    one, peer, executive = (weights(kind) for kind in ("one_to_one", "peer", "executive"))
    assert (one["seniority"], peer["seniority"], executive["seniority"]) == ("low", "off", "high")
    assert (one["years"], peer["years"]) == ("medium", "off")
    assert {name for name in one if one[name] != peer[name]} >= {"seniority", "years"}


def test_executives_are_oriented_one_to_one_and_never_in_a_session() -> None:
    at = hall(kind=Programme.Kind.EXECUTIVE, mentees=0, mentors=0)
    person = make.ApplicationFactory(
        intake=at.intake, submitted=True, state=ApplicationState.SCREENED, screened_at=make.NOW, handbook_at=make.NOW
    )
    soon = timezone.now() + timedelta(days=3)
    session = make.OrientationSessionFactory(intake=at.intake, starts_at=soon, ends_at=soon + timedelta(hours=2))
    with pytest.raises(Refused, match="executives"):
        orientation.sign_up(session, application=person, by=person.person)
    assert [kept.wait.name for kept in funnel(at.intake).for_us] == ["one_to_one"]
    orientation.record_one_to_one(person, note="An hour at the club.", by=at.coordinator)
    person.refresh_from_db()
    assert person.state == ApplicationState.READY


def test_a_mentor_mentors_only_in_the_kinds_that_they_offer() -> None:
    made = ready_hall(Programme.Kind.EXECUTIVE, mentees=1, mentors=2)
    Mentor.objects.filter(pk=made.mentors[0].pk).update(kinds=["one_to_one", "peer"])
    run = solved(made)
    assert [row[0] for row in run.snapshot["mentors"]] == [str(made.mentors[1].pk)]


# ------------------------------------------------------------------ across councils


def far_hall(*, they_allow: bool, they_serve: bool = True):
    """A council without a mentor whose programme looks across councils, and a mentor of another one."""
    at = hall(mentees=1, mentors=0, matches_network_wide=True)
    there = factories.CouncilFactory()
    make.ProgrammeFactory(council=there, matches_network_wide=they_allow)
    far = make.MentorFactory(
        council=there, available=True, serves_network=they_serve, occupation=at.mentees[0].occupation, mode="online"
    )
    Application.objects.update(mode="online")
    return at, far


def test_a_mentor_of_another_council_is_met_online_up_to_the_agreement() -> None:
    at, far = far_hall(they_allow=True)
    publish(solved(at), by=at.coordinator)
    offer = offer_of(at, 0)
    assert offer.mentor == far
    offers.accept(offer, by=far.person)
    offers.accept(offer, by=at.mentees[0].person)
    assert Pair.objects.get().state == PairState.ACTIVE


@pytest.mark.parametrize(("they_allow", "they_serve"), [(False, True), (True, False)])
def test_a_council_or_a_mentor_that_stays_at_home_really_does(they_allow, they_serve) -> None:
    at, _far = far_hall(they_allow=they_allow, they_serve=they_serve)
    with pytest.raises(Refused, match="No mentor is available"):
        runs.ask(at.intake, by=at.coordinator)


def test_a_programme_that_keeps_to_its_council_finds_nobody_elsewhere() -> None:
    at, _far = far_hall(they_allow=True)
    Programme.objects.filter(pk=at.programme.pk).update(matches_network_wide=False)
    with pytest.raises(Refused, match="No mentor is available"):
        runs.ask(at.intake, by=at.coordinator)


def test_a_council_that_opts_out_after_the_run_is_not_asked() -> None:
    at, far = far_hall(they_allow=True)
    run = solved(at)
    Programme.objects.filter(council=far.council).update(matches_network_wide=False)
    assert publish(run, by=at.coordinator).offered == 0
    assert Proposal.objects.get().state == ProposalState.STALE
