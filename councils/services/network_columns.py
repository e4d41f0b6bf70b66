"""How the words of the network's data files become columns of the registry's tables."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from councils.models import Body, Council, DatePrecision, Event, FactValue, FormerName, LocalProgramme, StageChange

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")
_ROLES = {
    "catalyst": "is_catalyst",
    "clearinghouse": "is_clearinghouse",
    "awareness": "raises_awareness",
    "facilitator": "is_facilitator",
}
_STAYS_OUT = {"match": "joins_national_match", "campaigns": "joins_campaigns", "advocacy": "joins_advocacy"}
_WORKS_IN = {"en": "works_in_english", "fr": "works_in_french"}
# How a dated key of the files is called in the model, and which field says how exact it is.
_DATES: dict[type[models.Model], dict[str, tuple[str, str]]] = {
    Council: {"started": ("started_on", "started_precision")},
    StageChange: {"on": ("on", "precision")},
    FormerName: {"from": ("starts_on", "precision"), "until": ("ends_on", "precision")},
    Body: {"started": ("starts_on", "")},
    LocalProgramme: {"started": ("started_on", "started_precision")},
    FactValue: {"as_of": ("as_of", "precision")},
    Event: {"on": ("starts_on", "precision"), "until": ("ends_on", "precision")},
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault in a data file: which table of it, which key, and what is wrong."""

    file: str
    table: str
    key: str
    message: str | Promise

    def __str__(self) -> str:
        where = " ".join(part for part in (self.table, self.key) if part)
        return f"{self.file}, {where}: {self.message}" if where else f"{self.file}: {self.message}"


def take_flags(content: dict[str, Any]) -> tuple[dict[str, bool], list[tuple[str, str]]]:
    """Take the lists of words out of a council's file: its yes-or-no fields, and the words that we don't know."""
    flags: dict[str, bool] = {}
    odd: list[tuple[str, str]] = []
    for key, names, chosen in (
        ("roles", _ROLES, True),
        ("stays_out_of", _STAYS_OUT, False),
        ("works_in", _WORKS_IN, True),
    ):
        words = content.pop(key, [])
        flags |= {field: (word in words) is chosen for word, field in names.items()}
        odd += [(key, word) for word in words if word not in names]
    return flags, odd


def columns(model: type[models.Model], values: dict[str, Any]) -> dict[str, Any]:
    """Name the columns of a model and give their values; ValidationError for a key or a date we don't know."""
    columns: dict[str, Any] = {}
    for key, value in values.items():
        column, precision = _DATES.get(model, {}).get(key, (key, ""))
        if column != key or (model, key) in ((StageChange, "on"), (FactValue, "as_of")):
            columns[column], exact = dated(key, value)
            if precision:
                columns[precision] = exact
            continue
        try:
            field = model._meta.get_field(key)
        except FieldDoesNotExist:
            raise ValidationError({key: _("We know no such key.")}) from None
        is_code = isinstance(field, models.ForeignKey) and isinstance(value, str)
        columns[field.attname if is_code else key] = value.strip() if isinstance(value, str) else value  # type: ignore[union-attr]
    return columns


def dated(key: str, text: Any) -> tuple[date, str]:
    """Read 2009, 2009-06 or 2009-06-30 as a date and how exact it is."""
    found = _DATE.fullmatch(str(text))
    try:
        if found is None:
            raise ValueError
        year, month, day = found.groups()
        exact = DatePrecision.DAY if day else DatePrecision.MONTH if month else DatePrecision.YEAR
        return date(int(year), int(month or 1), int(day or 1)), exact
    except ValueError:
        raise ValidationError({key: _("Write a date like 2009, 2009-06 or 2009-06-30.")}) from None
