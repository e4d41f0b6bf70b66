"""Workers of runs: the newest lease writes, the dead are followed by others, and whoever cancels is heard."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from allies.kit import jobs
from allies.kit.models import Job, JobState
from allies.kit.refusals import Refused
from allies.kit.scope import across
from mentoring.models import MatchingRun, Proposal
from mentoring.services import runs, solving
from mentoring.states import RunState
from mentoring.tasks.runs import solve_run, sweep_runs
from tests.mentoring.halls import hall, solved

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def everywhere():
    with across():
        yield


def again(run):
    return MatchingRun.objects.get(pk=run.pk)


def expire(run) -> None:
    MatchingRun.objects.filter(pk=run.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    Job.objects.filter(pk=run.job_id).update(sent_at=timezone.now() - timedelta(hours=1))


def test_one_worker_at_a_time_has_the_lease() -> None:
    run = runs.ask((at := hall()).intake, by=at.coordinator)
    assert solving.take_lease(run.pk).lease_token == 1
    assert solving.take_lease(run.pk) is None
    assert not solving.solve(run.pk)
    expire(run)
    assert solving.take_lease(run.pk).lease_token == 2


def test_a_worker_that_was_only_slow_writes_nothing(monkeypatch) -> None:
    run = runs.ask((at := hall()).intake, by=at.coordinator)
    real = solving.find

    def slow(*args):
        found = real(*args)
        expire(run)
        solving.take_lease(run.pk)
        return found

    monkeypatch.setattr(solving, "find", slow)
    assert not solving.solve(run.pk)
    assert again(run).state == RunState.SOLVING
    assert not Proposal.objects.filter(run=run).exists()


def test_control_without_the_token_the_slow_worker_writes(monkeypatch) -> None:
    run = runs.ask((at := hall()).intake, by=at.coordinator)
    real = solving.find

    def slow(*args):
        found = real(*args)
        expire(run)
        newer = solving.take_lease(run.pk)
        MatchingRun.objects.filter(pk=run.pk).update(lease_token=newer.lease_token - 1)
        return found

    monkeypatch.setattr(solving, "find", slow)
    assert solving.solve(run.pk)


def test_the_lease_is_renewed_between_the_stages(monkeypatch) -> None:
    run = runs.ask((at := hall()).intake, by=at.coordinator)
    renewed = []
    monkeypatch.setattr(solving, "renew", lambda held: renewed.append(held.lease_token))
    solving.solve(run.pk)
    assert len(renewed) >= 6
    assert set(renewed) == {1}


def test_the_sweeper_gives_the_run_of_a_dead_worker_to_another() -> None:
    run = runs.ask((at := hall()).intake, by=at.coordinator)
    first = run.job
    Job.objects.filter(pk=first.pk).update(state=JobState.RUNNING, started_at=timezone.now(), beat_at=timezone.now())
    solving.take_lease(run.pk)
    assert solving.sweep()["again"] == 0
    expire(run)
    assert solving.sweep() == {"again": 1, "failed": 0, "cancelled": 0}
    run = again(run)
    assert (run.state, run.lease_token) == (RunState.QUEUED, 2)
    assert run.job != first
    assert Job.objects.get(pk=first.pk).state == JobState.FAILED
    assert solving.solve(run.pk)


def test_the_sweeper_rings_again_for_a_run_whose_job_got_lost() -> None:
    run = runs.ask((at := hall()).intake, by=at.coordinator)
    Job.objects.filter(pk=run.job.pk).update(state=JobState.FAILED, finished_at=timezone.now())
    sweep_runs()
    assert again(run).job == run.job
    expire(run)
    sweep_runs()
    assert again(run).job != run.job


def test_after_three_attempts_a_run_has_failed() -> None:
    run = runs.ask((at := hall()).intake, by=at.coordinator)
    for _attempt in range(3):
        assert solving.take_lease(run.pk)
        expire(again(run))
        solving.sweep()
    run = again(run)
    assert (run.state, run.failure, run.attempts) == (RunState.FAILED, "attempts", 3)
    assert runs.ask(at.intake, by=at.coordinator) != run


def test_a_job_that_was_cancelled_before_it_began_cancels_its_run() -> None:
    run = runs.ask((at := hall()).intake, by=at.coordinator)
    jobs.ask_to_cancel(run.job)
    assert solving.sweep()["cancelled"] == 1
    assert again(run).state == RunState.CANCELLED


def test_cancelling_stops_the_worker_at_its_next_stage(monkeypatch) -> None:
    run = runs.ask((at := hall()).intake, by=at.coordinator)
    real = solving.find

    def meanwhile(*args):
        runs.cancel(run, by=at.coordinator)
        return real(*args)

    monkeypatch.setattr(solving, "find", meanwhile)
    solve_run(str(run.job.pk), str(run.pk))
    assert again(run).state == RunState.CANCELLED
    assert not Proposal.objects.filter(run=run).exists()
    with pytest.raises(Refused):
        runs.cancel(again(run), by=at.coordinator)


def test_cancelling_the_job_stops_the_run_as_well(monkeypatch) -> None:
    run = runs.ask((at := hall()).intake, by=at.coordinator)
    real = solving.find

    def meanwhile(*args):
        jobs.ask_to_cancel(run.job)
        return real(*args)

    monkeypatch.setattr(solving, "find", meanwhile)
    monkeypatch.setattr("allies.kit.progress._LEAST_SECONDS", 0)
    solve_run(str(run.job.pk), str(run.pk))
    assert again(run).state == RunState.CANCELLED
    assert Job.objects.get(pk=run.job.pk).state == JobState.CANCELLED


def test_a_large_run_may_be_silent_for_longer() -> None:
    run = runs.ask((at := hall(mentees=1, mentors=1)).intake, by=at.coordinator)
    assert solving.lease_of(run) == solving.LEASE
    run.snapshot |= {"mentees": [[]] * 20_000, "mentors": [[]] * 20_000}
    assert solving.lease_of(run) > timedelta(minutes=10)


def test_a_result_without_a_proof_is_not_kept(monkeypatch) -> None:
    run = runs.ask((at := hall()).intake, by=at.coordinator)
    real = solving.find

    def doubtful(*args):
        found = real(*args)
        found.certificate["ok"] = False
        return found

    monkeypatch.setattr(solving, "find", doubtful)
    with pytest.raises(Refused, match="proven"):
        solving.solve(run.pk)
    assert (again(run).state, again(run).failure) == (RunState.FAILED, "unproven")


def test_the_database_refuses_a_result_without_a_proof() -> None:
    run = solved(hall())
    with pytest.raises(IntegrityError, match="a_result_of_matching_is_proven"), transaction.atomic():
        MatchingRun.objects.filter(pk=run.pk).update(certificate={"ok": False})


def test_people_who_contradict_each_other_fail_the_run_with_a_reason() -> None:
    run = runs.ask((at := hall()).intake, by=at.coordinator)
    run.snapshot["mentees"][0][5] = {"en": 99}
    run.save()
    with pytest.raises(Refused, match="contradict"):
        solving.solve(run.pk)
    assert (again(run).state, again(run).failure) == (RunState.FAILED, "input")
