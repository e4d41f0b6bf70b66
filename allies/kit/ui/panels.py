"""Panels that one part of the portal puts on the pages of another, which need not know it.

    @panels.add("councils.profile", position=20)
    def mentoring(request: HttpRequest, council: Council) -> Panel | None:
        programmes = open_at(council)
        return ("mentoring/_at_council.html", {"programmes": programmes}) if programmes else None

The page draws all of them with `{% panels "councils.profile" council %}`, in the order of their positions. A panel's
template has its own context, the `subject` of the page and the request; it draws one section.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

# A template and what it is drawn with; nothing where there is nothing to show.
Panel = tuple[str, dict[str, Any]]
Source = Callable[[HttpRequest, Any], Panel | None]

_sources: dict[str, list[tuple[int, Source]]] = {}


def add(place: str, *, position: int = 100) -> Callable[[Source], Source]:
    """Put what a function gives on the pages that draw a place; adding it twice changes nothing."""

    def register(source: Source) -> Source:
        known = _sources.setdefault(place, [])
        if all(other is not source for _position, other in known):
            known.append((position, source))
            known.sort(key=lambda entry: entry[0])
        return source

    return register


def found(place: str, request: HttpRequest, subject: Any) -> list[Panel]:
    """Give the panels of a place that have something to show about the subject of its page."""
    asked = (source(request, subject) for _position, source in _sources.get(place, ()))
    return [panel for panel in asked if panel is not None]


def drawn(place: str, request: HttpRequest, subject: Any) -> list[SafeString]:
    """Draw the panels of a place."""
    return [
        render_to_string(template, {"subject": subject, **facts}, request=request)
        for template, facts in found(place, request, subject)
    ]
