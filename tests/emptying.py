"""Empty the tables between tests that commit: only those with rows in them, which takes a tenth of the time."""

from django.db import connection, transaction
from django.test import TransactionTestCase

# What Django writes by itself when it has migrated; no test changes it.
KEPT = {"django_content_type", "auth_permission"}


def empty_only_what_is_full() -> None:
    """Let every test that commits end like this, where the role of the tests may leave out the triggers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_parameter_privilege('session_replication_role', 'SET')")
        (may,) = cursor.fetchone()
        if may:
            TransactionTestCase._fixture_teardown = lambda _case: _empty()
        else:
            # Django truncates then, all tables in one statement.
            cursor.execute("ALTER TABLE kit_entry DISABLE TRIGGER entry_is_never_truncated")


def _empty() -> None:
    tables = set(connection.introspection.django_table_names(only_existing=True, include_views=False)) - KEPT
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in tables))
        full = [name for (name,) in cursor.fetchall()]
        # Neither the checks of the rows that point here nor the guards against removal: all of it goes.
        cursor.execute("SET LOCAL session_replication_role = replica")
        for name in full:
            cursor.execute(f"DELETE FROM {name}")
