"""Personal data: kept only so long."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from allies.kit import retention
from allies.kit.models import Entry, Letter
from allies.kit.privacy import Blank, Keep, Personal, Replace, Retention, personal
from councils.models import User
from tests import factories as make
from tests.kit.making import letter


def test_what_was_kept_long_enough_goes_and_the_rest_stays(db, small_register):
    now = timezone.now()
    long_gone = make.UserFactory(phone="1", last_login=now - timedelta(days=731))
    recent = make.UserFactory(phone="2", last_login=now - timedelta(days=729))
    never = make.UserFactory(phone="3", last_login=None)
    old, new = letter(recent, days=31), letter(recent, days=29)
    outcomes = {(o.model.__name__, o.fields): o.rows for o in retention.apply()}
    assert outcomes == {("User", ("phone",)): 1, ("Letter", ("to",)): 1}
    assert [User.objects.get(pk=user.pk).phone for user in (long_gone, recent, never)] == ["", "2", "3"]
    assert set(Letter.objects.values_list("pk", flat=True)) == {new.pk} != {old.pk}


def test_a_second_night_finds_nothing_more(db, small_register):
    make.UserFactory(phone="1", last_login=timezone.now() - timedelta(days=900))
    assert len(retention.apply()) == 1
    assert retention.apply() == []
    assert Entry.objects.filter(action="kit.kept_long_enough").count() == 1


def test_a_dry_run_counts_and_changes_nothing(db, small_register, capsys):
    user = make.UserFactory(phone="1", last_login=timezone.now() - timedelta(days=900))
    call_command("apply_retention", dry_run=True)
    assert capsys.readouterr().out == "councils.User (phone): 1\n"
    user.refresh_from_db()
    assert (user.phone, Entry.objects.count()) == ("1", 0)


def test_many_rows_are_erased_in_batches(db, small_register, monkeypatch):
    monkeypatch.setattr(retention, "_BATCH", 2)
    for number in range(5):
        make.UserFactory(phone=str(number), last_login=timezone.now() - timedelta(days=900))
    assert [outcome.rows for outcome in retention.apply()] == [5]
    assert not User.objects.exclude(phone="").exists()


@pytest.mark.parametrize(
    ("erase", "value"),
    [(Blank(), ""), (Replace("gone"), "gone"), (Replace("g-{id}"), None), (Keep("x"), "555")],
)
def test_each_way_of_erasing_is_idempotent_by_rule(db, empty_register, erase, value):
    personal(User, {"phone": Personal(purpose="x", keep=Retention(1, "last_login"), erase=erase)}, owner="self")
    user = make.UserFactory(phone="555", last_login=timezone.now() - timedelta(days=9))
    expected = 0 if isinstance(erase, Keep) else 1
    assert [len(retention.apply()), len(retention.apply())] == [expected, 0]
    user.refresh_from_db()
    assert user.phone == (value if value is not None else f"g-{user.pk}")


def test_the_real_rules_can_all_be_asked(db):
    assert retention.apply(dry_run=True) == []
