"""An application on its pages: written in steps, kept while one types, sent, followed, left."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from allies.kit.models import Letter
from allies.kit.scope import across
from councils.models import OccupationTitle
from councils.queries.occupations import fold
from mentoring.models import Application, Referral
from mentoring.queries.tracker import HEADLINES, Standing
from mentoring.queries.tracker_words import EXPECTED
from mentoring.states import ApplicationState
from tests import factories
from tests.factories import mentoring as make
from tests.mentoring.applying import at, days, pdf

S = ApplicationState
pytestmark = pytest.mark.django_db


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


@pytest.fixture
def me(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def draft(intake, person):
    with across():
        return make.ApplicationFactory(intake=intake, person=person, place=factories.PlaceFactory())


def url(name, **kwargs):
    return reverse(f"mentoring:{name}", kwargs=kwargs)


def page(name, language="en"):
    with override(language):
        return url(name, slug="halifax" if language == "en" else "halifax-fr", programme="one-to-one")


def reloaded(application):
    with across():
        return Application.objects.get(pk=application.pk)


# ------------------------------------------------------------------ the steps


@pytest.fixture
def software():
    occupation = factories.OccupationFactory(
        code="21231", title_en="Software engineers", title_fr="Ingénieurs/ingénieures en logiciel"
    )
    for language, title in (("en", occupation.title_en), ("fr", "ingénieur logiciel")):
        OccupationTitle.objects.create(occupation=occupation, language=language, title=title, folded=fold(title))
    return occupation


@pytest.mark.parametrize("words", ["ingenieur logiciel", "Ingénieur Logiciel", "software eng", "2123"])
def test_an_occupation_is_found_in_either_language(me, software, words) -> None:
    found = me.get(url("occupation-search"), {"q": words}).json()["found"]
    assert found == [{"code": "21231", "title": "Software engineers"}]


def test_without_javascript_a_search_offers_what_fits(me, draft, software) -> None:
    answer = me.post(
        url("apply-step", pk=draft.pk, step=1), {"occupation_words": "ingenieur logiciel", "years": "9", "go": "find"}
    )
    assert answer.status_code == 200
    assert 'value="21231"' in answer.content.decode()
    assert reloaded(draft).years == 9
    chosen = {"occupation_words": "ingenieur logiciel", "occupation": "21231", "go": "next"}
    assert me.post(url("apply-step", pk=draft.pk, step=1), chosen).status_code == 302
    assert reloaded(draft).occupation == software


@pytest.mark.parametrize("words", ["ingenieur logiciel", "wizard"])
def test_words_alone_are_no_occupation(me, draft, software, words) -> None:
    answer = me.post(url("apply-step", pk=draft.pk, step=1), {"occupation_words": words, "go": "next"})
    assert answer.status_code == 422
    assert "occupation_words" in answer.context["form"].errors


def test_a_step_keeps_what_makes_sense_and_says_what_does_not(me, draft) -> None:
    answer = me.post(
        url("apply-step", pk=draft.pk, step=1),
        {"years": "900", "employer": "Harbour Foods", "countries": "India, Narnia", "occupation": "00000"},
    )
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"years", "countries", "occupation"}
    kept = reloaded(draft)
    assert (kept.employer, kept.years) == ("Harbour Foods", 6)


@pytest.mark.parametrize(("typed", "language"), [("Inde, koweit", "en"), ("India, Koweït", "fr")])
def test_countries_are_understood_in_either_language(me, draft, typed, language) -> None:
    with override(language):
        assert me.post(url("apply-step", pk=draft.pk, step=1), {"countries": typed}).status_code == 302
    assert reloaded(draft).countries == ["IN", "KW"]


def test_languages_are_kept_with_their_levels(me, draft) -> None:
    levels = dict(zip(Application.LEVELS, ("9", "8", "8", "7"), strict=True))
    more = {"other_official": "4", "language_1": "arabe", "spoken_1": "12", "language_2": "Hindi", "spoken_2": "7"}
    step = url("apply-step", pk=draft.pk, step=2)
    assert me.post(step, {**levels, **more, "availability": ["sunday"]}).status_code == 302
    assert reloaded(draft).languages == {"en": 7, "fr": 4, "ar": 12, "hi": 7}
    shown = me.get(step).context["form"]
    assert (shown["language_1"].value(), shown["spoken_1"].value()) == ("Arabic", 12)
    assert me.post(step, {"language_1": "Klingon"}).status_code == 422


def test_typing_is_kept_along_the_way(me, draft, client) -> None:
    save = url("apply-save", pk=draft.pk, step=3)
    assert me.post(save, {"goals": ["network", "bogus"], "about": "I built"}).json() == {"saved": True}
    kept = reloaded(draft)
    assert (kept.about, kept.goals) == ("I built", ["network", "interview"])
    with across():
        Application.objects.filter(pk=draft.pk).update(state=S.ELIGIBLE, submitted_at=make.NOW)
    assert me.post(save, {"about": "Too late"}).status_code == 409
    assert reloaded(draft).about == "I built"


def test_the_buttons_lead_back_on_and_away(me, draft) -> None:
    def after(step, go):
        return me.post(url("apply-step", pk=draft.pk, step=step), {"go": go}).headers["Location"]

    assert after(1, "next") == url("apply-step", pk=draft.pk, step=2)
    assert after(2, "back") == url("apply-step", pk=draft.pk, step=1)
    assert after(3, "next") == url("apply-send", pk=draft.pk)
    assert after(2, "later") == url("my-mentoring")
    assert me.get(url("apply-step", pk=draft.pk, step=4)).status_code == 404


def test_a_cv_is_handed_in_given_back_and_shown_to_staff_once_sent(me, draft, council) -> None:
    step = url("apply-step", pk=draft.pk, step=1)
    refused = me.post(step, {"cv": SimpleUploadedFile("cv.pdf", b"<script>")})
    assert refused.status_code == 422
    assert me.post(step, {"cv": pdf()}).status_code == 302
    mine = me.get(url("my-cv", pk=draft.pk))
    assert mine.headers["Content-Disposition"] == 'attachment; filename="cv.pdf"'
    assert mine.getvalue() == pdf().read()
    staff = Client()
    staff.force_login(factories.MembershipFactory(council=council).person)
    theirs = url("applicant-cv", council="halifax", pk=draft.pk)
    assert staff.get(theirs).status_code == 404
    with across():
        Application.objects.filter(pk=draft.pk).update(state=S.ELIGIBLE, submitted_at=make.NOW)
    assert staff.get(theirs).getvalue() == pdf().read()
    assert staff.get(url("my-cv", pk=draft.pk)).status_code == 404


def test_sending_shows_what_is_missing_and_then_sends(me, draft) -> None:
    with across():
        Application.objects.filter(pk=draft.pk).update(goals=[], last_worked=timezone.localdate().year)
    send = url("apply-send", pk=draft.pk)
    refused = me.post(send)
    assert refused.status_code == 422
    assert f"{url('apply-step', pk=draft.pk, step=3)}#id_goals" in refused.content.decode()
    me.post(url("apply-save", pk=draft.pk, step=3), {"goals": ["network"]})
    answer = me.post(send, follow=True)
    assert "Your application has arrived" in answer.content.decode()
    assert reloaded(draft).state == S.ELIGIBLE
    assert Letter.objects.count() == 1
    # The second click of a double click.
    assert me.post(send, follow=True).status_code == 200
    assert Letter.objects.count() == 1


# ------------------------------------------------------------------ afterwards


def test_who_does_not_qualify_is_introduced_and_may_answer_again(me, draft, council) -> None:
    with across():
        Application.objects.filter(pk=draft.pk).update(state=S.INELIGIBLE, submitted_at=make.NOW, years=1)
        partner = factories.OrganisationFactory(council=council, group="community", is_public=True)
        foreign = factories.OrganisationFactory(group="community", is_public=True)
    shown = me.get(url("my-mentoring")).content.decode()
    assert "at least 3 years of experience" in shown
    help_page = url("apply-help", pk=draft.pk)
    assert help_page in shown
    assert me.post(help_page, {"partner": foreign.pk}).status_code == 422
    assert me.post(help_page, {"partner": partner.pk, "note": "A course"}).status_code == 302
    assert me.post(help_page, {"partner": partner.pk}).status_code == 422
    with across():
        assert Referral.objects.get().partner == partner
    assert partner.name_en in me.get(url("my-mentoring")).content.decode()
    assert me.post(url("apply-again", pk=draft.pk)).headers["Location"] == url("apply-step", pk=draft.pk, step=1)
    assert reloaded(draft).state == S.DRAFT


def test_leaving_and_pausing_have_pages_of_their_own(me, intake, person) -> None:
    with across():
        mine = at(S.READY, intake, person=person, ready_at=make.NOW)
    pause, leave = url("apply-pause", pk=mine.pk), url("apply-withdraw", pk=mine.pk)
    assert me.post(pause, {"until": "2000-01-01"}).status_code == 422
    until = timezone.localdate() + timedelta(days=20)
    assert me.post(pause, {"until": until.isoformat()}).status_code == 302
    assert "Paused until" in me.get(url("my-mentoring")).content.decode()
    me.post(url("apply-come-back", pk=mine.pk))
    assert reloaded(mine).paused_until is None
    assert me.post(leave, {"reason": ""}).status_code == 422
    assert me.post(leave, {"reason": "I found a job."}).status_code == 302
    assert reloaded(mine).state == S.WITHDRAWN


def test_somebody_elses_application_is_not_there(intake, draft) -> None:
    stranger = Client()
    stranger.force_login(factories.UserFactory())
    for name in ("apply-send", "apply-withdraw", "apply-pause", "apply-help", "my-cv"):
        assert stranger.get(url(name, pk=draft.pk)).status_code == 404
    assert "Halifax" not in stranger.get(url("my-mentoring")).content.decode()


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("state", list(S))
def test_each_state_has_a_sentence_and_a_next_step(intake, state, language) -> None:
    assert set(HEADLINES) == set(EXPECTED) == set(S)
    with across(), override(language):
        standing = Standing(at(state, intake), timezone.localdate())
        assert standing.headline
        assert standing.expected
        assert "%(" not in standing.headline + standing.expected
        nows = [stop for stop in standing.steps if stop.standing == "now"]
        assert len(nows) == (0 if state == S.COMPLETED else 1)
        assert not standing.is_late


def test_a_promise_that_was_not_kept_is_said_so(intake) -> None:
    with across():
        for name, value in days(-100).items():
            setattr(intake, name, value)
        intake.save()
        late = Standing(at(S.READY, intake), timezone.localdate())
        assert late.is_late
        assert "takes longer than planned" in late.expected
