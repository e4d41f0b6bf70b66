"""The process that owns the embedded services: starts them, and stops them when nobody uses them any more."""

import argparse
import fcntl
import json
import os
import signal
import sys
import time
from pathlib import Path
from types import FrameType

from allies.embedded.home import Home, lock_now, locked, write_private
from allies.embedded.postgres import Postgres
from allies.embedded.problems import Problem
from allies.embedded.redis import Redis

_LOOK_EVERY = 0.2
_LARGEST_LOG = 10_000_000


class _Stop(BaseException):
    """Somebody asked the keeper to end."""


def keep(home: Home) -> None:
    """Start the services, say so on standard output, and stay until nobody uses them."""
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    with locked(home.keeper_lock, fcntl.LOCK_EX), locked(home.users_lock, fcntl.LOCK_UN) as users:
        started: list[Postgres | Redis] = []
        try:
            _keep_logs_small(home)
            for service in (Redis(home), Postgres(home)):
                started.append(service)
                service.start()
            redis, postgres = started
            facts = {"keeper": os.getpid(), "DATABASE_URL": postgres.url, "REDIS_URL": redis.url}
            write_private(home.services_file, json.dumps(facts))
            _say({"ready": True})
            while all(service.alive() for service in started) and not lock_now(users, fcntl.LOCK_EX):
                time.sleep(_LOOK_EVERY)
        except Problem as problem:
            _say({"problem": str(problem)})
        except _Stop:
            pass
        finally:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            home.services_file.unlink(missing_ok=True)
            for service in reversed(started):
                service.stop()
            if home.throw_away:
                home.remove()


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise _Stop


def _say(facts: dict[str, object]) -> None:
    """Answer whoever started the keeper, once; they may be gone already."""
    try:
        os.write(sys.stdout.fileno(), json.dumps(facts).encode() + b"\n")
    except BrokenPipeError:
        return
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, sys.stdout.fileno())
    os.close(quiet)


def _keep_logs_small(home: Home) -> None:
    for log in home.logs.glob("*.log"):
        if log.stat().st_size > _LARGEST_LOG:
            log.replace(log.with_suffix(".log.1"))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("home", type=Path)
    parser.add_argument("--throw-away", action="store_true")
    given = parser.parse_args()
    os.umask(0o077)
    keep(Home(given.home, throw_away=given.throw_away))
