"""Labour-market tables: both languages' files are read, again and in bounds, and symbols are never numbers."""

import io
import tracemalloc
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files import File
from django.core.management import CommandError, call_command

from allies.kit.jobs import Cancelled
from councils.models import LabourFigure, LabourTable, Place
from councils.queries.labour import city_tables
from councils.services import labour
from tests.councils.labour_files import TITLES, file, row, take

pytestmark = pytest.mark.usefixtures("reference")


# ---------------------------------------------------------------- what is read


@pytest.mark.parametrize("bom", [True, False], ids=["with a mark", "without"])
def test_an_english_file_is_read(bom: bool) -> None:
    table = take(file([row()], bom=bom))
    figure = LabourFigure.objects.get()
    assert (table.product, table.rows) == ("14-10-0083-01/en", 1)
    assert (figure.place_id, figure.geography, figure.period) == ("halifax", "Halifax, Nova Scotia", date(2011, 5, 1))
    assert (figure.categories, figure.unit) == (["Employment", "Landed immigrants"], "Percentage")
    assert (figure.value, figure.status) == (Decimal("61.7000"), "")


def test_a_french_file_is_read_with_its_semicolons_and_decimal_commas() -> None:
    french = row(
        geo="Montréal, Québec",
        dguid="2021S0503462",
        categories=("Taux de chômage", "Immigrants reçus"),
        value="1\u00a0061,7",
        unit="Pourcentage",
    )
    table = take(file([french], french=True))
    figure = LabourFigure.objects.get()
    assert (table.product, figure.place_id, figure.value) == ("14-10-0083-01/fr", "montreal", Decimal("1061.7000"))
    assert figure.categories == ["Taux de chômage", "Immigrants reçus"]


def test_a_number_in_thousands_is_kept_in_full() -> None:
    take(file([row(value="12.3", unit="Persons", scalar="3")]))
    assert LabourFigure.objects.get().value == Decimal(12_300)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2011", date(2011, 1, 1)),
        ("2011-05", date(2011, 5, 1)),
        ("2011-05-15", date(2011, 5, 15)),
        ("2011/2012", date(2011, 1, 1)),
        ("2011/12", date(2011, 1, 1)),
    ],
)
def test_a_period_may_be_a_year_a_month_a_day_or_a_span(text: str, period: date) -> None:
    take(file([row(text)]))
    assert LabourFigure.objects.get().period == period


@pytest.mark.parametrize("symbol", ["..", "...", "x", "F", "E"])
@pytest.mark.parametrize("number", ["", "5.5"], ids=["alone", "beside a number"])
def test_a_symbol_that_withholds_is_never_a_number(symbol: str, number: str) -> None:
    take(file([row(value=number, status=symbol)]))
    figure = LabourFigure.objects.get()
    assert (figure.value, figure.status) == (None, symbol)
    [shown] = city_tables(Place.objects.get(pk="halifax"))
    assert shown.rows[0].why_not not in ("", symbol)


def test_a_symbol_in_the_place_of_the_number_is_understood() -> None:
    take(file([row(value="F")]))
    assert (LabourFigure.objects.get().value, LabourFigure.objects.get().status) == (None, "F")


def test_a_remark_that_does_not_withhold_stays_beside_its_number() -> None:
    take(file([row(value="5.5", status="p")]))
    assert (LabourFigure.objects.get().value, LabourFigure.objects.get().status) == (Decimal("5.5"), "p")


# ---------------------------------------------------------------- again, in bounds, with progress


def test_importing_again_replaces_the_whole_table_and_no_other() -> None:
    take(file([row("2009"), row("2010")]))
    take(file([row("2009", value="1,5")], french=True))
    first = LabourTable.objects.get(product="14-10-0083-01/en")
    again = take(file([row("2011", value="7")]))
    assert again.pk == first.pk
    assert again.sha256 != first.sha256
    assert [(f.period.year, f.value) for f in again.figures.all()] == [(2011, Decimal(7))]
    assert LabourFigure.objects.filter(table__product="14-10-0083-01/fr").count() == 1


def test_memory_does_not_grow_with_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(labour, "BATCH", 200)

    def peak(rows: int) -> int:
        content = file(row(categories=("Employment", f"Group {n}")) for n in range(rows))
        tracemalloc.start()
        take(content)
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest

    peak(400)
    assert peak(8_000) < 2 * peak(800)


class Told:
    """Listens like a job's progress; cancels after so many steps."""

    def __init__(self, cancel_after: int = 10_000) -> None:
        self.total, self.done, self.steps, self.cancel_after = 0, 0, [], cancel_after

    def of(self, total: int) -> None:
        self.total = total

    def step(self, doing: str = "", /, *, count: int = 1, **params: Any) -> None:
        self.done += count
        self.steps.append((doing, params))
        if len(self.steps) >= self.cancel_after:
            raise Cancelled


def test_progress_counts_the_bytes_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(labour, "BATCH", 50)
    content, told = file(row(categories=("Employment", f"Group {n}")) for n in range(120)), Told()
    size = len(content.getvalue())
    take(content, progress=told)
    assert told.total == told.done == size
    assert told.steps[0] == ("Reading row %(row)d", {"row": 51})
    assert told.steps[-1][0] == "Storing the table"


def test_a_cancelled_import_leaves_the_old_table(monkeypatch: pytest.MonkeyPatch) -> None:
    take(file([row()]))
    monkeypatch.setattr(labour, "BATCH", 50)
    rows = (row("2010", categories=("Employment", f"Group {n}")) for n in range(120))
    with pytest.raises(Cancelled):
        take(file(rows), progress=Told(cancel_after=2))
    assert [f.period.year for f in LabourFigure.objects.all()] == [2011]


# ---------------------------------------------------------------- the command


def test_the_command_reads_the_number_from_the_name_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "14100083.csv"
    path.write_bytes(file([row()]).getvalue())
    call_command("import_labour_table", path, **TITLES, stdout=(out := io.StringIO()))
    assert out.getvalue() == "14-10-0083-01/en: 1 rows\n"


def test_the_command_says_what_is_wrong(tmp_path: Path) -> None:
    odd = tmp_path / "table.csv"
    odd.write_bytes(file([row(value="?")]).getvalue())
    with pytest.raises(CommandError, match="--product"):
        call_command("import_labour_table", odd)
    with pytest.raises(CommandError, match="row 2, column VALUE"):
        call_command("import_labour_table", odd, product="14-10-0083-01", **TITLES)
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_labour_table", tmp_path / "14100083.csv")


def test_a_stored_file_is_read_as_a_file_on_disk_is_and_stays_open(tmp_path: Path) -> None:
    stored = File(file([row()]), name="14100083.csv")
    assert take(stored).rows == 1
    assert not stored.closed
