"""Contact cards: valid, and only of people in office who agreed."""

from datetime import date

import pytest
import vobject
from django.utils import timezone

from councils.models import Consent, Membership, User
from tests import factories as make


@pytest.fixture
def halifax(db):
    return make.CouncilFactory(
        slug_en="halifax",
        slug_fr="halifax-fr",
        name_en="Greater Halifax, Partnership; GHP",
        contact_phone="902 555-0100",
    )


def agree(person, purpose=Consent.Purpose.PUBLIC_CONTACT, **facts):
    return Consent.objects.create(person=person, purpose=purpose, wording="1", language="en", **facts)


def contact(council, name="Nadia El Amrani", **facts):
    person = make.UserFactory(name=name, email=f"{name.split()[0].lower()}@people.example", phone="902 555-9999")
    agree(person)
    return make.MembershipFactory(
        person=person,
        council=council,
        is_public=True,
        **{"title_en": "Coordinator", "title_fr": "Coordination", **facts},
    )


def read(response):
    assert response.status_code == 200
    assert response["Content-Type"] == "text/vcard; charset=utf-8"
    cards = list(vobject.readComponents(response.content.decode()))
    for card in cards:
        card.validate(raiseException=True)
    return cards


def test_a_card_says_who_where_and_how(client, halifax) -> None:
    term = contact(halifax)
    (card,) = read(client.get(f"/en/councils/halifax/contacts/{term.pk}.vcf"))
    assert card.version.value == "3.0"
    assert card.fn.value == "Nadia El Amrani"
    assert (card.n.value.given, card.n.value.family) == ("Nadia El", "Amrani")
    assert card.org.value == ["Greater Halifax, Partnership; GHP"]
    assert card.title.value == "Coordinator"
    assert card.email.value == "nadia@people.example"
    assert card.tel.value == "902 555-0100"
    assert card.uid.value == f"tag:localhost,2026:person/{term.person_id}"


def test_the_card_speaks_the_language_of_its_address(client, halifax) -> None:
    term = contact(halifax)
    (card,) = read(client.get(f"/fr/conseils/halifax-fr/contacts/{term.pk}.vcf"))
    assert card.title.value == "Coordination"


def test_a_name_cannot_smuggle_in_another_line(client, halifax) -> None:
    term = contact(halifax, name="Eve\r\nEMAIL:evil@evil.example")
    (card,) = read(client.get(f"/en/councils/halifax/contacts/{term.pk}.vcf"))
    assert [email.value for email in card.contents["email"]] == ["eve@people.example"]


def test_a_council_gives_all_its_contacts_at_once_by_name(client, halifax) -> None:
    contact(halifax, name="Zoé Roy")
    contact(halifax, name="Ana Silva")
    cards = read(client.get("/en/councils/halifax/contacts.vcf"))
    assert [card.fn.value for card in cards] == ["Ana Silva", "Zoé Roy"]


def _never_agreed(term):
    Consent.objects.all().delete()


def _agreed_to_something_else(term):
    Consent.objects.update(purpose=Consent.Purpose.NEWS)


def _withdrew(term):
    Consent.objects.update(withdrawn_at=timezone.now())


def _not_shown(term):
    Membership._base_manager.update(is_public=False)


def _left(term):
    Membership._base_manager.update(ends_on=date(2021, 1, 1))


def _closed_the_account(term):
    User.objects.filter(pk=term.person_id).update(is_active=False)


def _hidden_council(term):
    type(term.council).objects.update(is_published=False)


@pytest.mark.parametrize(
    "change",
    [_never_agreed, _agreed_to_something_else, _withdrew, _not_shown, _left, _closed_the_account, _hidden_council],
)
def test_there_is_no_card_of(client, halifax, change) -> None:
    term = contact(halifax)
    assert client.get(f"/en/councils/halifax/contacts/{term.pk}.vcf").status_code == 200
    change(term)
    assert client.get(f"/en/councils/halifax/contacts/{term.pk}.vcf").status_code == 404
    assert client.get("/en/councils/halifax/contacts.vcf").status_code == 404


def test_a_card_is_found_only_under_its_own_council(client, halifax) -> None:
    make.CouncilFactory(slug_en="calgary", slug_fr="calgary-fr")
    term = contact(halifax)
    assert client.get(f"/en/councils/calgary/contacts/{term.pk}.vcf").status_code == 404
