"""Lists of organisations as files: what an export holds, and an import that changes nothing unless every row is good."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from zipfile import BadZipFile

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from allies.kit import audit
from allies.kit.access import authorize
from allies.kit.export import Column
from allies.kit.refusals import Refused
from councils.models import Council, Organisation, StakeholderGroup, User
from councils.services.sheets import RowError, RowErrors

MOST_BYTES = 2 * 1024 * 1024
MOST_ROWS = 5000
NEEDED = ("name_en", "name_fr", "group")
OPTIONAL = ("website", "contact_name", "contact_email", "is_member", "joined_on")
PERSONAL = ("contact_name", "contact_email")
YES, NO = {"1", "yes", "oui", "true", "x"}, {"", "0", "no", "non", "false"}


@dataclass(frozen=True, slots=True)
class Planned:
    """What an import does with one row: adds an organisation or changes the one of the same name."""

    row: int
    name: str
    group: str
    is_new: bool


def columns(*, with_people: bool) -> list[Column]:
    """The columns of an export; headings are the names that an import reads."""
    names = [*NEEDED, *(name for name in OPTIONAL if with_people or name not in PERSONAL), "left_on"]
    return [(name, _as_text(name)) for name in names]


def _as_text(name: str) -> Callable[[Any], object]:
    if name == "is_member":
        return lambda row: "yes" if row.is_member else "no"
    return lambda row: getattr(row, name)


@transaction.atomic
def take_in(council: Council, upload: UploadedFile, *, write: bool, by: User) -> list[Planned]:
    """Check every row of a CSV or XLSX file and, when `write`, take them all in; RowErrors tells row and column."""
    authorize(by, "councils.edit", council)
    rows = list(_rows(upload))
    if any(name in facts for _row, facts in rows for name in PERSONAL):
        authorize(by, "councils.see_people", council)
    known = {o.name_en.casefold(): o for o in Organisation.objects.select_for_update(of=("self",))}
    plan, ready, errors, seen = [], [], [], dict[str, int]()
    for row, cells in rows:
        facts, faults = _facts(upload.name or "", row, cells)
        key = str(facts.get("name_en", "")).casefold()
        if key and key in seen:
            sentence = _("This name stands in row %(row)d already.") % {"row": seen[key]}
            faults.append(RowError(upload.name or "", row, "name_en", sentence))
        seen.setdefault(key, row)
        errors += faults
        ready.append((known.get(key), facts))
        plan.append(Planned(row, str(facts.get("name_en", "")), _label(facts), key not in known))
    if errors:
        raise RowErrors(errors)
    if not plan:
        raise Refused(_("The file holds no row below its headings."))
    if write:
        _write(council, ready, by)
    return plan


def _label(facts: Mapping[str, Any]) -> str:
    return str(StakeholderGroup(facts["group"]).label) if "group" in facts else ""


def _write(council: Council, ready: list[tuple[Organisation | None, dict[str, Any]]], by: User) -> None:
    written = []
    for standing, facts in ready:
        organisation = standing or Organisation(council=council)
        changed = [name for name, value in facts.items() if getattr(organisation, name) != value]
        for name in changed:
            setattr(organisation, name, facts[name])
        if changed:
            organisation.save()
            written.append((organisation, standing is None, changed))
    for organisation, is_new, changed in written:
        action = "councils.organisation_added" if is_new else "councils.organisation_changed"
        audit.record(action, organisation, by=by, council=council, fields=changed)


def _facts(file: str, row: int, cells: Mapping[str, str]) -> tuple[dict[str, Any], list[RowError]]:
    facts: dict[str, Any] = {}
    faults = []
    for name, text in cells.items():
        try:
            facts[name] = _READ[name](text)
        except (ValueError, ValidationError):
            faults.append(RowError(file, row, name, _SAY[name]))
    return facts, faults


def _name(text: str) -> str:
    if not 1 <= len(text) <= 160:  # noqa: PLR2004  (the width of the column)
        raise ValueError
    return text


def _group(text: str) -> str:
    folded = text.casefold()
    for group in StakeholderGroup:
        if folded in (group.value, str(group.label).casefold()):
            return group.value
    raise ValueError


def _website(text: str) -> str:
    if text and not text.startswith(("http://", "https://")):
        raise ValueError
    return text


def _email(text: str) -> str:
    if text:
        validate_email(text)
    return text


def _flag(text: str) -> bool:
    if text.casefold() not in YES | NO:
        raise ValueError
    return text.casefold() in YES


_READ: dict[str, Callable[[str], Any]] = {
    "name_en": _name,
    "name_fr": _name,
    "group": _group,
    "website": _website,
    "contact_name": lambda text: text[:120],
    "contact_email": _email,
    "is_member": _flag,
    "joined_on": lambda text: date.fromisoformat(text) if text else None,
}
_SAY = {
    "name_en": gettext_lazy("Write a name of at most 160 characters."),
    "name_fr": gettext_lazy("Write a name of at most 160 characters; repeat the English one if there is only one."),
    "group": gettext_lazy("Write one of the groups, for example employer, community or labour."),
    "website": gettext_lazy("Write an address that begins with https://."),
    "contact_name": gettext_lazy("Write a name."),
    "contact_email": gettext_lazy("Write an e-mail address like name@example.org."),
    "is_member": gettext_lazy("Write yes or no."),
    "joined_on": gettext_lazy("Write a date like 2026-11-30."),
}


def _rows(upload: UploadedFile) -> Iterator[tuple[int, dict[str, str]]]:
    name = upload.name or ""
    if (upload.size or 0) > MOST_BYTES:
        raise Refused(_("The file is larger than 2 MB. Split it and take in the parts."))
    reader = _xlsx if name.lower().endswith(".xlsx") else _csv
    lines = reader(upload)
    header = [cell.strip().casefold() for cell in next(lines, (1, []))[1]]
    if missing := [column for column in NEEDED if column not in header]:
        raise RowErrors([RowError(name, 1, column, gettext_lazy("This column is missing: add it.")) for column in missing])
    wanted = {at: column for at, column in enumerate(header) if column in (*NEEDED, *OPTIONAL)}
    for count, (row, cells) in enumerate(lines):
        if count >= MOST_ROWS:
            raise Refused(_("The file has more than 5,000 rows. Split it and take in the parts."))
        if any(cell.strip() for cell in cells):
            padded = [*cells, *[""] * len(header)]
            # An export puts an apostrophe before what a spreadsheet would run.
            yield row, {column: padded[at].strip().removeprefix("'") for at, column in wanted.items()}


def _csv(upload: UploadedFile) -> Iterator[tuple[int, list[str]]]:
    try:
        text = upload.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(_("This is not UTF-8: save the file as “CSV UTF-8” and try again.")) from None
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ",")
    for cells in reader:
        yield reader.line_num, cells


def _xlsx(upload: UploadedFile) -> Iterator[tuple[int, list[str]]]:
    try:
        sheet = load_workbook(upload, read_only=True, data_only=True).worksheets[0]
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError):
        raise Refused(_("This file is no Excel workbook: save it as .xlsx or as CSV UTF-8.")) from None
    for row, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
        yield row, [_cell(cell) for cell in cells]


def _cell(value: object) -> str:
    if value is None:
        return ""
    return value.date().isoformat() if hasattr(value, "date") else str(value)
