"""Labour-market tables: a fault is told by row and column, and the table that was there stays."""

import io

import pytest
from django.utils import translation

from allies.kit.access import Denied
from allies.kit.refusals import Refused
from councils.models import LabourFigure, LabourTable
from councils.roles import Role
from councils.services.sheets import RowErrors
from tests import factories as make
from tests.councils.labour_files import TITLES, file, row, take

pytestmark = pytest.mark.usefixtures("reference")


def faults(content: io.BytesIO) -> list[str]:
    with pytest.raises(RowErrors) as told:
        take(content)
    return [str(error) for error in told.value.errors]


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
