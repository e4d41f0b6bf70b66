"""Jobs that are cancelled, run again, or found again when something died."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from allies.kit import jobs
from allies.kit.models import Job
from allies.kit.refusals import Refused
from tests import factories as make
from tests.kit.making import queued, running_job, seen, work


def test_a_waiting_job_is_cancelled_at_once(db):
    jobs.ask_to_cancel(job := queued())
    job.refresh_from_db()
    assert (job.state, job.finished_at is None) == ("cancelled", False)


def test_a_running_job_is_asked_to_stop(db):
    jobs.ask_to_cancel(job := running_job())
    job.refresh_from_db()
    assert (job.state, job.cancel_asked) == ("running", True)


def test_an_ended_job_cannot_be_cancelled(db):
    with pytest.raises(Refused):
        jobs.ask_to_cancel(queued(state="done", finished_at=timezone.now()))


@pytest.mark.parametrize(("state", "possible"), [("failed", True), ("cancelled", True), ("done", False)])
def test_only_what_failed_or_was_cancelled_runs_again(db, state, possible):
    old = queued(state=state, finished_at=timezone.now(), args=["a", 3])
    if not possible:
        with pytest.raises(Refused):
            jobs.run_again(old)
        return
    new = jobs.run_again(old)
    assert (new.pk != old.pk, new.state, new.args, new.owner_id) == (True, "queued", ["a", 3], old.owner_id)


def test_a_job_that_the_broker_never_took_stays_visible_and_is_sent_again(
    db, eager, monkeypatch, django_capture_on_commit_callbacks
):
    with monkeypatch.context() as away:
        away.setattr(work, "apply_async", lambda *a, **k: (_ for _ in ()).throw(OperationalError()))
        with django_capture_on_commit_callbacks(execute=True):
            job = jobs.start_job("tests.work", make.UserFactory(), 8)
    job.refresh_from_db()
    assert job.state == "queued"
    assert jobs.sweep()["queued"] == 0  # it may still be on its way
    Job.objects.update(sent_at=timezone.now() - timedelta(seconds=61))
    assert jobs.sweep()["queued"] == 1
    job.refresh_from_db()
    assert (job.state, seen) == ("done", [(8,)])


def test_a_job_whose_worker_died_fails_and_can_be_run_again(db):
    alive, dead = running_job(), running_job(beat_at=timezone.now() - timedelta(seconds=60 + 31))
    assert jobs.sweep()["died"] == 1
    alive.refresh_from_db()
    dead.refresh_from_db()
    assert (alive.state, dead.state) == ("running", "failed")
    assert jobs.run_again(dead).state == "queued"


def test_a_job_of_a_kind_that_is_gone_fails_with_a_reason(db):
    job = queued(kind="tests.gone", sent_at=timezone.now() - timedelta(hours=1))
    jobs.sweep()
    job.refresh_from_db()
    assert (job.state, job.reason) == ("failed", "This kind of job no longer exists.")


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ({"state": "lost"}, "job_state_is_known"),
        ({"done": 5, "total": 4}, "job_does_no_more_than_its_total"),
        ({"state": "done"}, "job_is_finished_only_at_an_end"),
        ({"finished_at": "2026-01-01T00:00Z"}, "job_is_finished_only_at_an_end"),
        ({"state": "running"}, "job_running_has_started"),
    ],
)
def test_the_database_refuses_an_impossible_job(db, facts, rule):
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        queued(**facts)


def test_jobs_that_ended_long_ago_are_forgotten(db):
    now = timezone.now()
    old = queued(state="done", finished_at=now - timedelta(days=91))
    kept = [queued(state="done", finished_at=now - timedelta(days=89)), queued()]
    assert jobs.forget_ended() == 1
    assert set(Job.objects.values_list("pk", flat=True)) == {job.pk for job in kept} != {old.pk}


def test_the_sweepers_command_says_what_it_did(db, capsys):
    call_command("requeue_jobs")
    assert capsys.readouterr().out == "unsent: 0\nqueued: 0\ndied: 0\nletters: 0\n"
