"""Finding an occupation by what people call it, and naming the languages that people speak."""

import pytest

from councils.queries.occupations import find_occupations, fold
from councils.services.reference import language_names


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("ingenieur logiciel", "21231"),
        ("INGÉNIEURE  LOGICIEL", "21231"),
        ("software engineer", "21231"),
        ("Legislators", "00010"),
        ("21231", "21231"),
        ("web developers", "21234"),
    ],
)
def test_an_occupation_is_found_by_its_words_in_either_language(reference: None, words: str, first: str) -> None:
    assert find_occupations(words)[0].code == first


@pytest.mark.parametrize("words", ["", "   ", "%", "_", "\\", "xyzzy"])
def test_words_that_are_no_occupation_find_none(reference: None, words: str) -> None:
    assert list(find_occupations(words)) == []


def test_folding_drops_accents_case_ligatures_and_spare_spaces() -> None:
    assert fold("  Maître  d’ŒUVRE ") == "maitre d'oeuvre"


def test_each_language_has_a_name_in_both_languages() -> None:
    english, french = language_names("en"), language_names("fr")
    assert english.keys() == french.keys()
    assert len(english) == 203
    assert all(english.values())
    assert all(french.values())
    assert (english["yue"], french["yue"]) == ("Cantonese", "cantonais")
    # Babel knows no Mandarin of its own: the shipped table names it.
    assert (english["cmn"], french["cmn"]) == ("Mandarin", "mandarin")
