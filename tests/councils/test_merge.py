"""Mergers: once, into somebody who goes on, with everything that follows from it."""

from datetime import date

import pytest
from django.utils import timezone

from allies.kit.audit import Entry
from allies.kit.refusals import Refused
from allies.kit.scope import across
from councils.models import Council, Invitation, Membership, StageChange
from councils.roles import Role
from councils.services.merge import merge_into_body, merge_into_council
from councils.states import Stage
from tests import factories as make

pytestmark = pytest.mark.django_db
FACTS = {
    "on": date(2011, 8, 1),
    "precision": "day",
    "reason_en": "One table is enough.",
    "reason_fr": "Une seule table.",
}


@pytest.fixture
def keeper():
    return make.MembershipFactory(council=None, role=Role.NATIONAL_STAFF).person


@pytest.fixture
def pair():
    return make.CouncilFactory(name_en="Small"), make.CouncilFactory(name_en="Large")


def test_a_merged_council_names_its_successor_and_keeps_the_step(pair, keeper) -> None:
    small, large = pair
    merge_into_council(small, successor=large, by=keeper, **FACTS)
    small.refresh_from_db()
    assert (small.stage, small.merged_into) == (Stage.MERGED, large)
    change = StageChange.objects.get(council=small)
    assert (change.from_stage, change.to_stage, change.on) == ("operating", "merged", date(2011, 8, 1))
    entry = Entry.objects.get(action="councils.merged")
    assert (entry.tenant_id, entry.fields, entry.actor) == (small.pk, ["merged_into", "stage"], keeper)


def test_roles_end_today_and_stay_as_history_and_open_invitations_are_taken_back(pair, keeper) -> None:
    small, large = pair
    held, other = make.MembershipFactory(council=small), make.MembershipFactory(council=large)
    invited, invited_there = make.InvitationFactory(council=small), make.InvitationFactory(council=large)
    merge_into_council(small, successor=large, by=keeper, **FACTS)
    with across():
        assert Membership.objects.get(pk=held.pk).ends_on == timezone.localdate()
        assert Membership.objects.get(pk=other.pk).ends_on is None
        assert Invitation.objects.get(pk=invited.pk).revoked_at is not None
        assert Invitation.objects.get(pk=invited_there.pk).revoked_at is None


def test_a_second_attempt_is_refused_and_changes_nothing(pair, keeper) -> None:
    small, large = pair
    merge_into_council(small, successor=large, by=keeper, **FACTS)
    with pytest.raises(Refused) as caught:
        merge_into_council(small, successor=make.CouncilFactory(), by=keeper, **FACTS)
    assert str(caught.value) == "Small has already merged into Large."
    assert StageChange.objects.filter(council=small).count() == 1
    assert Council.objects.get(pk=small.pk).merged_into == large


@pytest.mark.parametrize("stage", [Stage.MERGED, Stage.CLOSED])
def test_nobody_merges_into_a_council_that_has_ended(pair, keeper, stage) -> None:
    small, _large = pair
    ended = {"stage": stage} | ({"successor_en": "Board", "successor_fr": "Table"} if stage == Stage.MERGED else {})
    with pytest.raises(Refused, match="has itself ended"):
        merge_into_council(small, successor=make.CouncilFactory(**ended), by=keeper, **FACTS)
    assert Council.objects.get(pk=small.pk).stage == Stage.OPERATING


def test_two_councils_cannot_merge_into_each_other(pair, keeper) -> None:
    small, large = pair
    merge_into_council(small, successor=large, by=keeper, **FACTS)
    with pytest.raises(Refused, match="has itself ended"):
        merge_into_council(large, successor=small, by=keeper, **FACTS)


def test_a_council_cannot_merge_into_itself(pair, keeper) -> None:
    with pytest.raises(Refused, match="into itself"):
        merge_into_council(pair[0], successor=pair[0], by=keeper, **FACTS)


def test_a_council_may_merge_into_a_body_outside_the_network(pair, keeper) -> None:
    merge_into_body(pair[0], successor_en="Immigration Partnership", successor_fr="Partenariat", by=keeper, **FACTS)
    merged = Council.objects.get(pk=pair[0].pk)
    assert (merged.stage, merged.merged_into, merged.successor_en) == (Stage.MERGED, None, "Immigration Partnership")
    with pytest.raises(Refused, match="has already merged into Immigration Partnership"):
        merge_into_body(merged, successor_en="Other", successor_fr="Autre", by=keeper, **FACTS)


def test_a_body_is_named_in_both_languages(pair, keeper) -> None:
    with pytest.raises(Refused, match="both languages"):
        merge_into_body(pair[0], successor_en="Partnership", successor_fr=" ", by=keeper, **FACTS)


def test_a_council_that_is_only_an_enquiry_has_nothing_to_merge(keeper) -> None:
    enquiry = make.CouncilFactory(stage=Stage.ENQUIRY)
    with pytest.raises(Refused, match="can't go from “Enquiry” to “Merged”"):
        merge_into_council(enquiry, successor=make.CouncilFactory(), by=keeper, **FACTS)
