"""Redis stops in the middle of a run and comes back empty: each run is solved, once."""

import contextlib
import signal
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
import redis
from django.utils import timezone

from allies.embedded.ports import free_port
from allies.embedded.redis import redis_server
from allies.kit import jobs
from allies.kit.models import Job
from allies.kit.scope import across
from mentoring.models import MatchingRun, Proposal
from mentoring.services import runs
from mentoring.states import RunState
from tests.factories import mentoring as make
from tests.kit.workers import sent_to, start_worker, until
from tests.mentoring.halls import hall

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


class Broker:
    """A Redis of this test's own that remembers nothing when it is started again."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        words = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen([redis_server(), *words], cwd=self.folder, stdout=subprocess.DEVNULL)
        until(self.answers)

    def answers(self) -> bool:
        with contextlib.suppress(redis.ConnectionError), redis.Redis.from_url(self.url) as client:
            return bool(client.ping())
        return False

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(10)


@pytest.fixture
def broker(tmp_path):
    broker = Broker(tmp_path)
    broker.start()
    yield broker
    broker.kill()


@pytest.fixture
def worker(broker, transactional_db):
    process = start_worker(broker.url, queues="reports", include="tests.races.slow_worker")
    yield process
    process.send_signal(signal.SIGQUIT)
    process.wait(30)


def test_no_run_is_lost_when_redis_stops_and_comes_back_empty(broker, worker) -> None:
    at = hall(mentees=6, mentors=6)
    later = make.IntakeFactory(programme=at.programme, state="closed")
    for mentee in at.mentees:
        make.ApplicationFactory(intake=later, ready=True, occupation=mentee.occupation)

    def is_solved(run) -> bool:
        return MatchingRun.objects.filter(pk=run.pk, state=RunState.SOLVED).exists()

    with across(), sent_to(broker.url):
        first = runs.ask(at.intake, by=at.coordinator)
        until(lambda: MatchingRun.objects.filter(pk=first.pk, state=RunState.SOLVING).exists())
        broker.kill()
        assert not is_solved(first)
        # Nobody who asks meanwhile is refused, and what they asked for is not forgotten.
        second = runs.ask(later, by=at.coordinator)
        assert not is_solved(second)
        until(lambda: is_solved(first))
        broker.start()
        Job.objects.filter(pk=second.job_id).update(sent_at=timezone.now() - timedelta(minutes=2))
        assert jobs.sweep()["queued"] == 1
        until(lambda: is_solved(second))
        for run in (first, second):
            assert Proposal.objects.filter(run=run).count() == 6
            run.refresh_from_db()
            assert (run.attempts, run.certificate["ok"], run.job.state) == (1, True, "done")
