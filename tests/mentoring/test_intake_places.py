"""An intake takes as many as it has places: told before the run, refused at publishing, chosen by the coordinator."""

import pytest
from django.urls import reverse

from allies.kit.refusals import Refused
from allies.kit.scope import across
from mentoring.models import Application, Intake, Mentor, Pair, Proposal
from mentoring.queries.places import left
from mentoring.queries.runs import intakes_to_match
from mentoring.services import offers
from mentoring.services.publish import LEFT_OUT, best_within, publish, units
from mentoring.states import ApplicationState, PairState, ProposalState
from tests.factories import mentoring as make
from tests.mentoring.halls import hall, solved
from tests.mentoring.pairing import browser

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def everywhere():
    with across():
        yield


@pytest.fixture
def at():
    """Four pairs for two places."""
    made = hall(mentees=4, mentors=4, places=2)
    made.run = solved(made)
    return made


def drafts(at) -> list[Proposal]:
    return list(Proposal.objects.filter(run=at.run))


def test_a_place_is_taken_by_whoever_is_held_works_or_has_completed() -> None:
    at = hall(mentees=6, mentors=6, places=5)
    for number, state in enumerate(("reserved", "active", "on_hold", "completed", "ended_early", "released")):
        facts = {"hold_until": make.NOW} if state == "on_hold" else {}
        ended = {"ended_on": make.NOW, "end_reason": "moved"} if state in ("completed", "ended_early") else {}
        begun = {"started_on": make.NOW, "planned_end_on": make.NOW}
        make.PairFactory(
            application=at.mentees[number], mentor=at.mentors[number], state=state, **begun, **facts, **ended
        )
    assert left(at.intake) == 1


def test_whoever_was_carried_over_takes_a_place_where_they_were_matched() -> None:
    at = hall(mentees=1, mentors=2, places=3)
    earlier = make.IntakeFactory(programme=at.programme, places=3, opens_on=make.NOW.replace(year=2025))
    carried = make.ApplicationFactory(
        intake=earlier, ready=True, waiting_intakes=1, occupation=at.mentees[0].occupation
    )
    publish(solved(at), by=at.coordinator)
    assert Pair.objects.filter(application=carried).exists()
    assert (left(at.intake), left(earlier)) == (1, 3)


def test_the_coordinator_is_told_before_the_run(at) -> None:
    (row,) = intakes_to_match(at.council)
    assert (row.intake.ready, row.left, row.too_many) == (4, 2, True)
    page = browser(at.coordinator).get(reverse("mentoring:run-list", args=[at.council.slug])).content.decode()
    assert "4 people are ready for 2 places." in page


def test_more_offers_than_places_are_refused_with_both_numbers(at) -> None:
    with pytest.raises(Refused, match="holds 4 pairs, and the intake has 2 places left"):
        publish(at.run, by=at.coordinator)
    with pytest.raises(Refused, match="chose 3 offers"):
        publish(at.run, by=at.coordinator, only=[one.pk for one in drafts(at)[:3]])
    assert not Pair.objects.exists()
    Intake.objects.update(places=1)
    Pair.objects.create(
        programme=at.programme, application=at.mentees[0], mentor=at.mentors[0], mentee_person=at.mentees[0].person,
        mentor_person=at.mentors[0].person,
    )  # fmt: skip
    with pytest.raises(Refused, match="no place left"):
        publish(at.run, by=at.coordinator)


def test_the_best_are_proposed_first_and_a_decision_before_them(at) -> None:
    for number, proposal in enumerate(drafts(at)):
        Proposal.objects.filter(pk=proposal.pk).update(score=500 + number, is_pinned=number == 0)
    chosen = best_within(units(drafts(at)), 2)
    assert [(one.score, one.is_pinned) for one in chosen] == [(500, True), (503, False)]


def test_who_is_chosen_is_asked_and_the_others_wait_with_the_reason(at) -> None:
    chosen = best_within(units(drafts(at)), 2)
    assert publish(at.run, by=at.coordinator, only={one.pk for one in chosen}).offered == 2
    assert left(at.intake) == 0
    others = Proposal.objects.exclude(pk__in=[one.pk for one in chosen])
    assert set(others.values_list("state", "reason")) == {(ProposalState.STALE, LEFT_OUT)}
    waiting = Application.objects.filter(state=ApplicationState.READY)
    assert set(waiting) == {one.application for one in others}


def test_a_group_is_chosen_as_a_whole_or_not() -> None:
    at = hall(kind="group", mentees=8, mentors=2, capacity=4, places=5, group_most=4)
    Mentor.objects.update(kinds=["group"])
    at.run = solved(at)
    chosen = best_within(units(drafts(at)), left(at.intake))
    assert len(chosen) == 4
    assert len({one.group for one in chosen}) == 1
    assert publish(at.run, by=at.coordinator, only={one.pk for one in chosen}).offered == 4


def test_a_place_that_comes_free_can_be_given_again(at) -> None:
    chosen = best_within(units(drafts(at)), 2)
    publish(at.run, by=at.coordinator, only={one.pk for one in chosen})
    offer = Proposal.objects.select_related("mentor__person").get(pk=chosen[0].pk)
    offers.decline(offer, reason="No time.", by=offer.mentor.person)
    assert left(at.intake) == 1
    assert Pair.objects.filter(state=PairState.RESERVED).count() == 1


def test_the_page_ticks_the_best_refuses_too_many_and_publishes(at) -> None:
    client = browser(at.coordinator)
    url = reverse("mentoring:run-pick", args=[at.council.slug, at.run.pk])
    review = client.get(reverse("mentoring:run-show", args=[at.council.slug, at.run.pk])).content.decode()
    assert url in review
    form = client.get(url).context["form"]
    assert form["pairs"].value() == [str(one.pk) for one in best_within(units(drafts(at)), 2)]
    everybody = [str(one.pk) for one in drafts(at)]
    refused = client.post(url, {"pairs": everybody})
    assert (refused.status_code, set(refused.context["form"].errors)) == (422, {"pairs"})
    client.post(url, {"pairs": form["pairs"].value()})
    assert Pair.objects.count() == 2
