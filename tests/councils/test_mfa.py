"""Staff show a second factor in every session; others are not asked; the administration shows itself to nobody else."""

import time
from collections.abc import Callable

import pytest
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from allies.kit.scope import across
from councils.models import Membership, User
from councils.roles import FACTS, STAFF, Role
from tests import factories as make
from tests.codes import code_of

PASSWORD = "three quiet rivers"
SIGNED_IN_PAGE = "councils:role-list"


@pytest.fixture(autouse=True)
def second_factor_required(settings) -> None:
    settings.STAFF_MFA_REQUIRED = True


def enrolled(user: User) -> str:
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def record(client: Client, user: User, method: str, **extra: object) -> None:
    """Do in a test's session what allauth does when somebody shows something."""
    request = HttpRequest()
    request.user, request.session = user, client.session
    record_authentication(request, user, method, **extra)
    request.session.save()


def page(client: Client, name: str = SIGNED_IN_PAGE, **extra: object) -> object:
    return client.get(reverse(name), **extra)


# ------------------------------------------------------------------ who is asked


@pytest.mark.parametrize("name", ["coordinator", "director", "coach", "committee", "funder", "national", "admin"])
def test_staff_without_a_second_factor_are_led_to_its_set_up(signed_in, name) -> None:
    answer = page(signed_in(name))
    assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_index"))


@pytest.mark.parametrize("name", ["mentee", "stranger", "board", "partner"])
def test_others_are_not_asked(signed_in, name) -> None:
    assert page(signed_in(name)).status_code == 200


def test_the_roles_that_are_asked_are_those_marked_in_the_list_of_roles(world) -> None:
    for role in Role:
        place = None if FACTS[role].place != "council" else world.halifax
        person = make.MembershipFactory(person=make.UserFactory(), role=role, council=place).person
        client = Client()
        client.force_login(person)
        assert (page(client).status_code == 302) is (role in STAFF), role


def test_a_role_that_has_ended_no_longer_asks(world, signed_in) -> None:
    with across():
        Membership.objects.filter(person=world.people["coordinator"]).update(ends_on=timezone.localdate())
    assert page(signed_in("coordinator")).status_code == 200


def test_the_demonstration_does_not_ask(signed_in, settings) -> None:
    settings.STAFF_MFA_REQUIRED = False
    assert page(signed_in("coordinator")).status_code == 200


@pytest.mark.parametrize("name", ["home", "mfa_index", "account_email"])
def test_what_the_set_up_needs_stays_open(signed_in, name) -> None:
    assert page(signed_in("coordinator"), name).status_code == 200


def test_signing_out_stays_open(signed_in) -> None:
    client = signed_in("coordinator")
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session


# ------------------------------------------------------------------ used in this session


def test_a_session_with_the_password_only_is_asked_although_the_account_has_a_second_factor(world, signed_in) -> None:
    client = signed_in("coordinator")
    enrolled(world.people["coordinator"])
    record(client, world.people["coordinator"], "password")
    assert page(client)["Location"].startswith(reverse("mfa_reauthenticate"))


def test_an_account_with_a_passkey_only_is_asked_for_it(world, signed_in) -> None:
    Authenticator.objects.create(
        user=world.people["coordinator"], type="webauthn", data={"name": "k", "credential": {}}
    )
    assert page(signed_in("coordinator"))["Location"].startswith(reverse("mfa_reauthenticate_webauthn"))


def test_recovery_codes_alone_are_no_second_factor(world, signed_in) -> None:
    Authenticator.objects.create(user=world.people["coordinator"], type="recovery_codes", data={"seed": "x"})
    assert page(signed_in("coordinator"))["Location"] == reverse("mfa_index")


def test_a_passkey_counts(world, signed_in) -> None:
    client, user = signed_in("coordinator"), world.people["coordinator"]
    Authenticator.objects.create(user=user, type="webauthn", data={"name": "k", "credential": {}})
    record(client, user, "mfa", type="webauthn", passwordless=True)
    assert page(client).status_code == 200


def test_what_another_person_showed_in_this_browser_does_not_count(world, signed_in) -> None:
    client = signed_in("coordinator")
    enrolled(world.people["coordinator"])
    record(client, world.people["director"], "mfa", type="totp")
    assert page(client).status_code == 302


def test_who_holds_only_the_password_can_not_add_a_second_factor_of_their_own(world, signed_in) -> None:
    client, user = signed_in("coordinator"), world.people["coordinator"]
    enrolled(user)
    record(client, user, "password", reauthenticated=True)
    for name in ("mfa_add_webauthn", "mfa_deactivate_totp", "mfa_generate_recovery_codes", "mfa_view_recovery_codes"):
        answer = page(client, name)
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("mfa_reauthenticate")), name
    assert Authenticator.objects.filter(user=user).count() == 1


def test_the_code_opens_the_page_that_was_asked_for(world, signed_in) -> None:
    client = signed_in("coordinator")
    secret = enrolled(world.people["coordinator"])
    asked = page(client)
    answer = client.post(asked["Location"], {"code": code_of(secret), "next": reverse(SIGNED_IN_PAGE)})
    assert (answer.status_code, answer["Location"]) == (302, reverse(SIGNED_IN_PAGE))
    assert page(client).status_code == 200


def test_a_wrong_code_opens_nothing(world, signed_in) -> None:
    client = signed_in("coordinator")
    enrolled(world.people["coordinator"])
    answer = client.post(reverse("mfa_reauthenticate"), {"code": "000000"})
    assert answer.status_code == 200
    assert "This code is not right" in answer.content.decode()
    assert page(client).status_code == 302


# ------------------------------------------------------------------ nothing is lost silently


def test_a_form_sent_before_the_second_step_goes_on_after_it(world, signed_in) -> None:
    client, user = signed_in("coordinator"), world.people["coordinator"]
    secret, url = enrolled(user), reverse("councils:my-profile")
    asked = client.post(url, {"name": "Written before", "phone": "", "language": "en"})
    user.refresh_from_db()
    assert user.name == "Coordinator"
    client.post(asked["Location"], {"code": code_of(secret), "next": url})
    user.refresh_from_db()
    assert user.name == "Written before"


def test_a_form_of_somebody_without_a_second_factor_is_said_not_to_be_saved(world, signed_in) -> None:
    client = signed_in("coordinator")
    answer = client.post(reverse("councils:my-profile"), {"name": "X", "language": "en"}, follow=True)
    assert "What you sent was not saved" in answer.content.decode()
    world.people["coordinator"].refresh_from_db()
    assert world.people["coordinator"].name == "Coordinator"


@pytest.mark.parametrize("has_one", [False, True])
def test_a_part_of_a_page_is_not_swapped_for_the_question(world, signed_in, has_one) -> None:
    client = signed_in("coordinator")
    if has_one:
        enrolled(world.people["coordinator"])
    answer = page(client, headers={"HX-Request": "true"})
    where = "mfa_reauthenticate" if has_one else "mfa_index"
    assert (answer.status_code, answer["HX-Redirect"]) == (200, reverse(where))
    assert answer.content == b""


# ------------------------------------------------------------------ the whole way


def test_a_coordinator_signs_in_sets_up_an_app_and_works(transactional_db, world) -> None:
    user = world.people["coordinator"]
    user.set_password(PASSWORD)
    user.save()
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    client = Client()
    answer = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("mfa_index")
    asked = client.get(reverse("mfa_activate_totp"))
    client.post(asked["Location"], {"password": PASSWORD, "next": reverse("mfa_activate_totp")})
    form = client.get(reverse("mfa_activate_totp")).context["form"]
    client.post(reverse("mfa_activate_totp"), {"code": code_of(form.secret)})
    assert page(client).status_code == 200
    client.post(reverse("account_logout"))
    half = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert half["Location"] == reverse("mfa_authenticate")
    assert page(client)["Location"].startswith(reverse("account_login"))


def test_the_picture_for_the_app_is_drawn_in_the_page_not_in_an_address(world, signed_in) -> None:
    client = signed_in("coordinator")
    record(client, world.people["coordinator"], "password", reauthenticated=True, at=time.time())
    html = page(client, "mfa_activate_totp").content.decode()
    assert '<svg role="img"' in html
    assert "data:image" not in html
    assert "<?xml" not in html


# ------------------------------------------------------------------ the administration


@pytest.fixture
def trusted(world, signed_in) -> Callable[[str], Client]:
    def sign_in(name: str) -> Client:
        client = signed_in(name)
        if name != "anon":
            record(client, world.people[name], "mfa", type="totp")
        return client

    return sign_in


ADMIN_PAGES = ["/en/admin/", "/en/admin/login/", "/en/admin/councils/user/", "/en/admin/nothing/here/"]


@pytest.mark.parametrize("path", ADMIN_PAGES)
@pytest.mark.parametrize("name", ["stranger", "mentee", "coordinator", "director", "national", "coach"])
def test_the_administration_does_not_exist_for_others(trusted, name, path) -> None:
    assert trusted(name).get(path).status_code == 404


@pytest.mark.parametrize("path", ADMIN_PAGES)
def test_visitors_are_asked_to_sign_in_by_the_portals_own_page(trusted, path) -> None:
    answer = trusted("anon").get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


def test_administrators_come_in_with_their_second_factor_only(trusted, signed_in) -> None:
    assert signed_in("admin").get("/en/admin/")["Location"] == reverse("mfa_index")
    assert trusted("admin").get("/en/admin/").status_code == 200


def test_administrators_who_are_signed_in_need_no_sign_in_page(trusted) -> None:
    assert trusted("admin").get("/en/admin/login/")["Location"] == reverse("admin:index")
