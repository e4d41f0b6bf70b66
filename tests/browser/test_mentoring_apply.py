"""A newcomer with a phone: is it for me, the application, and where it stands; with an account made on the way."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from allies.kit.scope import across
from councils.models import OccupationTitle
from councils.queries.occupations import fold
from mentoring.models import Application, Referral
from tests import factories
from tests.browser import doing
from tests.factories import mentoring as make
from tests.mentoring.applying import days, pdf

TITLES = {"en": "Software engineers and designers", "fr": "Ingénieurs/ingénieures en logiciel"}


@pytest.fixture
def programme(world):
    """A programme of Halifax with an open intake, an occupation to find and a service that helps."""
    with across():
        programme = make.ProgrammeFactory(council=world.halifax, slug="one-to-one", is_published=True)
        make.EligibilityRulesFactory(programme=programme)
        make.IntakeFactory(programme=programme, state="open", **days())
        facts = {"group": "community", "is_public": True}
        factories.OrganisationFactory(council=world.halifax, name_en="Settle Here", name_fr="Bon port", **facts)
    occupation = factories.OccupationFactory(code="21231", title_en=TITLES["en"], title_fr=TITLES["fr"])
    for language, title in (("en", "software engineer"), ("fr", "ingénieur logiciel")):
        OccupationTitle.objects.create(occupation=occupation, language=language, title=title, folded=fold(title))
    return programme


def find_the_check(person, programme) -> None:
    person.open("home")
    person.link("Mentoring", "header").click()
    person.page.locator(".offer", has_text=getattr(programme, f"name_{person.language}")).get_by_role(
        "link", name=person.say("Is it for me? Two minutes")
    ).click()


def answer_the_six_questions(person, **other) -> None:
    answers = {"status": "permanent", "is_job_ready": "yes", "employment": "survival", "level": "8", "has_time": "yes"}
    for name, value in {**answers, **other}.items():
        person.page.locator(f"[name={name}][value='{value}']").check()
    person.page.locator("[name=years]").fill("7")
    person.page.locator("[name=last_worked]").fill(str(timezone.localdate().year - 1))
    person.button("See the result").click()


def heading(person):
    return person.page.get_by_role("heading", level=1)


def write_the_rest(person, place) -> None:
    """Steps two and three, and sending."""
    page = person.page
    page.locator("[name=language_1]").fill("Hindi")
    page.locator("[name=availability][value=saturday]").check()
    page.locator("[name=mode][value=either]").check()
    page.locator("[name=place]").select_option(place.pk)
    person.button("Continue").click()
    expect(heading(person)).to_have_text(person.say("What you look for"))
    page.locator("[name=goals][value=network]").check()
    person.button("Continue: check and send").click()
    expect(heading(person)).to_have_text(person.say("Check and send"))


def pause_come_back_and_leave(person) -> None:
    """Keep the place for a while, be back before that, and give it up for good with a reason."""
    page = person.page
    page.locator("main .inline-links a", has_text=person.say("Pause")).click()
    person.field("Until when?").fill((timezone.localdate() + timedelta(days=30)).isoformat())
    person.button("Pause").click()
    doing.said(person, "You pause, and keep your place.")
    person.assert_sound()
    person.button("Come back now").click()
    doing.said(person, "Welcome back.")
    page.locator("main .inline-links a", has_text=person.say("Withdraw my application")).click()
    person.field("Why do you leave?").fill("I found a job.")
    person.assert_sound()
    person.button("Withdraw my application").click()
    doing.said(person, "Your application is withdrawn. You may apply again whenever an intake is open.")
    expect(page.locator("main .standing.over")).to_have_count(1)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_newcomer_checks_applies_and_follows_the_application(visit, world, programme, language) -> None:
    person = visit(language=language, width=360)
    page = person.page
    find_the_check(person, programme)
    answer_the_six_questions(person)
    expect(heading(person)).to_have_text(person.say("Yes, this is for you"))
    expect(page.locator(".findings li.pass p:first-of-type")).to_have_count(6)
    person.assert_sound()
    person.button("Apply now").click()

    # The account is made on the way, and leads back here.
    person.link("Create an account").click()
    person.field("Your name").fill("Amina Haddad")
    person.field("E-mail address").fill("amina@people.example")
    page.locator("[name=password1]").fill(doing.PASSWORD)
    person.button("Create an account").click()
    expect(heading(person)).to_have_text(person.say("Look into your mailbox"))
    person.go(doing.link_in_letter("amina@people.example"))
    person.button("Yes, confirm").click()
    expect(heading(person)).to_have_text(person.say("Begin your application"))
    person.button("Begin").click()

    # What was answered before is there; the occupation is found while typing, with the keyboard alone.
    expect(page.locator("[name=years]")).to_have_value("7")
    box = page.get_by_role("combobox", name=person.say("Which occupation do you look for?"))
    box.press_sequentially("ingenieur logiciel")
    expect(page.get_by_role("listbox").get_by_role("option")).to_have_count(1)
    person.assert_sound()
    box.press("ArrowDown")
    box.press("Enter")
    expect(box).to_have_value(TITLES[language])
    with page.expect_response(lambda answer: b"Harbour Foods" in (answer.request.post_data_buffer or b"")):
        page.locator("[name=employer]").fill("Harbour Foods")
        page.locator("[name=countries]").focus()
    expect(page.locator("[data-status]")).to_contain_text(person.say("Saved at %%s").split("%")[0])
    with across():
        draft = Application.objects.get()
    assert (draft.employer, draft.occupation_id) == ("Harbour Foods", "21231")
    page.locator("[name=cv]").set_input_files({"name": "cv.pdf", "mimeType": "application/pdf", "buffer": pdf().read()})
    person.button("Continue").click()
    write_the_rest(person, world.halifax.place)
    expect(person.link("cv.pdf")).to_be_visible()
    person.assert_sound()
    person.button("Send my application").click()
    doing.said(person, "Thank you. Your application has arrived; we have sent you a letter about it.")
    expect(page.locator(".next h3")).to_have_text(person.say("You qualify: next is a talk with the coordinator"))
    expect(page.locator("[aria-current=step]")).to_contain_text(person.say("Interview"))
    person.assert_sound(320, 1280)
    with across():
        sent = Application.objects.select_related("cv").get()
    assert (sent.state, sent.languages, sent.cv.name) == ("eligible", {"en": 8, "hi": 4}, "cv.pdf")
    pause_come_back_and_leave(person)
    with across():
        left = Application.objects.get()
    assert (left.state, left.withdrawn_reason) == ("withdrawn", "I found a job.")


def test_without_javascript_the_application_takes_one_click_more(visit, world, programme) -> None:
    person = visit(language="fr", width=360, javascript=False).enter_as(world.people["stranger"])
    page = person.page
    find_the_check(person, programme)
    answer_the_six_questions(person)
    person.button("Apply now").click()
    person.button("Begin").click()
    page.locator("[name=occupation_words]").fill("ingenieur")
    person.button("Search").click()
    page.get_by_label(TITLES["fr"]).check()
    person.button("Save and go on later").click()
    doing.said(person, "Your draft is kept. Go on whenever you like.")
    person.link("Go on writing").click()
    expect(page.get_by_label(TITLES["fr"])).to_be_checked()
    person.button("Continue").click()
    write_the_rest(person, world.halifax.place)
    person.button("Send my application").click()
    expect(page.locator(".next h3")).to_have_text(person.say("You qualify: next is a talk with the coordinator"))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_whom_the_programme_does_not_fit_yet_is_introduced_to_a_service(visit, world, programme, language) -> None:
    person = visit(language=language, width=360).enter_as(world.people["stranger"])
    page = person.page
    find_the_check(person, programme)
    answer_the_six_questions(person, level=6)
    expect(heading(person)).to_have_text(person.say("Not yet, and there is help"))
    expect(page.locator(".findings li.pass")).to_have_count(5)
    expect(page.locator(".findings li.fail .change")).to_have_count(1)
    person.assert_sound()
    person.button("Introduce me to a service").click()
    person.button("Choose a service").click()
    page.get_by_label({"en": "Settle Here", "fr": "Bon port"}[language]).check()
    person.button("Introduce me").click()
    doing.said(person, "Done: we have sent you a letter, and somebody asks you how it went.")
    person.assert_sound()
    with across():
        assert Referral.objects.get().partner.name_en == "Settle Here"
    # The draft can be set aside again.
    page.get_by_role("link", name=person.say("Discard the draft")).click()
    person.button("Discard the draft").click()
    doing.said(person, "Your application is withdrawn. You may apply again whenever an intake is open.")
