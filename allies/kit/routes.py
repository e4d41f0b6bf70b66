"""The URL map as data: what the gate check and the access matrix read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True, slots=True)
class Route:
    """One URL: its full name, its pattern and its view."""

    name: str
    pattern: str
    view: Callable[..., Any]

    @property
    def module(self) -> str:
        """The module of the view, seen through decorators and classes."""
        view = self.view
        return getattr(getattr(view, "view_class", view), "__module__", "")

    @property
    def gate(self) -> str | None:
        """The name of the policy at the gate, if there is a gate."""
        return getattr(self.view, "gate", None)


def routes() -> Iterator[Route]:
    """Walk every URL of the portal."""
    yield from _walk(get_resolver().url_patterns, "", "")


def _walk(patterns: Any, prefix: str, namespace: str) -> Iterator[Route]:
    for item in patterns:
        where = prefix + str(item.pattern)
        if isinstance(item, URLResolver):
            inner = f"{namespace}{item.namespace}:" if item.namespace else namespace
            yield from _walk(item.url_patterns, where, inner)
        elif isinstance(item, URLPattern):
            yield Route(f"{namespace}{item.name or ''}", where, item.callback)
