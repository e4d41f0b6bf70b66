"""Workers are killed at random moments of twenty runs, each delivered twice: none is lost, none is doubled."""

import os
import random
import signal
import time
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from allies.kit.models import Job
from allies.kit.scope import across
from mentoring.models import MatchingRun, Proposal
from mentoring.services import runs, snapshot, solving
from mentoring.states import RunState
from tests.factories import mentoring as make
from tests.mentoring.halls import hall

pytestmark = pytest.mark.django_db(transaction=True)
RUNS = 20
LEASE = timedelta(seconds=0.5)


@pytest.fixture(autouse=True)
def everywhere():
    with across():
        yield


def worker(pk) -> int:
    """Solve a run in a process of its own, which shares no connection with this one; gives its number."""
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        solving.solve(pk)
        status = 0
    finally:
        os._exit(status)


def rung() -> list:
    """The runs that a bell would be rung for."""
    return list(MatchingRun.objects.filter(state=RunState.QUEUED).values_list("pk", flat=True))


def ask_for_runs() -> None:
    """Ask for a run of each of twenty intakes."""
    at = hall(mentees=6, mentors=6)
    runs.ask(at.intake, by=at.coordinator)
    for _ in range(RUNS - 1):
        intake = make.IntakeFactory(programme=at.programme, state="closed")
        for mentee in at.mentees:
            make.ApplicationFactory(intake=intake, ready=True, occupation=mentee.occupation)
        runs.ask(intake, by=at.coordinator)


def test_none_is_lost_and_none_is_doubled(monkeypatch) -> None:
    monkeypatch.setattr(solving, "LEASE", LEASE)
    monkeypatch.setattr(solving, "LOST_AFTER", timedelta(0))
    monkeypatch.setattr(solving, "MOST_ATTEMPTS", 50)
    draw = random.Random(4711)
    # Between the stages a worker dawdles, so that it can be killed anywhere; the proposals are written slowly, too.
    renew, write = solving.renew, solving._write_proposals

    def slow_renew(run) -> None:
        time.sleep(0.004)
        renew(run)

    def slow_write(run, found) -> None:
        write(run, found)
        time.sleep(0.02)

    monkeypatch.setattr(solving, "renew", slow_renew)
    monkeypatch.setattr(solving, "_write_proposals", slow_write)
    ask_for_runs()
    kills = waits = 0
    connections.close_all()
    while waiting := MatchingRun.objects.exclude(state=RunState.SOLVED).count():
        assert waits < 400, f"{waiting} runs are lost"
        pair = rung()[:2]
        connections.close_all()
        children = [worker(pk) for pk in pair for _delivery in range(2)]
        if children and kills < 2 * RUNS:
            time.sleep(draw.uniform(0.01, 0.12))
            for child in draw.sample(children, len(children) // 2):
                os.kill(child, signal.SIGKILL)
                kills += 1
        for child in children:
            os.waitpid(child, 0)
        if not children:
            time.sleep(0.05)
        waits += 1
        solving.sweep()
    assert kills >= RUNS
    assert MatchingRun.objects.filter(certificate__ok=True, matched=6).count() == RUNS
    proposals = Counter(Proposal.objects.values_list("run", flat=True))
    assert set(proposals.values()) == {6}
    assert len(proposals) == RUNS
    # Some were taken up again after a death.
    assert MatchingRun.objects.filter(attempts__gt=1).exists()
    assert Job.objects.count() > RUNS


def test_the_picture_of_a_run_is_of_one_moment(monkeypatch) -> None:
    at = hall(mentees=2, mentors=2)
    policy = runs.policy_of(at.intake, by=at.coordinator)
    seen = {}
    real = snapshot._barred

    def meanwhile(*args):
        # A colleague changes somebody after the people were read; what is read again is as it was.
        child = os.fork()
        if not child:
            connections["default"].inc_thread_sharing()
            connections["default"].connection = None
            at.mentees[0].years = 40
            at.mentees[0].save()
            os._exit(0)
        os.waitpid(child, 0)
        seen["years"] = type(at.mentees[0]).objects.get(pk=at.mentees[0].pk).years
        return real(*args)

    monkeypatch.setattr(snapshot, "_barred", meanwhile)
    with snapshot.one_moment():
        snapshot.take(at.intake, policy, today=timezone.localdate())
    assert seen["years"] == 6
    at.mentees[0].refresh_from_db()
    assert at.mentees[0].years == 40
