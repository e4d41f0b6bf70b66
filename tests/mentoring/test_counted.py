"""Results of very many follow-ups are counted every few minutes, with the moment said; of fewer, each time."""

from datetime import date
from itertools import product

import pytest
import redis
from django.core.cache import cache
from django.urls import reverse

from allies.kit import scope
from mentoring.models import FollowUp
from mentoring.queries import counted as module
from mentoring.queries.counted import counted
from mentoring.queries.measures import MEASURES
from mentoring.queries.results import Network, results
from mentoring.queries.tallies import WAVES, Choice, by_council, ledgers
from tests.factories import mentoring as make
from tests.mentoring.cohorts import answers, mentored

TODAY = date(2026, 11, 20)


@pytest.fixture
def intake(world):
    with scope.across():
        intake = make.IntakeFactory(programme__council=world.halifax)
        mentored(intake, answers(yes=12, no=8))
        return intake


def test_councils_counted_as_a_whole_give_the_numbers_of_their_parts(world, intake) -> None:
    with scope.across():
        mentored(make.IntakeFactory(programme=intake.programme), answers(yes=2, no=1, silent=4), wave="m6")
        mentored(make.IntakeFactory(programme__council=world.calgary), answers(yes=3, no=1))
        rows = FollowUp.objects.all()
        whole, parts = (Network(count(rows, TODAY)) for count in (by_council, ledgers))
        assert results(whole) == results(parts)
        assert whole.rows == parts.rows == 31
        for ledger in parts.ledgers.values():
            for wave, measure in product(WAVES, MEASURES):
                told = ledger.tells(wave, measure.number, ledger.chosen(Choice()))
                assert ledger.tells_all(wave, measure.number) == told


def test_few_are_counted_each_time(intake) -> None:
    with scope.across():
        assert counted(None, Choice(), TODAY).at is None
        mentored(intake, answers(yes=5))
        assert counted(None, Choice(), TODAY).results.share("at_work", "m12").yes == 17


def test_many_are_counted_once_in_some_minutes_and_the_page_says_when(
    intake, signed_in, monkeypatch, django_assert_num_queries
) -> None:
    monkeypatch.setattr(module, "MANY", 20)
    with scope.across():
        first = counted(None, Choice(), TODAY)
        mentored(intake, answers(yes=5))
        with django_assert_num_queries(0):
            assert counted(None, Choice(), TODAY) == first
        assert first.at
        assert counted(None, Choice(intake=intake.pk), TODAY).results.share("at_work", "m12").yes == 17
    pages = {"national": reverse("mentoring:network"), "board": reverse("mentoring:result-list", args=["halifax"])}
    assert all("Counted on" in signed_in(person).get(page).text for person, page in pages.items())


def test_a_lost_cache_does_not_close_the_page(intake, monkeypatch) -> None:
    def lost(*_args: object) -> None:
        raise redis.RedisError

    monkeypatch.setattr(module, "MANY", 20)
    monkeypatch.setattr(cache, "get", lost, raising=False)
    monkeypatch.setattr(cache, "set", lost, raising=False)
    with scope.across():
        assert counted(None, Choice(), TODAY).results.share("at_work", "m12").yes == 12


def test_models_say_when_what_came_of_many_was_counted(world, intake, signed_in, monkeypatch) -> None:
    path = reverse("mentoring:model-list", args=["halifax"])
    with scope.across():
        type(intake.programme).objects.update(is_published=True)
    director = signed_in("director")
    assert "Counted on" not in director.get(path).text
    monkeypatch.setattr(module, "MANY", 20)
    assert "Counted on" in director.get(path).text
    assert "60% of 20" in director.get(path).text
