"""What the columns of a list of mentors or mentees mean: text of cells becomes facts, with each fault's place."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Model, TextChoices
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from allies.kit.bilingual import LANGUAGES
from councils.models import Occupation, OccupationTitle, Place, Sector
from councils.queries.occupations import fold
from councils.services.organisation_sheet import NO, YES, Cells
from councils.services.reference import language_names
from councils.services.sheets import RowError
from mentoring.models import Application, Employment, Goal, Mode, Programme, ResidenceStatus, Slot

NEEDED = ("email", "name", "occupation", "languages")
PERSON = ("email", "name", "language")
_SHARED = ("language", "industry", "years", "goals", "availability", "mode", "city", "employer", "about")
MENTOR_NEEDED = NEEDED
MENTOR_OPTIONAL = (*_SHARED, "kinds", "position", "capacity")
MENTEE_NEEDED = (*NEEDED, "heard_from")
MENTEE_OPTIONAL = (
    *_SHARED,
    *("status", "is_job_ready", "employment", "last_worked", "has_time", *Application.LEVELS, "interviewed"),
)
_COMMA = re.compile(r"[;,|/\n]")
_SPOKEN = re.compile(r"^(.+?)\s*[:=(]\s*(\d{1,2})\s*\)?$")

Reader = Callable[[str], Any]


@dataclass(slots=True)
class Meanings:
    """What the codes and words in a file stand for, looked up once for all its rows."""

    occupations: Mapping[str, Occupation] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)
    sectors: Mapping[str, Sector] = field(default_factory=dict)
    tongues: Mapping[str, str] = field(default_factory=dict)


def meanings(rows: Iterable[tuple[int, Cells]]) -> Meanings:
    """Look up the occupations, cities, industries and languages that a file may name."""
    by_code = {one.code: one for one in Occupation.objects.all()}
    asked = {fold(cells.get("occupation", "")) for _row, cells in rows}
    named: dict[str, set[str]] = {}
    for folded, code in OccupationTitle.objects.filter(folded__in=asked).values_list("folded", "occupation"):
        named.setdefault(folded, set()).add(code)
    # A title that several occupations share names none of them.
    titles = {folded: by_code[min(codes)] for folded, codes in named.items() if len(codes) == 1}
    places = {fold(name): place for place in Place.objects.all() for name in (place.code, place.name_en, place.name_fr)}
    sectors = {fold(name): one for one in Sector.objects.all() for name in (one.code, one.title_en, one.title_fr)}
    tongues = {fold(name): code for tongue in LANGUAGES for code, name in language_names(tongue).items()}
    return Meanings(
        {**titles, **by_code}, places, sectors, {**tongues, **{code: code for code in language_names("en")}}
    )


def facts_of(file: str, row: int, cells: Cells, known: Meanings, *, needed: Iterable[str]) -> Any:
    """Read the facts of one row and what is wrong with it; an optional cell without text says nothing."""
    facts: dict[str, Any] = {}
    faults: list[RowError] = []
    must = set(needed)
    readers = _readers(known)
    for column, text in cells.items():
        if not text and column not in must:
            continue
        try:
            if any(unicodedata.category(sign) == "Cc" and sign != "\n" for sign in text):
                raise ValueError
            name, value = readers[column](text)
            facts[name] = value
        except (ValueError, ValidationError, KeyError):
            faults.append(RowError(file, row, column, SAY[column]))
    return facts, faults


def _readers(known: Meanings) -> dict[str, Callable[[str], tuple[str, Any]]]:
    plain: dict[str, Reader] = {
        "email": _email,
        "name": _text(120),
        "language": lambda text: _one(dict.fromkeys(LANGUAGES), text.lower()),
        "languages": lambda text: _languages(text, known),
        "years": lambda text: _number(text, 0, 60),
        "goals": lambda text: _many(Goal, text),
        "availability": lambda text: _many(Slot, text),
        "mode": lambda text: _choice(Mode, text),
        "kinds": lambda text: _many(Programme.Kind, text),
        "employer": _text(120),
        "position": _text(120),
        "about": _text(1500),
        "heard_from": _text(120),
        "capacity": lambda text: _number(text, 0, 12),
        "status": lambda text: _choice(ResidenceStatus, text),
        "employment": lambda text: _choice(Employment, text),
        "last_worked": lambda text: _number(text, 1950, timezone.localdate().year),
        **dict.fromkeys(("is_job_ready", "has_time", "interviewed"), _flag),
        **{name: lambda text: _number(text, 1, 12) for name in Application.LEVELS},
    }
    readers = {name: _as(name, read) for name, read in plain.items()}
    readers["occupation"] = _as("occupation_id", lambda text: _row_of(known.occupations, text))
    readers["industry"] = _as("industry_id", lambda text: _row_of(known.sectors, text))
    readers["city"] = _as("place_id", lambda text: _row_of(known.places, text))
    return readers


def _as(name: str, read: Reader) -> Callable[[str], tuple[str, Any]]:
    return lambda text: (name, read(text))


def _one(known: Mapping[str, Any], text: str) -> str:
    if text not in known:
        raise ValueError
    return text


def _row_of(known: Mapping[str, Model], text: str) -> Any:
    """The key of a row by its code, at the start of the cell, or by its name."""
    found = known.get(text.split(" ", maxsplit=1)[0]) or known.get(fold(text))
    if found is None:
        raise ValueError
    return found.pk


def _text(width: int) -> Reader:
    def read(text: str) -> str:
        if not 1 <= len(text) <= width:
            raise ValueError
        return text

    return read


def _email(text: str) -> str:
    validate_email(text)
    return _text(254)(text.lower())  # type: ignore[no-any-return]


def _number(text: str, least: int, most: int) -> int:
    value = int(text.removesuffix(".0"))
    if not least <= value <= most:
        raise ValueError
    return value


def _flag(text: str) -> bool:
    if text.casefold() not in YES | NO:
        raise ValueError
    return text.casefold() in YES


def _choice(choices: type[TextChoices], text: str) -> str:
    """A choice by its code or by its words in either language."""
    folded = fold(text)
    for choice in choices:
        if folded == choice.value:
            return str(choice.value)
        for language in LANGUAGES:
            with override(language):
                if folded == fold(str(choice.label)):
                    return str(choice.value)
    raise ValueError


def _many(choices: type[TextChoices], text: str) -> list[str]:
    found = [_choice(choices, part.strip()) for part in _COMMA.split(text) if part.strip()]
    if not found:
        raise ValueError
    return list(dict.fromkeys(found))


def _languages(text: str, known: Meanings) -> dict[str, int]:
    """Languages with their levels: en:12; fr:7, or English (12), French (7)."""
    found: dict[str, int] = {}
    for part in re.split(r"[;,|\n]", text):
        if not part.strip():
            continue
        match = _SPOKEN.match(part.strip())
        if match is None:
            raise ValueError
        found[known.tongues[fold(match[1])]] = _number(match[2], 1, 12)
    if not found:
        raise ValueError
    return found


SAY: dict[str, str | Promise] = {
    "email": _("Write an e-mail address like name@example.org."),
    "name": _("Write a name of at most 120 characters."),
    "language": _("Write en or fr: the language of our letters."),
    "occupation": _("Write a NOC 2021 code of five digits, or a job title that names one occupation."),
    "languages": _("Write languages with a level from 1 to 12, for example en:12; fr:7."),
    "industry": _("Write a NAICS code such as 52, or the name of the industry."),
    "years": _("Write a whole number from 0 to 60."),
    "goals": _("Write goals by their codes, for example network; interview."),
    "availability": _("Write times by their codes, for example weekday_evening; saturday."),
    "mode": _("Write in_person, online or either."),
    "city": _("Write a city of the list, for example Halifax."),
    "kinds": _("Write kinds by their codes, for example one_to_one; group."),
    "employer": _("Write at most 120 characters."),
    "position": _("Write at most 120 characters."),
    "about": _("Write at most 1,500 characters."),
    "capacity": _("Write a whole number from 0 to 12."),
    "heard_from": _("Name the partner who sends this person, in at most 120 characters."),
    "status": _("Write a status by its code, for example permanent or citizen."),
    "employment": _("Write unemployed, survival, below or in_field."),
    "last_worked": _("Write a year like 2024."),
    **{name: _("Write yes or no.") for name in ("is_job_ready", "has_time", "interviewed")},
    **{name: _("Write a level from 1 to 12.") for name in Application.LEVELS},
}
