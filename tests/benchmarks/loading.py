"""Load an invented network quickly: with the guards and indexes of its tables put away, and back afterwards."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.models import Q
from django.utils import timezone
from psycopg2 import sql

from allies.kit.scope import across
from councils.models import Meeting, Membership, User
from councils.services.network_data import load_network
from councils.services.reference import load_reference
from tests.benchmarks import network


@dataclass(frozen=True, slots=True)
class Filled:
    """How many rows of a table a young and an old network have."""

    table: str
    statement: str
    young: int
    old: int


# A million where a decade brings a million. Where it can't, what sixty-seven councils gather in a decade.
TABLES = (
    Filled("councils_user", network.PEOPLE, 1_000, 1_000_000),
    Filled("councils_membership", network.MEMBERSHIPS, 1_000, 1_000_000),
    Filled("councils_consent", network.CONSENTS, 1_000, 1_000),
    Filled("councils_invitation", network.INVITATIONS, 200, 10_000),
    Filled("councils_organisation", network.ORGANISATIONS, 1_000, 100_000),
    Filled("councils_story", network.STORIES, 1_000, 8_040),
    Filled("councils_event", network.EVENTS, 1_000, 16_080),
    Filled("councils_localprogramme", network.PROGRAMMES, 134, 2_010),
    Filled("councils_body", network.BODIES, 67, 670),
    Filled("councils_seat", network.SEATS, 1_005, 10_050),
    Filled("councils_meeting", network.MEETINGS, 1_005, 80_400),
    Filled("councils_attendance", network.ATTENDANCES, 1_000, 964_800),
    Filled("councils_reflection", network.REFLECTIONS, 67, 670),
    Filled("councils_fact", network.FACTS, 67, 670),
    Filled("councils_factvalue", network.VALUES, 670, 6_700),
    Filled("councils_labourtable", network.LABOUR_TABLES, 2, 2),
    Filled("councils_labourfigure", network.LABOUR_FIGURES, 1_000, 1_000_000),
    Filled("kit_entry", network.ENTRIES, 1_000, 1_000_000),
)

_GUARDS = """
SELECT format('ALTER TABLE %%I DROP CONSTRAINT %%I', relname, conname),
       format('ALTER TABLE %%I ADD CONSTRAINT %%I %%s', relname, conname, pg_get_constraintdef(c.oid))
FROM pg_constraint c JOIN pg_class t ON t.oid = conrelid
WHERE relname = ANY(%s) AND contype IN ('f', 'x', 'u')
"""
_INDEXES = """
SELECT format('DROP INDEX %%I', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid)
FROM pg_index i WHERE i.indrelid = ANY(%s::regclass[]) AND NOT EXISTS
  (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)
"""


def prepare() -> None:
    """Make the tables and load what the portal ships; refuse a database in which somebody already is."""
    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM councils_user)")
        if cursor.fetchone()[0]:
            raise SystemExit("This benchmark invents a million people: give it a database of its own (make bench).")
    load_reference()
    load_network()
    with connection.cursor() as cursor:
        let_columns_be_left_out(cursor)
        cursor.execute(network.TOOLS)
        cursor.execute(network.NEW_COUNCILS)


def let_columns_be_left_out(cursor: Any) -> None:
    """Give each column the fixed default of its model, so that statements name only what they are about."""
    filled = {filled.table for filled in TABLES}
    for model in (model for model in apps.get_models() if model._meta.db_table in filled):
        for field in model._meta.concrete_fields:
            changing = field.has_default() and callable(field.default)
            default = None if changing or field.generated or field.has_db_default() else field.get_default()
            if default is not None:
                order = sql.SQL("ALTER TABLE {} ALTER {} SET DEFAULT {}").format(
                    sql.Identifier(model._meta.db_table), sql.Identifier(field.column), sql.Literal(default)
                )
                cursor.execute(order)


def grow(before: Sequence[int], after: Sequence[int]) -> None:
    """Let the tables grow from one number of rows to another."""
    with connection.cursor() as cursor, _unguarded(cursor):
        for filled, first, last in zip(TABLES, before, after, strict=True):
            cursor.execute(filled.statement.replace(":first", str(first)).replace(":last", str(last - 1)))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def staff(role: str) -> User:
    """Give somebody who works at Toronto or, in a role of the network, somebody new."""
    with across():
        held = Membership.objects.filter(Q(council=None) | Q(council__slug_en="toronto"), role=role)
        if found := held.select_related("person").order_by("pk").first():
            return found.person
        person = User.objects.create_user(f"{role}@people.example", name=role)
        Membership.objects.create(person=person, role=role, starts_on=timezone.localdate())
        return person


def a_body() -> UUID:
    """Give the body of Toronto that met most often."""
    with across():
        return Meeting.objects.filter(body__council__slug_en="toronto").order_by("starts_at")[0].body_id


@contextmanager
def _unguarded(cursor: Any) -> Iterator[None]:
    tables = [filled.table for filled in TABLES]
    again: list[str] = []
    for question in (_GUARDS, _INDEXES):
        cursor.execute(question, [tables])
        for away, back in cursor.fetchall():
            cursor.execute(away)
            again.insert(0, back)
    cursor.execute("ALTER TABLE kit_entry DISABLE TRIGGER USER")
    yield
    cursor.execute("ALTER TABLE kit_entry ENABLE TRIGGER USER")
    for back in again:
        cursor.execute(back)
