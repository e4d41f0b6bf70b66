"""Two people act on a council's life at once; each test has a control that shows the race without the guard."""

import threading
from datetime import date

import pytest
from django.db import transaction

from councils.models import Council, RetiredSlug, StageChange
from councils.roles import Role
from councils.services.lifecycle import change_stage
from councils.services.merge import merge_into_council
from councils.services.rename import rename
from councils.states import Stage
from tests import factories as make
from tests.races.racing import at_once

pytestmark = pytest.mark.django_db(transaction=True)
FACTS = {"on": date(2020, 1, 1), "precision": "day", "reason_en": "A reason.", "reason_fr": "Une raison."}


@pytest.fixture
def keeper():
    return make.MembershipFactory(council=None, role=Role.NATIONAL_STAFF).person


def careless(read, write):
    """Read, wait until both have read, then write: what happens without a guard."""
    both_have_read = threading.Barrier(2)

    def act() -> None:
        with transaction.atomic():
            seen = read()
            both_have_read.wait(10)
            write(seen)

    return act, act


def test_of_two_moves_at_once_one_is_refused(keeper) -> None:
    council = make.CouncilFactory(stage=Stage.EXPLORING)
    pages = [Council.objects.get(pk=council.pk) for _ in range(2)]
    answers = at_once(
        lambda: change_stage(pages[0], to=Stage.START_UP, by=keeper, **FACTS),
        lambda: change_stage(pages[1], to=Stage.STALLED, by=keeper, **FACTS),
    )
    assert sorted(answer == "done" for answer in answers) == [False, True]
    assert any("faster" in answer for answer in answers)
    assert StageChange.objects.filter(council=council).count() == 1


def test_control_without_the_guard_both_moves_are_written(keeper) -> None:
    council = make.CouncilFactory(stage=Stage.EXPLORING)

    def write(stage) -> None:
        StageChange.objects.create(
            council=council,
            from_stage=stage,
            to_stage=Stage.START_UP,
            on=date(2020, 1, 1),
            reason_en="a",
            reason_fr="b",
        )
        Council.objects.filter(pk=council.pk).update(stage=Stage.START_UP)

    assert at_once(*careless(lambda: Council.objects.get(pk=council.pk).stage, write)) == ["done", "done"]
    assert StageChange.objects.filter(council=council).count() == 2


def test_of_two_mergers_that_cross_one_is_refused_and_no_circle_is_made(keeper) -> None:
    one, two = make.CouncilFactory(), make.CouncilFactory()
    answers = at_once(
        lambda: merge_into_council(one, successor=two, by=keeper, **FACTS),
        lambda: merge_into_council(two, successor=one, by=keeper, **FACTS),
    )
    assert sorted(answer == "done" for answer in answers) == [False, True]
    assert any("has itself ended" in answer for answer in answers)
    assert Council.objects.filter(merged_into__isnull=False).count() == 1


def test_control_without_the_locks_two_mergers_make_a_circle(keeper) -> None:
    pair = [make.CouncilFactory(), make.CouncilFactory()]
    turns = iter([(pair[0], pair[1]), (pair[1], pair[0])])

    def read():
        small, large = next(turns)
        assert Council.objects.get(pk=large.pk).stage == Stage.OPERATING
        return small, large

    def write(seen) -> None:
        small, large = seen
        Council.objects.filter(pk=small.pk).update(stage=Stage.MERGED, merged_into=large)

    assert at_once(*careless(read, write)) == ["done", "done"]
    assert Council.objects.filter(merged_into__isnull=False).count() == 2


def test_two_councils_that_claim_one_address_in_different_languages_do_not_both_get_it(keeper) -> None:
    one, two = make.CouncilFactory(), make.CouncilFactory()

    def give(council, **slugs):
        facts = {"name_en": council.name_en, "name_fr": council.name_fr, "acronym": "", **slugs}
        return lambda: rename(council, on=date(2020, 1, 1), precision="day", by=keeper, **facts)

    answers = at_once(
        give(one, slug_en="wanted", slug_fr=one.slug_fr), give(two, slug_en=two.slug_en, slug_fr="wanted")
    )
    assert sorted(answer == "done" for answer in answers) == [False, True]
    assert Council.objects.called("wanted").count() == 1
    assert RetiredSlug.objects.count() == 1


def test_control_without_the_lock_one_address_leads_to_two_councils(keeper) -> None:
    one, two = make.CouncilFactory(), make.CouncilFactory()
    turns = iter([(one.pk, "slug_en"), (two.pk, "slug_fr")])

    def read():
        assert not Council.objects.called("wanted").exists()
        return next(turns)

    def write(seen) -> None:
        Council.objects.filter(pk=seen[0]).update(**{seen[1]: "wanted"})

    assert at_once(*careless(read, write)) == ["done", "done"]
    assert Council.objects.called("wanted").count() == 2
