"""A labour-market table handed in by the browser: stored, imported by a job, faults listed by row and column."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from allies.kit import files
from allies.kit.models import Job, StoredFile
from councils.models import LabourFigure, LabourTable
from councils.tasks import import_labour_upload
from tests import factories as make
from tests.councils.labour_files import TITLES, file, row

pytestmark = pytest.mark.django_db
NEW = "/en/network/labour/new/"


@pytest.fixture
def keeper(signed_in):
    make.PlaceFactory(code="halifax", cma="205")
    return signed_in("national")


def hand_in(client, rows, name="14100083.csv", **facts):
    content = rows if isinstance(rows, bytes) else file(rows).getvalue()
    facts = {"product": "14-10-0083-01", **TITLES, **facts}
    return client.post(NEW, {"upload": SimpleUploadedFile(name, content), **facts})


def carry_out() -> Job:
    job = Job.objects.get(state="queued")
    import_labour_upload.run(str(job.pk), *job.args)
    job.refresh_from_db()
    return job


def test_a_good_table_is_stored_and_imported_by_a_job_that_leads_to_the_list(keeper) -> None:
    answer = hand_in(keeper, [row("2010"), row("2011")])
    job = Job.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, reverse("kit:job-show", args=[job.pk]))
    assert not LabourTable.objects.exists()
    done = carry_out()
    assert (done.state, done.result_url) == ("done", "/en/network/labour/")
    assert LabourTable.objects.get().rows == LabourFigure.objects.count() == 2
    assert "Labour force by immigrant status" in keeper.get("/en/network/labour/").content.decode()


def test_one_bad_row_changes_nothing_and_leaves_a_list_of_faults(keeper) -> None:
    hand_in(keeper, [row("2009")])
    carry_out()
    hand_in(keeper, [row("2010"), row(value="=lots"), row(geo="")])
    failed = carry_out()
    assert failed.state == "failed"
    assert failed.reason.startswith("Nothing was changed: there are 2 faults.")
    assert [figure.period.year for figure in LabourFigure.objects.all()] == [2009]
    shown = keeper.get(failed.result_url).content.decode()
    assert "“=lots” is not a number." in shown
    assert 'data-label="Column">GEO<' in shown
    listed = b"".join(keeper.get(failed.result_url, {"file": "1"}).streaming_content).decode("utf-8-sig").splitlines()
    assert listed[0] == "Row,Column,What to do"
    assert listed[1] == "3,VALUE,“=lots” is not a number."
    assert len(listed) == 3
    assert failed.result_url in keeper.get("/en/network/labour/").content.decode()


def test_the_list_of_faults_speaks_the_language_of_the_person(keeper, world) -> None:
    world.people["national"].language = "fr"
    world.people["national"].save()
    with translation.override("fr"):
        keeper.post(
            "/fr/reseau/travail/nouveau/",
            {
                "upload": SimpleUploadedFile("t.csv", file([row(value="lots")]).getvalue()),
                "product": "14-10-0083-01",
                **TITLES,
            },
        )
    failed = carry_out()
    assert failed.result_url.startswith("/fr/reseau/travail/erreurs/")


def test_a_failed_import_is_run_again_with_the_same_file(keeper) -> None:
    hand_in(keeper, [row("2010")], title_en="", title_fr="")
    failed = carry_out()
    assert "Give the table&#x27;s title" in keeper.get(failed.get_absolute_url()).content.decode()
    again = keeper.post(reverse("kit:job-again", args=[failed.pk]))
    assert again.status_code == 302
    assert Job.objects.filter(state="queued").get().args == failed.args


def test_an_import_whose_file_was_swept_away_says_so(keeper) -> None:
    hand_in(keeper, [row("2010")])
    StoredFile.objects.all().delete()
    failed = carry_out()
    assert (failed.state, failed.reason) == ("failed", "The file is no longer kept: hand it in again.")


@pytest.mark.parametrize(
    ("content", "name", "facts", "sentence"),
    [
        (b"%PDF-1.4", "table.pdf", {}, "This kind of file can&#x27;t be taken."),
        (b"", "table.csv", {}, "The submitted file is empty."),
        ("é".encode("latin-1"), "table.csv", {}, "This file is not written in UTF-8."),
        (b"a\x00b", "table.csv", {}, "This file is not a table of text."),
        (b"x", "table.csv", {"product": "14100083"}, "Write the number like 14-10-0083-01."),
    ],
)
def test_what_is_no_table_is_refused_at_the_form(keeper, content, name, facts, sentence) -> None:
    answer = hand_in(keeper, content, name, **facts)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Job.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_list_of_faults_is_for_those_who_keep_the_registry(keeper, signed_in) -> None:
    hand_in(keeper, [row(value="lots")])
    failed = carry_out()
    assert signed_in("admin").get(failed.result_url).status_code == 200
    assert signed_in("coach").get(failed.result_url).status_code == 403
    assert signed_in("coordinator").get(failed.result_url).status_code == 403


def test_another_table_that_the_portal_keeps_is_not_shown_as_a_list_of_faults(keeper, world) -> None:
    other = files.keep(
        b"Name,Address,Age\r\nAna,ana@example.org,41\r\n", kind="csv", name="x.csv", by=world.people["mentee"]
    )
    answer = keeper.get(reverse("councils:network-labour-faults", args=[other.pk]))
    assert answer.status_code == 404
    assert keeper.get(f"{answer.request['PATH_INFO']}?file=1").status_code == 404
