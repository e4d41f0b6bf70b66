"""State machines as tables of arrows, and moves that notice when someone was faster."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from allies.kit.refusals import Refused
from allies.kit.scope import across

S = TypeVar("S", bound=str)
Arrows = Mapping[S, Iterable[S]]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a process as the stepper draws it: `standing` is done, now or ahead."""

    value: str
    label: str
    standing: str


def check_table(arrows: Mapping[str, Iterable[str]], initial: str, states: Iterable[str]) -> list[str]:
    """List what is wrong with a table: unknown or unreachable states, or a walk that can never end."""
    names = set(states)
    faults = [f"{s} is not in the table" for s in sorted(names - set(arrows))]
    faults += [f"{t} is unknown" for s in arrows for t in arrows[s] if t not in names]
    reached, edge = {initial}, [initial]
    while edge:
        for target in arrows.get(edge.pop(), ()):
            if target not in reached:
                reached.add(target)
                edge.append(target)
    faults += [f"{s} cannot be reached" for s in sorted(names - reached)]
    ends = {s for s in arrows if not set(arrows[s])}
    while grown := {s for s in arrows if s not in ends and set(arrows[s]) & ends}:
        ends |= grown
    faults += [f"{s} never ends" for s in sorted(set(arrows) - ends)]
    return faults


def move(
    instance: models.Model,
    to: str,
    *,
    arrows: Mapping[str, Iterable[str]],
    field: str = "state",
    **columns: Any,
) -> None:
    """Move an instance along an arrow by one conditional update; Refused without an arrow or if someone was faster."""
    old = getattr(instance, field)
    if to not in arrows[old]:
        raise Refused(_("This step is not possible from where it stands now."))
    changes = {field: to, **columns}
    with across():
        moved = type(instance)._default_manager.filter(pk=instance.pk, **{field: old}).update(**changes)
    if not moved:
        raise Refused(_("Someone else was faster: please reload the page and look again."))
    for name, value in changes.items():
        setattr(instance, name, value)


def draw(path: Iterable[tuple[str, str]], current: str) -> list[Step]:
    """Draw the steps of a path (value, label) around the current state."""
    steps, passed = [], True
    for value, label in path:
        now = value == current
        passed = passed and not now
        steps.append(Step(value, str(label), "now" if now else "done" if passed else "ahead"))
    return steps
