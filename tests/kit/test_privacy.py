"""Personal data: declared, and exported to the person."""

import pytest
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.test.utils import isolate_apps

from allies.kit import privacy, privacy_checks
from allies.kit.models import Letter
from allies.kit.privacy import Personal, Replace, not_personal, personal
from councils.models import User
from tests import factories as make
from tests.kit.making import letter


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
