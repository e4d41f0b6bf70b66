"""From an intake that opens to somebody ready to be matched: a coordinator and an applicant, in both languages."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from allies.kit import scope
from mentoring.models import Application, InterviewSlot, OrientationSession
from mentoring.services import intakes
from mentoring.states import ApplicationState as S
from tests.browser.doing import said
from tests.factories import mentoring as make

TODAY = timezone.localdate()
DAYS = {"opens_on": 0, "closes_on": 30, "match_by": 50, "starts_on": 60, "ends_on": 180}


def fill(page, **values) -> None:
    for name, value in values.items():
        page.locator(f"main [name={name}]").fill(str(value))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_somebody_becomes_ready_to_be_matched(visit, world, language) -> None:
    coordinator = visit(language=language).enter_as(world.people["coordinator"])
    page = coordinator.open("councils:workspace-home", council=world.halifax.slug_en)
    page.locator(".subnav").get_by_role("link", name=coordinator.say("Mentoring"), exact=True).click()
    _plan_a_programme(coordinator)
    _open_an_intake(coordinator)
    with scope.across():
        applicant = make.ApplicationFactory(
            intake=intakes.Intake.objects.get(), person=world.people["mentee"], submitted=True
        )
    _offer_a_time(coordinator, world)
    mentee = visit(language=language, width=360).enter_as(world.people["mentee"])
    mentee.open("mentoring:my-mentoring")
    mentee.link("Book an interview").click()
    mentee.page.locator("main .rows button").first.click()
    said(mentee, "Your interview is booked. We have sent you the details.")
    mentee.assert_sound()
    _let_it_be_time(InterviewSlot, minutes=45)
    _interview(coordinator, world)
    _plan_a_session(coordinator, world)
    mentee.open("mentoring:my-mentoring")
    mentee.link("Choose a session").click()
    mentee.page.locator("main .rows button").first.click()
    said(mentee, "You have a seat. We have sent you the details.")
    _let_it_be_time(OrientationSession, minutes=150)
    coordinator.open("mentoring:orientation-list", council=world.halifax.slug_en)
    page.locator("main table a").first.click()
    page.locator("main [name=came]").check()
    coordinator.button("Record who came").click()
    expect(page.locator(".messages")).to_contain_text("1")
    mentee.open("mentoring:my-handbook", pk=applicant.pk)
    mentee.page.locator("[name=read]").check()
    mentee.button("Confirm that I read it").click()
    said(mentee, "Thank you. You are ready to be matched now.")
    with scope.across():
        assert Application.objects.get().state == S.READY
    coordinator.open("mentoring:application-show", council=world.halifax.slug_en, pk=applicant.pk)
    expect(page.locator("main .tag").first).to_have_text(coordinator.say("Ready to be matched"))
    coordinator.assert_sound(320, 1280)


def _plan_a_programme(person) -> None:
    person.link("Add a programme").click()
    fill(person.page, name_en="Career mentoring", name_fr="Mentorat professionnel")
    fill(person.page, summary_en="Six talks that open doors.", summary_fr="Six rencontres qui ouvrent des portes.")
    person.button("Add as a draft").click()
    person.link("Write the rules").click()
    person.button("Write this version").click()
    said(person, "The rules are written. They count for everybody who applies from now on.")
    person.button("Publish").click()
    said(person, "The programme is public now.")


def _open_an_intake(person) -> None:
    person.page.locator("main section a.button", has_text=person.say("Plan an intake")).click()
    fill(person.page, name_en="Autumn", name_fr="Automne", places=12)
    fill(person.page, **{name: TODAY + timedelta(days=days) for name, days in DAYS.items()})
    person.button("Plan the intake").click()
    said(person, "The intake is planned. Open it when people may apply.")
    person.button("Open for applications").click()
    expect(person.page.locator(".stepper [aria-current]")).to_contain_text(
        "Open" if person.language == "en" else "Ouverte"
    )
    person.assert_sound()


def _offer_a_time(person, world) -> None:
    person.open("mentoring:time-list", council=world.halifax.slug_en)
    fill(person.page, times=2, where="Main Street 1")
    person.button("Offer these times").click()
    expect(person.page.locator(".messages")).to_contain_text("2")
    person.assert_sound()


def _let_it_be_time(model, *, minutes: int) -> None:
    over = timezone.now() - timedelta(hours=3)
    with scope.across():
        first = model.objects.order_by("starts_at").first()
        model.objects.filter(pk=first.pk).update(starts_at=over, ends_at=over + timedelta(minutes=minutes))


def _interview(person, world) -> None:
    page = person.open("mentoring:time-list", council=world.halifax.slug_en)
    page.locator("main section a.button", has_text=person.say("Record the interview")).first.click()
    for name in ("goals_clear", "field_ready", "communication", "commitment"):
        page.locator(f"[name={name}][value='3']").check()
    page.locator("[name=recommendation][value=accept]").check()
    person.assert_sound()
    person.button("Record the interview").click()
    said(person, "The interview is recorded, and the person is told what follows.")


def _plan_a_session(person, world) -> None:
    page = person.open("mentoring:orientation-list", council=world.halifax.slug_en)
    page.locator("main aside a").first.click()
    fill(page, where="Town hall", host="A bank")
    person.button("Plan the session").click()
    said(person, "The session is planned. People can take a seat now.")
