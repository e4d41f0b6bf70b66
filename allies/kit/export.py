"""Lists as files for spreadsheets, with cells that no spreadsheet takes for formulas."""

import csv
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter
from typing import IO, Any, cast

import xlsxwriter
from django.http import FileResponse
from django.utils import timezone

Column = tuple[object, str | Callable[[Any], object]]

# What makes Excel, LibreOffice or Google Sheets read a cell as a formula; the last four are the full-width forms.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_IN_MEMORY = 1_000_000


def neutralise(cell: object) -> object:
    """Put an apostrophe before text that a spreadsheet would run; numbers and dates stay what they are."""
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return "'" + cell
    return cell


def csv_response(rows: Iterable[Any], columns: Sequence[Column], filename: str) -> FileResponse:
    """Answer with a CSV file that Excel opens with its accents whole.

    `columns` are pairs of a heading and an attribute's name or a function of the row. The file is complete before
    the answer begins (on disk when it is large): an error shows as an error and not as a file cut short.
    """
    spool = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY, mode="w+b")  # noqa: SIM115 - the response closes it
    spool.write("\ufeff".encode())
    writer = csv.writer(_Encoded(spool))
    writer.writerow([neutralise(str(heading)) for heading, _ in columns])
    for cells in _cells(rows, columns):
        writer.writerow([_text(cell) for cell in cells])
    return _download(cast("IO[bytes]", spool), filename, "text/csv; charset=utf-8")


def xlsx_response(rows: Iterable[Any], columns: Sequence[Column], filename: str) -> FileResponse:
    """Answer with an Excel workbook of one sheet; takes the same as `csv_response`."""
    out = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    with xlsxwriter.Workbook(
        out,
        {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    ) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        as_date, as_moment = (
            book.add_format({"num_format": "yyyy-mm-dd"}),
            book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        )
        sheet.freeze_panes(1, 0)
        for x, (heading, _) in enumerate(columns):
            sheet.write_string(0, x, str(neutralise(str(heading))), bold)
            sheet.set_column(x, x, 22)
        for y, cells in enumerate(_cells(rows, columns), start=1):
            for x, cell in enumerate(cells):
                if cell is None or cell == "":
                    continue
                if isinstance(cell, bool):
                    sheet.write_boolean(y, x, cell)
                elif isinstance(cell, (int, float, Decimal)):
                    sheet.write_number(y, x, cell)
                elif isinstance(cell, datetime):
                    sheet.write_datetime(y, x, _local(cell), as_moment)
                elif isinstance(cell, date):
                    sheet.write_datetime(y, x, cell, as_date)
                else:
                    sheet.write_string(y, x, str(neutralise(str(cell)))[:32_767])
    return _download(out, filename, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")


class _Encoded:
    """Take the csv module's text and write it as bytes."""

    def __init__(self, out: Any) -> None:
        self.out = out

    def write(self, text: str) -> None:
        self.out.write(text.encode())


def _cells(rows: Iterable[Any], columns: Sequence[Column]) -> Iterator[list[object]]:
    getters = [attrgetter(source.replace("__", ".")) if isinstance(source, str) else source for _, source in columns]
    # A queryset is read in pieces, so that a list of any length takes the same memory.
    source: Iterable[Any] = rows.iterator(chunk_size=2000) if hasattr(rows, "iterator") else rows
    for row in source:
        yield [get(row) for get in getters]


def _text(cell: object) -> object:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return _local(cell).isoformat(sep=" ", timespec="minutes")
    if isinstance(cell, (bool, int, float, Decimal, date)):
        return cell
    return neutralise(str(cell))


def _local(moment: datetime) -> datetime:
    return timezone.make_naive(moment) if timezone.is_aware(moment) else moment


def _download(content: IO[bytes], filename: str, media_type: str) -> FileResponse:
    content.seek(0)
    response = FileResponse(content, as_attachment=True, filename=filename, content_type=media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store, private"
    return response
