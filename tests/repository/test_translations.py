"""French is complete and faithful: nothing missing, nothing fuzzy, the same placeholders, no broken sentences."""

import ast
import re
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "locale" / "fr" / "LC_MESSAGES" / "django.po"
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|%[sd]|\{[a-z_]*\}")
GETTEXT = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
SOURCES = [f for app in ("allies", "councils", "employers", "mentoring", "grants") for f in ROOT.glob(f"{app}/**/*.py")]


@pytest.fixture(scope="module")
def entries():
    return [entry for entry in polib.pofile(str(CATALOGUE)) if not entry.obsolete]


def test_nothing_is_missing(entries) -> None:
    assert [entry.msgid for entry in entries if not entry.translated()] == []


def test_nothing_is_fuzzy(entries) -> None:
    assert [entry.msgid for entry in entries if entry.fuzzy] == []


def test_placeholders_are_the_same_on_both_sides(entries) -> None:
    differing = []
    for entry in filter(polib.POEntry.translated, entries):
        wanted = set(PLACEHOLDER.findall(entry.msgid)) | set(PLACEHOLDER.findall(entry.msgid_plural))
        # A plural form for one thing may say "one" in words.
        translations = [entry.msgstr] if not entry.msgid_plural else [entry.msgstr_plural[max(entry.msgstr_plural)]]
        differing += [entry.msgid for text in translations if set(PLACEHOLDER.findall(text)) != wanted]
    assert differing == []


def test_french_marks_stand_after_a_space_that_does_not_break(entries) -> None:
    wrong = re.compile(r"[^\s\u00a0\u202f:;!?/(«]([!?;»])|[ ]([:;!?»])(?!//)|«[^\u00a0\u202f]")
    found = []
    for entry in entries:
        for text in [entry.msgstr, *entry.msgstr_plural.values()]:
            prose = re.sub(r"https?://\S+|<[^>]+>|&[a-z#0-9]+;|%\([a-z_]+\)[sd]|`[^`]*`|\{[^}]*\}", "", text)
            if wrong.search(prose):
                found.append(text)
    assert found == []


@pytest.mark.parametrize("file", SOURCES, ids=lambda f: str(f.relative_to(ROOT)))
def test_a_translated_text_is_one_whole_literal(file) -> None:
    wrong = []
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in GETTEXT and node.args:
            first = node.args[0]
            if isinstance(first, ast.JoinedStr | ast.BinOp) or (
                isinstance(first, ast.Call) and isinstance(first.func, ast.Attribute) and first.func.attr == "format"
            ):
                wrong.append(node.lineno)
            if isinstance(first, ast.Constant) and len(re.findall(r"%[sd]", str(first.value))):
                wrong.append(node.lineno)
    assert wrong == []
