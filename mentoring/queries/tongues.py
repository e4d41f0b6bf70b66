"""Languages and levels in words: "English (first language), Arabic (fluent)"."""

from collections.abc import Mapping
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allies.kit.bilingual import LANGUAGES, current_language
from councils.services.reference import language_names

# What mentors are asked for, in words: levels of the CLB and the NCLC, the lowest that fits each sentence.
LEVELS: dict[int, str | Promise] = {
    4: gettext_lazy("Everyday conversations"),
    7: gettext_lazy("Work, with some effort"),
    10: gettext_lazy("Fluent"),
    12: gettext_lazy("First language"),
}


@cache
def _names(language: str) -> dict[str, str]:
    return language_names(language)


def name_of(code: str) -> str:
    """The name of a language in the reader's language; its code where nobody named it."""
    return _names(current_language()).get(code, code)


def level_of(level: int) -> str:
    """A level in words, or as a number where no word is set for it."""
    word = LEVELS.get(level)
    return str(word) if word else _("level %(level)d") % {"level": level}


def in_words(languages: Mapping[str, int]) -> str:
    """All that somebody speaks, best first."""
    ordered = sorted(languages.items(), key=lambda pair: (-pair[1], pair[0]))
    return ", ".join(f"{name_of(code)} ({level_of(level).lower()})" for code, level in ordered)


def choices() -> list[tuple[str, str]]:
    """Every language but the two official ones, by name as a dictionary sorts it."""
    names = {code: name for code, name in _names(current_language()).items() if code not in LANGUAGES}
    return sorted(names.items(), key=lambda pair: pair[1].casefold())
