"""Use the embedded services: join those that run or start them, and leave them to others or stop them."""

import contextlib
import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

from allies.embedded.home import PROJECT, Home, lock_now, locked
from allies.embedded.problems import Problem

_PATIENCE = 60


@contextlib.contextmanager
def services(home: Home) -> Iterator[dict[str, str]]:
    """Give the addresses of running services for as long as the block runs."""
    with locked(home.users_lock, fcntl.LOCK_SH) as users, locked(home.keeper_lock, fcntl.LOCK_UN) as keeper:
        with locked(home.start_lock, fcntl.LOCK_EX):
            if not _runs(keeper):
                _start_keeper(home)
            facts = json.loads(home.services_file.read_text())
        keeper_pid = facts.pop("keeper")
        try:
            yield facts
        finally:
            _leave(users, keeper, keeper_pid)


def in_use(home: Home) -> bool:
    """Tell whether somebody uses the services of a home right now."""
    with locked(home.keeper_lock, fcntl.LOCK_UN) as keeper:
        return _runs(keeper)


def _runs(keeper: int) -> bool:
    """Tell whether a keeper lives: it holds its lock to its last breath."""
    if lock_now(keeper, fcntl.LOCK_EX):
        fcntl.flock(keeper, fcntl.LOCK_UN)
        return False
    return True


def _start_keeper(home: Home) -> None:
    words = [sys.executable, "-m", "allies.embedded.keeper", str(home.path)]
    with (home.logs / "keeper.log").open("ab") as log:
        keeper = subprocess.Popen(
            words + (["--throw-away"] if home.throw_away else []),
            cwd=PROJECT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            start_new_session=True,
        )
    assert keeper.stdout is not None  # noqa: S101 - asked for above
    with keeper.stdout:
        answer = keeper.stdout.readline()
    if not answer:
        raise Problem(f"The embedded services did not start; {home.logs}/keeper.log says why.")
    said = json.loads(answer)
    if "problem" in said:
        keeper.wait()
        raise Problem(said["problem"])


def _leave(users: int, keeper: int, keeper_pid: int) -> None:
    """Stop the services if nobody else uses them, and come back when they have stopped."""
    last = lock_now(users, fcntl.LOCK_EX)
    if not last and lock_now(users, fcntl.LOCK_SH):
        return
    if last and _runs(keeper):
        with contextlib.suppress(ProcessLookupError):
            os.kill(keeper_pid, signal.SIGTERM)
    until = time.monotonic() + _PATIENCE
    while _runs(keeper) and time.monotonic() < until:
        time.sleep(0.05)
