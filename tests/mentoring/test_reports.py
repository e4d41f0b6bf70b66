"""Reports of results: written once, sealed, never changed, and compared with what came later."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone, translation
from openpyxl import load_workbook

from allies.kit import audit, scope
from allies.kit.access import Denied
from allies.kit.refusals import Refused
from councils.services.editing import Faulty
from mentoring.models import FollowUp, ResultReport
from mentoring.queries import reports
from mentoring.queries.measures import MEASURES
from mentoring.queries.tallies import Choice
from mentoring.services.reports import last_whole_day, write_report
from tests.factories import mentoring as make
from tests.factories import results as made
from tests.mentoring.cohorts import answers, mentored


@pytest.fixture
def intake(world):
    with scope.across():
        programme = make.ProgrammeFactory(council=world.halifax, name_en="Bridges", name_fr="Passerelles")
        return make.IntakeFactory(programme=programme, name_en="Spring", name_fr="Printemps")


@pytest.fixture
def director(world):
    return world.people["director"]


def written(world, by, choice=None, reason="For the annual report"):
    with scope.within(world.halifax):
        return write_report(world.halifax, choice=choice or Choice(), reason=reason, by=by)


def days_ago(days):
    return timezone.localdate() - timedelta(days=days)


def older(world, until, choice=None):
    """Let a report have been written on an earlier day."""
    with scope.within(world.halifax):
        choice = choice or Choice()
        found = reports.results(reports.source_of(world.halifax.pk, choice, until, apart=True))
        return made.ResultReportFactory(
            council=world.halifax, programme_id=choice.programme, intake_id=choice.intake, year=choice.year,
            until=until, numbers=reports.as_numbers(found, {}), rows_hash=reports.seal(reports.rows_of(choice), until),
        )  # fmt: skip


def test_a_report_holds_what_may_be_told_and_who_wrote_it_why(world, intake, director) -> None:
    with scope.across():
        mentored(intake, answers(yes=12, no=8, silent=5), on=days_ago(30))
    report = written(world, director, Choice(intake=intake.pk))
    assert (report.subject_en, report.subject_fr) == ("Bridges · Spring", "Passerelles · Printemps")
    assert (report.until, report.frozen_by, report.reason) == (days_ago(1), director, "For the annual report")
    assert report.numbers["lines"]["at_work"] == [None, None, None, {"yes": 12, "answered": 20, "due": 25}]
    assert report.numbers["pairs"] == {"began": 25, "completed": 25, "ended_early": 0}
    with scope.within(world.halifax):
        found = reports.as_results(report.numbers)
        assert reports.as_numbers(found, report.numbers["pairs"]) == report.numbers
        entry = audit.about(report).first()
    assert (entry.action, entry.reason) == ("mentoring.report_frozen", "For the annual report")


def test_small_numbers_are_left_out_before_they_are_written(world, intake, director) -> None:
    with scope.across():
        mentored(intake, answers(yes=17, no=2), on=days_ago(30))
    report = written(world, director)
    assert report.numbers["lines"] == dict.fromkeys((measure.name for measure in MEASURES), [None] * 4)
    assert report.numbers["earnings"] == [None] * 4


@pytest.mark.parametrize("act", ["update", "delete", "save"])
def test_nobody_changes_or_removes_a_report_not_even_past_the_portal(world, act) -> None:
    with scope.across():
        report = made.ResultReportFactory(council=world.halifax)
        rows = ResultReport.objects.filter(pk=report.pk)
        deeds = {
            "update": lambda: rows.update(reason="Better"),
            "delete": rows._raw_delete,
            "save": report.save,
        }
        with pytest.raises(DatabaseError, match="A report stays as it was written"), transaction.atomic():
            deeds[act](*(["default"] if act == "delete" else []))


def test_only_staff_write_reports_and_only_national_staff_the_networks(world, intake) -> None:
    for name in ("board", "partner", "rival", "coach"):
        with pytest.raises(Denied):
            written(world, world.people[name])
    with scope.across(), pytest.raises(Denied):
        write_report(None, choice=Choice(), reason="Because", by=world.people["director"])


def test_a_report_needs_a_reason_answers_and_something_new(world, intake, director) -> None:
    with pytest.raises(Refused, match="Nobody has answered yet"):
        written(world, director)
    with scope.across():
        mentored(intake, answers(yes=12, no=8), on=days_ago(30))
    with pytest.raises(Faulty):
        written(world, director, reason="  ")
    written(world, director)
    with pytest.raises(Refused, match="these very rows"):
        written(world, director)


def test_answers_of_the_day_that_still_runs_wait_for_the_next_report(world, intake, director) -> None:
    with scope.across():
        mentored(intake, answers(yes=12, no=8), on=days_ago(30))
        mentored(intake, answers(yes=10), due_on=days_ago(2), on=days_ago(0))
    report = written(world, director)
    assert report.numbers["lines"]["at_work"][-1] == {"yes": 12, "answered": 20, "due": 30}


def test_the_network_is_written_down_as_a_whole(world, intake) -> None:
    with scope.across():
        mentored(intake, answers(yes=12, no=8), on=days_ago(30))
        report = write_report(None, choice=Choice(), reason="For the funder", by=world.people["national"])
        assert (report.council, report.subject_fr) == (None, "L’ensemble du réseau")
    with scope.within(world.halifax):
        assert not ResultReport.objects.exists()


def test_the_seal_fits_until_a_row_is_corrected(world, intake, director) -> None:
    with scope.across():
        rows = mentored(intake, answers(yes=12, no=8), on=days_ago(30))
        mentored(intake, answers(yes=11, no=9), due_on=days_ago(3), on=days_ago(0))
    report = written(world, director)
    with scope.within(world.halifax):
        assert reports.since(report, days_ago(0)).is_intact
        FollowUp.objects.filter(pk=rows[0].pk).update(hours=20)
        assert not reports.since(report, days_ago(0)).is_intact


@pytest.mark.parametrize(("late", "after"), [(3, None), (12, (24, 32))])
def test_a_later_share_is_told_only_if_many_answered_between(world, intake, director, late, after) -> None:
    with scope.across():
        mentored(intake, answers(yes=12, no=8), on=days_ago(30))
    report = older(world, days_ago(20))
    with scope.across():
        mentored(intake, answers(yes=late), due_on=days_ago(20), on=days_ago(10))
    with scope.within(world.halifax):
        since = reports.since(report, last_whole_day())
    assert (since.asking[-1][0].answered, since.asking[-1][1].answered) == (20, 20 + late)
    step = next(step for step in since.steps if step.measure.name == "at_work")
    assert (step.before.yes, step.before.answered) == (12, 20)
    assert (step.after and (step.after.yes, step.after.answered)) == after


def test_a_second_report_leaves_out_what_comparing_it_with_the_first_would_tell(world, intake, director) -> None:
    with scope.across():
        mentored(intake, answers(yes=12, no=8), on=days_ago(30))
    older(world, days_ago(20))
    with scope.across():
        mentored(intake, answers(yes=3), due_on=days_ago(12), on=days_ago(10))
    second = written(world, director)
    assert second.numbers["lines"]["at_work"][-1] is None
    assert second.numbers["asking"][-1]["answered"] == 23


def test_cohorts_written_down_later_do_not_add_up_to_who_answered_since(world, intake, director) -> None:
    with scope.across():
        other = make.IntakeFactory(programme=intake.programme)
        mentored(intake, answers(yes=12, no=8), on=days_ago(30))
        mentored(other, answers(yes=11, no=9), on=days_ago(30))
    older(world, days_ago(20))
    with scope.across():
        mentored(other, answers(yes=1), due_on=days_ago(12), on=days_ago(10))
    first, second = (written(world, director, Choice(intake=cohort.pk)) for cohort in (intake, other))
    # The first cohort is as it was: with both, and the older report on all, the second would be found.
    assert [report.numbers["lines"]["at_work"][-1] for report in (first, second)] == [None, None]


def test_a_report_on_the_network_and_one_on_its_only_council_do_not_differ_by_a_few(world, intake, director) -> None:
    with scope.across():
        mentored(intake, answers(yes=12, no=8), on=days_ago(30))
        found = reports.results(reports.source_of(None, Choice(), days_ago(20), apart=True))
        made.ResultReportFactory(council=None, until=days_ago(20), numbers=reports.as_numbers(found, {}))
        mentored(intake, answers(yes=2), due_on=days_ago(12), on=days_ago(10))
    assert found.share("at_work", "m12").answered == 20
    assert written(world, director).numbers["lines"]["at_work"][-1] is None


def test_a_report_is_shown_and_downloaded_at_its_address(world, intake, director, signed_in) -> None:
    with scope.across():
        mentored(intake, answers(yes=12, no=8, silent=5), on=days_ago(30))
    report, board = written(world, director), signed_in("board")
    page = board.get(reverse("mentoring:result-report", args=["halifax", report.pk]))
    assert page.status_code == 200
    assert report.rows_hash in page.text
    assert "Nobody became due and nobody answered" in page.text
    text = b"".join(board.get(reverse("mentoring:result-report-csv", args=["halifax", report.pk])).streaming_content)
    lines = list(csv.DictReader(StringIO(text.decode("utf-8-sig"))))
    assert len(lines) == 28
    line = next(line for line in lines if (line["Indicator"], line["When"]) == ("At work", "After 12 months"))
    assert (line["Yes"], line["Of"], line["Share"], line["Due"]) == ("12", "20", "0.6", "25")
    assert (line["Of all due, least"], line["Of all due, most"]) == ("0.48", "0.68")
    assert lines[0]["Note"] == "too few answers"
    book = board.get(reverse("mentoring:result-report-xlsx", args=["halifax", report.pk]))
    sheet = load_workbook(BytesIO(b"".join(book.streaming_content))).active
    assert sheet.max_row == 29


def test_a_coordinator_writes_what_the_address_chooses(world, intake, signed_in) -> None:
    with scope.across():
        mentored(intake, answers(yes=12, no=8), on=days_ago(30))
    coordinator = signed_in("coordinator")
    with translation.override("fr"):
        path = reverse("mentoring:result-report-add", args=["halifax-fr"]) + f"?intake={intake.pk}"
    assert coordinator.get(path).status_code == 200
    assert coordinator.post(path, {"reason": ""}).status_code == 422
    answer = coordinator.post(path, {"reason": "Pour le rapport annuel"})
    with scope.across():
        report = ResultReport.objects.get()
    assert answer.status_code == 302
    assert str(report.pk) in answer["Location"]
    assert (report.intake, report.reason) == (intake, "Pour le rapport annuel")
