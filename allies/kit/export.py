"""Lists as files for spreadsheets, with cells that no spreadsheet takes for formulas."""

import csv
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter
from typing import IO, Any

import xlsxwriter
from django.http import FileResponse
from django.utils import timezone

Column = tuple[object, str | Callable[[Any], object]]

# What makes Excel, LibreOffice or Google Sheets read a cell as a formula; the last four are the full-width forms.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_IN_MEMORY = 1_000_000
# What stands in a cell is text unless its type says otherwise.
_BOOK = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


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
    with _closed_on_error(tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY, mode="w+b")) as spool:
        spool.write("\ufeff".encode())
        writer = csv.writer(_Encoded(spool))
        writer.writerow([neutralise(str(heading)) for heading, _ in columns])
        for cells in _cells(rows, columns):
            writer.writerow([_text(cell) for cell in cells])
        return _download(spool, filename, "text/csv; charset=utf-8")


def xlsx_response(rows: Iterable[Any], columns: Sequence[Column], filename: str) -> FileResponse:
    """Answer with an Excel workbook of one sheet; takes the same as `csv_response`."""
    with _closed_on_error(tempfile.TemporaryFile()) as out:
        with xlsxwriter.Workbook(out, _BOOK) as book:
            _fill(book, rows, columns)
        return _download(out, filename, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")


def _fill(book: Any, rows: Iterable[Any], columns: Sequence[Column]) -> None:
    sheet = book.add_worksheet()
    bold = book.add_format({"bold": True})
    formats = {
        date: book.add_format({"num_format": "yyyy-mm-dd"}),
        datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
    }
    sheet.freeze_panes(1, 0)
    for x, (heading, _) in enumerate(columns):
        sheet.write_string(0, x, str(neutralise(str(heading))), bold)
        sheet.set_column(x, x, 22)
    for y, cells in enumerate(_cells(rows, columns), start=1):
        for x, cell in enumerate(cells):
            if isinstance(cell, bool):
                sheet.write_boolean(y, x, cell)
            elif isinstance(cell, (int, float, Decimal)):
                sheet.write_number(y, x, cell)
            elif isinstance(cell, date):
                moment = _local(cell) if isinstance(cell, datetime) else cell
                sheet.write_datetime(y, x, moment, formats[type(cell)])
            elif cell not in (None, ""):
                sheet.write_string(y, x, str(neutralise(str(cell)))[:32_767])


@contextmanager
def _closed_on_error(out: Any) -> Iterator[Any]:
    """Leave a file open for the answer that streams it, unless there will be none."""
    try:
        yield out
    except BaseException:
        out.close()
        raise


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
