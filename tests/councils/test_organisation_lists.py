"""Lists of organisations as files: all rows or none, looked at first, and no formula on the way out."""

import csv
import io
import zipfile
from contextlib import closing
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override
from openpyxl import Workbook

from allies.kit import audit, scope
from allies.kit.access import Denied
from allies.kit.export import csv_response
from allies.kit.models import StoredFile
from allies.kit.refusals import Refused
from councils.models import Organisation
from councils.services import organisation_lists as lists
from councils.services import organisation_sheet
from councils.services.sheets import RowErrors
from tests import factories as make

HEAD = "name_en,name_fr,group,website,contact_name,contact_email,is_member,joined_on"
GOOD = "Fundy Bank,Banque Fundy,employer,https://fundy.example/,Ana Roy,ana@fundy.example,yes,2020-01-31"


@pytest.fixture
def council(world):
    with scope.within(world.halifax):
        yield world.halifax


@pytest.fixture
def by(world):
    return world.people["coordinator"]


def file(*lines, name="list.csv", encoding="utf-8"):
    return SimpleUploadedFile(name, "\n".join(lines).encode(encoding))


def book(*rows):
    workbook, out = Workbook(), io.BytesIO()
    for row in rows:
        workbook.active.append(row)
    workbook.save(out)
    return SimpleUploadedFile("list.xlsx", out.getvalue())


def take(council, upload, by):
    kept = lists.look_at_list(council, upload, by=by)
    return lists.take_in(council, kept, seal=lists.plan_of(council, kept, by=by).seal, by=by)


def faults(council, upload, by):
    with pytest.raises(RowErrors) as caught:
        lists.look_at_list(council, upload, by=by)
    return [(fault.row, fault.column) for fault in caught.value.errors]


def exported(rows, *, with_people):
    response = csv_response(rows, lists.columns(with_people=with_people), "list.csv")
    with closing(response.file_to_stream):
        return response.getvalue()


def test_looking_changes_nothing_and_taking_in_does_what_was_seen(council, by):
    before = Organisation.objects.count()
    kept = lists.look_at_list(council, file(HEAD, GOOD), by=by)
    plan = lists.plan_of(council, kept, by=by)
    assert Organisation.objects.count() == before
    assert [(row.row, row.name, row.group) for row in plan.rows] == [(2, "Fundy Bank", "Employers")]
    assert (plan.added, plan.changed, plan.same) == (1, 0, 0)
    assert lists.take_in(council, kept, seal=plan.seal, by=by) == 1
    taken = Organisation.objects.get(name_en="Fundy Bank")
    assert (taken.name_fr, taken.group, taken.is_member, taken.joined_on) == (
        "Banque Fundy",
        "employer",
        True,
        date(2020, 1, 31),
    )
    assert audit.about(taken).get().action == "councils.organisation_added"
    assert not StoredFile.objects.filter(pk=kept.pk).exists()


def test_a_name_that_is_listed_is_updated_and_an_empty_cell_says_nothing(council, by):
    standing = make.OrganisationFactory(council=council, name_en="Fundy Bank", website="https://old.example/")
    kept = lists.look_at_list(council, file(HEAD, "FUNDY BANK,Banque Fundy,employer,,,,yes,"), by=by)
    (row,) = lists.plan_of(council, kept, by=by).changing
    assert row.changes == ["name_en", "name_fr", "is_member"]
    assert row.changes_in_words == "Name in English, Name in French, Member agency"
    lists.take_in(council, kept, seal=lists.plan_of(council, kept, by=by).seal, by=by)
    standing.refresh_from_db()
    assert (standing.name_en, standing.website, standing.is_member) == ("FUNDY BANK", "https://old.example/", True)
    assert audit.about(standing).get().fields == ["is_member", "name_en", "name_fr"]


def test_a_list_that_says_what_stands_there_does_nothing(council, by):
    take(council, file(HEAD, GOOD), by)
    assert take(council, file(HEAD, GOOD), by) == 0


def test_every_fault_is_told_by_row_and_column_and_nothing_is_kept(council, by):
    before, files = Organisation.objects.count(), StoredFile.objects.count()
    upload = file(
        HEAD,
        ",,nobody,javascript:alert(1),,nobody,perhaps,31/01/2020",
        "",
        GOOD,
        GOOD,
        f"{'x' * 161},X,employer,https://x.example/{'x' * 200},{'x' * 121},{'x' * 260}@x.example,,2020-02-30",
        "A\x07B,X,employer",
    )
    assert faults(council, upload, by) == [
        *[(2, name) for name in HEAD.split(",") if name != "contact_name"],
        (5, "name_en"),
        *[(6, name) for name in ("name_en", "website", "contact_name", "contact_email", "joined_on")],
        (7, "name_en"),
    ]
    assert (Organisation.objects.count(), StoredFile.objects.count()) == (before, files)


def test_one_does_not_join_after_having_left(council, by):
    make.OrganisationFactory(council=council, name_en="Fundy Bank", left_on=date(2019, 1, 1))
    assert faults(council, file(HEAD, GOOD), by) == [(2, "joined_on")]


def test_missing_and_doubled_headings_are_told(council, by):
    assert faults(council, file("name_en,website,website", "A,,"), by) == [(1, "name_fr"), (1, "group"), (1, "website")]


def test_headings_that_mean_nothing_are_named(council, by):
    kept = lists.look_at_list(council, file("name_en,name_fr,group,left_on,Colour", "A,A,labour,,red"), by=by)
    assert lists.plan_of(council, kept, by=by).unknown == ["colour"]


@pytest.mark.parametrize(
    ("upload", "sentence"),
    [
        (file(HEAD, GOOD, encoding="utf-16"), "not UTF-8"),
        (file(HEAD), "no row below"),
        (file("", name="list.xlsx"), "no Excel workbook"),
        (file(HEAD, "x" * 140_000), "can't be read as CSV"),
        (file(HEAD, *[GOOD] * 5001), "more than 5,000 rows"),
        (file("x" * (2 * 1024 * 1024 + 1)), "larger than 2 MB"),
    ],
    ids=["encoding", "empty", "no book", "broken", "long", "large"],
)
def test_what_is_no_list_is_refused_with_what_to_do(council, by, upload, sentence):
    with pytest.raises(Refused, match=sentence):
        lists.look_at_list(council, upload, by=by)


def test_a_workbook_that_swells_is_refused(council, by, monkeypatch):
    monkeypatch.setattr(organisation_sheet, "MOST_UNPACKED", 100)
    with pytest.raises(Refused, match="no Excel workbook"):
        lists.look_at_list(council, book(HEAD.split(",")), by=by)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr("hello.txt", "hello")
    with pytest.raises(Refused, match="no Excel workbook"):
        lists.look_at_list(council, SimpleUploadedFile("list.xlsx", packed.getvalue()), by=by)


def test_a_workbook_is_read_with_its_dates_and_its_semicolons_too(council, by):
    head = [*HEAD.split(","), None]
    rows = ["Fundy Bank", "Banque Fundy", "Employers", None, None, None, True, date(2020, 1, 31)]
    assert take(council, book(head, rows), by) == 1
    assert take(council, file("name_en;name_fr;group", "Union;Syndicat;labour"), by) == 1
    assert Organisation.objects.get(name_en="Fundy Bank").joined_on == date(2020, 1, 31)


def test_groups_are_read_in_either_language_whatever_the_reader_speaks(council, by):
    with override("fr"):
        assert take(council, file("name_en,name_fr,group", "A,A,Employers", "B,B,Employeurs"), by) == 2


def test_what_somebody_changed_meanwhile_is_not_overwritten(council, by):
    standing = make.OrganisationFactory(council=council, name_en="Fundy Bank", name_fr="Banque")
    kept = lists.look_at_list(council, file(HEAD, GOOD), by=by)
    seal = lists.plan_of(council, kept, by=by).seal
    Organisation.objects.filter(pk=standing.pk).update(contact_name="Her successor")
    with pytest.raises(Refused, match="Meanwhile somebody changed"):
        lists.take_in(council, kept, seal=seal, by=by)
    standing.refresh_from_db()
    assert standing.contact_name == "Her successor"
    assert lists.take_in(council, kept, seal=lists.plan_of(council, kept, by=by).seal, by=by) == 1
    with pytest.raises(Refused, match="imported already"):
        lists.take_in(council, kept, seal=seal, by=by)


def test_a_list_is_kept_for_whoever_looked_at_it_at_that_council(council, by, world):
    kept = lists.look_at_list(council, file(HEAD, GOOD), by=by)
    assert lists.kept_list(council, kept.pk, by=by) == kept
    assert lists.kept_list(council, kept.pk, by=world.people["director"]) is None
    assert lists.kept_list(world.calgary, kept.pk, by=by) is None
    with pytest.raises(Denied):
        lists.forget_list(kept, by=world.people["director"])
    lists.forget_list(kept, by=by)
    assert lists.kept_list(council, kept.pk, by=by) is None


def test_columns_about_people_are_taken_from_those_who_may_see_them(council, world):
    national = world.people["national"]
    with pytest.raises(Refused, match="State your reason first"):
        lists.look_at_list(council, file(HEAD, GOOD), by=national)
    assert take(council, file("name_en,name_fr,group", "A,A,labour"), national) == 1
    with pytest.raises(Denied):
        lists.look_at_list(council, file(HEAD, GOOD), by=world.people["board"])


def test_no_cell_of_an_export_is_a_formula_and_an_import_reads_it_back(council, by):
    make.OrganisationFactory(
        council=council, name_en="=1+1 Inc.", name_fr="'Ksan", contact_name="@me", left_on=date(2021, 1, 1)
    )
    rows = Organisation.objects.filter(name_en="=1+1 Inc.")
    content = exported(rows, with_people=True)
    (line,) = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    assert (line["name_en"], line["name_fr"], line["contact_name"]) == ("'=1+1 Inc.", "'Ksan", "'@me")
    assert take(council, SimpleUploadedFile("list.csv", content), by) == 0
    hidden = exported(rows, with_people=False).decode("utf-8-sig")
    assert hidden.splitlines()[0] == "name_en,name_fr,group,website,is_member,joined_on,left_on"
