"""The collector of rubbish, kept out of the way of large tasks: what it would look through is in use."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


def let_lie_what_stays() -> None:
    """Spare the collector what stays until the process ends: looking through it slows large tasks down."""
    gc.collect()
    gc.freeze()


@contextmanager
def collecting_afterwards() -> Iterator[None]:
    """Let the collector wait while very many small objects are made that are all needed until the end."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
