"""docs/security.md names only what exists."""

import re
from pathlib import Path

import pytest
from django.conf import settings

PAGE = Path(settings.BASE_DIR, "docs", "security.md").read_text(encoding="utf-8")
ROWS = [line.split(" | ") for line in PAGE.splitlines() if line.startswith("| ") and "---" not in line]
NAMED = sorted(set(re.findall(r"`([\w./-]+/[\w./-]*)`", "".join(cell for row in ROWS for cell in row[1:]))))


@pytest.mark.parametrize("place", NAMED)
def test_a_place_named_on_the_page_exists(place):
    assert Path(settings.BASE_DIR, place).exists()


def test_each_row_has_a_requirement_a_place_and_a_test():
    assert len(ROWS) > 40
    assert [row for row in ROWS if len(row) != 3] == []


def test_a_test_is_named_in_the_column_of_tests_only():
    assert [row for row in ROWS if "tests/" in row[1]] == []
    assert [row for row in ROWS[1:] if not re.search(r"tests/|—|test", row[2])] == []
