"""What only Linux can say or do about processes; elsewhere each of these quietly does nothing."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
_ON_LINUX = sys.platform == "linux"
_libc = ctypes.CDLL(None, use_errno=True) if _ON_LINUX else None


def ends_with_its_parent(number: signal.Signals) -> Callable[[], None]:
    """Give a `preexec_fn` that sends the new process a signal when the thread that started it is gone."""
    parent = os.getpid()

    def bind() -> None:
        if _libc is not None:
            _libc.prctl(_PR_SET_PDEATHSIG, int(number), 0, 0, 0)
            if os.getppid() != parent:
                os._exit(1)

    return bind


def adopt_orphans() -> None:
    """Become the parent of every descendant whose own parent dies, so that none can get lost."""
    if _libc is not None:
        _libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def children_of(pid: int) -> list[int]:
    """List the direct children of a process."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [int(word) for word in task.read_text().split()]
        except OSError:
            continue
    return found


def descendants_of(pid: int, *, without: set[int]) -> set[int]:
    """List what a process started, and what that started, leaving out some children with all of theirs."""
    found: set[int] = set()
    for child in children_of(pid):
        if child not in without:
            found |= {child} | descendants_of(child, without=without)
    return found


def name_of(pid: int) -> str:
    """Give the short name of a process, or nothing when it is gone."""
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return ""


def command_of(pid: int) -> list[str]:
    """Give the command line of a process, or nothing when it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(errors="replace").split("\0")
    except OSError:
        return []


def minds(pid: int, number: signal.Signals) -> bool:
    """Tell whether a process catches or ignores a signal, rather than die of it."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False
    masks = [int(line.split()[1], 16) for line in status.splitlines() if line.startswith(("SigCgt:", "SigIgn:"))]
    return any(mask >> (number - 1) & 1 for mask in masks)
