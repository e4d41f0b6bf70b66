import gettext
import os

import pytest
from babel.messages.pofile import PoFileError

from allies.kit.translations import compile_catalogues

CATALOGUE = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

msgid "Council"
msgstr "Conseil"

msgctxt "verb"
msgid "Meeting"
msgstr "Se réunir"

msgid "%(count)s council"
msgid_plural "%(count)s councils"
msgstr[0] "%(count)s conseil"
msgstr[1] "%(count)s conseils"

#, fuzzy
msgid "Guess"
msgstr "Devinette"
"""


@pytest.fixture
def source(tmp_path):
    source = tmp_path / "fr" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(CATALOGUE, encoding="utf-8")
    return source


def compiled(source):
    with source.with_suffix(".mo").open("rb") as stream:
        return gettext.GNUTranslations(stream)


def test_words_contexts_and_plurals_are_compiled(tmp_path, source):
    assert compile_catalogues([tmp_path]) == [source.with_suffix(".mo")]

    french = compiled(source)
    assert french.gettext("Council") == "Conseil"
    assert french.pgettext("verb", "Meeting") == "Se réunir"
    # French counts nothing as one.
    assert [french.ngettext("%(count)s council", "%(count)s councils", n) for n in (0, 1, 2)] == [
        "%(count)s conseil",
        "%(count)s conseil",
        "%(count)s conseils",
    ]


def test_guesses_are_left_out(tmp_path, source):
    compile_catalogues([tmp_path])

    assert compiled(source).gettext("Guess") == "Guess"


def test_an_unchanged_catalogue_is_not_compiled_again(tmp_path, source):
    compile_catalogues([tmp_path])

    assert compile_catalogues([tmp_path]) == []


def test_a_changed_catalogue_is_compiled_again(tmp_path, source):
    compile_catalogues([tmp_path])
    source.write_text(CATALOGUE.replace("Conseil", "Table"), encoding="utf-8")
    later = source.with_suffix(".mo").stat().st_mtime + 1
    os.utime(source, (later, later))

    compile_catalogues([tmp_path])

    assert compiled(source).gettext("Council") == "Table"


def test_a_broken_catalogue_leaves_the_old_one_alone(tmp_path, source):
    compile_catalogues([tmp_path])
    source.write_text(CATALOGUE + "\nthis is no catalogue\n", encoding="utf-8")
    later = source.with_suffix(".mo").stat().st_mtime + 1
    os.utime(source, (later, later))

    with pytest.raises(PoFileError):
        compile_catalogues([tmp_path])

    assert compiled(source).gettext("Council") == "Conseil"
