"""Exports: whole, readable by spreadsheets, and never a formula."""

import csv
import io
from contextlib import closing
from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import openpyxl
import pytest
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from allies.kit.export import csv_response, neutralise, xlsx_response
from councils.models import User
from tests import factories as make

COLUMNS = [
    (gettext_lazy("Name"), "name"),
    ("Amount", "amount"),
    ("Council", "council__name"),
    ("Twice", lambda row: row.amount * 2),
]


def row(**facts):
    return SimpleNamespace(**({"name": "Zoé", "amount": 5, "council": SimpleNamespace(name="Halifax")} | facts))


def content(response):
    with closing(response):
        return b"".join(response.streaming_content)


def read_csv(response):
    return list(csv.reader(io.StringIO(content(response).decode("utf-8-sig"))))


def read_xlsx(response):
    book = openpyxl.load_workbook(io.BytesIO(content(response)))
    return list(book.active.iter_rows(values_only=True))


@given(st.text())
def test_no_text_is_taken_for_a_formula_and_none_is_lost(text):
    cell = neutralise(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert cell.removeprefix("'") == text.removeprefix("'") or cell == text


@pytest.mark.parametrize("cell", [-5, 3.5, Decimal("-1.20"), date(2026, 1, 2), None, True])
def test_numbers_and_dates_stay_what_they_are(cell):
    assert neutralise(cell) is cell


def test_a_csv_file_opens_with_its_accents_whole():
    response = csv_response([row()], COLUMNS, "réseau.csv")
    assert content(response) == "\ufeffName,Amount,Council,Twice\r\nZoé,5,Halifax,10\r\n".encode()


def test_a_file_is_a_download_with_its_name_that_nobody_keeps():
    response = csv_response([], COLUMNS, "réseau.csv")
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''r%C3%A9seau.csv"
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Cache-Control"] == "no-store, private"
    response.close()


@pytest.mark.parametrize("evil", ["=1+1", "+1", "-1+cmd|' /C calc'!A0", "@SUM(1)", "\t=1", "\r=1", "＝1"])
def test_an_evil_cell_is_text_in_both_kinds(evil):
    assert read_csv(csv_response([row(name=evil)], COLUMNS, "x.csv"))[1][0] == "'" + evil
    (cell,) = read_xlsx(xlsx_response([row(name=evil)], COLUMNS, "x.xlsx"))[1][:1]
    assert cell.replace("_x000D_", "\r") == "'" + evil


def test_a_workbook_keeps_numbers_and_dates():
    moment = datetime(2026, 7, 1, 16, 30, tzinfo=UTC)
    columns = [
        ("n", lambda r: r[0]),
        ("d", lambda r: r[1]),
        ("t", lambda r: r[2]),
        ("b", lambda r: r[3]),
        ("e", lambda r: r[4]),
    ]
    rows = [(Decimal("12.50"), date(2026, 7, 1), moment, True, None)]
    assert read_xlsx(xlsx_response(rows, columns, "x.xlsx"))[1] == (
        12.5,
        datetime.fromisoformat("2026-07-01"),
        datetime.fromisoformat("2026-07-01T12:30"),
        True,
        None,
    )
    assert read_csv(csv_response(rows, columns, "x.csv"))[1] == ["12.50", "2026-07-01", "2026-07-01 12:30", "True", ""]


def test_an_error_in_a_row_is_an_error_and_not_a_file_cut_short():
    with pytest.raises(AttributeError):
        csv_response([row(), SimpleNamespace()], COLUMNS, "x.csv")


def test_a_queryset_is_read_in_pieces(db, django_assert_num_queries):
    for _ in range(3):
        make.UserFactory()
    with django_assert_num_queries(1):
        response = csv_response(User.objects.order_by("email"), [("Name", "name")], "x.csv")
    assert len(read_csv(response)) == 4
