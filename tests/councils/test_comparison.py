"""Reflections side by side: what councils handed in, never their drafts."""

import pytest
from django.utils import timezone

from allies.kit.scope import across
from councils.models import Council
from councils.queries.network import all_councils, is_behind, peers, pulse, without_reflection, without_staff
from councils.queries.reflections import answers, comparable, years
from councils.states import ReflectionState, Stage
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_answers_stand_side_by_side_and_a_draft_stays_with_its_council() -> None:
    quiet, told, drafting = (make.CouncilFactory(name_en=name) for name in ("A quiet one", "B told", "C drafting"))
    facts = {"year": 2024, "biggest_success_en": "We met.", "biggest_success_fr": "Rencontres."}
    make.ReflectionFactory(council=told, state=ReflectionState.SUBMITTED, **facts)
    make.ReflectionFactory(council=drafting, **facts)
    make.ReflectionFactory(council=quiet, state=ReflectionState.SUBMITTED, year=2023, biggest_success_en="Earlier")
    with across():
        rows = answers(comparable(), year=2024, question="biggest_success")
        assert years() == [2024, 2023]
    assert [(row.council, row.text_en, row.text_fr) for row in rows] == [
        (told, "We met.", "Rencontres."),
        (quiet, "", ""),
        (drafting, "", ""),
    ]


def test_a_council_that_has_ended_is_listed_only_where_it_answered() -> None:
    closed = make.CouncilFactory(stage=Stage.CLOSED)
    with across():
        assert answers(comparable(), year=2024, question="value") == []
        make.ReflectionFactory(
            council=closed,
            state=ReflectionState.PUBLISHED,
            year=2024,
            value_fr="Beaucoup",
            biggest_success_en="a",
            biggest_success_fr="b",
            biggest_challenge_en="c",
            biggest_challenge_fr="d",
        )
        assert [row.text_fr for row in answers(comparable(), year=2024, question="value")] == ["Beaucoup"]


def test_supported_places_do_not_reflect() -> None:
    make.CouncilFactory(kind=Council.Kind.SUPPORTED)
    assert list(comparable()) == []


def test_peers_are_living_councils_of_the_same_size_those_that_operate_first() -> None:
    council = make.CouncilFactory(population="100k_500k")
    starting = make.CouncilFactory(population="100k_500k", stage=Stage.START_UP, name_en="A")
    working = make.CouncilFactory(population="100k_500k", name_en="B")
    make.CouncilFactory(population="100k_500k", stage=Stage.CLOSED)
    make.CouncilFactory(population="over_1m")
    assert peers(council) == [working, starting]
    assert peers(make.CouncilFactory()) == []


def test_an_operating_council_without_staff_today_is_an_exception() -> None:
    alone, staffed, starting = make.CouncilFactory(), make.CouncilFactory(), make.CouncilFactory(stage=Stage.START_UP)
    make.MembershipFactory(council=staffed)
    make.MembershipFactory(council=alone, ends_on=timezone.localdate())
    with across():
        assert list(Council.objects.filter(without_staff())) == [alone]
        counted = {council.pk: council.staff_count for council in all_councils()}
    assert counted == {alone.pk: 0, staffed.pk: 1, starting.pk: 0}


def test_a_council_is_behind_when_it_or_what_it_wrote_has_one_language_only() -> None:
    whole = make.CouncilFactory()
    itself, through = make.CouncilFactory(region_en="Halifax region"), make.CouncilFactory()
    make.LocalProgrammeFactory(council=through, name_fr="")
    make.LocalProgrammeFactory(council=whole)
    with across():
        assert set(Council.objects.filter(is_behind())) == {itself, through}


def test_a_draft_is_no_reflection_of_this_year() -> None:
    year = timezone.localdate().year
    late, done = make.CouncilFactory(), make.CouncilFactory()
    make.ReflectionFactory(council=late, year=year)
    make.ReflectionFactory(council=done, year=year, state=ReflectionState.SUBMITTED)
    with across():
        assert list(Council.objects.filter(without_reflection())) == [late]


def test_the_pulse_counts_each_kind_of_exception() -> None:
    make.CouncilFactory(stage=Stage.STALLED, is_published=False)
    make.CouncilFactory(kind=Council.Kind.SUPPORTED, stage=Stage.EXPLORING)
    figure = make.FactFactory()
    make.FactValueFactory(fact=figure, text_en="1"), make.FactValueFactory(fact=figure, text_en="2")
    with across():
        found = pulse()
    assert {row.value: row.count for row in found.exceptions} == {
        "stalled": 1,
        "no_staff": 0,
        "behind": 0,
        "no_reflection": 0,
        "unpublished": 1,
    }
    assert (found.councils, found.places, found.disputed_figures) == (1, 1, 1)
