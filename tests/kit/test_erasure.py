"""Personal data: erased, all of it or nothing, and again after a restore."""

from io import StringIO
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.utils import timezone

from allies.kit import erasure, privacy
from allies.kit.models import Entry, Erasure, Letter
from allies.kit.privacy import DeleteRow, Personal, personal
from allies.kit.refusals import Refused
from councils.models import Consent, User
from tests import factories as make
from tests.kit.making import letter, stored


def test_erasing_applies_each_fields_own_way(db, small_register, django_capture_on_commit_callbacks):
    me, other, admin = make.UserFactory(phone="555"), make.UserFactory(phone="777"), make.UserFactory()
    letter(me)
    kept, row = letter(other), stored(me)
    place, joined = row.file.name, me.joined_at
    with django_capture_on_commit_callbacks(execute=True):
        privacy.erase(me, by=admin, reason="asked by mail")
    me.refresh_from_db()
    other.refresh_from_db()
    row.refresh_from_db()
    assert (me.email, me.name, me.phone) == (f"erased-{me.pk}@erased.invalid", "Erased", "")
    assert (me.joined_at, other.phone, row.file.name) == (joined, "777", "")
    assert list(Letter.objects.all()) == [kept]
    assert not default_storage.exists(place)


def test_an_erasure_is_noted_and_recorded_without_values(db, small_register):
    me, admin = make.UserFactory(name="Ana Silva"), make.UserFactory()
    privacy.erase(me, by=admin, reason="asked")
    assert list(Erasure.objects.values_list("subject_id", "reason")) == [(me.pk, "asked")]
    entry = Entry.objects.get()
    assert (entry.action, entry.target_id, entry.actor_id) == ("kit.erased", str(me.pk), admin.pk)
    assert entry.fields == ["email", "name", "phone"]


def test_an_erasure_that_fails_erases_nothing(db, small_register):
    me = make.UserFactory(name="Ana")

    @privacy.when_erased
    def fail(user):
        raise Refused("Not now.")

    with pytest.raises(Refused):
        privacy.erase(me, by=me)
    me.refresh_from_db()
    assert (me.name, Erasure.objects.count(), Entry.objects.count()) == ("Ana", 0, 0)


def test_rows_that_others_point_to_are_deleted_after_those(db, empty_register):
    me = make.UserFactory()
    Consent.objects.create(person=me, purpose="news", wording="1", language="en")
    personal(User, {"name": Personal(purpose="x", keep="x", erase=DeleteRow())}, owner="self")
    personal(Consent, {"wording": Personal(purpose="x", keep="x", erase=DeleteRow())}, owner="person")
    erasure._delete_rows([(User, [me.pk]), (Consent, list(Consent.objects.values_list("pk", flat=True)))])
    assert not User.objects.filter(pk=me.pk).exists()


def test_rows_that_something_else_still_needs_are_refused_with_a_sentence(db, empty_register):
    me = make.UserFactory()
    Consent.objects.create(person=me, purpose="news", wording="1", language="en")
    with pytest.raises(Refused, match="still needed"):
        erasure._delete_rows([(User, [me.pk])])


def test_the_real_register_leaves_no_name_and_no_address(world):
    person = world.people["director"]
    email, name = person.email, person.name
    privacy.erase(person, by=world.people["admin"])
    left = str(privacy.export(person))
    assert email not in left
    assert f"'{name}'" not in left


def listed(**options):
    out = StringIO()
    call_command("reapply_erasures", list=True, stdout=out, **options)
    return out.getvalue().split()


def test_erasures_are_repeated_after_a_restore(db, small_register, tmp_path):
    me, other = make.UserFactory(), make.UserFactory(name="Bo")
    privacy.erase(me, by=None)
    (tmp_path / "erased.txt").write_text("\n".join([*listed(), str(uuid4())]) + "\n")
    User.objects.filter(pk=me.pk).update(name="Ana", email="ana@people.example", phone="555")
    Erasure.objects.all().delete()  # the backup is older than the erasure
    out = StringIO()
    call_command("reapply_erasures", str(tmp_path / "erased.txt"), stdout=out)
    me.refresh_from_db()
    other.refresh_from_db()
    assert (me.name, me.phone, other.name) == ("Erased", "", "Bo")
    assert out.getvalue() == "1 of 2 people were there and are erased again.\n"


def test_the_list_can_begin_at_a_date(db):
    old, new = (Erasure.objects.create(subject_id=uuid4()) for _ in range(2))
    Erasure.objects.filter(pk=old.pk).update(at="2026-01-01T00:00Z")
    assert listed() == [str(old.subject_id), str(new.subject_id)]
    assert listed(since=timezone.datetime(2026, 2, 1)) == [str(new.subject_id)]


def test_a_list_with_something_else_in_it_is_refused(db, tmp_path):
    (tmp_path / "erased.txt").write_text("ana\n")
    with pytest.raises(CommandError, match="'ana' is no identifier"):
        call_command("reapply_erasures", str(tmp_path / "erased.txt"))
