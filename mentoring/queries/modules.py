"""Soft-skills modules as pages show them: a programme's list, and how far a pair is with it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from allies.kit.scope import across
from mentoring.models import Module, ModuleDone, Pair, Programme


def modules_of(programme: Programme) -> "QuerySet[Module]":
    """A programme's modules, those on offer first, each with the number of pairs that have done it."""
    return programme.modules.annotate(pairs=Count("done")).order_by("is_retired", "position")


@dataclass(frozen=True, slots=True)
class Item:
    """A module on a pair's checklist; `done` is None while it is to be done."""

    module: Module
    done: ModuleDone | None


@dataclass(frozen=True, slots=True)
class Checklist:
    """The modules of a pair: what is on offer, and retired ones that it has done."""

    items: list[Item]

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self.items)

    @property
    def ticked(self) -> int:
        """How many are done."""
        return sum(item.done is not None for item in self.items)

    @property
    def next(self) -> Module | None:
        """The first one that is to be done."""
        return next((item.module for item in self.items if item.done is None), None)


def checklist(pair: Pair) -> Checklist:
    """The checklist of a pair, in the programme's order."""
    with across():
        done = {tick.module_id: tick for tick in ModuleDone.objects.filter(pair=pair.pk).select_related("ticked_by")}
        offered = Module.objects.filter(Q(is_retired=False) | Q(pk__in=done), programme=pair.programme_id)
        return Checklist([Item(module, done.get(module.pk)) for module in offered.order_by("position")])


def with_modules(pairs: "QuerySet[Pair]") -> "QuerySet[Pair]":
    """Add to each pair how many modules it has done, and how many there are for it."""
    ticks = ModuleDone.objects.filter(pair=OuterRef("pk")).order_by()
    offered = Module.objects.filter(programme=OuterRef("programme"), is_retired=False).order_by()
    return pairs.annotate(
        modules_ticked=_counted(ticks, "pair"),
        modules_total=_counted(offered, "programme") + _counted(ticks.filter(module__is_retired=True), "pair"),
    )


def _counted(rows: "QuerySet[Any]", by: str) -> Coalesce:
    return Coalesce(Subquery(rows.values(by).annotate(n=Count("pk")).values("n")), 0)
