"""What narrows a list, in the words of its form."""

from dataclasses import dataclass
from typing import Any

from django.forms import BoundField
from django.http import QueryDict


@dataclass(frozen=True, slots=True)
class Chosen:
    """One filter in use: what it asks for and the query string without it."""

    label: str
    value: str
    without: str


def chosen(filterset: Any, query: QueryDict) -> list[Chosen]:
    """List the filters in use whose value means something; the others are reported by the filter itself."""
    found = []
    for field in filterset.form:
        values = [value for value in query.getlist(field.html_name) if value]
        if not values or field.errors:
            continue
        rest = query.copy()
        rest.pop(field.html_name)
        rest.pop("page", None)
        words = ", ".join(_words(field, value) for value in values)
        found.append(Chosen(str(field.label), words, f"?{rest.urlencode()}"))
    return found


def _words(field: BoundField, value: str) -> str:
    for option, label in getattr(field.field, "choices", ()):
        if str(option) == value:
            return str(label)
    return value
