"""Shipped data for a file of tests: loaded once, in a transaction that is undone after the last of them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction


@contextmanager
def loaded(blocker: Any, *loaders: Callable[[], Any]) -> Iterator[None]:
    """Call the loaders, and undo what they did when the block ends."""
    with blocker.unblock(), transaction.atomic():
        for load in loaders:
            load()
        yield
        transaction.set_rollback(True)
