"""Results as pages show them; what rests on very many follow-ups is counted every few minutes and says when."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import redis
from django.core.cache import cache
from django.utils import timezone

from mentoring.queries.reports import as_numbers, as_results, pairs_of, source_of
from mentoring.queries.results import Results, results
from mentoring.queries.tallies import Choice

# So many follow-ups take the database a tenth of a second or more; fewer are counted anew each time.
MANY = 20_000
SECONDS = 300


@dataclass(frozen=True, slots=True)
class Counted:
    """Results with the pairs behind them; `at` says when they were counted where that may be minutes ago."""

    results: Results
    pairs: dict[str, int]
    at: datetime | None


def counted(council: UUID | None, choice: Choice, until: date) -> Counted:
    """Count the results of a choice within a council, or of the network; two queries, or none for minutes after."""

    def count() -> tuple[dict[str, Any], int]:
        source = source_of(council, choice, until)
        return as_numbers(results(source), pairs_of(choice, until)), source.rows

    of = (council, choice.programme, choice.intake, choice.year, until)
    numbers, at = kept(":".join(map(str, of)), count)
    return Counted(as_results(numbers), numbers["pairs"], at)


def kept(name: str, count: Callable[[], tuple[Any, int]]) -> tuple[Any, datetime | None]:
    """Give numbers and when they were counted, or nothing for “now”; `count` gives them with how many rows it read.

    Without Redis they are counted each time.
    """
    key = f"counted:{name}"
    with suppress(redis.RedisError):
        if found := cache.get(key):
            return found[0], found[1]
    numbers, rows = count()
    if rows < MANY:
        return numbers, None
    at = timezone.now()
    with suppress(redis.RedisError):
        cache.set(key, (numbers, at), SECONDS)
    return numbers, at
