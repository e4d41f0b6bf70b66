"""The access matrix as a table that anybody can read: one row for each URL, one column for each kind of person.

A row gives the exact status code of GET and of POST for every actor, in the order of `tests.world.ACTORS`:

    anon stranger mentee board partner coordinator director rival coach committee funder national admin

A method that a row leaves out is not offered: whoever passes the gate gets 405, everybody else the gate's answer.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.world import ACTORS, World

Arguments = Callable[[World], Mapping[str, Any]]


def nothing(world: World) -> Mapping[str, Any]:
    """The arguments of a URL that has none."""
    return {}


def halifax(world: World) -> Mapping[str, Any]:
    """The arguments of a page of Halifax's workspace."""
    return {"council": world.halifax.slug_en}


def halifax_row(model: str) -> Arguments:
    """The arguments of a page about one row of Halifax."""
    return lambda world: {"council": world.halifax.slug_en, "pk": world.things[model].pk}


@dataclass(frozen=True, slots=True)
class Row:
    """One URL: how to reach it, and what each actor is answered."""

    get: str | None = None
    post: str | None = None
    args: Arguments = nothing
    data: Callable[[World], Mapping[str, Any]] = field(default=nothing)

    def codes(self, method: str) -> dict[str, int]:
        """The status code for each actor."""
        own = self.get if method == "get" else self.post
        if own is not None:
            return _columns(own)
        other = _columns(self.post if method == "get" else self.get)
        gated = other["anon"] == 302
        return {
            actor: code if code in (403, 404) or (actor == "anon" and gated) else 405 for actor, code in other.items()
        }


def _columns(text: str | None) -> dict[str, int]:
    codes = (text or "").split()
    if len(codes) == 1:
        codes *= len(ACTORS)
    if len(codes) != len(ACTORS):
        raise ValueError(f"A row has {len(ACTORS)} columns, not {len(codes)}: {text}")
    return dict(zip(ACTORS, map(int, codes), strict=True))


#                 anon strngr mentee board partner coord direct rival coach cmttee funder natnl admin
PUBLIC = "        200  200    200    200   200     200   200    200   200   200    200    200   200"
SIGNED_IN = "     302  200    200    200   200     200   200    200   200   200    200    200   200"
# A workspace page that every member and every national role may read.
COUNCIL_READ = "  302  404    404    200   200     200   200    404   200   200    200    200   200"
# A workspace page of the council's staff and the registry's staff.
COUNCIL_EDIT = "  302  404    404    403   403     200   200    404   403   403    403    200   200"
# The same page's POST with nothing in it: refused with the form shown again.
COUNCIL_POST = "  302  404    404    403   403     422   422    404   403   403    403    422   422"
# An action of the same people that answers by leading to another page.
COUNCIL_ACT = "   302  404    404    403   403     302   302    404   403   403    403    302   302"
NETWORK_READ = "  302  403    403    403   403     403   403    403   200   200    200    200   200"
NETWORK_KEEP = "  302  403    403    403   403     403   403    403   403   403    403    200   200"
NETWORK_POST = "  302  403    403    403   403     403   403    403   403   403    403    422   422"
NETWORK_ACT = "   302  403    403    403   403     403   403    403   403   403    403    302   302"
