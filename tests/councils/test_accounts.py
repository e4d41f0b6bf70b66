"""Making an account, proving the address, signing in and out, and what strangers can not find out."""

import re
from html import unescape

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from allies.kit.mail import render
from allies.kit.models import Letter
from councils.models import User
from councils.roles import FACTS
from tests import factories as make

PASSWORD = "three quiet rivers"
FORM = {"name": "Amira Haddad", "email": "amira@people.example", "password1": PASSWORD}


def person(email: str = "amira@people.example", *, verified: bool = True, **facts) -> User:
    user = make.UserFactory(email=email, password=PASSWORD, **facts)
    EmailAddress.objects.create(user=user, email=email, verified=verified, primary=True)
    return user


def sign_in(client: Client, email: str = "amira@people.example", password: str = PASSWORD, **extra):
    return client.post(reverse("account_login"), {"login": email, "password": password, **extra})


def letters() -> list[Letter]:
    return list(Letter.objects.order_by("created_at"))


def link() -> str:
    return re.search(r"http://localhost:8000(/\S+)", render(letters()[-1]).body)[1]


# ------------------------------------------------------------------ signing up


@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_account_keeps_the_name_and_the_language_of_the_page(db, language) -> None:
    Client().post(f"/{language}/{'account/signup/' if language == 'en' else 'compte/signup/'}", FORM)
    user = User.objects.get()
    assert (user.name, user.email, user.language) == ("Amira Haddad", "amira@people.example", language)


def test_nobody_is_signed_in_before_the_address_is_confirmed(db) -> None:
    client = Client()
    client.post(reverse("account_signup"), FORM)
    assert "_auth_user_id" not in client.session
    assert sign_in(client)["Location"] == reverse("account_email_verification_sent")
    assert "_auth_user_id" not in client.session


def test_opening_the_letters_page_does_not_confirm_by_itself(db) -> None:
    client = Client()
    client.post(reverse("account_signup"), FORM)
    client.get(link())
    assert not EmailAddress.objects.get().verified


def test_confirming_in_the_same_browser_signs_in_and_leads_back(db) -> None:
    client, back = Client(), reverse("councils:role-list")
    client.post(reverse("account_signup"), FORM | {"next": back})
    answer = client.post(link())
    assert answer["Location"] == back
    assert client.get(back).status_code == 200


def test_confirming_in_another_browser_asks_for_the_password(db) -> None:
    Client().post(reverse("account_signup"), FORM)
    other = Client()
    answer = other.post(link())
    assert answer["Location"] == reverse("account_login")
    assert "_auth_user_id" not in other.session
    assert EmailAddress.objects.get().verified


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"email": "amira"}, {"password1": "short"}, {"password1": "password123"}]
)
def test_a_bad_answer_is_named_and_the_rest_is_kept(db, wrong) -> None:
    html = Client().post(reverse("account_signup"), FORM | wrong).content.decode()
    assert 'class="summary"' in html
    if "email" not in wrong:
        assert 'value="amira@people.example"' in html
    assert not User.objects.exists()


def test_a_prefilled_address_comes_from_the_invitation(db) -> None:
    html = Client().get(reverse("account_signup"), {"email": "invited@people.example"}).content.decode()
    assert 'value="invited@people.example"' in html


# ------------------------------------------------------------------ what strangers can not find out


def test_signing_up_with_a_known_address_looks_the_same_and_writes_to_its_owner(db) -> None:
    person()
    known = Client().post(reverse("account_signup"), FORM)
    unknown = Client().post(reverse("account_signup"), FORM | {"email": "other@people.example"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [letter.to for letter in letters()] == ["amira@people.example", "other@people.example"]
    assert "There is one already" in render(letters()[0]).body


@pytest.mark.parametrize("known", [True, False])
def test_signing_up_hashes_one_password_whether_the_address_is_known_or_not(db, monkeypatch, known) -> None:
    if known:
        person()
    hashed = []
    monkeypatch.setattr("django.contrib.auth.base_user.make_password", lambda word: hashed.append(word) or "x")
    Client().post(reverse("account_signup"), FORM)
    assert hashed == [PASSWORD]


def test_asking_for_a_new_password_tells_nobody_whether_the_account_exists(db) -> None:
    person()
    answers = [
        Client().post(reverse("account_reset_password"), {"email": email}, follow=True).content
        for email in ("amira@people.example", "nobody@people.example")
    ]
    strip = [re.sub(rb'"X-CSRFToken": "[^"]+"|value="[^"]{40,}"', b"", answer) for answer in answers]
    assert strip[0] == strip[1]


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(db) -> None:
    person()
    known = sign_in(Client(), password="wrong wrong wrong").content.decode()
    unknown = sign_in(Client(), email="nobody@people.example").content.decode()
    sentence = "The address and the password don&#x27;t go together."
    assert (sentence in known, sentence in unknown) == (True, True)


# ------------------------------------------------------------------ letters


def test_letters_speak_the_language_of_the_person_not_of_the_page(db) -> None:
    person(language="fr")
    Client().post("/en/account/password/reset/", {"email": "amira@people.example"})
    assert letters()[-1].language == "fr"
    assert "mot de passe" in render(letters()[-1]).subject


def test_a_new_password_ends_the_other_sessions(db) -> None:
    person()
    old, new = Client(), Client()
    sign_in(old)
    new.post(reverse("account_reset_password"), {"email": "amira@people.example"})
    form = new.get(link(), follow=True)
    new.post(form.redirect_chain[-1][0], {"password1": "four loud oceans", "password2": "four loud oceans"})
    assert old.get(reverse("councils:role-list")).status_code == 302
    assert sign_in(Client(), password="four loud oceans").status_code == 302


def test_the_owner_hears_of_a_changed_password(db) -> None:
    person()
    client = Client()
    sign_in(client)
    client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": "four loud oceans", "password2": "four loud oceans"},
    )
    assert "The password of your account was changed." in render(letters()[-1]).body


# ------------------------------------------------------------------ limits and sessions


def test_guessing_a_password_is_stopped_and_says_how_long_to_wait(db) -> None:
    person()
    client = Client()
    answers = [sign_in(client, password=f"wrong guess {n}").content.decode() for n in range(11)]
    assert "Too many failed attempts" in answers[-1]
    assert "Too many failed attempts" in sign_in(client).content.decode()


def test_too_many_accounts_from_one_place_meet_a_friendly_page(db) -> None:
    client = Client()
    answers = [client.post(reverse("account_signup"), {}) for _ in range(21)]
    assert answers[-1].status_code == 429
    assert b'<main id="main"' in answers[-1].content


def test_a_closed_account_is_told_so(db) -> None:
    person(is_active=False)
    client = Client()
    assert "This account is closed" in client.get(sign_in(client)["Location"]).content.decode()
    assert "_auth_user_id" not in client.session


def test_a_person_ends_all_other_sessions(db) -> None:
    person()
    phone, desk = Client(headers={"user-agent": "Mozilla/5.0 (iPhone) Safari"}), Client()
    for client in (phone, desk):
        sign_in(client)
        client.get(reverse("councils:role-list"))
    assert "Safari on iPhone" in desk.get(reverse("usersessions_list")).content.decode()
    desk.post(reverse("usersessions_list"))
    assert UserSession.objects.count() == 1
    assert phone.get(reverse("councils:role-list")).status_code == 302
    assert desk.get(reverse("councils:role-list")).status_code == 200


# ------------------------------------------------------------------ the demonstration


def test_the_demonstrations_accounts_are_offered_in_the_demonstration_only(db, settings) -> None:
    person("coordinator.halifax@demo.example", name="Demo Person")
    url = reverse("account_login")
    assert "demo.example" not in Client().get(url).content.decode()
    settings.ALLIES_DEMO = True
    assert 'value="coordinator.halifax@demo.example"' in Client().get(url).content.decode()


def test_one_click_signs_in(db, settings) -> None:
    settings.ALLIES_DEMO = True
    user = person("mentee@demo.example")
    user.set_password("allies-demo")
    user.save()
    client = Client()
    assert sign_in(client, "mentee@demo.example", "allies-demo")["Location"] == reverse("councils:my-start")


# ------------------------------------------------------------------ the start page and the roles


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("coordinator", "Halifax Council"),
        ("board", "You can read this council's bodies"),
        ("coach", "See the state of the network"),
        ("mentee", "Applies for mentoring and follows the application."),
        ("stranger", "You hold no role yet"),
    ],
)
def test_each_kind_of_person_finds_a_start_page_of_their_own(signed_in, name, words) -> None:
    assert words in unescape(signed_in(name).get(reverse("councils:my-start")).content.decode())


def test_national_roles_find_what_needs_a_look_as_numbers_that_are_links(signed_in) -> None:
    make.CouncilFactory(stage="stalled")
    html = signed_in("coach").get(reverse("councils:my-start")).content.decode()
    assert f'<a href="{reverse("councils:network-councils")}?needs=stalled"><b>1</b>stalled</a>' in html


def test_directors_find_what_waits_as_numbers_that_are_links(signed_in) -> None:
    html = signed_in("director").get(reverse("councils:my-start")).content.decode()
    link = reverse("councils:invitation-list", args=["halifax"])
    assert f'<a href="{link}"><b>1</b>invitation not answered yet</a>' in html


@pytest.mark.parametrize("name", ["coordinator", "director", "board", "partner", "coach", "national"])
def test_every_link_of_the_start_page_opens(signed_in, name) -> None:
    client = signed_in(name)
    html = client.get(reverse("councils:my-start")).content.decode()
    main = html.partition('<main id="main"')[2].partition("</main>")[0]
    links = set(re.findall(r'href="([^"#]+)"', main))
    assert {link: client.get(unescape(link)).status_code for link in links} == dict.fromkeys(links, 200)


def test_several_roles_stand_side_by_side(world, signed_in) -> None:
    make.MembershipFactory(person=world.people["coach"], council=world.calgary, role="board")
    html = signed_in("coach").get(reverse("councils:my-start")).content.decode()
    assert "Calgary Council" in html
    assert "See the state of the network" in html


def test_the_list_of_roles_explains_every_role(signed_in) -> None:
    html = unescape(signed_in("stranger").get(reverse("councils:role-list")).content.decode())
    assert [role for role, facts in FACTS.items() if str(facts.may) not in html] == []


def test_links_in_letters_lead_to_the_portal_whatever_host_the_request_claims(client, world, settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    EmailAddress.objects.create(user=world.people["mentee"], email="mentee@people.example", verified=True, primary=True)
    client.post("/en/account/password/reset/", {"email": "mentee@people.example"}, headers={"host": "evil.example"})
    body = Letter.objects.get().context["body"]
    assert "evil.example" not in body
    key = re.search(r"http://localhost:8000(/en/account/password/reset/key/\S+)", body)[1]
    assert client.get(key, follow=True).status_code == 200
