"""Personal data: declared, exported, erased, kept only so long."""

from datetime import timedelta
from io import StringIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import models
from django.test.utils import isolate_apps
from django.utils import timezone

from allies.kit import erasure, privacy, privacy_checks, register, retention
from allies.kit.models import Entry, Erasure, Job, Letter, StoredFile
from allies.kit.privacy import Blank, DeleteRow, Keep, Personal, Replace, Retention, months, not_personal, personal
from allies.kit.refusals import Refused
from councils.models import Consent, User
from tests import factories as make


@pytest.fixture
def empty_register(monkeypatch):
    """Start with no declarations, so that a test says all that matters to it."""
    monkeypatch.setattr(privacy, "_declared", {})
    monkeypatch.setattr(privacy, "_hooks", [])


@pytest.fixture
def small_register(empty_register):
    personal(
        User,
        {
            "email": Personal(purpose="To write.", keep="While open.", erase=Replace("erased-{id}@erased.invalid")),
            "name": Personal(purpose="To address.", keep="While open.", erase=Replace("Erased")),
            "phone": Personal(purpose="To call.", keep=months(24, after="last_login")),
            "joined_at": Personal(purpose="To count.", keep="Always.", erase=Keep("It is history.")),
        },
        owner="self",
    )
    personal(
        Letter,
        {"to": Personal(purpose="To send.", keep=Retention(30, "created_at"), erase=DeleteRow())},
        owner="person",
    )
    personal(StoredFile, {"file": Personal(purpose="Handed in.", keep="A while.", erase=Blank())}, owner="owner")


def letter(person, days=0, **facts):
    made = Letter.objects.create(template="x", to=person.email, person=person, language="en", **facts)
    Letter.objects.filter(pk=made.pk).update(created_at=timezone.now() - timedelta(days=days))
    return made


def stored(owner):
    row = StoredFile(name="plan.pdf", kind="pdf", size=1, sha256="0" * 64, owner=owner)
    row.file.save("plan.pdf", ContentFile(b"x"), save=False)
    row.save()
    return row


# ------------------------------------------------------------ declarations


def test_a_field_is_declared_once(empty_register):
    not_personal(Letter, ["template"])
    with pytest.raises(ValueError, match="declared twice"):
        personal(Letter, {"template": Personal(purpose="x", keep="x")}, owner="person")


def test_a_slip_in_a_fields_name_stops_the_start(empty_register):
    with pytest.raises(FieldDoesNotExist):
        not_personal(Letter, ["temlpate"])


def test_a_model_has_one_owner(empty_register):
    personal(Letter, {"to": Personal(purpose="x", keep="x")}, owner="person")
    with pytest.raises(ValueError, match="two different owners"):
        personal(Letter, {"context": Personal(purpose="x", keep="x")}, owner="self")


def test_what_is_written_instead_fits_its_field(empty_register):
    with pytest.raises(ValueError, match="has no room"):
        personal(User, {"phone": Personal(purpose="x", keep="x", erase=Replace("erased-{id}"))}, owner="self")


def test_every_telling_field_of_the_portal_is_declared():
    assert privacy_checks.every_telling_field_is_declared() == []


def test_the_check_finds_each_undeclared_field(empty_register, monkeypatch):
    monkeypatch.setattr(privacy_checks, "own_models", lambda: [Letter])
    not_personal(Letter, ["template", "language", "key", "unsubscribe_url", "state", "reason", "tried_at", "sent_at"])
    personal(Letter, {"to": Personal(purpose="x", keep="x")}, owner="person")
    faults = [fault.msg for fault in privacy_checks.every_telling_field_is_declared()]
    assert faults == [
        "kit.Letter.context is declared neither personal nor not personal.",
        "kit.Letter.created_at is declared neither personal nor not personal.",
    ]


@isolate_apps("tests")
def test_text_dates_files_json_and_addresses_tell_and_numbers_do_not():
    class Telling(models.Model):
        text, long, mail = models.CharField(), models.TextField(), models.EmailField()
        day, moment, facts = models.DateField(), models.DateTimeField(), models.JSONField()
        file, address = models.FileField(), models.GenericIPAddressField()
        number, yes, money = models.IntegerField(), models.BooleanField(), models.DecimalField()

        class Meta:
            app_label = "tests"

    telling = ["text", "long", "mail", "day", "moment", "facts", "file", "address"]
    assert sorted(privacy_checks.telling_fields(Telling)) == sorted(telling)


# ------------------------------------------------------------ export


def test_an_export_holds_what_is_declared_about_this_person_and_nobody_else(db, small_register):
    me, other = make.UserFactory(name="Ana", phone="555"), make.UserFactory()
    mine = letter(me)
    letter(other)
    whole = privacy.export(me)
    assert whole["person"] == str(me.pk)
    assert whole["records"] == {
        "councils.user": [
            {
                "id": str(me.pk),
                "email": me.email,
                "name": "Ana",
                "phone": "555",
                "joined_at": whole["records"]["councils.user"][0]["joined_at"],
            }
        ],
        "kit.letter": [{"id": str(mine.pk), "to": me.email}],
    }


def test_the_real_register_exports_a_person_with_everything_around_them(world):
    whole = privacy.export(world.people["director"])
    assert whole["records"]["councils.user"][0]["email"] == world.people["director"].email
    assert world.people["rival"].email not in str(whole)


# ------------------------------------------------------------ erasure


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


# ------------------------------------------------------------ after a restore


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


# ------------------------------------------------------------ retention


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


# ------------------------------------------------------------ documents


@pytest.mark.parametrize(
    ("make_text", "place", "command"),
    [
        (register.privacy_register, "docs/privacy.md", "privacy_register"),
        (register.data_dictionary, "docs/data-dictionary.md", "data_dictionary"),
    ],
)
def test_a_document_made_from_the_code_is_up_to_date(make_text, place, command):
    kept = Path(settings.BASE_DIR, place).read_text(encoding="utf-8")
    assert kept == make_text(), f"run: manage.py {command} --write"


def test_the_register_says_why_how_long_and_how(small_register):
    text = register.privacy_register()
    assert "| `phone` | To call. | 731 days after: last login | emptied |" in text
    assert "| `joined_at` | To count. | Always. | not erased: It is history. |" in text


def test_a_command_writes_its_document_where_it_is_kept(small_register, settings, tmp_path):
    settings.BASE_DIR = tmp_path
    (tmp_path / "docs").mkdir()
    call_command("privacy_register", write=True)
    assert (tmp_path / "docs" / "privacy.md").read_text(encoding="utf-8") == register.privacy_register()


def test_jobs_keep_nothing_personal():
    assert {name for d in privacy.declarations() if d.model is Job for name in d.personal} == set()
