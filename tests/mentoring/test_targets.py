"""Yearly targets: set by staff, held against what came, for the council and for who delivers the programmes."""

from datetime import date

import pytest
from django.urls import reverse

from allies.kit import audit, scope
from allies.kit.access import Denied
from mentoring.models import YearTarget
from mentoring.queries import targets
from mentoring.queries.targets import Aim
from mentoring.services.targets import set_target
from mentoring.states import PairState
from tests import factories
from tests.factories import mentoring as make


@pytest.fixture
def programmes(world):
    """One programme of the council's own, two that a partner delivers."""
    with scope.across():
        partner = factories.OrganisationFactory(council=world.halifax, name_en="YMCA", name_fr="YMCA")
        return [
            make.ProgrammeFactory(council=world.halifax, name_en=name, delivered_by=by)
            for name, by in (("Own", None), ("Partner A", partner), ("Partner B", partner))
        ]


def began(programme, on, **facts):
    intake = make.IntakeFactory(programme=programme)
    facts = {"state": PairState.ACTIVE, "started_on": on, "planned_end_on": on} | facts
    return make.PairFactory(application__intake=intake, **facts)


def test_a_target_is_set_changed_and_on_record(world, programmes) -> None:
    director = world.people["director"]
    with scope.within(world.halifax):
        set_target(programmes[0], year=2026, matches=110, completed=50, by=director)
        target = set_target(programmes[0], year=2026, matches=110, completed=60, by=director)
        set_target(programmes[0], year=2026, matches=110, completed=60, by=director)
        assert YearTarget.objects.get() == target
        assert [entry.fields for entry in audit.about(target)] == [["completed"], ["completed", "matches"]]
        with pytest.raises(Denied):
            set_target(programmes[0], year=2026, matches=1, completed=1, by=world.people["partner"])


def test_a_pair_counts_in_the_year_it_begins_and_in_the_year_it_completes(world, programmes) -> None:
    own, first, second = programmes
    done = {"state": PairState.COMPLETED, "ended_on": date(2026, 2, 1)}
    early = {"state": PairState.ENDED_EARLY, "ended_on": date(2026, 2, 1), "end_reason": "moved"}
    with scope.across():
        began(own, date(2025, 10, 1), **done)
        began(own, date(2026, 1, 5))
        began(first, date(2026, 1, 5), **early)
        began(second, date(2026, 1, 5), **done)
        make.PairFactory(application__intake=make.IntakeFactory(programme=own))
        YearTarget.objects.create(programme=own, year=2026, matches=4, completed=2)
        YearTarget.objects.create(programme=first, year=2026, matches=6, completed=6)
    with scope.within(world.halifax):
        rows = targets.by_programme(2026)
        assert [(row.matches, row.completed) for row in rows] == [
            (Aim(1, 4), Aim(1, 2)),
            (Aim(1, 6), Aim(0, 6)),
            (Aim(1, None), Aim(1, None)),
        ]
        whole = targets.total(rows)
        assert (whole.matches, whole.completed) == (Aim(3, 10), Aim(2, 8))
        partners = targets.by_partner(rows)
        assert [(str(row.name), row.matches) for row in partners] == [("YMCA", Aim(2, 6)), ("None", Aim(1, 4))]
        assert targets.years(date(2026, 11, 22)) == [2027, 2026, 2025]
    with scope.across():
        assert [row.name for row in targets.by_council(targets.by_programme(2026))] == [world.halifax]


def test_the_page_shows_a_year_and_asks_no_more_for_many(
    world, programmes, signed_in, django_assert_num_queries
) -> None:
    path, board = reverse("mentoring:target-list", args=["halifax"]), signed_in("board")
    board.get(path)
    with django_assert_num_queries(9):
        page = board.get(path, {"year": "1066"})
    assert page.status_code == 200
    assert "Set a target" not in page.text


def test_staff_set_a_target_and_see_it_against_what_came(world, programmes, signed_in) -> None:
    coordinator = signed_in("coordinator")
    path = reverse("mentoring:target-edit", args=["halifax", 2026, programmes[1].pk])
    assert coordinator.post(path, {"begun": "-1"}).status_code == 422
    assert coordinator.post(path, {"begun": "100", "completed": "90"}).status_code == 302
    page = coordinator.get(reverse("mentoring:target-list", args=["halifax"]), {"year": "2026"})
    assert "0 of 100" in page.text
    past = reverse("mentoring:target-edit", args=["halifax", 1066, programmes[1].pk])
    assert coordinator.get(past).status_code == 404
