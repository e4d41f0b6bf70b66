"""Accounts in a real browser: signing up by invitation, passkeys, second steps, and every page as people meet it."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils import translation

from allies.kit.mail import render
from allies.kit.models import Letter
from allies.kit.scope import across
from councils.models import Membership, User
from councils.roles import Role
from councils.services.invite import invite
from councils.services.staff_session import open_session
from tests.codes import code_of

PASSWORD = "three quiet rivers"
BOTH = pytest.mark.parametrize("language", ["en", "fr"])


def with_password(user: User, language: str = "en") -> User:
    user.set_password(PASSWORD)
    user.language = language
    user.save()
    EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    return user


def path(name: str, *args, language: str = "en") -> str:
    with translation.override(language):
        return reverse(name, args=args)


def sign_in(here, user: User, language: str = "en"):
    page = here.go(path("account_login", language=language))
    page.fill("#id_login", user.email)
    page.fill("#id_password", PASSWORD)
    press(page, "#sign-in button")
    return page


def press(page, selector: str) -> None:
    """Click something that leads on, and wait until it has."""
    with page.expect_navigation():
        page.click(selector)


def last_link(pattern: str) -> str:
    return re.search(pattern, render(Letter.objects.latest("created_at")).body)[1]


@BOTH
def test_national_staff_state_a_reason_and_end_the_session(world, visit, language) -> None:
    user = with_password(world.people["national"], language)
    here = visit().enter_as(user)
    page = here.go(path("councils:people-list", world.halifax.slug_en, language=language))
    assert "coordinator@people.example" not in page.content()
    here.assert_sound()
    press(page, "#main .empty a")
    here.assert_sound()
    page.fill("textarea", "A member asked us to correct an address.")
    press(page, "#main form .button")
    assert page.locator("td a", has_text="Coordinator").count() == 1
    here.assert_sound()
    press(page, ".banner button")
    assert page.locator("td a").count() == 0


def test_from_the_letter_to_the_role(world, visit) -> None:
    invite(world.halifax, email="amira@people.example", role=Role.PARTNER, language="fr", by=world.people["director"])
    here = visit(width=360)
    page = here.go(last_link(r"http://[^/\s]+(/fr/\S+)"))
    here.assert_sound()
    press(page, "#main a.button >> nth=0")
    assert page.input_value("#id_email") == "amira@people.example"
    page.fill("#id_name", "Amira Haddad")
    page.fill("#id_password1", PASSWORD)
    press(page, "#main form .button")
    page.goto(last_link(r"(http\S+/confirm-email/\S+)"))
    here.assert_sound()
    press(page, "#main form .button")
    assert page.url.startswith(here.base + "/fr/compte/invitations/")
    press(page, "#main form .button")
    assert page.url == here.base + path("councils:my-start", language="fr")
    here.assert_sound()
    with across():
        member = Membership.objects.get(person__email="amira@people.example")
    assert (member.role, member.council_id, member.person.language) == (Role.PARTNER, world.halifax.pk, "fr")


def test_the_way_from_the_letter_to_the_role_needs_no_javascript(world, visit) -> None:
    user = with_password(world.people["stranger"])
    invite(world.halifax, email=user.email, role=Role.PARTNER, language="en", by=world.people["director"])
    here = visit(javascript=False)
    page = here.go(last_link(r"http://[^/\s]+(/en/\S+)"))
    press(page, "#main a.button >> nth=1")
    assert not page.locator("text=Sign in with a passkey").is_visible()
    page.fill("#id_login", user.email)
    page.fill("#id_password", PASSWORD)
    press(page, "#sign-in button")
    press(page, "#main form .button")
    with across():
        assert Membership.objects.get(person=user).role == Role.PARTNER


@pytest.fixture
def authenticator():
    """A device of the browser's own that says yes to every question about a passkey."""

    def plug_in(page) -> None:
        devtools = page.context.new_cdp_session(page)
        devtools.send("WebAuthn.enable")
        options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
        options |= {"hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True}
        devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    return plug_in


def test_a_passkey_is_set_up_and_then_signs_in_without_password_or_further_question(
    world, visit, authenticator, settings
) -> None:
    settings.STAFF_MFA_REQUIRED = True
    user = with_password(world.people["coordinator"])
    here = visit()
    # A passkey belongs to a name, not to a number.
    here.base = here.base.replace("127.0.0.1", "localhost")
    page = here.page
    authenticator(page)
    sign_in(here, user)
    assert page.url == here.base + path("mfa_index")
    press(page, "#main a.button >> nth=0")
    page.fill("#id_password", PASSWORD)
    press(page, "#main form .button")
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/2fa/recovery-codes/")
    assert page.locator(".codes code").count() == 10
    here.assert_sound()
    here.go(path("councils:my-start"))
    assert page.url == here.base + path("councils:my-start")
    page.click(".menu.last summary")
    press(page, ".menu.last form button")
    here.go(path("account_login"))
    page.click("#passkey_login")
    page.wait_for_url("**" + path("councils:my-start"))
    assert "Hello, Coordinator" in page.content()
    here.go(path("mfa_list_webauthn"))
    here.assert_sound()


def test_a_refused_passkey_is_said_in_words(visit, transactional_db) -> None:
    here = visit()
    here.base = here.base.replace("127.0.0.1", "localhost")
    page = here.go(path("account_login"))
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options | {"isUserVerified": False}})
    page.click("#passkey_login")
    page.wait_for_selector("[data-webauthn-failed]:not([hidden])")
    assert here.complaints == []


def test_the_app_is_set_up_from_the_picture_and_its_code_is_asked_for_at_sign_in(world, visit, settings) -> None:
    settings.STAFF_MFA_REQUIRED = True
    user = with_password(world.people["coordinator"])
    here = visit(width=360)
    page = sign_in(here, user)
    page.goto(here.base + path("mfa_activate_totp"))
    page.fill("#id_password", PASSWORD)
    press(page, "#main form .button")
    page.click("summary >> text=scan it")
    secret = page.inner_text("#authenticator_secret")
    assert page.locator(".qr svg").bounding_box()["width"] > 100
    page.fill("#id_code", code_of(secret))
    press(page, "#main form .button")
    page.wait_for_url("**/2fa/recovery-codes/")
    recovery = page.locator(".codes code >> nth=0").inner_text()
    here.go(path("councils:my-start"))
    assert page.url == here.base + path("councils:my-start")
    page.context.clear_cookies()
    page = sign_in(here, user)
    assert page.url == here.base + path("mfa_authenticate")
    here.assert_sound()
    page.fill("#id_code", recovery)
    press(page, "#main form .button")
    assert page.url == here.base + path("councils:my-start")


def test_the_whole_of_my_data_works_with_the_keyboard_alone(world, visit) -> None:
    user = with_password(world.people["mentee"])
    here = visit().enter_as(user)
    page = here.go(path("councils:my-data"))
    button = page.get_by_role("button", name="I agree").first
    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("text=You can withdraw this here at any time")
    export = page.get_by_role("button", name="Download for machines (JSON)")
    export.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#id_password")
    page.keyboard.press("Tab")
    page.focus("#id_password")
    page.keyboard.type(PASSWORD)
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename.endswith(".json")


def test_a_banner_reminds_of_an_open_session_on_every_page(world, visit) -> None:
    user = with_password(world.people["national"])
    open_session(world.halifax, reason="A member asked us", minutes=15, by=user)
    here = visit(width=320).enter_as(user)
    for name in ("councils:role-list", "mfa_index"):
        page = here.go(path(name))
        assert page.locator("section.banner", has_text="Halifax Council").count() == 1
        here.assert_sound()
