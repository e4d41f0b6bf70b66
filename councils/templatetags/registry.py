"""Dates and data blocks for the registry's templates: `{% load registry %}`."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from allies.kit.text import render_markdown
from councils.dates import iso, spoken, spoken_span
from councils.models import LocalProgramme

register = template.Library()


@register.simple_tag
def dated(day: date | None, precision: str = "day") -> SafeString:
    """Write a date as exactly as it is known, with the same for machines."""
    if day is None:
        return SafeString("")
    return format_html('<time datetime="{}">{}</time>', iso(day, precision), spoken(day, precision))


@register.simple_tag
def days(event: Any) -> SafeString:
    """Write the days of an event."""
    text = spoken_span(event.starts_on, event.ends_on, event.precision)
    return format_html('<time datetime="{}">{}</time>', iso(event.starts_on, event.precision), text)


@register.filter
def programme_kinds(codes: Iterable[str]) -> str:
    """Name kinds of programmes."""
    return ", ".join(str(LocalProgramme.Kind(code).label) for code in codes)


@register.filter
def markdown(source: str) -> SafeString:
    """Render what people wrote in Markdown."""
    return render_markdown(source)
