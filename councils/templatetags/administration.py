"""The administration's lists: `{% load administration %}`."""

from datetime import datetime
from typing import Any

from django import template
from django.contrib.admin.templatetags.admin_list import date_hierarchy
from django.db.models import Max, Min
from django.utils.timezone import localtime

register = template.Library()


@register.inclusion_tag("admin/date_hierarchy.html")
def years_and_days(cl: Any) -> dict[str, Any] | None:
    """Lead from years to days, as Django does, with each year from the first to the last one.

    Django looks for the years that have rows by reading every row.
    """
    name = cl.date_hierarchy
    if not any(f"{name}__{part}" in cl.params for part in ("year", "month", "day")):
        span = cl.queryset.aggregate(first=Min(name), last=Max(name))
        first, last = (localtime(day) if isinstance(day, datetime) else day for day in span.values())
        if first and first.year < last.year:
            years = range(first.year, last.year + 1)
            choices = [
                {"link": cl.get_query_string({f"{name}__year": str(year)}, [f"{name}__"]), "title": str(year)}
                for year in years
            ]
            return {"show": True, "back": None, "choices": choices}
    return date_hierarchy(cl)
