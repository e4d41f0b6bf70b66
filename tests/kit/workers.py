"""Real Celery workers for tests: started on a Redis of the test's choice, to which this process sends its tasks."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import connection


def start_worker(broker: str, *, queues: str, include: str) -> "subprocess.Popen[bytes]":
    """Start a worker of one process on this test's database; `include` is a module that it loads as well."""
    place = connection.settings_dict
    host = f"{place['USER']}:{place['PASSWORD']}@{place['HOST'].replace('/', '%2F')}:{place['PORT']}"
    environment = os.environ | {
        "ALLIES_ENV": "test",
        "DATABASE_URL": f"postgres://{host}/{place['NAME']}",
        "REDIS_URL": broker,
        "CONN_MAX_AGE": "0",
    }
    words = ["worker", "--include", include, "--queues", queues, "--concurrency", "1", "--without-mingle"]
    return subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "allies", *words, "--without-gossip", "--loglevel", "ERROR"],
        cwd=settings.BASE_DIR,
        env=environment,
    )


@contextmanager
def sent_to(broker: str) -> Iterator[None]:
    """Send this process's tasks to that broker."""
    conf, before = current_app.conf, current_app.conf.broker_url
    pools = current_app.amqp._producer_pool, current_app._pool
    conf.update(broker_url=broker)
    current_app.amqp._producer_pool = current_app._pool = None
    yield
    conf.update(broker_url=before)
    current_app.amqp._producer_pool, current_app._pool = pools


def until(question: Callable[[], Any], seconds: float = 40) -> Any:
    """Ask until the answer is yes, and give it."""
    end = time.monotonic() + seconds
    while not (answer := question()):
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.05)
    return answer
