"""Read a list of organisations from a CSV or XLSX file: text of cells first, then facts, with each fault's place."""

import csv
import io
import unicodedata
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any
from xml.etree.ElementTree import ParseError

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import URLValidator, validate_email
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from allies.kit.bilingual import LANGUAGES
from allies.kit.export import neutralise
from allies.kit.models import StoredFile
from allies.kit.refusals import Refused
from allies.kit.ui.formats import number
from councils.models import Organisation, StakeholderGroup
from councils.services.sheets import RowError, RowErrors

MOST_BYTES = 2 * 1024 * 1024
MOST_UNPACKED = 50 * 1024 * 1024
MOST_ROWS = 5000
MOST_COLUMNS = 100
NEEDED = ("name_en", "name_fr", "group")
OPTIONAL = ("website", "contact_name", "contact_email", "is_member", "joined_on")
YES, NO = {"1", "yes", "oui", "true", "vrai", "x"}, {"0", "no", "non", "false", "faux"}

Cells = Mapping[str, str]
Lines = list[tuple[int, list[str]]]
Columns = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of a file by row and column, and the headings that mean nothing here."""

    name: str
    rows: list[tuple[int, Cells]]
    unknown: list[str]


def read(
    upload: "UploadedFile[Any]", *, needed: Columns = NEEDED, optional: Columns = OPTIONAL, most: int = MOST_ROWS
) -> Sheet:
    """Read the cells of a file; Refused, or RowErrors, when it is no table with the needed columns."""
    name = upload.name or ""
    if (upload.size or 0) > MOST_BYTES:
        raise Refused(_("The file is larger than 2 MB. Split it and import the parts."))
    is_book = name.lower().endswith(".xlsx")
    lines = _xlsx(upload.read()) if is_book else _csv(upload.read())
    return sheet(name, lines, needed=needed, optional=optional, most=most)


def sheet(
    name: str, lines: Lines, *, needed: Columns = NEEDED, optional: Columns = OPTIONAL, most: int = MOST_ROWS
) -> Sheet:
    """Sort lines of cells by the headings in the first of them."""
    header = [cell.strip().casefold() for cell in lines[0][1]] if lines else []
    faults = [
        RowError(name, 1, column, _("This column is missing: add it.")) for column in needed if column not in header
    ]
    known = [column for column in header if column in (*needed, *optional)]
    twice = [column for column in dict.fromkeys(known) if known.count(column) > 1]
    faults += [RowError(name, 1, column, _("This column stands there twice: keep one.")) for column in twice]
    if faults:
        raise RowErrors(faults)
    if len(lines) > most + 1:
        sentence = _("The file has more than %(most)s rows. Split it and import the parts.")
        raise Refused(sentence % {"most": number(most)})
    wanted = {at: column for at, column in enumerate(header) if column in known}
    rows: list[tuple[int, Cells]] = []
    for row, cells in lines[1:]:
        if any(cell.strip() for cell in cells):
            padded = [*cells, *[""] * len(header)]
            rows.append((row, {column: _bare(padded[at].strip()) for at, column in wanted.items()}))
    if not rows:
        raise Refused(_("The file holds no row below its headings."))
    return Sheet(name, rows, [column for column in header if column and column not in (*known, "left_on")])


def as_csv(found: Sheet) -> bytes:
    """Write the cells that mean something, with the number of the row that each of them came from."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    names = [*found.rows[0][1], *found.unknown]
    writer.writerow([1, *names])
    for row, cells in found.rows:
        writer.writerow([row, *(cells.get(name, "") for name in names)])
    return out.getvalue().encode()


def lines_of(kept: StoredFile) -> Lines:
    """Read back what `as_csv` wrote."""
    with kept.file.open("rb") as content:
        text = io.StringIO(content.read().decode(), newline="")
    return [(int(cells[0]), cells[1:]) for cells in csv.reader(text)]


def _bare(cell: str) -> str:
    # An export puts an apostrophe before what a spreadsheet would run.
    return cell[1:] if cell.startswith("'") and neutralise(cell[1:]) == cell else cell


def _csv(content: bytes) -> Lines:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(_("This is not UTF-8: save the file as “CSV UTF-8” and try again.")) from None
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if first.count(";") > first.count(",") else ",")
    lines: Lines = []
    try:
        lines.extend((reader.line_num, cells) for cells in islice(reader, MOST_ROWS + 2))
    except csv.Error as fault:
        sentence = _("Row %(row)d can't be read as CSV (%(fault)s).") % {"row": reader.line_num, "fault": fault}
        raise Refused(sentence) from None
    return lines


def _xlsx(content: bytes) -> Lines:
    unreadable = Refused(_("This file is no Excel workbook: save it as .xlsx or as CSV UTF-8."))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            if sum(part.file_size for part in package.infolist()) > MOST_UNPACKED:
                raise unreadable
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        rows = book.worksheets[0].iter_rows(values_only=True, max_col=MOST_COLUMNS)
        return [
            (row, [_cell(cell) for cell in cells]) for row, cells in enumerate(islice(rows, MOST_ROWS + 2), start=1)
        ]
    except (
        zipfile.BadZipFile,
        InvalidFileException,
        ParseError,
        AttributeError,
        LookupError,
        TypeError,
        ValueError,
        OSError,
    ):
        raise unreadable from None


def _cell(value: object) -> str:
    if value is None:
        return ""
    return value.date().isoformat() if hasattr(value, "date") else str(value)


def facts_of(name: str, row: int, cells: Cells) -> tuple[dict[str, Any], list[RowError]]:
    """Read the facts of one row; an optional cell without text says nothing."""
    facts: dict[str, Any] = {}
    faults = []
    for column, text in cells.items():
        if not text and column in OPTIONAL:
            continue
        try:
            if any(unicodedata.category(sign) == "Cc" for sign in text):
                raise ValueError
            facts[column] = _READ[column](text)
        except (ValueError, ValidationError):
            faults.append(RowError(name, row, column, _SAY[column]))
    return facts, faults


def _of_width(column: str) -> Callable[[str], str]:
    width = getattr(Organisation._meta.get_field(column), "max_length", 0)

    def read(text: str) -> str:
        if not 1 <= len(text) <= width:
            raise ValueError
        return text

    return read


def _group(text: str) -> str:
    """Read a group by its code or by its name in either language."""
    folded = text.casefold()
    for group in StakeholderGroup:
        for language in LANGUAGES:
            with override(language):
                if folded in (group.value, str(group.label).casefold()):
                    return group.value
    raise ValueError


def _website(text: str) -> str:
    URLValidator(schemes=["http", "https"])(text)
    return _of_width("website")(text)


def _email(text: str) -> str:
    validate_email(text)
    return _of_width("contact_email")(text)


def _flag(text: str) -> bool:
    if text.casefold() not in YES | NO:
        raise ValueError
    return text.casefold() in YES


_READ: dict[str, Callable[[str], Any]] = {
    "name_en": _of_width("name_en"),
    "name_fr": _of_width("name_fr"),
    "group": _group,
    "website": _website,
    "contact_name": _of_width("contact_name"),
    "contact_email": _email,
    "is_member": _flag,
    "joined_on": date.fromisoformat,
}
_SAY: dict[str, str | Promise] = {
    "name_en": gettext_lazy("Write a name of at most 160 characters."),
    "name_fr": gettext_lazy("Write a name of at most 160 characters; repeat the English one if there is only one."),
    "group": gettext_lazy("Write one of the groups, for example employer, community or labour."),
    "website": gettext_lazy("Write an address that begins with https://."),
    "contact_name": gettext_lazy("Write a name of at most 120 characters."),
    "contact_email": gettext_lazy("Write an e-mail address like name@example.org."),
    "is_member": gettext_lazy("Write yes or no."),
    "joined_on": gettext_lazy("Write a date like 2026-11-30."),
}
