"""Parts of a council's mentoring: `{% load mentoring_work %}`."""

from typing import Any

from django import template

from councils.dates import hours
from mentoring import navigation

register = template.Library()


@register.inclusion_tag("ui/tabs.html", takes_context=True)
def mentoring_tabs(context: template.Context, council: Any, label: Any) -> dict[str, Any]:
    """Draw the links to the parts of a council's mentoring."""
    return {"links": navigation.tabs(context["request"], council), "label": label}


@register.filter
def span(meeting: Any) -> str:
    """Write from when to when a meeting lasts."""
    return hours(meeting.starts_at, meeting.ends_at)
