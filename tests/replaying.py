"""Build a world once for all tests of a process; from then on the statements that wrote it write it, in one go."""

import pickle
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import wraps
from typing import Any, TypeVar

import time_machine
from django.db import connection
from django.utils import timezone

Built = TypeVar("Built")
WRITES = re.compile(r"\s*(INSERT|UPDATE)\b", re.IGNORECASE)


def replayed(*, unless: Callable[[], bool]) -> Callable[[Callable[[], Built]], Callable[[], Built]]:
    """Let a function that builds the same each time do so in a tenth of it; rows must make their own keys, as UUIDs do.

    Each call gives a copy, so that tests may change what they get. A test that travels in time gets the real thing,
    as does one where `unless` says that the database holds something which the world would take up.
    """

    def decorate(build: Callable[[], Built]) -> Callable[[], Built]:
        kept: dict[date, tuple[list[bytes], bytes]] = {}

        @wraps(build)
        def again() -> Built:
            today = timezone.localdate()
            if time_machine.escape_hatch.is_travelling() or unless():
                return build()
            if today not in kept:
                with _written() as statements:
                    built = build()
                kept[today] = statements, pickle.dumps(built)
                return built
            statements, pickled = kept[today]
            with connection.cursor() as cursor:
                # Through Django, so that a world in a world is noted as well.
                cursor.execute(b";".join(statements).decode())
            copy: Built = pickle.loads(pickled)
            return copy

        return again

    return decorate


@contextmanager
def _written() -> Iterator[list[bytes]]:
    """Collect the statements that write while the block runs, with their values."""
    statements: list[bytes] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if WRITES.match(sql):
            mogrify = context["cursor"].cursor.mogrify
            statements.extend(mogrify(sql, values or None) for values in (params if many else [params]))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield statements
