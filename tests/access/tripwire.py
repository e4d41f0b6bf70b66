"""A tripwire on the database: it notes each statement that writes."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

WRITES = re.compile(r"^\s*(INSERT|UPDATE|DELETE|TRUNCATE|MERGE|COPY)\b", re.IGNORECASE)
# Looking at a person's record is itself a fact that the person may ask about, so it is written down; sessions are
# the sign-in package's own memory of the browser.
ALLOWED = ('"kit_entry"', '"django_session"', '"usersessions_usersession"')


@contextmanager
def tripwire() -> Iterator[list[str]]:
    """Collect the statements that write while the block runs."""
    written: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if WRITES.match(sql) and not any(table in sql for table in ALLOWED):
            written.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield written
