"""Readiness: scored by those who know the network, with what is missing in words."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from allies.kit.access import Denied, can
from allies.kit.audit import Entry
from allies.kit.refusals import Refused
from allies.kit.scope import across
from councils.models import Readiness
from councils.queries.readiness import missing, standings
from councils.roles import Role
from councils.services.readiness import score_readiness
from tests import factories as make

pytestmark = pytest.mark.django_db
ALL_STRONG = dict.fromkeys(Readiness.QUESTIONS, 3)


@pytest.fixture
def coach():
    return make.MembershipFactory(council=None, role=Role.COACH).person


def test_a_coach_scores_a_council_and_the_sum_is_kept(coach) -> None:
    council = make.CouncilFactory()
    checklist = score_readiness(
        council, on=date(2026, 1, 5), scores=ALL_STRONG | {"champion": 0}, note=" Promising. ", by=coach
    )
    assert (checklist.total, checklist.note, checklist.by) == (15, "Promising.", coach)
    assert Entry.objects.get().action == "councils.readiness_scored"


def test_a_second_checklist_of_the_day_is_refused(coach) -> None:
    council = make.CouncilFactory()
    facts = {"on": date(2026, 1, 5), "scores": ALL_STRONG, "note": "", "by": coach}
    score_readiness(council, **facts)
    score_readiness(make.CouncilFactory(), **facts)
    with pytest.raises(Refused, match="that day exists already"):
        score_readiness(council, **facts)
    with across():
        assert Readiness.objects.count() == 2


def test_a_day_in_the_future_is_refused(coach) -> None:
    with pytest.raises(Refused, match="future"):
        score_readiness(
            make.CouncilFactory(), on=timezone.localdate() + timedelta(days=1), scores=ALL_STRONG, note="", by=coach
        )


def test_what_is_absent_or_only_emerging_is_missing_and_says_what_to_do() -> None:
    checklist = make.ReadinessFactory(
        catalyst=0, convener=1, champion=2, demand=3, local_government=1, local_agencies=3
    )
    assert [(line.question, line.score) for line in missing(checklist)] == [
        ("catalyst", 0),
        ("convener", 1),
        ("local_government", 1),
    ]
    assert str(missing(checklist)[0].advice).startswith("Find a local catalyst")


def test_councils_stand_by_their_latest_score_and_those_without_one_come_last() -> None:
    weak, strong, unscored = (make.CouncilFactory(slug_en=name) for name in ("weak", "strong", "unscored"))
    make.ReadinessFactory(council=weak, on=date(2024, 1, 1), **ALL_STRONG)
    make.ReadinessFactory(council=weak, on=date(2025, 1, 1), **dict.fromkeys(Readiness.QUESTIONS, 0))
    make.ReadinessFactory(council=strong, on=date(2023, 1, 1))
    with across():
        rows = standings([unscored, weak, strong])
    assert [(row.council, row.total) for row in rows] == [(strong, 12), (weak, 0), (unscored, None)]
    assert len(rows[1].missing) == 6


@pytest.mark.parametrize(
    ("who", "may_read", "may_score"),
    [
        ("coordinator", True, False),
        ("director", True, False),
        ("board", False, False),
        ("rival", False, False),
        ("funder", False, False),
        ("committee", True, False),
        ("coach", True, True),
        ("national", True, True),
        ("admin", True, True),
    ],
)
def test_staff_read_their_own_and_coaches_and_national_staff_score(world, who, may_read, may_score) -> None:
    person = world.people[who]
    assert bool(can(person, "councils.read_readiness", world.halifax)) is may_read
    assert bool(can(person, "network.score_readiness", world.halifax)) is may_score
    if not may_score:
        with pytest.raises(Denied):
            score_readiness(world.halifax, on=date(2026, 1, 5), scores=ALL_STRONG, note="", by=person)
