"""Runs of groups: who can lead one, what pins ask of it, and what the review says of other groups and of recruiting."""

import pytest
from django.urls import reverse

from allies.kit.refusals import Refused
from allies.kit.scope import across
from mentoring.models import Programme, Proposal
from mentoring.services import runs, solving
from mentoring.services.publish import publish
from mentoring.states import RunState
from tests.councils.reading import text_of
from tests.mentoring.halls import solved
from tests.mentoring.kinds import ready_hall
from tests.mentoring.pairing import browser

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def everywhere():
    with across():
        yield


def test_a_mentor_without_room_for_a_whole_group_is_not_compared() -> None:
    made = ready_hall(Programme.Kind.GROUP, mentees=5, mentors=1, capacity=3)
    with pytest.raises(Refused, match="whole group of 4"):
        runs.ask(made.intake, by=made.coordinator)


def test_a_mentor_leads_a_group_as_large_as_their_places() -> None:
    made = ready_hall(Programme.Kind.GROUP, mentees=6, mentors=1, capacity=5)
    run = solved(made)
    assert run.matched == 5
    assert run.findings["places"] == 5
    assert publish(run, by=made.coordinator).offered == 5


def test_pins_that_make_no_group_fail_the_run_with_a_reason() -> None:
    made = ready_hall(Programme.Kind.GROUP, mentees=3, mentors=2, capacity=6)
    run = runs.ask(made.intake, by=made.coordinator)
    run.snapshot["pins"] = [[str(made.mentees[0].pk), str(made.mentors[0].pk)]]
    run.save()
    with pytest.raises(Refused, match="can't be made groups"):
        solving.solve(run.pk)
    run.refresh_from_db()
    assert (run.state, run.failure) == (RunState.FAILED, "pins")
    assert "Unpin somebody" in text_of(browser(made.coordinator), desk_of(made, run))


def desk_of(made, run) -> str:
    return reverse("mentoring:run-show", args=[made.council.slug_en, run.pk])


def test_the_cards_of_a_run_name_other_groups_and_whom_to_recruit() -> None:
    made = ready_hall(Programme.Kind.GROUP, mentees=16, mentors=2, capacity=6)
    run = solved(made)
    client, url = browser(made.coordinator), desk_of(made, run)
    page = text_of(client, url)
    assert "As long as the same groups are open." in page
    assert "Choosing this instead" in page
    assert all(one.rank_for_mentee and one.rank_for_mentor for one in run.proposals.all())
    left = text_of(client, reverse("mentoring:run-unmatched", args=[made.council.slug_en, run.pk]))
    assert "The 2 mentors whose groups this person could join have no place left." in left
    assert run.findings["recruiting"][0]["people"] == 4
    wanted = text_of(client, reverse("mentoring:run-recruiting", args=[made.council.slug_en, run.pk]))
    assert "places 4 more people" in wanted
    proposal = run.proposals.exclude(alternatives=[]).first()
    other = proposal.alternatives[0]["mentor"]
    answer = client.post(
        reverse("mentoring:run-choose", args=[made.council.slug_en, run.pk, proposal.pk]), {"mentor": other}
    )
    assert answer.status_code == 302
    again = runs.ask(made.intake, by=made.coordinator)
    solving.solve(again.pk)
    kept = Proposal.objects.get(run=again, application=proposal.application)
    assert (str(kept.mentor_id), kept.is_pinned, kept.origin) == (other, True, "hand")
