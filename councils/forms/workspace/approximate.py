"""Dates written as exactly as they are known: 2009, 2009-06 or 2009-06-15."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from councils.dates import iso
from councils.models import DatePrecision

_WRITTEN = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_PRECISION = {1: DatePrecision.YEAR, 2: DatePrecision.MONTH, 3: DatePrecision.DAY}


class ApproximateDateField(forms.CharField):
    """A date of a year, a month or a day; gives (date or None, precision)."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("As exactly as you know it: 2009, 2009-06 or 2009-06-15."))
        kwargs.setdefault("max_length", 10)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        """Read the date and how exact it is."""
        text = super().clean(value)
        if not text:
            return None, DatePrecision.YEAR
        found = _WRITTEN.fullmatch(text)
        if not found:
            raise ValidationError(_("Write a year, a month or a day, like 2009, 2009-06 or 2009-06-15."))
        parts = [int(part) for part in found.groups() if part]
        try:
            return date(*[*parts, 1, 1][:3]), _PRECISION[len(parts)]
        except ValueError:
            raise ValidationError(_("There is no such day: check the month and the day.")) from None


def written(day: date | None, precision: str) -> str:
    """The date as the field shows it."""
    return iso(day, precision) if day else ""
