"""Jobs: handed over on commit, done once, followed, cancelled, and found again when something dies."""

import ast
import contextlib
import threading
import time
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from celery import current_app, shared_task
from django.conf import settings
from django.core.management import call_command
from django.db import IntegrityError, connections, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_noop
from kombu.exceptions import OperationalError

from allies.kit import job_checks, jobs
from allies.kit.models import Job, Unsent
from allies.kit.refusals import Refused
from tests import factories as make

seen: list[tuple] = []


@shared_task(name="tests.note", queue="default", time_limit=60, soft_time_limit=50)
def note(*args):
    seen.append(args)


@shared_task(name="tests.work", queue="reports", time_limit=60, soft_time_limit=50, title="A piece of work")
def work(job_id, *args):
    with jobs.running(job_id) as progress:
        progress.of(3)
        for number in range(3):
            progress.step(gettext_noop("%(done)s of %(total)s"), done=number, total=3)
        progress.result("/result/")
        seen.append(args)


@pytest.fixture(autouse=True)
def nothing_seen():
    seen.clear()


@pytest.fixture
def eager(settings):
    current_app.conf.task_always_eager = True
    yield
    current_app.conf.task_always_eager = False


@pytest.fixture
def no_broker(monkeypatch):
    def refuse(*args, **kwargs):
        raise OperationalError("connection refused")

    for name in ("tests.note", "tests.work"):
        monkeypatch.setattr(current_app.tasks[name], "apply_async", refuse)


def queued(**facts):
    facts = {"kind": "tests.work", "owner": make.UserFactory(), "sent_at": timezone.now()} | facts
    return Job.objects.create(**facts)


def running_job(**facts):
    now = timezone.now()
    return queued(state="running", started_at=now, **({"beat_at": now} | facts))


# ------------------------------------------------------------ enqueue


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


# ------------------------------------------------------------ running


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


# ------------------------------------------------------------ cancel, run again, sweep


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


# ------------------------------------------------------------ pages


def pages(job, client):
    return [
        client.get(reverse("kit:job-show", args=[job.pk])).status_code,
        client.get(reverse("kit:job-fragment", args=[job.pk])).status_code,
        client.post(reverse("kit:job-cancel", args=[job.pk])).status_code,
        client.post(reverse("kit:job-again", args=[job.pk])).status_code,
    ]


def test_only_its_owner_finds_a_job(db, eager):
    job, stranger, owner = running_job(), Client(), Client()
    stranger.force_login(make.UserFactory())
    owner.force_login(job.owner)
    assert pages(job, Client()) == [302, 302, 302, 302]
    assert pages(job, stranger) == [404, 404, 404, 404]
    assert pages(job, owner) == [200, 200, 302, 302]


def test_acts_on_a_job_are_posted(db):
    job, owner = running_job(), Client()
    owner.force_login(job.owner)
    assert owner.get(reverse("kit:job-cancel", args=[job.pk])).status_code == 405
    assert owner.get(reverse("kit:job-again", args=[job.pk])).status_code == 405


def test_the_fragment_asks_again_only_until_the_end(db):
    job, owner = running_job(done=1, total=4, doing="Counting"), Client()
    owner.force_login(job.owner)
    address = reverse("kit:job-fragment", args=[job.pk])
    page = owner.get(address).content.decode()
    assert f'hx-get="{address}"' in page
    assert '<progress value="1" max="4"' in page
    assert "Counting" in page
    Job.objects.update(state="failed", finished_at=timezone.now(), reason="The file is empty.")
    page = owner.get(address).content.decode()
    assert "hx-get" not in page
    assert "The file is empty." in page
    assert reverse("kit:job-again", args=[job.pk]) in page


def test_run_again_leads_to_the_new_job(db, eager, django_capture_on_commit_callbacks):
    job, owner = queued(state="failed", finished_at=timezone.now()), Client()
    owner.force_login(job.owner)
    with django_capture_on_commit_callbacks(execute=True):
        answer = owner.post(reverse("kit:job-again", args=[job.pk]))
    new = Job.objects.exclude(pk=job.pk).get()
    assert (answer.url, new.state) == (new.get_absolute_url(), "done")


def test_a_job_is_called_by_its_tasks_title(db):
    assert [jobs.title(queued()), jobs.title(queued(kind="tests.gone"))] == ["A piece of work", "tests.gone"]


# ------------------------------------------------------------ the code as a whole


def enqueued_names():
    for path in Path(settings.BASE_DIR).glob("*/**/*.py"):
        if {"tests", "node_modules", ".venv"} & set(path.relative_to(settings.BASE_DIR).parts):
            continue
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and call.args and isinstance(call.args[0], ast.Constant):
                name = getattr(call.func, "id", getattr(call.func, "attr", ""))
                if name in ("enqueue", "start_job"):
                    yield call.args[0].value


def test_each_enqueued_name_is_a_task():
    names = set(enqueued_names())
    assert "kit.send_mail" in names
    assert [name for name in sorted(names) if not jobs.registered(name)] == []


def test_each_task_has_a_queue_and_limits_below_the_brokers_patience():
    assert job_checks.every_task_is_bounded() == []


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"queue": "nowhere", "time_limit": 60, "soft_time_limit": 50}, "kit.E021"),
        ({"queue": "default", "time_limit": 60, "soft_time_limit": 60}, "kit.E022"),
        ({"queue": "default", "time_limit": 7200, "soft_time_limit": 50}, "kit.E022"),
    ],
)
def test_the_check_finds_a_task_without_bounds(options, code):
    def task():
        """Do nothing, without bounds."""

    task = current_app.task(name="tests.unbounded", **options)(task)
    try:
        assert [fault.id for fault in job_checks.every_task_is_bounded() if "tests.unbounded" in fault.msg] == [code]
    finally:
        current_app.tasks.pop(task.name, None)


def test_the_check_finds_a_timetable_that_names_no_task(settings):
    settings.CELERY_BEAT_SCHEDULE = {"x": {"task": "tests.nope"}}
    assert [fault.id for fault in job_checks.every_task_is_bounded()] == ["kit.E020"]


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


def test_the_sweepers_command_says_what_it_did(db, capsys):
    call_command("requeue_jobs")
    assert capsys.readouterr().out == "unsent: 0\nqueued: 0\ndied: 0\nletters: 0\n"
