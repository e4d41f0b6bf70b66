"""Two languages in two columns: `title_en` and `title_fr` are fields, `title` reads the one that fits."""

from typing import Any, overload

from django.db.models import F, Func, OrderBy, Q
from django.db.models.functions import Lower
from django.utils.translation import get_language

LANGUAGES = ("en", "fr")


def current_language() -> str:
    """Give the language being spoken now, "en" or "fr"."""
    return "fr" if (get_language() or "en").startswith("fr") else "en"


def other_language(language: str) -> str:
    """Give the other official language."""
    return "en" if language == "fr" else "fr"


class Bilingual:
    """Read the column of the current language, and the other one where it is empty."""

    def __init__(self, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, instance: None, owner: type) -> "Bilingual": ...
    @overload
    def __get__(self, instance: object, owner: type) -> str: ...
    def __get__(self, instance: Any, owner: type) -> "str | Bilingual":
        if instance is None:
            return self
        language = current_language()
        return str(
            getattr(instance, f"{self.name}_{language}") or getattr(instance, f"{self.name}_{other_language(language)}")
        )


def column(name: str) -> str:
    """Name the column of a bilingual field in the current language, for values and conditions."""
    return f"{name}_{current_language()}"


def alphabetical(name: str, *, descending: bool = False) -> OrderBy:
    """Order by a bilingual field as a dictionary does: neither accents nor capitals count."""
    words = Lower(Func(F(column(name)), function="unaccent"))
    return words.desc() if descending else words.asc()


def both(*names: str) -> Q:
    """State that each bilingual field is filled in both languages."""
    condition = Q()
    for name in names:
        for language in LANGUAGES:
            condition &= ~Q(**{f"{name}_{language}": ""})
    return condition


def behind(instance: object, *names: str) -> dict[str, list[str]]:
    """List, for each language, the bilingual fields that only the other language has."""
    gaps: dict[str, list[str]] = {language: [] for language in LANGUAGES}
    for name in names:
        for language in LANGUAGES:
            mine = getattr(instance, f"{name}_{language}")
            if not mine and getattr(instance, f"{name}_{other_language(language)}"):
                gaps[language].append(name)
    return gaps
