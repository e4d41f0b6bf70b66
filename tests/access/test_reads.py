"""A GET changes nothing: every safe URL under a tripwire on INSERT, UPDATE and DELETE."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.access.test_matrix import TABLE
from tests.world import ACTORS

WRITES = re.compile(r"^\s*(INSERT|UPDATE|DELETE|TRUNCATE|MERGE|COPY)\b", re.IGNORECASE)
# Looking at a person's record is itself a fact that the person may ask about, so it is written down; sessions are
# the sign-in package's own memory of the browser.
ALLOWED = ('"kit_entry"', '"django_session"', '"usersessions_usersession"')
SAFE = sorted(name for name, row in TABLE.items() if row.get is not None)


@pytest.mark.parametrize("name", SAFE)
def test_a_get_writes_nothing(name, world) -> None:
    row = TABLE[name]
    url = reverse(name, kwargs=dict(row.args(world)))
    written = []

    def tripwire(execute, sql, params, many, context):
        if WRITES.match(sql) and not any(table in sql for table in ALLOWED):
            written.append(sql)
        return execute(sql, params, many, context)

    for actor in ACTORS:
        client = Client()
        if actor != "anon":
            client.force_login(world.people[actor])
        with connection.execute_wrapper(tripwire):
            response = client.get(url)
        if response.streaming:
            b"".join(response.streaming_content)
    assert written == []


def test_the_tripwire_bites(world) -> None:
    assert WRITES.match("UPDATE councils_council SET name_en = ''")
    assert not WRITES.match("SELECT 1 FOR UPDATE")
