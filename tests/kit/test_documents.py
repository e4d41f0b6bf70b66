"""Documents made from the code say what the code says."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from allies.kit import privacy, register
from allies.kit.models import Job


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
