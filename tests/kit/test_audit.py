"""The audit trail: sealed by the database, checked by Python, never changed."""

import contextlib
import threading
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, connections, transaction
from structlog.contextvars import bound_contextvars

from allies.kit import audit
from allies.kit.audit import Entry
from allies.kit.audit.chain import Broken, Head, seal, verify
from tests import factories as make


def run(*args: str) -> str:
    out = StringIO()
    call_command("verify_audit", *args, stdout=out)
    return out.getvalue()


def tamper(sql: str) -> None:
    """Do what only the owner of the database can do."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE kit_entry DISABLE TRIGGER entry_is_never_changed")
        cursor.execute(sql)
        cursor.execute("ALTER TABLE kit_entry ENABLE TRIGGER entry_is_never_changed")


@pytest.fixture
def five(db):
    user = make.UserFactory()
    for number in range(5):
        audit.record("kit.tested", user, by=user, fields=["name", "email"], reason=f"Réunion n° {number}")
    return Entry.objects.order_by("position")


def test_entries_are_numbered_without_gaps_and_each_follows_on_the_one_before(five):
    entries = list(five)
    assert [entry.position for entry in entries] == [1, 2, 3, 4, 5]
    assert [entry.previous_hash for entry in entries] == ["", *(entry.hash for entry in entries[:-1])]


def test_record_gives_back_what_the_database_sealed(five):
    user = make.UserFactory()
    with bound_contextvars(request_id="abc123"):
        entry = audit.record("kit.tested", user, by=None, fields=["b", "a", "b"])
    assert (entry.position, entry.request_id, entry.fields) == (6, "abc123", ["a", "b"])
    assert entry.hash == seal(Entry.objects.get(pk=entry.pk))


def test_the_database_overwrites_a_number_a_date_and_a_seal_that_are_made_up(db):
    entry = Entry.objects.create(action="kit.tested", position=99, at="2001-01-01T00:00Z", hash="x" * 64)
    entry.refresh_from_db()
    assert (entry.position, entry.at.year >= 2026) == (1, True)
    assert verify() == Head(1, entry.hash)


@pytest.mark.parametrize("change", [{"reason": "better"}, {"actor_id": None}])
def test_the_database_refuses_to_change_an_entry(five, change):
    with pytest.raises(DatabaseError, match="only grows: UPDATE"), transaction.atomic():
        five.filter(position=3).update(**change)


def test_the_database_refuses_to_delete_an_entry(five):
    with pytest.raises(DatabaseError, match="only grows: DELETE"), transaction.atomic():
        five.filter(position=3).delete()


def test_the_database_refuses_to_truncate_the_trail(five):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE kit_entry ENABLE TRIGGER entry_is_never_truncated")
        with pytest.raises(DatabaseError, match="only grows: TRUNCATE"), transaction.atomic():
            cursor.execute("TRUNCATE kit_entry")
        cursor.execute("ALTER TABLE kit_entry DISABLE TRIGGER entry_is_never_truncated")


def test_verify_prints_the_head_of_a_whole_chain(five):
    last = five.last()
    assert run() == f"5 entries hold.\nhead 5:{last.hash}\n"


def test_an_empty_chain_holds(db):
    assert run() == "0 entries hold.\nhead 0:\n"


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("reason", "'other'"),
        ("action", "'kit.testes'"),
        ("actor_id", "NULL"),
        ("fields", "'{emailname}'"),
        ("fields", "'{email}'"),
        ("target_id", "'x'"),
        ("tenant_id", "gen_random_uuid()"),
        ("at", "at + interval '1 microsecond'"),
        ("request_id", "'r'"),
        ("id", "gen_random_uuid()"),
    ],
)
def test_a_changed_value_is_found_at_its_place(five, column, value):
    tamper(f"UPDATE kit_entry SET {column} = {value} WHERE position = 3")
    with pytest.raises(CommandError, match="Entry 3: its content does not fit its seal"):
        run()


def test_a_changed_value_with_a_fresh_seal_is_found_at_the_next_entry(five):
    tamper("UPDATE kit_entry SET reason = 'other' WHERE position = 3")
    entry = five.get(position=3)
    tamper(f"UPDATE kit_entry SET hash = '{seal(entry)}' WHERE position = 3")
    with pytest.raises(Broken) as broken:
        verify()
    assert broken.value.position == 4


def test_a_missing_entry_is_found(five):
    tamper("DELETE FROM kit_entry WHERE position = 2")
    with pytest.raises(CommandError, match="Entry 2: the entry is missing"):
        run()


def test_a_cut_end_is_found_only_with_a_head_noted_earlier(five):
    head = str(verify())
    tamper("DELETE FROM kit_entry WHERE position = 5")
    assert run().startswith("4 entries hold.")
    with pytest.raises(CommandError, match="ends before the head noted earlier"):
        run("--expect-head", head)


def test_a_head_noted_earlier_stays_part_of_a_chain_that_grew(five):
    head = str(verify())
    audit.record("kit.tested", None, by=None)
    assert run("--expect-head", head).startswith("6 entries hold.")


def test_a_rewritten_chain_is_found_with_a_head_noted_earlier(five):
    head = verify()
    with pytest.raises(Broken, match="not the one noted earlier"):
        verify(Head(head.position, "0" * 64))


def test_a_head_that_is_none_is_an_error_of_use(db):
    with pytest.raises(CommandError) as wrong:
        run("--expect-head", "yesterday")
    assert wrong.value.returncode == 2


@pytest.mark.parametrize("fields", [["ana@people.example"], ["Ana Silva"], ["name=Ana"]])
def test_a_value_in_place_of_a_fields_name_is_refused(db, fields):
    with pytest.raises(ValueError, match="by name only"):
        audit.record("kit.tested", None, by=None, fields=fields)


def test_an_action_without_its_app_is_refused(db):
    with pytest.raises(ValueError, match=r"app\.verb"):
        audit.record("tested", None, by=None)


def test_entries_are_found_by_record_and_by_person(five):
    user = make.UserFactory()
    audit.record("kit.seen", user, by=None)
    assert [entry.action for entry in audit.about(user)] == ["kit.seen"]
    assert audit.by_person(five[0].actor).count() == 5


@pytest.mark.django_db(transaction=True)
def test_eight_writers_at_once_keep_one_chain():
    start, errors = threading.Barrier(8), []

    def write() -> None:
        try:
            start.wait()
            for _ in range(5):
                with transaction.atomic():
                    audit.record("kit.tested", None, by=None)
        except Exception as error:  # noqa: BLE001 - shown by the assertion below
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert errors == []
    assert verify().position == 40


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_act_leaves_no_gap():
    audit.record("kit.tested", None, by=None)
    with contextlib.suppress(RuntimeError), transaction.atomic():
        audit.record("kit.tested", None, by=None)
        raise RuntimeError
    audit.record("kit.tested", None, by=None)
    assert verify().position == 2
