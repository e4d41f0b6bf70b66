"""The pages of a group: for the coordinator, for its mentor and for a mentee who waits."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from allies.kit.scope import across
from mentoring.models import Mentor, Pair, Proposal
from mentoring.queries.groups import Standing, group
from mentoring.services import groups, offers
from mentoring.services.publish import publish
from tests.councils.reading import text_of
from tests.factories import mentoring as make
from tests.mentoring.halls import hall, solved
from tests.mentoring.pairing import browser

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def everywhere():
    with across():
        yield


def group_hall(mentees=5, mentors=1):
    made = hall(kind="group", mentees=mentees, mentors=mentors, capacity=6)
    Mentor.objects.update(kinds=["group"])
    made.run = solved(made)
    return made


@pytest.fixture
def at():
    """Five mentees asked, of whom two said yes and two said no."""
    made = group_hall()
    publish(made.run, by=made.coordinator)
    made.offers = list(Proposal.objects.select_related("mentor__person", "application__person").order_by("pk"))
    made.mark = made.offers[0].group
    groups.accept(made.offers[0], by=made.mentors[0].person)
    for offer in made.offers[:2]:
        offers.accept(offer, by=offer.application.person)
    for offer in made.offers[2:4]:
        offers.decline(offer, reason="No time.", by=offer.application.person)
    return made


def desk(at, name, **more) -> str:
    return reverse(f"mentoring:{name}", kwargs={"council": at.council.slug_en, **more})


def test_the_review_shows_each_group_once_and_asks_the_same_for_any_number() -> None:
    counted = []
    for mentors in (1, 2, 3):
        at = group_hall(mentees=4 * mentors, mentors=mentors)
        client, url = browser(at.coordinator), desk(at, "run-show", pk=at.run.pk)
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(url)
        counted.append(len(queries))
        assert len(page.context["groups"]) == mentors
        assert page.content.decode().count("The group of") == mentors
    # Only where there are several groups can somebody be in another one.
    assert counted == [12, 13, 13]


def test_the_coordinator_reads_where_the_group_stands_and_lets_it_begin(at) -> None:
    client, url = browser(at.coordinator), desk(at, "group-show", pk=at.mark)
    page = text_of(client, url)
    assert "The group can't reach its 4 people any more: 2 said yes, 1 is still asked." in page
    assert "Begin with those who said yes" in page
    refused = client.post(desk(at, "group-begin", pk=at.mark), {"begin-reason": ""})
    assert (refused.status_code, set(refused.context["form"].errors)) == (422, {"reason"})
    client.post(desk(at, "group-begin", pk=at.mark), {"begin-reason": "They want to begin."})
    assert Pair.objects.filter(state="active").count() == 2
    assert "Begin with those who said yes" not in text_of(client, url)


def test_the_coordinator_asks_somebody_else_or_gives_the_group_up(at) -> None:
    client = browser(at.coordinator)
    joiner = make.ApplicationFactory(intake=at.intake, ready=True)
    other = make.ApplicationFactory(ready=True)
    refused = client.post(desk(at, "group-invite", pk=at.mark), {"invite-application": other.person.email})
    assert refused.status_code == 422
    client.post(desk(at, "group-invite", pk=at.mark), {"invite-application": joiner.person.email})
    assert group(at.mark).standing == Standing.ASKED
    client.post(desk(at, "group-give-up", pk=at.mark), {"give_up-reason": "Too few."})
    assert group(at.mark).standing == Standing.OVER


def test_a_group_of_another_council_is_not_there(at) -> None:
    there = hall(mentees=0, mentors=0)
    assert browser(there.coordinator).get(desk(there, "group-show", pk=at.mark)).status_code == 404


def test_the_mentor_sees_everybody_by_first_name_and_where_the_group_stands(at) -> None:
    page = text_of(browser(at.mentors[0].person), reverse("mentoring:offer-show", args=[at.offers[0].pk]))
    assert "Too few said yes for a group of 4. The coordinator looks for a way." in page
    assert at.offers[0].application.person.email not in page


def test_who_said_yes_reads_on_the_tracker_that_the_group_comes_together(at) -> None:
    client = browser(at.offers[0].application.person)
    page = text_of(client, reverse("mentoring:my-mentoring"))
    assert "Your group is coming together" in page
    assert "It begins once 4 people have said yes" in page
    offer = text_of(client, reverse("mentoring:offer-show", args=[at.offers[0].pk]))
    assert "Your group begins once 4 people have said so: so far 2." in offer
    assert "In the group with you" in offer


def test_the_mentors_page_lists_the_group_on_one_card(at) -> None:
    groups.begin_small(at.mark, reason="They want to begin.", by=at.coordinator)
    page = browser(at.mentors[0].person).get(reverse("mentoring:my-mentor", args=[at.mentors[0].pk]))
    text = page.content.decode()
    assert text.count("Log a meeting of the group") == 1
    assert text.count("Sign the agreement") == 2
