"""Consent: one purpose at a time, in a wording that is kept, never given in advance, always withdrawable."""

from html import unescape

import pytest
from django.urls import reverse
from django.utils import translation

from allies.kit import audit
from allies.kit.access import Denied
from allies.kit.refusals import Refused
from councils.consents import CURRENT, WORDINGS
from councils.models import Consent
from councils.queries.people import agrees_to
from councils.services.consent import give_consent, withdraw_consent

CONTACT, NEWS = Consent.Purpose.PUBLIC_CONTACT, Consent.Purpose.NEWS


@pytest.fixture
def person(world):
    return world.people["mentee"]


def test_nobody_agrees_to_anything_in_advance(person) -> None:
    assert [agrees_to(person, purpose) for purpose in Consent.Purpose] == [False, False]


def test_every_purpose_has_a_wording_of_today() -> None:
    assert {(purpose.value, CURRENT[purpose]) for purpose in Consent.Purpose} <= set(WORDINGS)


def test_the_wording_and_its_language_are_kept(person) -> None:
    with translation.override("fr"):
        consent = give_consent(person, CONTACT, by=person)
    assert (consent.wording, consent.language) == (CURRENT[CONTACT], "fr")


def test_one_purpose_says_nothing_of_another(person) -> None:
    give_consent(person, CONTACT, by=person)
    assert (agrees_to(person, CONTACT), agrees_to(person, NEWS)) == (True, False)


def test_consent_is_withdrawn_and_that_it_was_given_stays_on_record(person) -> None:
    consent = give_consent(person, CONTACT, by=person)
    withdraw_consent(person, CONTACT, by=person)
    consent.refresh_from_db()
    assert not agrees_to(person, CONTACT)
    assert consent.given_at <= consent.withdrawn_at


def test_consent_can_be_given_again(person) -> None:
    give_consent(person, CONTACT, by=person)
    withdraw_consent(person, CONTACT, by=person)
    give_consent(person, CONTACT, by=person)
    assert agrees_to(person, CONTACT)
    assert Consent.objects.filter(person=person).count() == 2


def test_giving_twice_and_withdrawing_nothing_are_refused(person) -> None:
    with pytest.raises(Refused, match="have not agreed"):
        withdraw_consent(person, CONTACT, by=person)
    give_consent(person, CONTACT, by=person)
    with pytest.raises(Refused, match="already"):
        give_consent(person, CONTACT, by=person)


@pytest.mark.parametrize("actor", ["director", "national", "admin"])
def test_nobody_consents_for_another(world, person, actor) -> None:
    with pytest.raises(Denied):
        give_consent(person, CONTACT, by=world.people[actor])
    give_consent(person, NEWS, by=person)
    with pytest.raises(Denied):
        withdraw_consent(person, NEWS, by=world.people[actor])


def test_both_are_on_record(person) -> None:
    consent = give_consent(person, NEWS, by=person)
    withdraw_consent(person, NEWS, by=person)
    assert [(e.action, e.fields) for e in audit.about(consent)] == [
        ("people.consent_withdrawn", ["news"]),
        ("people.consented", ["news"]),
    ]


def test_the_page_shows_the_words_and_ticks_nothing(signed_in) -> None:
    html = unescape(signed_in("mentee").get(reverse("councils:my-data")).content.decode())
    assert str(WORDINGS[CONTACT, CURRENT[CONTACT]]) in html
    assert " checked" not in html


def test_the_page_gives_and_withdraws(signed_in, person) -> None:
    client, url = signed_in("mentee"), reverse("councils:my-consent")
    client.post(url, {"purpose": CONTACT, "agrees": "yes"})
    assert agrees_to(person, CONTACT)
    client.post(url, {"purpose": CONTACT, "agrees": "no"})
    assert not agrees_to(person, CONTACT)


@pytest.mark.parametrize("form", [{}, {"purpose": "everything", "agrees": "yes"}, {"purpose": "news"}])
def test_a_form_that_makes_no_sense_changes_nothing(signed_in, person, form) -> None:
    assert signed_in("mentee").post(reverse("councils:my-consent"), form).status_code == 302
    assert not Consent.objects.exists()
