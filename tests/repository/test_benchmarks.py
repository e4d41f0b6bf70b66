"""The benchmarks' invented network fits the tables as they are: `make bench` takes too long to find that out."""

import pytest
from django.db import connection

from allies.kit.scope import across
from tests import factories as make
from tests.benchmarks import network
from tests.benchmarks.loading import TABLES, let_columns_be_left_out


@pytest.mark.django_db
def test_rows_of_every_table_are_taken_in() -> None:
    make.CouncilFactory(slug_en="halifax")
    make.SourceFactory()
    with across(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        let_columns_be_left_out(cursor)
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(network.TOOLS)
        cursor.execute(network.NEW_COUNCILS)
        before = _count(cursor)
        for filled in TABLES:
            cursor.execute(filled.statement.replace(":first", "0").replace(":last", str(filled.young - 1)))
        after = _count(cursor)
    assert [name for name, rows in after.items() if rows == before[name]] == []


def _count(cursor) -> dict[str, int]:
    counts = {}
    for filled in TABLES:
        cursor.execute(f"SELECT count(*) FROM {filled.table}")
        (counts[filled.table],) = cursor.fetchone()
    return counts
