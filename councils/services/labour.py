"""Import a labour-market table of Statistics Canada: all of it or nothing, in the memory of a few thousand rows.

Each language's file is a table of its own, so that a reader sees labels in their language; importing a table again
replaces it in one stroke.
"""

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import BinaryIO, cast

from django.core.files import File
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from allies.kit import audit
from allies.kit.access import authorize
from allies.kit.jobs import Progress
from allies.kit.refusals import Refused
from councils.models import LabourFigure, LabourTable, User
from councils.services.labour_file import Cell, LabourFile
from councils.services.sheets import RowError, RowErrors

BATCH = 5_000
MOST_FAULTS = 200
READING = gettext_noop("Reading row %(row)d")
CHECKING = gettext_noop("Checking that no row stands twice")
STORING = gettext_noop("Storing the table")

_COLUMNS = "line, place_id, geography, period, categories, unit, value, status"
# Two imports may share a transaction, and with it the name of the table that they pass through.
_STAGE = """
DROP TABLE IF EXISTS pg_temp.labour_staging;
CREATE TEMPORARY TABLE labour_staging (
    line integer, place_id text, geography text, period date, categories text[], unit text, value numeric, status text
) ON COMMIT DROP
"""
_TWICE = """
SELECT max(line), min(line) FROM labour_staging
GROUP BY geography, period, categories, unit HAVING count(*) > 1 ORDER BY 1 LIMIT %s
"""
_KEEP = """
INSERT INTO councils_labourfigure (table_id, place_id, geography, period, categories, unit, value, status)
SELECT %s, place_id, geography, period, categories, unit, value, status FROM labour_staging ORDER BY line
"""


def import_labour_table(
    file: "BinaryIO | File[bytes]",
    *,
    name: str,
    product: str,
    title_en: str = "",
    title_fr: str = "",
    by: User | None = None,
    progress: Progress | None = None,
) -> LabourTable:
    """Import a full-table CSV file; RowErrors with file, row and column, and nothing changed, if a row is bad.

    `product` is the table's number, e.g. "14-10-0083-01". The titles are needed the first time only.
    """
    if by is not None:
        authorize(by, "network.keep")
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    digest = hashlib.file_digest(cast("io.BufferedReader", file), "sha256").hexdigest()
    file.seek(0)
    text = io.TextIOWrapper(cast("BinaryIO", file), encoding="utf-8-sig", newline="")
    try:
        with transaction.atomic():
            source = LabourFile(text, name)
            table = _table(product, source.language, title_en, title_fr)
            if progress:
                progress.of(size)
            rows = _stage(source, file, progress)
            _refuse_twins(source, progress)
            if not rows:
                raise RowErrors([RowError(name, 2, "", _("There are no rows: download the file again."))])
            if progress:
                progress.step(STORING, count=0)
            _replace(table, rows, digest)
            audit.record("network.import_table", table, by=by)
            return table
    finally:
        # The file is the caller's to close.
        text.detach()


def _table(product: str, language: str, title_en: str, title_fr: str) -> LabourTable:
    """Give the table to fill, new or known, with its titles."""
    known = LabourTable.objects.filter(product__startswith=f"{product}/").order_by("product").first()
    title_en = title_en or (known.title_en if known else "")
    title_fr = title_fr or (known.title_fr if known else "")
    if not (title_en and title_fr):
        raise Refused(_("Give the table's title in English and in French: it is new here."))
    number = f"{product}/{language}"
    if len(number) > 20:
        raise Refused(_("Give a table number like 14-10-0083-01."))
    LabourTable.objects.filter(product__startswith=f"{product}/").update(title_en=title_en, title_fr=title_fr)
    LabourTable.objects.get_or_create(
        product=number,
        defaults={"title_en": title_en, "title_fr": title_fr, "imported_at": timezone.now(), "rows": 0, "sha256": ""},
    )
    # Two imports of one table take turns.
    return LabourTable.objects.select_for_update().get(product=number)


def _stage(source: LabourFile, file: "BinaryIO | File[bytes]", progress: Progress | None) -> int:
    """Copy the file's cells to a table of this transaction, some thousands at a time; give how many."""
    rows = read = 0
    cells = source.cells()
    with connection.cursor() as cursor:
        cursor.execute(_STAGE)
        while batch := list(islice(cells, BATCH)):
            cursor.copy_expert(
                f"COPY labour_staging ({_COLUMNS}) FROM STDIN WITH (FORMAT csv, FORCE_NOT_NULL (status))",
                _as_csv(batch),
            )
            rows += len(batch)
            if progress:
                now = file.tell()
                progress.step(READING, count=now - read, row=batch[-1].line)
                read = now
            if len(source.errors) >= MOST_FAULTS:
                break
    if source.errors:
        raise RowErrors(source.errors[:MOST_FAULTS])
    return rows


def _refuse_twins(source: LabourFile, progress: Progress | None) -> None:
    if progress:
        progress.step(CHECKING, count=0)
    with connection.cursor() as cursor:
        cursor.execute(_TWICE, [MOST_FAULTS])
        twins = cursor.fetchall()
    told = _("This row repeats row %(row)d: the same place, period and categories.")
    if twins:
        raise RowErrors(RowError(source.name, last, "", told % {"row": first}) for last, first in twins)


def _replace(table: LabourTable, rows: int, digest: str) -> None:
    LabourFigure.objects.filter(table=table).delete()
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, [table.pk])
    table.rows, table.sha256, table.imported_at = rows, digest, timezone.now()
    table.save(update_fields=["rows", "sha256", "imported_at"])


def _as_csv(cells: Iterable[Cell]) -> io.StringIO:
    buffer = io.StringIO()
    csv.writer(buffer).writerows(_row(cell) for cell in cells)
    buffer.seek(0)
    return buffer


def _row(cell: Cell) -> Iterator[object]:
    yield cell.line
    yield cell.place
    yield cell.geography
    yield cell.period.isoformat()
    yield "{" + ",".join('"' + c.replace("\\", "\\\\").replace('"', '\\"') + '"' for c in cell.categories) + "}"
    yield cell.unit
    yield cell.value
    yield cell.status
