"""Lists of organisations as files: an export, and an import that shows first what it would change.

A file whose rows are all good is kept until somebody takes it in: what was looked at is what is taken in.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from allies.kit import audit, files
from allies.kit.access import authorize, can
from allies.kit.export import Column
from allies.kit.models import StoredFile
from allies.kit.refusals import Refused
from councils.models import Council, Organisation, StakeholderGroup, User
from councils.services.editing import fingerprint, saying, value_of
from councils.services.organisation_sheet import NEEDED, OPTIONAL, Sheet, as_csv, facts_of, lines_of, read, sheet
from councils.services.organisations import PERSONAL, RULES
from councils.services.sheets import RowError, RowErrors


@dataclass(frozen=True, slots=True)
class Planned:
    """What an import does with one row: adds an organisation, or changes some fields of the one of the same name."""

    row: int
    standing: Organisation | None
    facts: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The name as the file has it."""
        return str(self.facts["name_en"])

    @property
    def group(self) -> str:
        """The group in words."""
        return str(StakeholderGroup(self.facts["group"]).label)

    @property
    def changes(self) -> list[str]:
        """The fields that the row changes; of a new organisation, those that it fills."""
        if self.standing is None:
            return list(self.facts)
        return [name for name, value in self.facts.items() if getattr(self.standing, name) != value]

    @property
    def changes_in_words(self) -> str:
        """What the changed fields are called."""
        fields = [Organisation._meta.get_field(name) for name in self.changes]
        return ", ".join(capfirst(str(getattr(field, "verbose_name", ""))) for field in fields)


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do, row by row, and the headings that it leaves out."""

    rows: list[Planned]
    unknown: list[str]

    @property
    def added(self) -> int:
        """How many organisations are new."""
        return sum(planned.standing is None for planned in self.rows)

    @property
    def changing(self) -> list[Planned]:
        """The rows that do something."""
        return [planned for planned in self.rows if planned.changes]

    @property
    def changed(self) -> int:
        """How many organisations at the table get new facts."""
        return len(self.changing) - self.added

    @property
    def same(self) -> int:
        """How many rows say what stands there already."""
        return len(self.rows) - len(self.changing)

    @property
    def seal(self) -> str:
        """A few characters that differ as soon as the import would do something else."""
        parts = []
        for planned in self.rows:
            standing = planned.standing
            parts.append(str(standing.pk) if standing else "")
            parts += [fingerprint(value_of(standing, name)) if standing else "" for name in sorted(planned.facts)]
            parts += [fingerprint(planned.facts[name]) for name in sorted(planned.facts)]
        return hashlib.sha256("/".join(parts).encode()).hexdigest()[:20]


def columns(*, with_people: bool) -> list[Column]:
    """The columns of an export; headings are the names that an import reads."""
    names = [*NEEDED, *(name for name in OPTIONAL if with_people or name not in PERSONAL), "left_on"]
    return [(name, _as_text(name)) for name in names]


def _as_text(name: str) -> Callable[[Any], object]:
    if name == "is_member":
        return lambda row: "yes" if row.is_member else "no"
    return lambda row: getattr(row, name)


@transaction.atomic
def look_at_list(council: Council, upload: "UploadedFile[Any]", *, by: User) -> StoredFile:
    """Check every row of a file and keep it for taking in; RowErrors tells row and column of each fault."""
    authorize(by, "councils.edit", council)
    found = read(upload)
    _plan(council, found, by)
    return files.keep(as_csv(found), kind="csv", name=found.name, by=by, tenant_id=council.pk)


def kept_list(council: Council, pk: UUID, *, by: User) -> StoredFile | None:
    """The list that this person looked at, while it is kept."""
    return StoredFile.objects.filter(pk=pk, kind="csv", tenant_id=council.pk, owner=by).first()


def plan_of(council: Council, kept: StoredFile, *, by: User) -> Plan:
    """Work out anew what taking in a kept list would change as things stand now."""
    authorize(by, "councils.edit", council)
    return _plan(council, sheet(kept.name, lines_of(kept)), by)


@transaction.atomic
def take_in(council: Council, kept: StoredFile, *, seal: str, by: User) -> int:
    """Take in all rows of a kept list and forget it; Refused when it would change something else than was shown."""
    authorize(by, "councils.edit", council)
    if not StoredFile.objects.select_for_update(of=("self",)).filter(pk=kept.pk):
        raise Refused(_("This list is imported already."))
    # Nobody changes them between the look and the writing.
    list(Organisation.objects.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    plan = plan_of(council, kept, by=by)
    if plan.seal != seal:
        raise Refused(_("Meanwhile somebody changed these organisations. Look at the list again, then import it."))
    written = [(_written(council, planned), planned) for planned in plan.changing]
    files.discard(kept)
    for organisation, planned in written:
        action = "councils.organisation_changed" if planned.standing else "councils.organisation_added"
        audit.record(action, organisation, by=by, council=council, fields=planned.changes)
    return len(written)


def _written(council: Council, planned: Planned) -> Organisation:
    if planned.standing is None:
        with saying(**RULES):
            return Organisation.objects.create(council=council, **planned.facts)
    Organisation.objects.filter(pk=planned.standing.pk).update(
        **{name: planned.facts[name] for name in planned.changes}
    )
    return planned.standing


def forget_list(kept: StoredFile, *, by: User) -> None:
    """Forget a list that is not taken in."""
    authorize(by, "councils.own_record", kept.owner)
    files.discard(kept)


def _plan(council: Council, found: Sheet, by: User) -> Plan:
    if any(name in cells for _row, cells in found.rows for name in PERSONAL):
        decision = can(by, "councils.see_people", council)
        if not decision:
            raise Refused(decision.reason)
    standing = {o.name_en: o for o in Organisation.objects.order_by("name_en", "pk")}
    folded = {name.casefold(): o for name, o in standing.items()}
    rows: list[Planned] = []
    faults: list[RowError] = []
    seen: dict[str, int] = {}
    for row, cells in found.rows:
        facts, wrong = facts_of(found.name, row, cells)
        name = cells["name_en"]
        one = standing.get(name) or folded.get(name.casefold())
        wrong += _faults(found.name, row, facts, one)
        if name and name.casefold() in seen:
            sentence = _("This name stands in row %(row)d already.") % {"row": seen[name.casefold()]}
            wrong.append(RowError(found.name, row, "name_en", sentence))
        seen.setdefault(name.casefold(), row)
        faults += wrong
        rows.append(Planned(row, one, facts))
    if faults:
        raise RowErrors(faults)
    return Plan(rows, found.unknown)


def _faults(file: str, row: int, facts: Mapping[str, Any], standing: Organisation | None) -> Iterator[RowError]:
    joined, left = facts.get("joined_on"), standing.left_on if standing else None
    if joined and left and joined > left:
        sentence = _("The organisation left on %(day)s, before that day.") % {"day": left.isoformat()}
        yield RowError(file, row, "joined_on", sentence)
