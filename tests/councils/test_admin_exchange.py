"""Spreadsheets in the administration: tried out first, all rows or none, and no cell that runs."""

from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from allies.kit.audit import Entry
from allies.kit.scope import across
from councils.models import Council, Fact, FactValue, Organisation
from councils.states import Stage
from tests import factories as make
from tests.councils.test_admin import address

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(signed_in):
    return signed_in("admin")


def upload(admin, model, text, name="table.csv"):
    content = text if isinstance(text, bytes) else text.encode()
    kind = "1" if name.endswith("xlsx") else "0"
    return admin.post(address(model, "import"), {"import_file": SimpleUploadedFile(name, content), "format": kind})


def confirm(admin, model, answer):
    form = answer.context["confirm_form"].initial
    return admin.post(address(model, "process_import"), form)


HEAD = "council,name_en,name_fr,group,is_member,is_public,joined_on,left_on\r\n"


def test_an_import_is_tried_out_first_and_written_when_confirmed(admin, world) -> None:
    answer = upload(admin, Organisation, HEAD + "halifax,Port,Port,employer,0,1,2020-01-01,\r\n")
    with across():
        assert not Organisation.objects.filter(name_en="Port").exists()
    assert confirm(admin, Organisation, answer).status_code == 302
    with across():
        assert Organisation.objects.get(name_en="Port").council == world.halifax
    assert Entry.objects.get(action="admin.imported").tenant_id == world.halifax.pk


def test_one_bad_row_keeps_all_rows_out_and_is_named_with_its_column(admin, world) -> None:
    rows = "halifax,Port,Port,employer,0,0,2020-01-01,\r\nnowhere,Mill,Moulin,employer,0,0,,\r\n"
    shown = upload(admin, Organisation, HEAD + rows + "halifax,Late,Tard,employer,0,0,2020-01-01,2019-01-01\r\n")
    page = shown.content.decode()
    assert "There is no council “nowhere”." in page
    assert "An organisation can&#x27;t leave before it joins." in page
    assert shown.context.get("confirm_form") is None
    with across():
        assert not Organisation.objects.filter(name_en__in=["Port", "Mill", "Late"]).exists()


def test_a_council_is_not_taken_in_by_spreadsheet(admin, world) -> None:
    page = upload(admin, Council, "slug_en,website\r\nnew-place,https://x.example\r\n").content.decode()
    assert "No council has this address" in page


def test_a_spreadsheet_changes_a_profile_and_not_its_life(admin, world) -> None:
    answer = upload(admin, Council, "slug_en,website,stage\r\nhalifax,https://halifax.example/,closed\r\n")
    confirm(admin, Council, answer)
    world.halifax.refresh_from_db()
    assert (world.halifax.website, world.halifax.stage) == ("https://halifax.example/", Stage.OPERATING)


def test_no_cell_that_is_handed_out_runs_as_a_formula(admin, world) -> None:
    make.OrganisationFactory(council=world.halifax, name_en="=HYPERLINK(1)", name_fr="@SUM(1)")
    as_csv = admin.post(address(Organisation, "export"), {"format": "0"}).content.decode("utf-8-sig")
    assert "'=HYPERLINK(1),'@SUM(1)" in as_csv
    book = openpyxl.load_workbook(BytesIO(admin.post(address(Organisation, "export"), {"format": "1"}).content))
    cells = [str(cell.value) for row in book.active.iter_rows() for cell in row]
    assert "'=HYPERLINK(1)" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "@"))]
    assert Entry.objects.filter(action="admin.exported").count() == 2


def test_what_was_handed_out_comes_back_unchanged(admin, world) -> None:
    make.OrganisationFactory(council=world.halifax, name_en="=Plus", name_fr="=Plus")
    handed_out = admin.post(address(Organisation, "export"), {"format": "0"}).content
    confirm(admin, Organisation, upload(admin, Organisation, handed_out))
    with across():
        assert Organisation.objects.filter(name_en="=Plus").count() == 1
    assert not Entry.objects.filter(action="admin.imported").exists()


def test_a_value_that_is_handed_in_is_neither_shown_nor_published(admin) -> None:
    source, fact = make.SourceFactory(key="report"), make.FactFactory(key="people")
    text = "fact,source,locator,text_en,text_fr,precision,is_shown\r\npeople,report,p. 3,12,12,year,1\r\n"
    confirm(admin, FactValue, upload(admin, FactValue, text))
    value = FactValue.objects.get()
    assert (value.source, value.fact, value.is_shown) == (source, fact, False)
    confirm(admin, Fact, upload(admin, Fact, "key,label_en,label_fr,is_published\r\npeople,All,Tous,1\r\n"))
    fact.refresh_from_db()
    assert (fact.label_en, fact.is_published) == ("All", False)
