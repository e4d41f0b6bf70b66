"""My data: what is kept about me, who looked, how I take it along and how it is erased."""

import json
import time
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import connection
from django.db.models import CharField, TextField
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from allies.kit import audit, privacy
from allies.kit.access import Denied
from allies.kit.models import Erasure
from allies.kit.refusals import Refused
from allies.kit.scope import across
from councils.models import Consent, Invitation, Membership, User
from councils.roles import Role
from councils.services.account import change_profile, erase_account, take_data_along
from councils.services.consent import give_consent
from councils.services.staff_session import look_at, open_session
from tests import factories as make

PASSWORD = "three quiet rivers"


@pytest.fixture
def person(world):
    user = world.people["mentee"]
    user.set_password(PASSWORD)
    user.phone = "902 555-0147"
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def sign_in(user, *, sure: bool = False) -> Client:
    client = Client()
    client.force_login(user)
    if sure:
        session = client.session
        session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
        session["account_authentication_methods_user"] = str(user.pk)
        session.save()
    return client


# ------------------------------------------------------------------ profile


def test_a_change_is_on_record_by_the_names_of_its_fields(person) -> None:
    change_profile(person, by=person, name="New Name", phone=person.phone, language="fr")
    entry = audit.about(person).get()
    assert (entry.action, entry.fields) == ("people.changed", ["language", "name"])
    assert "New Name" not in str(vars(entry))


def test_nobody_changes_the_profile_of_another(world, person) -> None:
    with pytest.raises(Denied):
        change_profile(person, by=world.people["admin"], name="X")


def test_choosing_french_leads_on_in_french(person) -> None:
    answer = sign_in(person).post(
        reverse("councils:my-profile"), {"name": "Amira", "phone": "", "language": "fr"}, follow=True
    )
    assert answer.redirect_chain[0][0].startswith("/fr/")
    person.refresh_from_db()
    assert person.language == "fr"


@pytest.mark.parametrize(
    "form",
    [
        {"name": "", "language": "en"},
        {"name": "A", "language": "de"},
        {"name": "A", "language": "en", "phone": "call me"},
    ],
)
def test_a_bad_answer_is_shown_next_to_its_field_and_kept(person, form) -> None:
    answer = sign_in(person).post(reverse("councils:my-profile"), form)
    assert answer.status_code == 422
    assert 'class="summary"' in answer.content.decode()
    if form.get("phone"):
        assert 'value="call me"' in answer.content.decode()


# ------------------------------------------------------------------ who opened my record


def test_a_person_reads_who_opened_the_record_in_which_role_and_why(world) -> None:
    director = world.people["director"]
    look_at(director, world.halifax, by=world.people["coordinator"])
    open_session(world.halifax, reason="Checking an address", minutes=15, by=world.people["national"])
    look_at(director, world.halifax, by=world.people["national"])
    opened = take_data_along(director, by=director)["opened_by"]
    assert [(o["who"], o["roles"], o["council"], o["reason"]) for o in opened] == [
        ("National", ["National staff"], "Halifax Council", "Checking an address"),
        ("Coordinator", ["Coordinator"], "Halifax Council", ""),
    ]


def test_the_page_says_so(world) -> None:
    look_at(world.people["director"], world.halifax, by=world.people["coordinator"])
    html = sign_in(world.people["director"]).get(reverse("councils:my-data")).content.decode()
    assert "<strong>Coordinator</strong>, Coordinator (Halifax Council)" in html


def test_the_list_takes_the_same_number_of_queries_for_one_and_for_fifty(
    world, settings, django_assert_num_queries
) -> None:
    client, url = sign_in(world.people["director"]), reverse("councils:my-openings")
    client.get(url)
    numbers = []
    for total in (1, 3, 50):
        while len(list(audit.about(world.people["director"]))) < total:
            look_at(world.people["director"], world.halifax, by=world.people["coordinator"])
        with CaptureQueriesContext(connection) as counted:
            client.get(url)
        numbers.append(len(counted))
    assert len(set(numbers)) == 1, numbers


# ------------------------------------------------------------------ taking it along


def test_the_export_asks_for_the_password_first(person) -> None:
    answer = sign_in(person).post(reverse("councils:my-export"), {"format": "json"})
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    assert not audit.about(person).exists()


def test_the_form_goes_on_by_itself_once_the_password_is_given(person) -> None:
    client = sign_in(person)
    asked = client.post(reverse("councils:my-export"), {"format": "json"})
    answer = client.post(asked["Location"], {"password": PASSWORD, "next": reverse("councils:my-export")})
    assert answer["Content-Disposition"].startswith('attachment; filename="allies-')
    assert json.loads(answer.content)["person"] == str(person.pk)


def test_the_export_holds_what_is_kept_and_no_secret(person) -> None:
    Authenticator.objects.create(user=person, type="totp", data={"secret": "JBSWY3DPEHPK3PXP"})
    give_consent(person, Consent.Purpose.NEWS, by=person)
    answer = sign_in(person, sure=True).post(reverse("councils:my-export"), {"format": "json"})
    text = answer.content.decode()
    records = json.loads(text)["records"]
    assert records["councils.user"][0]["phone"] == "902 555-0147"
    assert records["councils.consent"][0]["purpose"] == "news"
    assert records["councils.membership"][0]["role"] == "mentee"
    assert "JBSWY3DPEHPK3PXP" not in text
    assert "argon2" not in text


def test_the_readable_export_names_things_in_words_and_runs_no_script(person) -> None:
    User.objects.filter(pk=person.pk).update(name="<script>alert(1)</script>")
    answer = sign_in(person, sure=True).post(reverse("councils:my-export"), {"format": "html"})
    html = answer.content.decode()
    assert "e-mail address" in html
    assert "<script" not in html
    assert answer["Content-Disposition"].endswith('.html"')


def test_nobody_exports_another(world, person) -> None:
    with pytest.raises(Denied):
        take_data_along(person, by=world.people["admin"])


def test_an_export_is_on_record(person) -> None:
    take_data_along(person, by=person)
    assert audit.about(person).get().action == "people.exported"


# ------------------------------------------------------------------ erasure


def everything_written() -> str:
    """All text of all rows of the portal's own tables and of the sign-in package's."""
    found = []
    with across():
        for declaration in privacy.declarations():
            names = [f.name for f in declaration.model._meta.fields if isinstance(f, CharField | TextField)]
            found += [str(row) for row in declaration.model._base_manager.values_list(*names)] if names else []
    return "\n".join(found)


def test_erasing_leaves_neither_name_nor_address_nor_number_anywhere(person) -> None:
    User.objects.filter(pk=person.pk).update(name="Zebulon Quartermain")
    person.refresh_from_db()
    assert "Zebulon" in everything_written()
    erase_account(person, by=person)
    left = everything_written()
    assert [word for word in ("Zebulon", "mentee@people.example", "902 555-0147") if word in left] == []


def test_an_erased_account_is_closed_for_good(person) -> None:
    client = sign_in(person)
    Authenticator.objects.create(user=person, type="totp", data={"secret": "x"})
    erase_account(person, by=person)
    person.refresh_from_db()
    assert (person.is_active, person.has_usable_password(), person.erased_at is not None) == (False, False, True)
    assert str(person) == "Erased account"
    assert not EmailAddress.objects.filter(user=person).exists()
    assert not Authenticator.objects.filter(user=person).exists()
    assert not UserSession.objects.filter(user=person).exists()
    assert client.get(reverse("councils:my-data")).status_code == 302


def test_an_erasure_is_noted_for_restores_and_on_record(person) -> None:
    erase_account(person, by=person)
    assert Erasure.objects.get().subject_id == person.pk
    assert audit.about(person).first().action == "kit.erased"


def test_consents_end_with_the_account(person) -> None:
    give_consent(person, Consent.Purpose.PUBLIC_CONTACT, by=person)
    erase_account(person, by=person)
    assert Consent.objects.get(person=person).withdrawn_at is not None


def test_invitations_to_the_erased_addresses_are_taken_back(world, person) -> None:
    make.InvitationFactory(council=world.halifax, email=person.email, role=Role.PARTNER)
    make.InvitationFactory(council=world.halifax, email=person.email, role=Role.BOARD)
    erase_account(person, by=person)
    with across():
        assert not Invitation.objects.filter(email=person.email).exists()


def test_a_past_role_shown_in_public_does_not_stand_in_the_way(world, person) -> None:
    past = make.MembershipFactory(
        person=person, council=world.halifax, ends_on=timezone.localdate(), title_en="A", title_fr="B", is_public=True
    )
    erase_account(person, by=person)
    with across():
        past = Membership.objects.get(pk=past.pk)
    assert (past.title_en, past.title_fr, past.is_public, past.role) == ("", "", False, Role.COORDINATOR)


@pytest.mark.parametrize(
    "name", ["director", "coordinator", "board", "partner", "national", "admin", "coach", "funder"]
)
def test_whoever_holds_a_role_of_others_hands_it_over_first(world, name) -> None:
    user = world.people[name]
    with pytest.raises(Refused, match="Hand over your role first"):
        erase_account(user, by=user)
    user.refresh_from_db()
    assert user.is_active


def test_a_role_that_has_not_begun_is_handed_over_too(world, person) -> None:
    make.MembershipFactory(person=person, council=world.halifax, starts_on=timezone.localdate() + timedelta(days=9))
    with pytest.raises(Refused, match="Coordinator at Halifax Council"):
        erase_account(person, by=person)


@pytest.mark.parametrize("name", ["mentee", "stranger"])
def test_people_with_no_role_of_others_are_erased_at_once(world, name) -> None:
    erase_account(world.people[name], by=world.people[name])
    assert User.objects.get(pk=world.people[name].pk).erased_at is not None


def test_nobody_erases_another(world, person) -> None:
    with pytest.raises(Denied):
        erase_account(person, by=world.people["admin"])


def test_the_page_asks_for_the_password_then_for_the_box_then_erases_and_signs_out(person) -> None:
    url = reverse("councils:my-erasure")
    assert sign_in(person).get(url)["Location"].startswith(reverse("account_reauthenticate"))
    client = sign_in(person, sure=True)
    assert " checked" not in client.get(url).content.decode()
    assert client.post(url, {}).status_code == 422
    assert User.objects.get(pk=person.pk).erased_at is None
    assert "Your data is erased" in client.post(url, {"understood": "on"}).content.decode()
    assert "_auth_user_id" not in client.session


def test_the_page_names_the_role_to_hand_over_and_offers_no_button(world) -> None:
    html = sign_in(world.people["director"], sure=True).get(reverse("councils:my-erasure")).content.decode()
    assert "Executive director at Halifax Council" in html
    assert "Erase my data now" not in html


def test_every_field_that_stays_gives_its_reason(person) -> None:
    html = sign_in(person, sure=True).get(reverse("councils:my-erasure")).content.decode()
    assert "Shows that we had your consent while we used it." in html
    assert "audit entries" in html
