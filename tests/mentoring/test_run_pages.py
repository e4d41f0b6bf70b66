"""The pages of matching: what they say, that they stay light, and that they ask the database little."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from allies.kit.scope import across
from mentoring.models import Exclusion, MatchingRun, Mentor, Proposal
from mentoring.queries import match_words
from mentoring.services import next_offer, offers, review, runs
from mentoring.services.publish import publish
from mentoring.states import RunState
from tests.factories import mentoring as make
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


def path(name, at, **arguments) -> str:
    return reverse(f"mentoring:{name}", kwargs={"council": at.council.slug, **arguments})


def page(at, name, **arguments) -> str:
    response = browser(at.coordinator).get(path(name, at, **arguments))
    assert response.status_code == 200
    return response.content.decode()


def post(at, name, data=None, **arguments):
    return browser(at.coordinator).post(path(name, at, **arguments), data or {}, follow=True)


# ------------------------------------------------------------------ asking and following


def test_the_list_offers_to_run_what_can_be_run() -> None:
    at = hall(mentees=2, mentors=3, capacity=2)
    text = page(at, "run-list")
    assert "<b>2</b> people ready" in text
    assert "<b>6</b> free places" in text
    assert path("run-start", at, pk=at.intake.pk) in text


def test_asking_leads_to_the_progress_which_ends_in_the_review() -> None:
    at = hall()
    response = post(at, "run-start", pk=at.intake.pk)
    run = MatchingRun.objects.get()
    assert response.redirect_chain[0][0] == path("run-show", at, pk=run.pk)
    assert 'hx-trigger="every 2s"' in response.content.decode()
    fragment = browser(at.coordinator).get(path("run-progress", at, pk=run.pk))
    assert "HX-Refresh" not in fragment.headers
    solved(at)
    assert browser(at.coordinator).get(path("run-progress", at, pk=run.pk)).headers["HX-Refresh"] == "true"
    assert "No other way of pairing places more people" in page(at, "run-show", pk=run.pk)


def test_asking_for_what_has_been_found_already_says_so() -> None:
    at = hall()
    solved(at)
    assert "Nothing has changed since this run" in post(at, "run-start", pk=at.intake.pk).content.decode()


def test_a_failed_run_says_why_and_can_be_asked_for_again() -> None:
    at = hall()
    run = runs.ask(at.intake, by=at.coordinator)
    MatchingRun.objects.update(state=RunState.FAILED, failure="attempts")
    text = page(at, "run-show", pk=run.pk)
    assert "Three workers in a row" in text
    assert path("run-again", at, pk=run.pk) in text


def test_cancelling_leads_back_to_the_list() -> None:
    at = hall()
    run = runs.ask(at.intake, by=at.coordinator)
    assert "The run is cancelled" in post(at, "run-cancel", pk=run.pk).content.decode()
    assert MatchingRun.objects.get().state == RunState.CANCELLED


# ------------------------------------------------------------------ the review


def test_a_card_says_who_why_how_good_and_what_else_would_cost() -> None:
    at = hall(mentees=2, mentors=2)
    run = solved(at)
    text = page(at, "run-show", pk=run.pk)
    for words in (
        at.mentees[0].person.name,
        at.mentors[0].person.name,
        "the same: Software engineers and designers",
        "English, level 8",
        "Weekday evenings",
        "of 2 possible mentors.",
        "Choosing this instead costs at least",
        "2 of 2",
    ):
        assert words in text


def test_the_review_of_forty_pairs_stays_light_and_asks_the_same_for_any_number() -> None:
    counted = []
    for size in (1, 3, 40):
        at = hall(mentees=size, mentors=size)
        run = solved(at)
        client = browser(at.coordinator)
        url = path("run-show", at, pk=run.pk)
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            response = client.get(url)
        counted.append(len(queries))
        assert len(response.content) < 60_000
    assert counted == [13, 14, 14]
    with translation.override("fr"):
        assert len(client.get(path("run-show", at, pk=run.pk)).content) < 60_000
    assert "?page=5" in client.get(path("run-show", at, pk=run.pk) + "?page=4").content.decode()


def test_the_other_pages_ask_the_same_for_any_number() -> None:
    for name, asked in (("run-list", 8), ("run-unmatched", 6), ("run-recruiting", 7)):
        counted = []
        for size in (1, 12):
            at = hall(mentees=size + 1, mentors=1)
            run = solved(at)
            client, arguments = browser(at.coordinator), {} if name == "run-list" else {"pk": run.pk}
            client.get(path(name, at, **arguments))
            with CaptureQueriesContext(connection) as queries:
                assert client.get(path(name, at, **arguments)).status_code == 200
            counted.append(len(queries))
        assert counted == [asked, asked], name


def test_who_was_left_and_whom_to_recruit_is_said_in_words() -> None:
    at = hall(mentees=3, mentors=2)
    alone = make.ApplicationFactory(intake=at.intake, ready=True, availability=["sunday"])
    run = solved(at)
    text = page(at, "run-unmatched", pk=run.pk)
    assert alone.person.name in text
    assert "No mentor of this run may be paired with this person." in text
    assert "2 mentors: have no time in common" in text
    assert "3 people can only be paired with the same 2 mentors, who have 2 places" in text
    assert "places 1 more person" in page(at, "run-recruiting", pk=run.pk)


def test_every_rule_and_criterion_has_its_words() -> None:
    assert set(match_words.RULES) == set(match_words.Rule)
    assert set(match_words.LABELS) == set(match_words.Criterion) == set(match_words._WORDS)


def test_pinning_setting_aside_and_choosing_are_kept_by_the_next_run() -> None:
    at = hall(mentees=3, mentors=4)
    run = solved(at)
    first, second, third = run.proposals.order_by("pk")
    assert (
        "whatever a later run finds" in post(at, "run-pin", {"pinned": "1"}, pk=run.pk, pair=first.pk).content.decode()
    )
    refused = post(at, "run-aside", {"reason": ""}, pk=run.pk, pair=second.pk)
    assert refused.status_code == 422
    post(at, "run-aside", {"reason": "Neighbours."}, pk=run.pk, pair=second.pk)
    assert Exclusion.objects.get().reason == "Neighbours."
    other = next(one["mentor"] for one in third.alternatives if one["mentor"] != str(first.mentor_id))
    text = post(at, "run-choose", {"mentor": other}, pk=run.pk, pair=third.pk).content.decode()
    assert "Your decision is noted" in text
    assert "1 pair set aside" in text
    post(at, "run-again", pk=run.pk)
    newer = solved(at)
    assert newer.proposals.get(application=first.application).mentor == first.mentor
    assert newer.proposals.get(application=second.application).mentor != second.mentor
    assert str(newer.proposals.get(application=third.application).mentor_id) == other


def test_only_an_alternative_of_the_card_can_be_chosen() -> None:
    at, elsewhere = hall(mentees=2, mentors=2), hall()
    run = solved(at)
    pair = run.proposals.first()
    for stranger in (str(elsewhere.mentors[0].pk), "", "x"):
        assert (
            "not among the alternatives"
            in post(at, "run-choose", {"mentor": stranger}, pk=run.pk, pair=pair.pk).content.decode()
        )


def test_a_pair_by_hand_is_noted_shown_and_taken_back() -> None:
    at, elsewhere = hall(mentees=1, mentors=2), hall()
    data = {"application": at.mentees[0].person.email, "mentor": at.mentors[1].person.email}
    assert "the next run keeps it" in post(at, "run-hand", data, pk=at.intake.pk).content.decode()
    made = Proposal.objects.get()
    text = page(at, "run-hand", pk=at.intake.pk)
    assert f"{at.mentees[0].person.name} with {at.mentors[1].person.name}" in text
    wrong = post(at, "run-hand", data | {"mentor": elsewhere.mentors[0].person.email}, pk=at.intake.pk)
    assert wrong.status_code == 422
    post(at, "run-hand-remove", pk=made.pk)
    assert review.by_hand(at.intake) == []


def test_publishing_says_how_many_are_asked_and_what_was_no_longer_possible() -> None:
    at = hall(mentees=2, mentors=2)
    run = solved(at)
    Mentor.objects.filter(pk=at.mentors[0].pk).update(capacity=0)
    text = post(at, "run-publish", pk=run.pk).content.decode()
    assert "1 mentor is asked" in text
    assert "1 pair was no longer possible" in text
    assert "The mentor has no free place any more." in text


def test_what_was_offered_after_a_no_stands_with_the_pairs_of_the_run() -> None:
    at = hall(mentees=1, mentors=2)
    run = solved(at)
    publish(run, by=at.coordinator)
    first = run.proposals.select_related("mentor__person").get()
    offers.decline(first, reason="Not my field.", by=first.mentor.person)
    assert next_offer.offer_next(first.pk) is not None
    text = page(at, "run-show", pk=run.pk)
    for words in (at.mentors[0].person.name, at.mentors[1].person.name, "Not my field.", "Answer by", "Declined"):
        assert words in text


def test_a_run_of_another_council_does_not_exist() -> None:
    at, elsewhere = hall(), hall()
    run = solved(elsewhere)
    for name in ("run-show", "run-unmatched", "run-recruiting", "run-progress"):
        assert browser(at.coordinator).get(path(name, at, pk=run.pk)).status_code == 404
