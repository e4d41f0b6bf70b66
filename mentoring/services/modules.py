"""Soft-skills modules: a programme's ordered list, and what a pair ticks off of it."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from allies.kit import audit
from allies.kit.access import authorize
from allies.kit.refusals import Refused
from allies.kit.scope import across
from councils.models import User
from councils.services.editing import merged, saying, write
from mentoring.models import Module, ModuleDone, Pair, Programme
from mentoring.services.pairs import under_way

FIELDS = ("title_en", "title_fr", "task_en", "task_fr", "link_en", "link_fr")
FILE = Path(settings.BASE_DIR) / "mentoring" / "data" / "modules.toml"
MOST = 20
RULES = {
    "a_module_is_named_once_in_a_programme": (
        "title_en",
        _("This programme has a module with this title already, perhaps a retired one."),
    ),
    "a_module_says_what_to_do_in_both_languages": ("task_en", _("Write the title and the task in both languages.")),
}


@cache
def usual() -> list[dict[str, str]]:
    """The modules that a programme begins with."""
    found: list[dict[str, str]] = tomllib.loads(FILE.read_text(encoding="utf-8"))["modules"]
    return found


def _held(programme_id: Any, by: User) -> Programme:
    """Lock a programme, so that one change to its order happens at a time."""
    programme: Programme = (
        Programme.objects.select_for_update(of=("self",)).select_related("council").get(pk=programme_id)
    )
    authorize(by, "mentoring.manage", programme.council)
    return programme


def _room(programme: Programme) -> int:
    """The next place in the order; Refused where the list is long enough."""
    standing = programme.modules.filter(is_retired=False).count()
    if standing >= MOST:
        raise Refused(_("Twenty modules are enough: retire one first."))
    last: int | None = programme.modules.aggregate(last=Max("position"))["last"]
    return (last or 0) + 1


@transaction.atomic
def take_usual(programme: Programme, *, by: User) -> int:
    """Give a programme without modules the usual ones; gives how many."""
    standing = _held(programme.pk, by)
    if standing.modules.exists():
        raise Refused(_("This programme has modules already: add to them one at a time."))
    made = write_usual(standing)
    for module in made:
        audit.record("mentoring.module_added", module, by=by, council=standing.council_id, fields=FIELDS)
    return len(made)


def write_usual(programme: Programme) -> list[Module]:
    """Write the usual modules of a programme that has none."""
    return Module.objects.bulk_create(
        Module(programme=programme, position=number, **words) for number, words in enumerate(usual(), start=1)
    )


@transaction.atomic
def add(programme: Programme, *, facts: Mapping[str, Any], by: User) -> Module:
    """Add a module at the end of the order."""
    standing = _held(programme.pk, by)
    module = Module(programme=standing, position=_room(standing))
    write(module, facts, known=FIELDS)
    with saying(**RULES):
        module.save(force_insert=True)
    audit.record("mentoring.module_added", module, by=by, council=standing.council_id, fields=list(facts))
    return module


@transaction.atomic
def edit(module: Module, *, facts: Mapping[str, Any], seen: Mapping[str, str], by: User) -> list[str]:
    """Write what changed and give the names of the changed fields; Overtaken where a colleague was faster."""
    programme = _held(module.programme_id, by)
    standing = Module.objects.select_for_update(of=("self",)).get(pk=module.pk)
    changes = merged(standing, facts, seen)
    write(standing, changes, known=FIELDS)
    if not changes:
        return []
    with saying(**RULES):
        standing.save(update_fields=list(changes))
    audit.record("mentoring.module_changed", standing, by=by, council=programme.council_id, fields=changes)
    return sorted(changes)


@transaction.atomic
def move(module: Module, *, up: bool, by: User) -> None:
    """Let a module change places with its neighbour; at the end of the list nothing happens."""
    programme = _held(module.programme_id, by)
    rows = list(programme.modules.filter(is_retired=False).order_by("position"))
    at = next((number for number, row in enumerate(rows) if row.pk == module.pk), None)
    if at is None:
        raise Refused(_("A retired module has no place in the order."))
    other = at - 1 if up else at + 1
    if not 0 <= other < len(rows):
        return
    rows[at].position, rows[other].position = rows[other].position, rows[at].position
    Module.objects.bulk_update([rows[at], rows[other]], ["position"])
    audit.record("mentoring.module_moved", rows[at], by=by, council=programme.council_id, fields=["position"])


@transaction.atomic
def retire(module: Module, *, by: User) -> None:
    """Offer a module no more; pairs that have done it keep it on their page."""
    programme = _held(module.programme_id, by)
    if not Module.objects.filter(pk=module.pk, is_retired=False).update(is_retired=True):
        raise Refused(_("This module is retired already."))
    audit.record("mentoring.module_retired", module, by=by, council=programme.council_id, fields=["is_retired"])


@transaction.atomic
def restore(module: Module, *, by: User) -> None:
    """Offer a retired module again, at the end of the order."""
    programme = _held(module.programme_id, by)
    place = _room(programme)
    if not Module.objects.filter(pk=module.pk, is_retired=True).update(is_retired=False, position=place):
        raise Refused(_("This module is on the list already."))
    audit.record("mentoring.module_restored", module, by=by, council=programme.council_id, fields=["is_retired"])


@transaction.atomic
def tick(pair: Pair, *, module: Module, by: User) -> list[ModuleDone]:
    """Note that a pair has done a module; a mentor's tick counts for all mentees of the group."""
    authorize(by, "mentoring.take_part", pair)
    standing = under_way(pair)
    with across():
        offered = Module.objects.filter(pk=module.pk, programme=standing.programme_id, is_retired=False)
        if not offered.exists():
            raise Refused(_("This module is not on your programme's list any more."))
        made = []
        for one in _those_with(standing, by):
            done, is_new = ModuleDone.objects.get_or_create(
                pair=one, module=module, defaults={"ticked_by": by, "done_on": timezone.localdate()}
            )
            if is_new:
                made.append(done)
                audit.record("mentoring.module_ticked", done, by=by, council=standing.programme.council)
    return made


def _those_with(pair: Pair, by: User) -> list[Pair]:
    """The pairs that a tick counts for: this one, and for the mentor of a group those of the other mentees."""
    if pair.group is None or by.pk != pair.mentor_person_id:
        return [pair]
    others = Pair.objects.filter(group=pair.group, state=pair.state).exclude(pk=pair.pk).order_by("pk")
    return [pair, *others]


@transaction.atomic
def untick(pair: Pair, *, module: Module, by: User) -> None:
    """Take a tick back, for this pair alone."""
    authorize(by, "mentoring.take_part", pair)
    standing = under_way(pair)
    with across():
        done = ModuleDone.objects.filter(pair=standing, module=module).first()
        if done is None:
            raise Refused(_("This module is not ticked off."))
        audit.record("mentoring.module_unticked", done, by=by, council=standing.programme.council)
        done.delete()
