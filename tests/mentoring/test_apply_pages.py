"""The pages of a newcomer: what is offered, the six questions, and what comes along."""

import json

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from allies.kit.scope import across
from mentoring.models import Application
from mentoring.states import ApplicationState
from mentoring.views.apply.check import KEPT
from tests import factories
from tests.factories import mentoring as make
from tests.mentoring.applying import days

S = ApplicationState
pytestmark = pytest.mark.django_db
GOOD = {
    "status": "permanent",
    "is_job_ready": "yes",
    "employment": "survival",
    "years": "7",
    "last_worked": str(timezone.localdate().year - 1),
    "level": "8",
    "has_time": "yes",
}


@pytest.fixture
def council():
    return factories.CouncilFactory(slug_en="halifax", slug_fr="halifax-fr", name_en="Halifax Council")


@pytest.fixture
def intake(council):
    with across():
        programme = make.ProgrammeFactory(council=council, slug="one-to-one", is_published=True)
        return make.IntakeFactory(programme=programme, state="open", **days())


@pytest.fixture
def person():
    return factories.UserFactory()


def url(name, **kwargs):
    return reverse(f"mentoring:{name}", kwargs=kwargs)


def page(name, language="en"):
    with override(language):
        return url(name, slug="halifax" if language == "en" else "halifax-fr", programme="one-to-one")


# ------------------------------------------------------------------ what anybody sees


def test_the_list_shows_published_programmes_what_is_open_first(client, intake) -> None:
    with across():
        make.ProgrammeFactory(council=intake.programme.council, name_en="Hidden programme")
        make.ProgrammeFactory(is_published=True, council__is_published=False, name_en="Of a hidden council")
        make.ProgrammeFactory(is_published=True, council__stage="closed", name_en="Of a closed council")
        make.ProgrammeFactory(council=intake.programme.council, is_published=True, name_en="A later one")
    shown = client.get(url("open-programmes")).content.decode()
    assert "Hidden" not in shown
    assert "hidden" not in shown
    assert "closed council" not in shown
    assert shown.index(intake.programme.name_en) < shown.index("A later one")
    assert "No intake is open at present." in shown


def test_the_list_asks_as_often_for_one_programme_as_for_many(client, intake, django_assert_num_queries) -> None:
    with across():
        for _ in range(6):
            later = make.ProgrammeFactory(is_published=True)
            make.IntakeFactory(programme=later, state="open", **days())
    with django_assert_num_queries(3):
        client.get(url("open-programmes"))


def test_an_unpublished_programme_is_not_there(client, intake) -> None:
    assert client.get(page("open-programme")).status_code == 200
    with across():
        intake.programme.is_published = False
        intake.programme.save()
    for name in ("open-programme", "eligibility"):
        assert client.get(page(name)).status_code == 404


def test_the_address_of_the_other_language_leads_to_the_right_one(client, intake) -> None:
    wrong = "/en/mentoring/halifax-fr/one-to-one/"
    assert client.get(wrong).headers["Location"] == page("open-programme")
    french = client.get(page("open-programme", "fr")).content.decode()
    assert intake.programme.name_fr in french
    assert f'href="{page("open-programme")}" lang="en"' in french


# ------------------------------------------------------------------ the check


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Yes, this is for you"),
        ({"level": "unknown"}, "something is open"),
        ({"years": ""}, "something is open"),
        ({"level": "6"}, "Not yet, and there is help"),
        ({"status": "work_permit"}, "Not yet, and there is help"),
    ],
)
def test_six_answers_give_a_result_and_nothing_is_kept(client, intake, changes, words) -> None:
    answer = client.post(page("eligibility"), {**GOOD, **changes})
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not client.session.keys()


def test_a_question_left_out_is_asked_again_with_what_was_answered(client, intake) -> None:
    answer = client.post(page("eligibility"), {**GOOD, "status": "", "last_worked": "1066"})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"status", "last_worked"}
    assert 'value="survival"' in answer.content.decode()


def test_a_fail_names_the_services_of_that_council(client, intake, council) -> None:
    with across():
        facts = {"group": "community", "is_public": True, "website": "https://settle.example/"}
        factories.OrganisationFactory(council=council, name_en="Settle Here", **facts)
        factories.OrganisationFactory(name_en="Elsewhere", **facts)
    shown = client.post(page("eligibility"), {**GOOD, "has_time": "no"}).content.decode()
    assert "Settle Here" in shown
    assert "https://settle.example/" in shown
    assert "Elsewhere" not in shown


def test_answers_wait_in_the_session_until_the_person_has_signed_in(client, intake, person) -> None:
    begin = url("apply-begin", pk=intake.pk)
    assert client.post(page("apply-now"), GOOD).headers["Location"] == begin
    assert client.get(begin).headers["Location"] == f"{reverse('account_login')}?next={begin}"
    kept = json.loads(json.dumps(client.session[KEPT]))
    client.force_login(person)
    session = client.session
    session[KEPT] = kept
    session.save()
    assert "come along" in client.get(begin).content.decode()
    with across():
        assert not Application.objects.exists()
    answer = client.post(begin)
    with across():
        draft = Application.objects.get()
    assert answer.headers["Location"] == url("apply-step", pk=draft.pk, step=1)
    assert (draft.status, draft.years, draft.level_writing, draft.level_evidence) == ("permanent", 7, 8, "self")
    assert KEPT not in client.session
    assert client.get(begin).headers["Location"] == answer.headers["Location"]


def test_answers_to_another_intake_do_not_come_along(client, intake, person) -> None:
    client.force_login(person)
    client.post(page("apply-now"), GOOD)
    with across():
        other = make.IntakeFactory(programme=intake.programme, state="open", **days())
    client.post(url("apply-begin", pk=other.pk))
    with across():
        assert Application.objects.get().status == ""
