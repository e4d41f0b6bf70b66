"""Labour-market tables: both languages' files, all or nothing, symbols that are never numbers, and a city's page."""

import io
import tracemalloc
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files import File
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import translation

from allies.kit.access import Denied
from allies.kit.jobs import Cancelled
from allies.kit.refusals import Refused
from councils.models import LabourFigure, LabourTable, Place
from councils.queries.labour import city_tables
from councils.roles import Role
from councils.services import labour
from councils.services.labour import import_labour_table
from councils.services.labour_file import Geography
from councils.services.reference import load_reference
from councils.services.sheets import RowErrors
from tests import factories as make
from tests.councils.labour_files import file, row

TITLES = {"title_en": "Labour force by immigrant status", "title_fr": "Population active selon le statut d'immigrant"}


@pytest.fixture(scope="module")
def loaded_once(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Load once for this file; each test works in a savepoint of its own."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_reference()
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def places(loaded_once: None, db: None) -> None:
    """The reference tables are there."""


def take(content: io.BytesIO, **more: Any) -> LabourTable:
    return import_labour_table(content, name="14100083.csv", product="14-10-0083-01", **{**TITLES, **more})


def faults(content: io.BytesIO) -> list[str]:
    with pytest.raises(RowErrors) as told:
        take(content)
    return [str(error) for error in told.value.errors]


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
    assert shown.chart_rows() == []


def test_a_symbol_in_the_place_of_the_number_is_understood() -> None:
    take(file([row(value="F")]))
    assert (LabourFigure.objects.get().value, LabourFigure.objects.get().status) == (None, "F")


def test_a_remark_that_does_not_withhold_stays_beside_its_number() -> None:
    take(file([row(value="5.5", status="p")]))
    assert (LabourFigure.objects.get().value, LabourFigure.objects.get().status) == (Decimal("5.5"), "p")


@pytest.mark.parametrize(
    ("geography", "dguid", "place"),
    [
        ("Halifax, Nova Scotia", "2016S0503205", "halifax"),
        ("HALIFAX (RMR), Nouvelle-Ecosse", "", "halifax"),
        ("Montreal, Quebec", "", "montreal"),
        ("Kitchener-Cambridge-Waterloo, Ontario", "", "kitchener-cambridge-waterloo"),
        ("St. Catharines-Niagara, Ontario", "", "st-catharines-niagara"),
        ("Greater Sudbury / Grand Sudbury, Ontario", "", "greater-sudbury"),
        ("Grand Sudbury, Ontario", "", "greater-sudbury"),
        ("Ottawa-Gatineau, Ontario/Quebec", "2021S0503505", "ottawa-gatineau"),
        ("Ottawa-Gatineau, Ontario/Québec", "", "ottawa-gatineau"),
        ("Ottawa-Gatineau, Ontario part, Ontario/Quebec", "2021S050535505", None),
        ("Ottawa-Gatineau, Ontario part, Ontario/Quebec", "", None),
        ("Charlottetown, Prince Edward Island", "2021S0504105", "charlottetown"),
        ("St. John's, Newfoundland and Labrador", "", "st-johns"),
        ("Québec, Quebec", "2021S0503421", "quebec"),
        ("Quebec", "2021A000224", None),
        ("Québec", "", None),
        ("Halifax", "", "halifax"),
        ("London, Nova Scotia", "", None),
        ("Canada", "2021A000011124", None),
        ("Sault Ste. Marie, Ontario", "2021S0504590", None),
    ],
)
def test_a_geography_finds_our_place_or_none(geography: str, dguid: str, place: str | None) -> None:
    assert Geography().find(geography, dguid) == place


# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("bad", "fault"),
    [
        (row(value="61,7"), "14100083.csv, row 3, column VALUE: “61,7” is not a number."),
        (row(value="lots"), "14100083.csv, row 3, column VALUE: “lots” is not a number."),
        (row(value="1e5"), "14100083.csv, row 3, column VALUE: “1e5” is not a number."),
        (row(value="9" * 15), "14100083.csv, row 3, column VALUE: This number is too large to be true."),
        (row(value=""), "14100083.csv, row 3, column VALUE: Write a number, or a symbol that says why there is none."),
        (row("2011-13"), "14100083.csv, row 3, column REF_DATE: Write a period like 2011, 2011-05 or 2011/2012."),
        (row("May 2011"), "14100083.csv, row 3, column REF_DATE: Write a period like 2011, 2011-05 or 2011/2012."),
        (row(geo=""), "14100083.csv, row 3, column GEO: Write a text of 1 to 120 characters."),
        (
            row(categories=("Employment", "x" * 161)),
            "14100083.csv, row 3, column Immigrant status: Write a text of 1 to 160 characters.",
        ),
        (row(scalar="three"), "14100083.csv, row 3, column SCALAR_ID: Write a power of ten from 0 to 9."),
        (row(status="nonsense!"), "14100083.csv, row 3, column STATUS: This is not a symbol of Statistics Canada."),
        (
            row()[:-1],
            "14100083.csv, row 3: This row has 15 cells and the headings 16: download the file again.",
        ),
        (row(geo="Hali\x00fax"), "14100083.csv, row 3, column GEO: Write a text of 1 to 120 characters."),
        (row("2010"), "14100083.csv, row 3: This row repeats row 2: the same place, period and categories."),
    ],
)
def test_a_fault_is_told_by_row_and_column_and_the_old_table_stays(bad: list[str], fault: str) -> None:
    take(file([row("2009")]))
    assert faults(file([row("2010"), bad])) == [fault]
    assert [f.period.year for f in LabourFigure.objects.all()] == [2009]
    assert LabourTable.objects.get().rows == 1


def test_faults_are_told_in_french_too() -> None:
    with translation.override("fr"):
        [fault] = faults(file([row(value="lots")]))
    assert fault.startswith("14100083.csv, ligne 2, colonne VALUE")


def test_every_fault_of_a_file_is_counted_up_to_a_limit() -> None:
    with pytest.raises(RowErrors) as told:
        take(file([row(value="?")] * 30))
    assert len(told.value.errors) == 30
    assert str(told.value.reason).splitlines()[-1] == "… and 10 more."


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"a,b\n1,2\n", "row 1: The first column is neither REF_DATE nor"),
        (b"", "row 1: The first column is neither REF_DATE nor"),
        (b"REF_DATE,GEO,UOM,VALUE\n", "row 1, column STATUS: This column is missing"),
        ("REF_DATE,GEO,Âge,UOM,VALUE,STATUS\n".encode("latin-1"), "row 1: This is not UTF-8"),
    ],
)
def test_a_file_of_another_kind_is_refused(content: bytes, fault: str) -> None:
    assert fault in faults(io.BytesIO(content))[0]


def test_a_file_that_stops_being_utf_8_is_refused() -> None:
    broken = file([row(), row("2010")]).getvalue().replace(b"2010", b"20\xe910")
    assert "This is not UTF-8" in faults(io.BytesIO(broken))[0]


def test_a_file_without_rows_is_refused_and_the_old_table_stays() -> None:
    take(file([row()]))
    assert faults(file([])) == ["14100083.csv, row 2: There are no rows: download the file again."]
    assert LabourFigure.objects.count() == 1


def test_a_new_table_needs_its_titles_and_a_known_one_does_not() -> None:
    with pytest.raises(Refused, match="title in English and in French"):
        take(file([row()]), title_fr="")
    take(file([row()]))
    french = take(file([row(value="1,5")], french=True), title_en="", title_fr="")
    assert (french.title_en, french.title_fr) == (TITLES["title_en"], TITLES["title_fr"])


def test_only_those_who_keep_the_registry_import_a_table() -> None:
    stranger = make.UserFactory()
    with pytest.raises(Denied):
        take(file([row()]), by=stranger)
    keeper = make.UserFactory()
    make.MembershipFactory(person=keeper, role=Role.NATIONAL_STAFF, council=None)
    assert take(file([row()]), by=keeper).rows == 1


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


# ---------------------------------------------------------------- a city's page


def test_a_city_shows_its_newest_period_and_a_few_measures_over_time() -> None:
    take(
        file(
            [
                row("2010", categories=("Population", "Born in Canada"), unit="Persons", value="300", scalar="3"),
                row("2011", categories=("Population", "Born in Canada"), unit="Persons", value="310", scalar="3"),
                row("2010", categories=("Rate", "Born in Canada"), value="70.1"),
                row("2011", categories=("Rate", "Born in Canada"), value="70.2"),
                row("2010", categories=("Rate", "Landed immigrants"), value="", status="x"),
                row("2011", categories=("Rate", "Landed immigrants"), value="60.2"),
                row("2012", "Montréal, Quebec", "2021S0503462", value="99"),
            ]
        )
    )
    [shown] = city_tables(Place.objects.get(pk="halifax"))
    assert (shown.latest, shown.unit, shown.is_yearly, shown.left_out) == (date(2011, 1, 1), "Percentage", True, 0)
    assert [(r.label, r.value) for r in shown.rows] == [
        ("Population, Born in Canada", Decimal(310_000)),
        ("Rate, Born in Canada", Decimal("70.2")),
        ("Rate, Landed immigrants", Decimal("60.2")),
    ]
    assert shown.periods == [date(2010, 1, 1), date(2011, 1, 1)]
    assert [(line.label, line.values) for line in shown.lines] == [
        ("Rate, Born in Canada", [Decimal("70.1"), Decimal("70.2")]),
        ("Rate, Landed immigrants", [None, Decimal("60.2")]),
    ]
    assert len(shown.chart_rows()) == 3


def test_a_city_speaks_the_reader_s_language_where_we_have_it() -> None:
    take(file([row()]))
    take(file([row(categories=("Emploi", "Immigrants reçus"), value="61,7")], french=True))
    other = {"product": "14-10-0082-01", "name": "14100082.csv"}
    import_labour_table(file([row()]), **other, **TITLES)
    halifax = Place.objects.get(pk="halifax")
    with translation.override("fr"):
        assert [(t.table.product, t.language) for t in city_tables(halifax)] == [
            ("14-10-0082-01/en", "en"),
            ("14-10-0083-01/fr", "fr"),
        ]
    assert [t.language for t in city_tables(halifax)] == ["en", "en"]


def test_a_long_table_is_cut_and_says_so() -> None:
    take(file(row(categories=("Employment", f"Group {n}")) for n in range(65)))
    [shown] = city_tables(Place.objects.get(pk="halifax"))
    assert (len(shown.rows), shown.left_out, len(shown.lines)) == (60, 5, 5)


def test_a_place_without_figures_shows_no_table() -> None:
    take(file([row()]))
    assert city_tables(Place.objects.get(pk="calgary")) == []


@pytest.mark.parametrize("periods", [1, 12])
def test_a_city_s_tables_cost_the_same_however_long_they_are(periods: int, django_assert_num_queries: Any) -> None:
    take(file(row(f"20{p + 10}", categories=("Employment", f"Group {n}")) for p in range(periods) for n in range(20)))
    halifax = Place.objects.get(pk="halifax")
    with django_assert_num_queries(3):
        city_tables(halifax)


def test_a_stored_file_is_read_as_a_file_on_disk_is_and_stays_open(tmp_path: Path) -> None:
    stored = File(file([row()]), name="14100083.csv")
    assert take(stored).rows == 1
    assert not stored.closed
