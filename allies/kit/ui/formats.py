"""Numbers, money and dates as Canadian English and French write them (CLDR)."""

from datetime import date, datetime
from decimal import Decimal

from babel.dates import format_date, format_datetime, format_skeleton
from babel.numbers import format_currency, format_decimal, format_percent
from django.utils import timezone

from allies.kit.bilingual import current_language

LOCALES = {"en": "en_CA", "fr": "fr_CA"}


def locale() -> str:
    """Name the CLDR locale of the current language."""
    return LOCALES[current_language()]


def number(value: int | float | Decimal) -> str:
    """Write a number: 12,500.5 or 12 500,5."""
    return format_decimal(value, locale=locale())


def money(value: int | Decimal) -> str:
    """Write an amount in Canadian dollars, without cents where there are none."""
    places = "¤#,##0" if current_language() == "en" else "#,##0 ¤"
    if value != int(value):
        places = "¤#,##0.00" if current_language() == "en" else "#,##0.00 ¤"
    return format_currency(value, "CAD", places, locale=locale(), currency_digits=False)


def percent(value: float | Decimal) -> str:
    """Write a share of one in percent: 86 % in French, 86% in English."""
    return format_percent(value, locale=locale())


def day(value: date, precision: str = "day") -> str:
    """Write a date as exactly as it is known: 2008, May 2008, or May 6, 2008."""
    if precision == "year":
        return str(value.year)
    if precision == "month":
        return format_skeleton("yMMMM", value, locale=locale())
    text = format_date(value, "long", locale=locale())
    return text.replace("1 ", "1ᵉʳ ", 1) if current_language() == "fr" and value.day == 1 else text


_CLOCK = {"en": "h:mm\u00a0a", "fr": "H\u00a0'h'\u00a0mm"}


def moment(value: datetime) -> str:
    """Write a date with its time in the portal's time zone: May 6, 2010, 5:30 p.m. or 6 mai 2010, 17 h 30."""
    day = "d MMMM y" if current_language() == "fr" else "MMMM d, y"
    return format_datetime(timezone.localtime(value), f"{day}, {_CLOCK[current_language()]}", locale=locale())


def clock(value: datetime) -> str:
    """Write a time of day in the portal's time zone: 5:30 p.m. or 17 h 30, on one line."""
    return format_datetime(timezone.localtime(value), _CLOCK[current_language()], locale=locale())
