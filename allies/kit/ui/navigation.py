"""Navigation by what a person may do: apps add entries, the header shows those whose gate would open."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

from allies.kit.access import can


@dataclass(frozen=True, slots=True)
class Entry:
    """A link in the header: shown to those whom the policy allows."""

    label: str | Promise
    url_name: str
    policy: str = "public"
    position: int = 100
    starts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as one page shows it."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a council's workspace: where its link leads, whose pages belong to it, and who sees it."""

    label: str | Promise
    url_name: str
    starts: tuple[str, ...]
    policy: str
    position: int = 100


_entries: list[Entry] = []
_network: list[Entry] = []
_sections: list[Section] = []
_workplaces: list[Callable[[Any], list[tuple[str, str]]]] = []


def add(*entries: Entry) -> None:
    """Add entries to the header; adding one twice changes nothing."""
    for entry in entries:
        if entry not in _entries:
            _entries.append(entry)
    _entries.sort(key=lambda entry: entry.position)


def add_network(*entries: Entry) -> None:
    """Add parts to the pages of the whole network; adding one twice changes nothing."""
    for entry in entries:
        if entry not in _network:
            _network.append(entry)
    _network.sort(key=lambda entry: entry.position)


def network(request: HttpRequest) -> list[Link]:
    """Give the links to the parts of the network's pages that the person may open."""
    return _drawn(request, _network)


def add_sections(*sections: Section) -> None:
    """Add parts to every council's workspace; adding one twice changes nothing."""
    for section in sections:
        if section not in _sections:
            _sections.append(section)
    _sections.sort(key=lambda section: section.position)


def sections(request: HttpRequest, tenant: Any) -> list[Link]:
    """Give the links to the parts of a tenant's workspace that the person may open."""
    here = request.resolver_match.view_name if request.resolver_match else ""
    return [
        Link(str(section.label), reverse(section.url_name, args=[tenant.slug]), here.startswith(section.starts))
        for section in _sections
        if can(request.user, section.policy, tenant)
    ]


def set_workplaces(source: Callable[[Any], list[tuple[str, str]]]) -> None:
    """Name the function that lists a person's workspaces as (name, address)."""
    _workplaces[:] = [source]


def workplaces(user: Any) -> list[tuple[str, str]]:
    """List the workspaces of a person."""
    return _workplaces[0](user) if _workplaces and user.is_authenticated else []


def links(request: HttpRequest) -> list[Link]:
    """Give the links of the header for this request."""
    return _drawn(request, _entries)


def _drawn(request: HttpRequest, entries: list[Entry]) -> list[Link]:
    user = getattr(request, "user", None)
    match = request.resolver_match
    here = match.view_name if match else ""
    return [
        Link(
            str(entry.label),
            reverse(entry.url_name),
            here == entry.url_name or here.startswith(entry.starts or ("\0",)),
        )
        for entry in entries
        if can(user, entry.policy)
    ]
