"""The coordinator's pages about people: worklist, acts on many, export, one application."""

import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from allies.kit import audit, scope
from allies.kit.models import Letter
from councils.models import OccupationGroup
from mentoring.models import Application, Interview, Referral
from mentoring.services import screening, selection
from mentoring.services.selection import Act
from mentoring.states import ApplicationState as S
from tests import factories
from tests.factories import mentoring as make
from tests.mentoring.coordinating import SCORES, applicant, place, session, slot, told


@pytest.fixture
def here(world):
    with scope.within(world.halifax):
        yield place(world)


@pytest.fixture
def browser(signed_in):
    return signed_in("coordinator")


def url(name, here, **more):
    return reverse(f"mentoring:{name}", kwargs={"council": here.council.slug_en, **more})


def names(page):
    return [row.record.person.name for row in page.context["table"].rows]


def person(name, **facts):
    return factories.UserFactory(name=name, **facts)


def test_the_worklist_begins_with_who_waits_longest_and_hides_drafts(here, browser):
    make.ApplicationFactory(intake=here.intake, person=person("Draft"))
    applicant(here, person=person("Newer"), state=S.SCREENED, screened_at=make.NOW.replace(day=9))
    applicant(here, person=person("Older"))
    assert names(browser.get(url("application-list", here))) == ["Older", "Newer"]


def test_words_are_found_without_their_accents(here, browser):
    applicant(here, person=person("Zoé Lévesque"))
    applicant(here, person=person("Karim"))
    assert names(browser.get(url("application-list", here), {"q": "levesque zoe"})) == ["Zoé Lévesque"]


def test_the_worklist_is_narrowed_by_state_occupation_age_and_verdict(here, browser):
    group = OccupationGroup.objects.create(code="7", title_en="Trades", title_fr="Métiers")
    welder = factories.OccupationFactory(code="72106", group=group)
    applicant(here, person=person("Welder"), occupation=welder)
    unknown = applicant(here, person=person("Unknown"), state=S.NEEDS_EVIDENCE)
    make.EligibilityCheckFactory(application=unknown, rules=here.rules, verdict="unknown")
    for query, found in (
        ({"state": "needs_evidence"}, ["Unknown"]),
        ({"unknown": "1"}, ["Unknown"]),
        ({"group": "7"}, ["Welder"]),
        ({"age": "7"}, ["Unknown", "Welder"]),
    ):
        assert sorted(names(browser.get(url("application-list", here), query))) == found, query
    nonsense = browser.get(url("application-list", here), {"state": "lost", "waits": "nothing"})
    assert nonsense.context["filter"].ignored == ["State", "What is to be done"]


def test_another_councils_intake_narrows_nothing(here, world, browser):
    applicant(here)
    with scope.within(world.calgary):
        foreign = make.IntakeFactory(programme=make.ProgrammeFactory(council=world.calgary))
    page = browser.get(url("application-list", here), {"intake": str(foreign.pk)})
    assert page.context["filter"].ignored == ["Intake"]


@pytest.mark.parametrize("name", ["application-list", "time-list", "orientation-list", "coordinate-home"])
def test_a_list_asks_as_many_questions_for_50_rows_as_for_one(here, browser, name):
    counts = []
    # The first page of a session also looks up who it is.
    browser.get(url(name, here))
    for more in (1, 2, 47):
        for number in range(more):
            booked = applicant(here)
            time = slot(here, hours=20 + sum(counts) + 2 * (number + more * 100))
            make.InterviewFactory(application=booked, slot=time)
            session(here)
            make.IntakeFactory(programme=here.programme)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(url(name, here)).status_code == 200
        counts.append(len(asked))
    assert len(set(counts)) == 1, counts


def test_nobody_else_sees_people(here, signed_in):
    applicant(here)
    for actor, code in (("board", 403), ("partner", 403), ("rival", 404), ("coach", 403)):
        assert signed_in(actor).get(url("application-list", here)).status_code == code
    led = signed_in("national").get(url("application-list", here))
    assert led.url.startswith(reverse("councils:session-open", args=[here.council.slug_en]))


def test_acts_on_many_say_for_each_person_why_not(here, browser):
    able = applicant(here, person=person("Able"))
    done = applicant(here, person=person("Done"), state=S.WAITLISTED)
    sent = {"chosen": [able.pk, done.pk, "nonsense"], "act": "wait"}
    page = browser.post(url("application-act", here), sent)
    assert [row.person.name for row in page.context["able"]] == ["Able"]
    assert [(row.person.name, str(why)) for row, why in page.context["refused"]] == [
        ("Done", "is on the waiting list already")
    ]
    assert Application.objects.get(pk=able.pk).state == S.ELIGIBLE
    wordless = browser.post(url("application-act", here), {**sent, "sure": "1"})
    assert (wordless.status_code, set(wordless.context["form"].errors)) == (422, {"words"})
    after = browser.post(url("application-act", here), {**sent, "sure": "1", "words": "Full."}, follow=True)
    text = after.content.decode()
    assert "Put on the waiting list: done for 1 person." in text
    assert "Done: is on the waiting list already" in text
    assert told(able) == ["waitlisted"]


def test_people_of_another_council_are_not_acted_on(here, world, browser):
    with scope.within(world.calgary):
        foreign = make.ApplicationFactory(
            intake=make.IntakeFactory(programme=make.ProgrammeFactory(council=world.calgary)), submitted=True
        )
    sent = {"chosen": [foreign.pk], "act": "decline", "sure": "1", "words": "No."}
    assert "Choose at least one" in browser.post(url("application-act", here), sent, follow=True).content.decode()
    with scope.within(world.calgary):
        assert Application.objects.get(pk=foreign.pk).state == S.ELIGIBLE


def test_a_refusal_frees_the_interview_time(here):
    who, time = applicant(here), slot(here)
    screening.book(who, slot=time, by=who.person)
    selection.decide(who, act=Act.DECLINE, words="The rules have changed.", by=here.by)
    who.refresh_from_db()
    assert (who.state, who.decision_note) == (S.DECLINED, "The rules have changed.")
    assert who.closed_at is not None
    letters = Letter.objects.filter(person=here.by, template="mentoring/interviewer").order_by("created_at")
    assert [letter.context["kind"] for letter in letters] == ["booked", "given_back"]
    other = applicant(here)
    screening.book(other, slot=time, by=other.person)
    assert Interview.objects.filter(slot=time, state="booked").count() == 1


@pytest.mark.parametrize(
    ("facts", "back"),
    [
        ({}, S.ELIGIBLE),
        ({"screened_at": make.NOW}, S.SCREENED),
        ({"screened_at": make.NOW, "oriented_at": make.NOW, "handbook_at": make.NOW}, S.READY),
    ],
)
def test_who_leaves_the_waiting_list_goes_back_to_where_they_stood(here, facts, back):
    who = applicant(here, state=S.WAITLISTED, **facts)
    selection.decide(who, act=Act.RETURN, by=here.by)
    assert Application.objects.get(pk=who.pk).state == back


def test_a_message_goes_to_each_person_and_its_words_stay_out_of_the_trail(here):
    who = applicant(here)
    selection.decide(who, act=Act.MESSAGE, words="Please bring your diploma.", by=here.by)
    assert told(who) == ["message"]
    assert [entry.reason for entry in audit.about(who)] == [""]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_list_is_taken_along_as_it_is_narrowed_and_on_record(here, browser, kind):
    applicant(here, person=person("=Amina"))
    applicant(here, person=person("Other"), state=S.WAITLISTED)
    answer = browser.post(url("application-export", here, kind=kind) + "?state=eligible")
    content = b"".join(answer.streaming_content)
    if kind == "csv":
        cells = [line.split(",")[0] for line in content.decode("utf-8-sig").splitlines()]
    else:
        cells = [row[0] for row in openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)]
    assert cells == ["Name", "'=Amina"]
    assert audit.about(here.council).first().action == "mentoring.applications_exported"
    assert browser.get(url("application-export", here, kind=kind)).status_code == 405
    assert browser.post(url("application-export", here, kind="pdf")).status_code == 404


def test_the_page_of_an_application_shows_answers_verdicts_and_history_in_words(here, browser):
    who = applicant(here, about="I built bridges.")
    make.EligibilityCheckFactory(application=who, rules=here.rules)
    screening.hold_interview(who, scores=SCORES, note="Calm.", recommendation="accept", by=here.by)
    page = browser.get(url("application-show", here, pk=who.pk)).content.decode()
    for words in ("I built bridges.", "Permanent resident", "Calm.", "recorded an interview", "Accept"):
        assert words in page, words


def test_a_draft_has_no_page_for_the_council(here, browser):
    draft = make.ApplicationFactory(intake=here.intake)
    assert browser.get(url("application-show", here, pk=draft.pk)).status_code == 404


def test_a_coordinator_decides_in_place_of_the_rules_with_a_reason(here, browser):
    who = make.ApplicationFactory(intake=here.intake, state=S.INELIGIBLE, submitted_at=make.NOW)
    decide = url("application-override", here, pk=who.pk)
    wordless = browser.post(decide, {"override-verdict": "pass"})
    assert (wordless.status_code, set(wordless.context["form"].errors)) == (422, {"reason"})
    assert (
        browser.post(decide, {"override-verdict": "pass", "override-reason": "Shown at the desk."}).status_code == 302
    )
    assert Application.objects.get(pk=who.pk).state == S.ELIGIBLE


def test_a_person_is_introduced_to_a_service_and_asked_about_it(here, browser):
    who = make.ApplicationFactory(intake=here.intake, state=S.INELIGIBLE, submitted_at=make.NOW)
    assert browser.post(url("application-refer", here, pk=who.pk), {}).status_code == 422
    browser.post(url("application-refer", here, pk=who.pk), {"referral-service": "Language classes"})
    referral = Referral.objects.get(application=who)
    browser.post(url("referral-follow", here, pk=referral.pk), {"outcome": "enrolled"})
    referral.refresh_from_db()
    assert (referral.service, referral.outcome) == ("Language classes", "enrolled")


def test_an_interview_is_recorded_on_its_page(here, browser):
    who = applicant(here)
    page = url("interview-record", here, pk=who.pk)
    assert browser.post(page, {**SCORES, "goals_clear": 5, "recommendation": "accept"}).status_code == 422
    told_nothing = browser.post(page, {**SCORES, "recommendation": "wait"})
    assert set(told_nothing.context["form"].errors) == {"told"}
    assert browser.post(page, {**SCORES, "recommendation": "accept"}).status_code == 302
    assert Application.objects.get(pk=who.pk).state == S.SCREENED
    again = browser.get(page)
    assert again.url == url("application-show", here, pk=who.pk)


def test_times_are_offered_on_their_page_and_an_overlap_is_said_beside_its_field(here, browser):
    sent = {
        "programme": here.programme.pk,
        "interviewer": here.by.pk,
        "starts_at": "2030-05-06T09:00",
        "minutes": 45,
        "times": 2,
        "where": "Main Street 1",
    }
    assert "2 times are offered." in browser.post(url("time-list", here), sent, follow=True).content.decode()
    again = browser.post(url("time-list", here), {**sent, "starts_at": "2030-05-06T10:00"})
    assert (again.status_code, set(again.context["form"].errors)) == (422, {"starts_at"})
