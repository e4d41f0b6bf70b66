"""The pages of an offer: who sees what and when, and how it is answered."""

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from allies.kit.mail import render
from allies.kit.models import Letter
from allies.kit.scope import across
from allies.kit.ui import panels
from mentoring.models import Proposal
from mentoring.services import offers
from mentoring.services.publish import publish
from mentoring.states import ProposalState
from tests.mentoring.halls import hall, solved

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def everywhere():
    with across():
        yield


def browser(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def offer():
    at = hall(mentees=1, mentors=2)
    for one, name in ((at.mentees[0], "Amal Haddad"), (at.mentors[0], "Joan MacNeil"), (at.mentors[1], "Ada Roy")):
        one.person.name, one.person.phone = name, "902 555 0100"
        one.person.save()
        type(one).objects.filter(pk=one.pk).update(about=f"I am {name.split()[0]}.")
    publish(solved(at), by=at.coordinator)
    return Proposal.objects.select_related("mentor__person", "application__person").get(state=ProposalState.TO_MENTOR)


def show(offer, person) -> str:
    response = browser(person).get(reverse("mentoring:offer-show", args=[offer.pk]))
    return response.content.decode() if response.status_code == 200 else str(response.status_code)


def test_the_mentor_reads_what_the_mentee_told_but_not_who_it_is(offer) -> None:
    text = show(offer, offer.mentor.person)
    assert "I am Amal." in text
    for word in ("Haddad", offer.application.person.email, "555"):
        assert word not in text
    assert show(offer, offer.application.person) == "404"


def test_the_mentee_hears_of_it_once_the_mentor_has_agreed_and_both_names_come_last(offer) -> None:
    mentor, mentee = offer.mentor.person, offer.application.person
    family = mentor.name.split()[1]
    client = browser(mentor)
    answer = client.post(reverse("mentoring:offer-accept", args=[offer.pk]), follow=True).content.decode()
    assert "We ask the mentee now" in answer
    text = show(offer, mentee)
    assert "A mentor for you" in text
    assert family not in text
    browser(mentee).post(reverse("mentoring:offer-accept", args=[offer.pk]))
    assert family in show(offer, mentee)
    assert "Haddad" in show(offer, mentor)


def test_saying_no_needs_a_reason_that_the_other_never_reads(offer) -> None:
    mentor, mentee = offer.mentor.person, offer.application.person
    url = reverse("mentoring:offer-decline", args=[offer.pk])
    assert browser(mentor).post(url, {"reason": ""}).status_code == 422
    offers.accept(offer, by=mentor)
    browser(mentee).post(url, {"reason": "Too far from my field."})
    assert "You declined this offer" in show(offer, mentee)
    assert "Too far" not in show(offer, mentor)
    assert browser(mentee).get(url).status_code == 302


def test_what_waits_stands_on_the_pages_of_the_two(offer) -> None:
    mentor, mentee = offer.mentor, offer.application
    assert panels_of("mentoring.mentor", mentor)[0] == "mentoring/runs/_mentor_offers.html"
    assert "mentoring/runs/_my_offer.html" not in panels_of("mentoring.application", mentee)
    offers.accept(offer, by=mentor.person)
    assert "mentoring/runs/_mentor_offers.html" not in panels_of("mentoring.mentor", mentor)
    assert panels_of("mentoring.application", mentee)[0] == "mentoring/runs/_my_offer.html"


def panels_of(place, subject) -> list[str]:
    request = RequestFactory().get("/")
    request.user = subject.person
    return [template for template, _facts in panels.found(place, request, subject)]


def test_an_offer_that_ended_says_so(offer) -> None:
    mentor = offer.mentor.person
    for state, words in (
        (ProposalState.EXPIRED, "The time to answer is over"),
        (ProposalState.STALE, "no longer possible"),
    ):
        Proposal.objects.filter(pk=offer.pk).update(state=state)
        assert words in show(offer, mentor)
        answer = browser(mentor).post(reverse("mentoring:offer-accept", args=[offer.pk]), follow=True)
        assert "no longer open" in answer.content.decode()


def test_the_letters_say_by_when_in_both_languages(offer) -> None:
    letter = Letter.objects.get(context__act="offer_mentor")
    assert "Please answer by" in render(letter).body
    until = timezone.localtime(offer.expires_at)
    mentee = offer.application.person
    mentee.language = "fr"
    mentee.save()
    offers.accept(offer, by=offer.mentor.person)
    french = render(Letter.objects.get(context__act="offer_mentee"))
    assert "Veuillez répondre d’ici le" in french.body
    assert "/fr/mon-mentorat/offres/" in french.body
    assert str(until.year) in french.body
