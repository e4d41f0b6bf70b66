"""Warm referrals: asked for or offered, told to the person, introduced only with consent, and followed."""

import pytest

from allies.kit import audit
from allies.kit.access import Denied
from allies.kit.mail import render
from allies.kit.models import Letter
from allies.kit.refusals import Refused
from allies.kit.scope import across
from councils.services.editing import Faulty
from mentoring.models import Referral
from mentoring.queries.programmes import helping_services
from mentoring.services.referrals import follow_referral, refer
from tests import factories
from tests.factories import mentoring as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def everywhere():
    with across():
        yield


@pytest.fixture
def application():
    return make.ApplicationFactory(submitted=True)


@pytest.fixture
def council(application):
    return application.intake.programme.council


@pytest.fixture
def partner(council):
    facts = {"group": "community", "is_public": True, "contact_email": "welcome@settle.example"}
    return factories.OrganisationFactory(council=council, **facts)


@pytest.fixture
def staff(council):
    return factories.MembershipFactory(council=council).person


def test_a_person_asks_for_an_introduction_and_hears_of_it(application, partner) -> None:
    referral = refer(application, partner=partner, note="I look for a bridging course.", by=application.person)
    assert (referral.service, referral.made_by) == (partner.name, application.person)
    letter = Letter.objects.get()
    assert letter.person == application.person
    assert partner.name in render(letter).body
    assert audit.about(referral).get().action == "mentoring.person_referred"


def test_the_partner_gets_an_address_only_when_the_person_agreed(application, partner, staff) -> None:
    refer(application, partner=partner, by=staff)
    assert not Letter.objects.filter(to=partner.contact_email).exists()
    refer(application, partner=partner, service="Language classes", introduce=True, by=staff)
    body = render(Letter.objects.get(to=partner.contact_email)).body
    assert application.person.email in body
    assert str(application.person) in body


def test_a_service_without_a_partner_is_named_in_words(application, staff) -> None:
    referral = refer(application, service=" Free language assessment ", by=staff)
    assert (referral.partner, referral.service) == (None, "Free language assessment")
    with pytest.raises(Faulty):
        refer(application, service=" ", by=staff)


def test_two_clicks_are_one_introduction(application, partner) -> None:
    referral = refer(application, partner=partner, by=application.person)
    with pytest.raises(Refused, match="already"):
        refer(application, partner=partner, by=application.person)
    Referral.objects.filter(pk=referral.pk).update(outcome="lost")
    refer(application, partner=partner, by=application.person)
    assert application.referrals.count() == 2


def test_another_councils_partner_is_refused(application, staff) -> None:
    with pytest.raises(Faulty):
        refer(application, partner=factories.OrganisationFactory(), by=staff)


def test_only_the_person_and_the_councils_staff_refer(application, partner) -> None:
    rival = factories.MembershipFactory().person
    for other in (rival, factories.UserFactory()):
        with pytest.raises(Denied):
            refer(application, partner=partner, by=other)


def test_a_referral_is_followed_by_staff(application, partner, staff) -> None:
    referral = refer(application, partner=partner, by=application.person)
    with pytest.raises(Denied):
        follow_referral(referral, "enrolled", by=application.person)
    with pytest.raises(Faulty):
        follow_referral(referral, "happy", by=staff)
    follow_referral(referral, "enrolled", by=staff)
    kept = Referral.objects.get(pk=referral.pk)
    assert (kept.outcome, kept.followed_at is not None) == ("enrolled", True)


def test_helping_services_are_public_and_at_the_table(council, partner) -> None:
    factories.OrganisationFactory(council=council, group="community", is_public=False)
    factories.OrganisationFactory(council=council, group="employer", is_public=True)
    factories.OrganisationFactory(group="community", is_public=True)
    assert list(helping_services(council)) == [partner]
