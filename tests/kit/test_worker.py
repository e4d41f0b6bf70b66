"""A real worker on the real Redis: a job seen through on its page, cancelled, and survived by a killed process."""

import os
import signal
from urllib.parse import urlsplit, urlunsplit

import psutil
import pytest
import redis
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from structlog.contextvars import bound_contextvars

from allies.kit import jobs
from allies.kit.models import Entry, Job
from tests import factories as make
from tests.kit import worker_tasks  # noqa: F401 - registers the task here as in the worker
from tests.kit.processes import has_ended
from tests.kit.workers import sent_to, start_worker, until

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def broker():
    """A corner of Redis of this process's own, so that no other test's tasks reach the worker."""
    parts = urlsplit(settings.REDIS_URL)
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        corners = int(client.config_get("databases")["databases"])
    corner = corners - 1 - int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:])
    url = urlunsplit(parts._replace(path=f"/{corner}"))
    with redis.Redis.from_url(url) as client:
        client.flushdb()
        yield url
        client.flushdb()


@pytest.fixture(scope="module")
def worker(broker, django_db_setup):
    process = start_worker(broker, queues="default", include="tests.kit.worker_tasks")
    yield process
    process.send_signal(signal.SIGQUIT)  # at once, whatever it is doing
    process.wait(30)


@pytest.fixture(autouse=True)
def sent_to_the_worker(broker):
    """Send this module's tasks to its own corner."""
    with sent_to(broker):
        yield


def fragment(client, job):
    return client.get(reverse("kit:job-fragment", args=[job.pk])).content.decode()


def state(job):
    job.refresh_from_db()
    return job.state


@pytest.fixture
def owner():
    return make.UserFactory()


@pytest.fixture
def client(owner):
    signed_in = Client()
    signed_in.force_login(owner)
    return signed_in


def test_a_job_is_seen_through_on_its_page(worker, owner, client):
    job = jobs.start_job("tests.slow", owner, 4)
    seen = until(lambda: (page := fragment(client, job)) and "Step" in page and page)
    assert '<progress value="' in seen
    assert "hx-get" in seen
    end = until(lambda: (page := fragment(client, job)) and "hx-get" not in page and page)
    assert '<a class="button" href="/result/">' in end
    assert (state(job), job.done, job.total) == ("done", 4, 4)


def test_what_a_task_records_carries_the_number_of_its_request(worker):
    with bound_contextvars(request_id="abc12345"):
        jobs.enqueue("tests.record")
    jobs.enqueue("tests.record")
    until(lambda: Entry.objects.count() == 2)
    assert list(Entry.objects.order_by("position").values_list("request_id", flat=True)) == ["abc12345", ""]


def test_a_running_job_stops_when_its_owner_asks(worker, owner, client):
    job = jobs.start_job("tests.slow", owner, 100)
    until(lambda: state(job) == "running" and job.done > 0)
    client.post(reverse("kit:job-cancel", args=[job.pk]))
    until(lambda: state(job) == "cancelled")
    assert 0 < job.done < 100


def test_a_job_whose_worker_is_killed_is_found_and_runs_again(worker, owner, client):
    job = jobs.start_job("tests.slow", owner, 100)
    until(lambda: state(job) == "running" and job.done > 0)
    (child,) = psutil.Process(worker.pid).children()
    os.kill(child.pid, signal.SIGKILL)
    until(lambda: has_ended(child))
    Job.objects.update(beat_at=timezone.now() - timezone.timedelta(seconds=91))
    assert jobs.sweep()["died"] == 1
    Job.objects.update(args=[2])  # the second time there is less to do
    answer = client.post(reverse("kit:job-again", args=[job.pk]))
    again = Job.objects.exclude(pk=job.pk).get()
    until(lambda: state(again) == "done")
    assert (answer.url, state(job), again.done) == (again.get_absolute_url(), "failed", 2)
