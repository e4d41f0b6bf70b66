"""Run a command to its end: pass signals on, follow `make` when it goes, and leave no process behind."""

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from types import FrameType

from allies.embedded import linux
from allies.embedded.problems import Problem

_PASSED_ON = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)
_PATIENCE = 8
_PATIENCE_WITH_COMMAND = 40


def supervise(command: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run a command, wait for it and for everything it started, and give its exit code as a shell would."""
    spared = set(linux.children_of(os.getpid()))
    linux.adopt_orphans()
    try:
        child = subprocess.Popen(
            command,
            env=dict(environment),
            preexec_fn=linux.ends_with_its_parent(signal.SIGTERM),  # noqa: PLW1509 - no thread runs yet
        )
    except OSError as error:
        raise Problem(f"{command[0]} cannot be run: {error.strerror}.") from error

    told_at: list[float] = []

    def pass_on(number: int, _frame: FrameType | None) -> None:
        if not (number in (signal.SIGINT, signal.SIGQUIT) and _from_our_terminal()):
            child.send_signal(number)
        if number in (signal.SIGTERM, signal.SIGHUP):
            told_at.append(time.monotonic())

    for number in _PASSED_ON:
        # Whoever started us with `nohup` wants the signal ignored.
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, pass_on)
    threading.Thread(target=_follow_make, args=(os.getppid(),), daemon=True).start()
    code = _wait(child, told_at)
    for number in _PASSED_ON:
        signal.signal(number, signal.SIG_IGN)
    _sweep(spared)
    return 128 - code if code < 0 else code


def _wait(child: "subprocess.Popen[bytes]", told_at: list[float]) -> int:
    """Wait for the command; one that was told to end and does not is killed in the end."""
    while True:
        try:
            return child.wait(1)
        except subprocess.TimeoutExpired:
            if told_at and time.monotonic() > told_at[0] + _PATIENCE_WITH_COMMAND:
                child.kill()


def _from_our_terminal() -> bool:
    """Tell whether the keys of a terminal reach the command without us."""
    try:
        terminal = os.open("/dev/tty", os.O_RDONLY | os.O_NOCTTY)
    except OSError:
        return False
    try:
        return os.tcgetpgrp(terminal) == os.getpgrp()
    except OSError:
        return False
    finally:
        os.close(terminal)


def _follow_make(parent: int) -> None:
    """End when `make` does: it tells its children of SIGTERM, but of neither SIGINT nor its own death.

    A `make` at work catches these signals, or ignores them in the background. When one has come it drops that handler
    and waits for its children, which shows in the process table; it may have come before this began to look.
    """
    if not linux.name_of(parent).endswith("make") or not linux.minds(parent, signal.SIGTERM):
        return
    watched = (signal.SIGINT, signal.SIGHUP, signal.SIGTERM)
    while os.getppid() == parent and all(linux.minds(parent, number) for number in watched):
        time.sleep(0.25)
    os.kill(os.getpid(), signal.SIGTERM)


def _sweep(spared: set[int]) -> None:
    """End what the command left behind; its orphans are our children by now."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        until = time.monotonic() + _PATIENCE
        told: set[int] = set()
        while time.monotonic() < until:
            _reap(spared)
            left = linux.descendants_of(os.getpid(), without=spared)
            if not left:
                return
            for pid in left - told:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, number)
            told |= left
            time.sleep(0.05)


def _reap(spared: set[int]) -> None:
    for pid in set(linux.children_of(os.getpid())) - spared:
        with contextlib.suppress(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)
