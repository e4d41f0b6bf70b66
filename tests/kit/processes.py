"""What tests ask of processes that they have started or seen."""

import time
from collections.abc import Iterable

import psutil


def has_ended(process: psutil.Process) -> bool:
    """Tell whether a process runs no more; one that nobody has waited for (a zombie) runs no more either."""
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def all_end(processes: Iterable[psutil.Process], *, within: float = 40) -> bool:
    """Wait until none of the processes runs, at most this many seconds, and tell whether that is so."""
    until = time.monotonic() + within
    left = list(processes)
    while left and time.monotonic() < until:
        time.sleep(0.1)
        left = [process for process in left if not has_ended(process)]
    return not left
