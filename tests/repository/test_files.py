"""What the repository holds stays readable: short files, no inline code in templates, nothing left for later."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TRACKED = subprocess.run(
    ["git", "ls-files"],
    cwd=ROOT,
    capture_output=True,
    text=True,
    check=False,
).stdout.split() or [str(p.relative_to(ROOT)) for p in ROOT.rglob("*") if ".venv" not in p.parts and p.is_file()]
PYTHON = [
    f for f in TRACKED if f.endswith(".py") and "/migrations/" not in f and "/data/" not in f and (ROOT / f).exists()
]
TEMPLATES = [f for f in TRACKED if f.startswith("templates/") and f.endswith(".html") and (ROOT / f).exists()]

INLINE = re.compile(
    r"""<script(?![^>]*\bsrc=)(?![^>]*type="application/(?:ld\+)?json")|\sstyle\s*=|\son[a-z]+\s*=\s*["']|javascript:|<style""",
    re.IGNORECASE,
)
LATER = re.compile(r"\b(TODO|FIXME|XXX|HACK|raise NotImplementedError|[Ll]orem ipsum)\b")


@pytest.mark.parametrize("name", PYTHON)
def test_a_python_file_has_at_most_300_lines(name) -> None:
    assert len((ROOT / name).read_text().splitlines()) <= 300


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_has_no_inline_code_or_style(name) -> None:
    # The administration's own pages and mails are not served under the content security policy of the site.
    if name.startswith("templates/mail/"):
        pytest.skip("mail programs read style attributes only")
    text = re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", (ROOT / name).read_text(), flags=re.DOTALL)
    assert INLINE.findall(text) == []


def test_a_form_drawn_whole_says_once_what_is_wrong_with_it() -> None:
    # `{{ form }}` begins with the summary of its errors.
    twice = re.compile(r"<form(?:(?!</form>).)*form_errors\.html(?:(?!</form>).)*{{ form }}", re.DOTALL)
    assert twice.search('<form>{% include "ui/form_errors.html" %}{{ form }}</form>')
    assert [name for name in TEMPLATES if twice.search((ROOT / name).read_text())] == []


def test_the_pattern_for_inline_code_bites() -> None:
    for bad in ("<script>x()</script>", '<p style="color:red">', '<a onclick="x()">', '<a href="javascript:x">'):
        assert INLINE.search(bad)
    for good in ('<script src="a.js"></script>', '<script type="application/ld+json">{}</script>', '<p class="style">'):
        assert not INLINE.search(good)


def test_nothing_is_left_for_later() -> None:
    here = Path(__file__).name
    left = [
        name
        for name in TRACKED
        if name.endswith((".py", ".html", ".css", ".js"))
        and not name.endswith(here)
        and (ROOT / name).exists()
        and LATER.search((ROOT / name).read_text())
    ]
    assert left == []
