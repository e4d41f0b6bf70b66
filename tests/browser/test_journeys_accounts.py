"""What people do with their own account, in both languages: an invitation, a second step, their data."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from allies.kit.scope import across
from councils.models import Membership, User
from councils.roles import Role
from tests.browser import doing
from tests.codes import code_of

pytestmark = pytest.mark.parametrize("language", ["en", "fr"])


@pytest.fixture
def person(visit, language):
    return visit(language=language)


def _text(download, kind) -> str:
    assert download.suggested_filename.endswith(f".{kind}")
    return Path(download.path()).read_text(encoding="utf-8")


def test_an_invited_person_opens_an_account_and_lands_in_the_workspace(visit, person, world, language) -> None:
    director = doing.give_password(world.people["director"])
    person.sign_in(director.email, doing.PASSWORD)
    person.open("councils:people-list", council="halifax")
    person.link("Invite a person").click()
    doing.show_once_more_who_it_is(person)
    person.field("E-mail address").fill("amara@people.example")
    person.page.locator("[name=role]").select_option(Role.COORDINATOR)
    person.page.locator(f"[name=language][value={language}]").check()
    person.button("Send the invitation").click()
    doing.said(person, "The invitation is on its way to %(email)s.", email="amara@people.example")

    invited = visit(language=language, width=360)
    offer = doing.link_in_letter("amara@people.example")
    page = invited.go(offer)
    expect(page.locator("main")).to_contain_text(getattr(world.halifax, f"name_{language}"))
    invited.link("Create an account").click()
    expect(invited.field("E-mail address")).to_have_value("amara@people.example")
    invited.field("Your name").fill("Amara Diallo")
    page.locator("[name=password1]").fill(doing.PASSWORD)
    invited.button("Create an account").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(invited.say("Look into your mailbox"))
    invited.go(doing.link_in_letter("amara@people.example"))
    invited.button("Yes, confirm").click()
    invited.button("Accept").click()
    doing.said(invited, "Welcome. You now hold the role: %(role)s.", role=invited.say("Coordinator"))
    page.get_by_role("heading", name=getattr(world.halifax, f"name_{language}")).get_by_role("link").click()
    expect(invited.link("Profile", ".subnav")).to_be_visible()
    with across():
        held = Membership.objects.get(person__email="amara@people.example")
    assert (held.role, held.council, held.person.language) == (Role.COORDINATOR, world.halifax, language)
    invited.go(offer)
    expect(page.get_by_role("heading", level=1)).to_have_text(invited.say("This invitation is no longer open"))
    assert person.complaints == invited.complaints == []


def test_staff_set_up_a_second_step_and_use_it(person, world, settings) -> None:
    settings.STAFF_MFA_REQUIRED = True
    email = doing.give_password(world.people["coordinator"]).email
    page = person.sign_in(email, doing.PASSWORD)
    doing.said(person, "Your role needs a second step at sign-in. Please set one up now.")
    person.link("Set up an app").click()
    doing.show_once_more_who_it_is(person)
    secret = page.locator("#authenticator_secret").text_content()
    code = code_of(secret)
    person.field("Code that the app shows").fill("000000")
    person.button("Set up").click()
    expect(page.get_by_role("alert")).to_be_focused()
    person.field("Code that the app shows").fill(code)
    person.button("Set up").click()
    expect(page.locator("ul.codes li")).to_have_count(10)
    recovery = page.locator("ul.codes li").first.text_content()
    person.link("Go on to my start page").click()
    person.open("councils:workspace-home", council="halifax")
    assert person.answer.status == 200
    page.locator("header .menu.last summary").click()
    person.button("Sign out", "header").click()
    # Signing out asks nothing more; signing in asks for the second step.
    person.sign_in(email, doing.PASSWORD)
    expect(page.get_by_role("heading", level=1)).to_have_text(person.say("Second step"))
    person.field("Code").fill(recovery)
    person.button("Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(person.say("Hello, %(name)s", name="Coordinator"))
    assert person.complaints == []


def test_a_person_takes_their_data_along_and_has_it_erased(person, world) -> None:
    leaving = doing.give_password(world.people["mentee"])
    page = person.sign_in(leaving.email, doing.PASSWORD)
    person.open("councils:my-data")
    person.button("Download for machines (JSON)").click()
    with page.expect_download() as for_machines:
        doing.show_once_more_who_it_is(person)
    person.open("councils:my-data")
    with page.expect_download() as to_read:
        person.button("Download to read (HTML)").click()
    assert leaving.email in json.dumps(json.loads(_text(for_machines.value, "json")))
    assert leaving.email in _text(to_read.value, "html")
    person.link("See what would be erased").click()
    page.locator("[name=understood]").check()
    person.button("Erase my data now").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(person.say("Your data is erased"))
    assert not User.objects.filter(email=leaving.email).exists()
    person.sign_in(leaving.email, doing.PASSWORD)
    expect(page.get_by_role("alert")).to_contain_text(person.say("The address and the password don't go together."))
    assert person.complaints == []
