"""The administration's lists: `{% load administration %}`."""

from datetime import date, datetime
from typing import Any

from django import template
from django.contrib.admin.templatetags.admin_list import date_hierarchy
from django.db.models import Max, Min
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime

register = template.Library()


@register.inclusion_tag("admin/date_hierarchy.html")
def years_and_days(cl: Any) -> dict[str, Any] | None:
    """Lead from years to days, as Django does, with each year, month or day from the first to the last one.

    Django looks for those that have rows by reading every row.
    """
    name = cl.date_hierarchy
    if any(f"{name}__{part}" in cl.params for part in ("year", "month", "day")):
        return date_hierarchy(cl)
    span = cl.queryset.aggregate(first=Min(name), last=Max(name))
    first, last = (localtime(day) if isinstance(day, datetime) else day for day in span.values())
    if not first:
        return {"show": False}
    if first.year < last.year:
        days = [date(year, 1, 1) for year in range(first.year, last.year + 1)]
        return _choices(cl, days, "Y", "year")
    if first.month < last.month:
        days = [date(first.year, month, 1) for month in range(first.month, last.month + 1)]
        return _choices(cl, days, "YEAR_MONTH_FORMAT", "year", "month")
    days = [date(first.year, first.month, day) for day in range(first.day, last.day + 1)]
    return _choices(cl, days, "MONTH_DAY_FORMAT", "year", "month", "day")


def _choices(cl: Any, days: list[date], look: str, *parts: str) -> dict[str, Any]:
    name = cl.date_hierarchy
    choices = [
        {
            "link": cl.get_query_string({f"{name}__{part}": str(getattr(day, part)) for part in parts}, [f"{name}__"]),
            "title": capfirst(date_format(day, look)),
        }
        for day in days
    ]
    return {"show": True, "back": None, "choices": choices}
