"""A professional with a phone becomes a mentor, is approved by the coordinator, pauses and comes back."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from allies.kit.scope import across
from councils.models import OccupationTitle
from councils.queries.occupations import fold
from mentoring.models import Mentor
from mentoring.states import MentorState
from tests import factories
from tests.browser import doing

TITLES = {"en": "Software engineers and designers", "fr": "Ingénieurs/ingénieures en logiciel"}
TYPED = {"en": "software eng", "fr": "ingénieur log"}


@pytest.fixture(autouse=True)
def occupation(world):
    """An occupation to find by the words that people use."""
    found = factories.OccupationFactory(code="21231", title_en=TITLES["en"], title_fr=TITLES["fr"])
    for language, title in (("en", "software engineer"), ("fr", "ingénieur logiciel")):
        OccupationTitle.objects.create(occupation=found, language=language, title=title, folded=fold(title))
    return found


@pytest.fixture(params=["en", "fr"])
def person(request, visit, world):
    """Somebody without a role, with a phone."""
    stranger = world.people["stranger"]
    stranger.language = request.param
    stranger.save()
    return visit(language=request.param, width=360).enter_as(stranger)


def tell_the_rest(person) -> None:
    page = person.page
    page.locator("[name=years]").fill("12")
    page.locator(f"[name=level_{person.language}]").select_option("12")
    page.locator("[name=goals][value=network]").check()
    page.locator("[name=availability][value=saturday]").check()
    page.locator("[name=kinds][value=executive]").check()
    page.locator("[name=capacity]").fill("2")


def offer(person, world) -> None:
    """From the council's public page to the person's own page."""
    page = person.open("mentoring:become-mentor", slug=getattr(world.halifax, f"slug_{person.language}"))
    person.assert_sound()
    person.link("Offer to mentor").click()
    page.locator("[name=occupation_words]").press_sequentially(TYPED[person.language])
    page.locator(".combo [role=option]").first.click()
    expect(page.locator("[name=occupation_words]")).to_have_value(TITLES[person.language])
    person.assert_sound()
    person.button("Send my offer").click()
    # What is missing is said, and the occupation is still chosen.
    expect(page.locator(".summary")).to_be_visible()
    tell_the_rest(person)
    person.button("Send my offer").click()
    doing.said(person, "Thank you! The council knows that you want to mentor and will write to you.")


def test_an_offer_leads_to_being_a_mentor_who_pauses_and_returns(person, visit, world) -> None:
    offer(person, world)
    page = person.page
    first = page.get_by_role("region", name=person.say("The one thing to do first"))
    expect(first).to_contain_text(person.say("Read the mentor's handbook: ten minutes, and you know what to expect."))
    person.link("Read the handbook").click()
    person.button("I have read the handbook").click()
    doing.said(person, "Noted: you know the handbook. It stays here for you.")
    person.assert_sound()

    coordinator = visit(language=person.language, width=360).enter_as(world.people["coordinator"])
    desk = coordinator.open("mentoring:mentor-list", council=getattr(world.halifax, f"slug_{person.language}"))
    coordinator.link("Stranger").click()
    desk.locator("[name=on]").fill(timezone.localdate().isoformat())
    desk.locator("[name=note]").fill("By telephone")
    coordinator.button("Approve the mentor").click()
    doing.said(coordinator, "%(name)s is available now and has been told.", name="Stranger")
    coordinator.assert_sound()

    page.reload()
    until = timezone.localdate() + timedelta(days=14)
    page.locator("[name=until]").fill(until.isoformat())
    person.button("Pause until then").click()
    doing.said(person, "You are on a pause. Whoever counts on you now keeps you.")
    person.assert_sound()
    person.button("I am back now").click()
    doing.said(person, "Welcome back!")
    with across():
        mentor = Mentor.objects.get()
    assert (mentor.state, mentor.paused_until) == (MentorState.AVAILABLE, None)
    assert (mentor.occupation_id, mentor.languages) == ("21231", {person.language: 12})
    offered = (mentor.capacity, mentor.availability, mentor.kinds)
    assert offered == (2, ["saturday"], ["one_to_one", "executive"])


def test_the_offer_is_made_without_javascript_too(visit, world) -> None:
    person = visit(javascript=False, width=360).enter_as(world.people["stranger"])
    page = person.open("mentoring:mentor-volunteer", slug=world.halifax.slug_en)
    page.locator("[name=occupation_words]").fill("software")
    page.locator("[name=position]").fill("Team lead")
    person.button("Search").click()
    expect(page.locator("[name=position]")).to_have_value("Team lead")
    page.get_by_role("radio", name=TITLES["en"]).check()
    tell_the_rest(person)
    person.button("Send my offer").click()
    doing.said(person, "Thank you! The council knows that you want to mentor and will write to you.")
