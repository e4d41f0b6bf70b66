"""An application: kept as a draft, sent once, judged, answered again, left and paused."""

from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from allies.kit import audit
from allies.kit.access import Denied
from allies.kit.mail import render
from allies.kit.models import Letter, StoredFile
from allies.kit.refusals import Refused
from allies.kit.scope import across
from councils.services.editing import Faulty
from mentoring.models import Application
from mentoring.services import applications as services
from mentoring.states import ApplicationState
from tests import factories
from tests.factories import mentoring as make
from tests.mentoring.applying import days, open_intake, pdf

S = ApplicationState
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def everywhere():
    with across():
        yield


@pytest.fixture
def intake():
    return open_intake()


@pytest.fixture
def person():
    return factories.UserFactory()


@pytest.fixture
def draft(intake, person):
    return make.ApplicationFactory(intake=intake, person=person, place=factories.PlaceFactory())


# ------------------------------------------------------------------ a draft


def test_a_draft_begins_with_what_was_answered_before(intake, person) -> None:
    answers = {"status": "permanent", "years": 4, "level_reading": 8}
    draft = services.begin(intake, by=person, answers=answers)
    assert (draft.state, draft.status, draft.years, draft.level_reading) == (S.DRAFT, "permanent", 4, 8)
    assert audit.about(draft).get().action == "mentoring.application_begun"
    assert services.begin(intake, by=person) == draft


def test_only_the_answers_are_taken_from_outside(intake, person) -> None:
    with pytest.raises(ValueError, match="state"):
        services.begin(intake, by=person, answers={"state": "eligible"})


@pytest.mark.parametrize(
    "facts",
    [{"state": "planned"}, {"state": "closed"}, days(-60), days(3), {"state": "matching"}],
    ids=["planned", "closed", "over", "to come", "matching"],
)
def test_nobody_begins_or_sends_outside_the_days_of_an_intake(intake, draft, facts) -> None:
    for name, value in facts.items():
        setattr(intake, name, value)
    intake.save()
    with pytest.raises(Refused, match="no applications now"):
        services.begin(intake, by=factories.UserFactory())
    with pytest.raises(Refused, match="no applications now"):
        services.submit(Application.objects.get(pk=draft.pk), by=draft.person)


def test_one_takes_part_in_a_programme_once_at_a_time(intake, person) -> None:
    other = make.IntakeFactory(programme=intake.programme, state="open", **days())
    earlier = make.ApplicationFactory(intake=other, person=person, submitted=True)
    with pytest.raises(Refused, match="already have"):
        services.begin(intake, by=person)
    Application.objects.filter(pk=earlier.pk).update(state=S.INELIGIBLE)
    assert services.begin(intake, by=person).intake == intake


def test_a_draft_keeps_what_is_written_and_nothing_else(draft, person) -> None:
    services.save_draft(draft, {"about": "I built bridges.", "goals": ["licence"]}, by=person)
    draft.refresh_from_db()
    assert (draft.about, draft.goals, draft.years) == ("I built bridges.", ["licence"], 6)
    with pytest.raises(ValueError, match="submitted_at"):
        services.save_draft(draft, {"submitted_at": timezone.now()}, by=person)


def test_a_draft_is_its_persons_alone(draft, intake) -> None:
    staff = factories.MembershipFactory(council=intake.programme.council).person
    for act in (
        lambda by: services.save_draft(draft, {"about": "x"}, by=by),
        lambda by: services.set_cv(draft, pdf(), by=by),
        lambda by: services.submit(draft, by=by),
        lambda by: services.answer_again(draft, by=by),
        lambda by: services.pause(draft, timezone.localdate() + timedelta(days=3), by=by),
        lambda by: services.withdraw(draft, "", by=by),
    ):
        with pytest.raises(Denied):
            act(factories.UserFactory())
    with pytest.raises(Denied):
        services.submit(draft, by=staff)


# ------------------------------------------------------------------ the CV


def test_a_cv_is_kept_replaced_and_removed(draft, person) -> None:
    services.set_cv(draft, pdf(), by=person)
    first = StoredFile.objects.get()
    assert (first.owner_id, first.tenant_id) == (person.pk, draft.intake.programme.council_id)
    services.set_cv(draft, pdf("second.pdf"), by=person)
    assert StoredFile.objects.get().name == "second.pdf"
    services.remove_cv(draft, by=person)
    assert not StoredFile.objects.exists()
    with pytest.raises(Refused):
        services.remove_cv(draft, by=person)


def _macro():
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("word/vbaProject.bin", "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [("cv.pdf", b"<html>"), ("cv.exe", b"MZ"), ("cv.docx", _macro()), ("cv.pdf", b""), ("cv.png", b"\x89PNG")],
)
def test_a_cv_is_judged_by_its_content(draft, person, name, content) -> None:
    with pytest.raises(Refused):
        services.set_cv(draft, SimpleUploadedFile(name, content), by=person)
    draft.refresh_from_db()
    assert draft.cv is None


# ------------------------------------------------------------------ sending


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, S.ELIGIBLE),
        ({"has_time": None}, S.NEEDS_EVIDENCE),
        ({"level_reading": None}, S.NEEDS_EVIDENCE),
        ({"years": 1}, S.INELIGIBLE),
        ({"years": 1, "has_time": None}, S.INELIGIBLE),
    ],
)
def test_the_rules_say_where_a_sent_application_stands(draft, person, changes, state) -> None:
    services.save_draft(draft, {"last_worked": timezone.localdate().year, **changes}, by=person)
    check = services.submit(draft, by=person)
    kept = Application.objects.get(pk=draft.pk)
    assert kept.state == draft.state == state
    assert kept.submitted_at is not None
    assert bool(kept.eligible_at) == (state == S.ELIGIBLE)
    assert set(check.verdicts) == {"status", "ready", "employment", "experience", "language", "time"}
    assert audit.about(draft).first().action == "mentoring.application_sent"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_letter_confirms_in_the_persons_language(draft, person, language) -> None:
    person.language = language
    person.save()
    services.submit(Application.objects.get(pk=draft.pk), by=person)
    letter = render(Letter.objects.get(person=person))
    path = {"en": "/en/my-mentoring/", "fr": "/fr/mon-mentorat/"}[language]
    assert path in letter.body
    assert draft.intake.programme.name_fr in letter.subject if language == "fr" else "We have" in letter.subject


def test_what_is_missing_is_said_next_to_each_field(intake, person) -> None:
    empty = services.begin(intake, by=person)
    with pytest.raises(Faulty) as refusal:
        services.submit(empty, by=person)
    assert set(refusal.value.errors) == {"status", "employment", "occupation", "goals", "availability", "mode"}
    assert not Letter.objects.exists()


def test_who_meets_in_person_names_a_city(draft, person) -> None:
    services.save_draft(draft, {"place": None, "mode": "in_person"}, by=person)
    with pytest.raises(Faulty) as refusal:
        services.submit(draft, by=person)
    assert set(refusal.value.errors) == {"place"}
    services.save_draft(draft, {"mode": "online"}, by=person)
    services.submit(draft, by=person)


def test_an_application_is_sent_once(draft, person) -> None:
    services.submit(draft, by=person)
    stale = Application.objects.get(pk=draft.pk)
    with pytest.raises(Refused, match="already"):
        services.submit(stale, by=person)
    with pytest.raises(Refused):
        services.save_draft(stale, {"about": "x"}, by=person)
    assert draft.checks.count() == Letter.objects.count() == 1


def test_who_did_not_qualify_may_answer_again(draft, person) -> None:
    services.save_draft(draft, {"years": 1, "last_worked": timezone.localdate().year}, by=person)
    services.submit(draft, by=person)
    first = Application.objects.get(pk=draft.pk).submitted_at
    services.answer_again(draft, by=person)
    services.save_draft(draft, {"years": 5}, by=person)
    services.submit(draft, by=person)
    kept = Application.objects.get(pk=draft.pk)
    assert (kept.state, kept.submitted_at, kept.checks.count()) == (S.ELIGIBLE, first, 2)
    with pytest.raises(Refused):
        services.answer_again(kept, by=person)
