"""Jobs: handed over on commit, done once, and followed while they run."""

import contextlib
import threading
import time
from datetime import timedelta
from uuid import uuid4

import pytest
from celery import current_app
from django.contrib.sessions.models import Session
from django.db import connections, transaction
from django.utils import timezone, translation
from kombu.exceptions import OperationalError

from allies.kit import jobs
from allies.kit.models import Unsent
from allies.kit.refusals import Refused
from allies.kit.tasks import clear_sessions
from tests import factories as make
from tests.kit.making import note, queued, running_job, seen, work


def test_a_task_is_sent_on_commit_and_not_before(db, eager, django_capture_on_commit_callbacks):
    pk = uuid4()
    with django_capture_on_commit_callbacks(execute=True):
        jobs.enqueue("tests.note", pk, 7, "word", True)
        assert seen == []
    assert seen == [(str(pk), 7, "word", True)]


def test_a_task_of_a_transaction_that_fails_is_not_sent(db, eager, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), contextlib.suppress(RuntimeError), transaction.atomic():
        jobs.enqueue("tests.note", 1)
        raise RuntimeError
    assert seen == []


@pytest.mark.parametrize("value", [None, 1.5, {"a": 1}, ["x"], object()])
def test_a_task_takes_identifiers_only(db, value):
    with pytest.raises(TypeError, match="takes identifiers"):
        jobs.enqueue("tests.note", value)


def test_an_unknown_task_is_a_slip_that_shows_at_once(db):
    with pytest.raises(LookupError, match=r"tests\.nope"):
        jobs.enqueue("tests.nope")


def test_the_broker_being_away_parks_the_task_and_the_sweeper_sends_it(
    db, eager, monkeypatch, django_capture_on_commit_callbacks
):
    with monkeypatch.context() as away:
        away.setattr(note, "apply_async", lambda *a, **k: (_ for _ in ()).throw(OperationalError()))
        with django_capture_on_commit_callbacks(execute=True):
            jobs.enqueue("tests.note", 5)
    assert list(Unsent.objects.values_list("name", "args")) == [("tests.note", [5])]
    with django_capture_on_commit_callbacks(execute=True):
        assert jobs.sweep() == {"unsent": 1, "queued": 0, "died": 0}
    assert seen == [(5,)]
    assert not Unsent.objects.exists()


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_really_away_does_not_fail_the_request():
    conf, begun = current_app.conf, time.monotonic()
    before = {key: conf[key] for key in ("broker_url", "broker_transport_options")}
    pools = current_app.amqp._producer_pool, current_app._pool
    conf.update(broker_url="redis://127.0.0.1:1/0", broker_transport_options={"socket_connect_timeout": 1})
    current_app.amqp._producer_pool = current_app._pool = None
    try:
        jobs.enqueue("tests.note", 9)
    finally:
        conf.update(before)
        current_app.amqp._producer_pool, current_app._pool = pools
    assert list(Unsent.objects.values_list("args", flat=True)) == [[9]]
    assert time.monotonic() - begun < 10


def test_a_job_runs_to_its_end_and_keeps_its_result(db, eager, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = jobs.start_job("tests.work", make.UserFactory(), 4)
        assert (job.state, job.ended) == ("queued", False)
    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.percent, job.result_url) == ("done", 3, 3, 100, "/result/")
    assert seen == [(4,)]


def test_a_second_delivery_does_nothing(db):
    job = queued()
    work.apply(args=[str(job.pk)])
    work.apply(args=[str(job.pk)])
    assert seen == [()]


def test_a_refusal_is_told_in_the_owners_language_and_ends_the_task_quietly(db):
    job = queued(owner=make.UserFactory(language="fr"))
    with jobs.running(job.pk):
        said = translation.get_language()
        raise Refused("Le fichier est vide.")
    job.refresh_from_db()
    assert (said, job.state, job.reason) == ("fr", "failed", "Le fichier est vide.")


def test_an_error_is_told_in_general_words_and_goes_on_to_the_logs(db):
    job = queued()
    with pytest.raises(ZeroDivisionError), jobs.running(job.pk):
        raise ZeroDivisionError("division by zero")
    job.refresh_from_db()
    assert job.state == "failed"
    assert job.reason.endswith(f"tell us the number {str(job.pk)[:8]}.")
    assert "division" not in job.reason


def test_what_it_is_doing_is_translated_when_shown(db):
    job = running_job()
    progress = jobs.Progress(job)
    progress.of(2)
    progress.step("%(done)s of %(total)s", done=1, total=2, count=2)
    job.refresh_from_db()
    assert (job.doing_text, job.done) == ("1 of 2", 2)


def test_progress_is_written_at_most_four_times_a_second(db, django_assert_max_num_queries):
    progress = jobs.Progress(running_job())
    progress.of(100_000)
    with django_assert_max_num_queries(8):
        end = time.monotonic() + 1
        while time.monotonic() < end:
            progress.step("Counting")


def test_more_steps_than_announced_stay_within_the_total(db):
    progress = jobs.Progress(job := running_job())
    progress.of(1)
    progress.step(count=5)
    progress._tell()
    job.refresh_from_db()
    assert (job.done, job.total) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_progress_inside_a_transaction_is_seen_outside_and_cancel_is_heard():
    job = queued()
    after = []
    with jobs.running(job.pk) as progress, transaction.atomic():
        progress.of(10)
        make.UserFactory(email="half@people.example")
        elsewhere = connections.create_connection("default")
        with elsewhere.cursor() as cursor:
            cursor.execute("SELECT total FROM kit_job")
            assert cursor.fetchone() == (10,)
            cursor.execute("UPDATE kit_job SET cancel_asked = true")
        elsewhere.close()
        progress.step(count=10)
        after.append("not reached")
    job.refresh_from_db()
    assert (job.state, after) == ("cancelled", [])
    assert not type(job.owner).objects.filter(email="half@people.example").exists()


@pytest.mark.django_db(transaction=True)
def test_of_many_deliveries_at_once_one_does_the_work():
    job, start, done = queued(), threading.Barrier(6), []

    def deliver():
        start.wait()
        try:
            with jobs.running(job.pk):
                done.append(1)
        except jobs.NotMine:
            pass
        finally:
            connections.close_all()

    threads = [threading.Thread(target=deliver) for _ in range(6)]
    [thread.start() for thread in threads]
    [thread.join(20) for thread in threads]
    assert done == [1]


def test_sessions_that_are_over_are_forgotten(db):
    for key, days in (("over", -1), ("running", 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=timezone.now() + timedelta(days=days))
    clear_sessions()
    assert list(Session.objects.values_list("session_key", flat=True)) == ["running"]
