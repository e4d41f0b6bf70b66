"""A council names a champion, who opens an account and invites a colleague, who offers to mentor for the employer."""

import pytest
from allauth.account.models import EmailAddress
from playwright.sync_api import expect

from allies.kit.scope import across
from councils.models import OccupationTitle
from councils.queries.occupations import fold
from mentoring.models import Champion, Mentor
from tests import factories
from tests.browser import doing

pytestmark = pytest.mark.parametrize("language", ["en", "fr"])
BANK, VOICE, COLLEAGUE = "halifax Bank", "ada@bank.example", "stranger@people.example"
TITLES = {"en": "Software engineers and designers", "fr": "Ingénieurs/ingénieures en logiciel"}


@pytest.fixture
def employer(world, language):
    """The bank at Halifax's table; its mentors-to-be are found by the words of their occupation."""
    found = factories.OccupationFactory(code="21231", title_en=TITLES["en"], title_fr=TITLES["fr"])
    title = TITLES[language]
    OccupationTitle.objects.create(occupation=found, language=language, title=title, folded=fold(title))
    return world.things["Organisation"]


def accept_without_an_account(champion) -> None:
    """From the letter through sign-up and back to the offer."""
    champion.go(doing.link_in_letter(VOICE))
    champion.assert_sound()
    champion.link("Create an account").click()
    champion.field("Your name").fill("Ada Champion")
    champion.page.locator("[name=password1]").fill(doing.PASSWORD)
    champion.button("Create an account").click()
    expect(champion.page.get_by_role("heading", level=1)).to_have_text(champion.say("Look into your mailbox"))
    champion.go(doing.link_in_letter(VOICE))
    champion.button("Yes, confirm").click()
    champion.button("Accept").click()
    doing.said(champion, "Welcome! You speak for %(employer)s now.", employer=BANK)


def invite_a_colleague(champion) -> None:
    """With the rules set, and a slip that costs nothing of what was typed."""
    page = champion.page
    champion.link("Change the rules").click()
    page.locator("[name=least_years]").fill("5")
    champion.button("Save").click()
    doing.said(champion, "The rules are saved. Colleagues see them before they offer to mentor.")
    champion.link("Invite colleagues").click()
    page.locator("[name=addresses]").fill(f"{COLLEAGUE}\nno-address")
    page.locator("[name=word]").fill("You would be great at this.")
    page.locator(f"[name=language][value={champion.language}]").check()
    champion.button("Send the invitations").click()
    expect(page.locator(".summary")).to_be_focused()
    champion.assert_sound()
    page.locator("[name=addresses]").fill(COLLEAGUE)
    expect(page.locator("[name=word]")).to_have_value("You would be great at this.")
    champion.button("Send the invitations").click()
    expect(page.locator("main")).to_contain_text(COLLEAGUE)
    champion.assert_sound()


def offer_for_the_employer(colleague) -> None:
    """The employer stands there and stays; the rest is the usual form."""
    page = colleague.go(doing.link_in_letter(COLLEAGUE))
    expect(page.locator("main")).to_contain_text("You would be great at this.")
    colleague.link("Offer to mentor").click()
    expect(page.locator("[name=employer]")).to_be_disabled()
    expect(page.locator("[name=employer]")).to_have_value(BANK)
    colleague.assert_sound()
    page.locator("[name=occupation_words]").press_sequentially(TITLES[colleague.language][:9])
    page.locator(".combo [role=option]").first.click()
    page.locator("[name=years]").fill("9")
    page.locator(f"[name=level_{colleague.language}]").select_option("12")
    page.locator("[name=goals][value=network]").check()
    page.locator("[name=availability][value=saturday]").check()
    colleague.button("Send my offer").click()
    doing.said(colleague, "Thank you! The council knows that you want to mentor and will write to you.")
    colleague.assert_sound()


def test_from_the_council_through_the_champion_to_a_mentor(visit, world, employer, language) -> None:
    slug = getattr(world.halifax, f"slug_{language}")
    coordinator = visit(language=language).enter_as(world.people["coordinator"])
    page = coordinator.open("mentoring:employer-list", council=slug)
    coordinator.assert_sound()
    coordinator.link(BANK).click()
    coordinator.field("E-mail address").fill(VOICE)
    page.locator(f"[name=language][value={language}]").check()
    coordinator.button("Ask this person").click()
    doing.said(coordinator, "The invitation is on its way to %(email)s.", email=VOICE)
    coordinator.assert_sound()

    champion = visit(language=language, width=360)
    accept_without_an_account(champion)
    invite_a_colleague(champion)

    stranger = world.people["stranger"]
    EmailAddress.objects.create(user=stranger, email=stranger.email, verified=True, primary=True)
    offer_for_the_employer(visit(language=language, width=360).enter_as(stranger))

    champion.page.reload()
    expect(champion.page.locator("main")).to_contain_text("Stranger")
    page.reload()
    expect(page.locator("main")).to_contain_text("Ada Champion")
    coordinator.assert_sound()
    with across():
        mentor = Mentor.objects.get()
        assert Champion.objects.get().person.email == VOICE
    assert (mentor.staff_of, mentor.invited_by.email, mentor.employer) == (employer, VOICE, BANK)
