"""How long the results of the whole network take, beside what the database needs to read and add up the same rows."""

import json
import statistics
import time
from collections.abc import Callable

from tests.benchmarks.database import begin, elsewhere
from tests.benchmarks.table import Table

TIMES = 7
# The least that is asked of the same rows: who was due, who answered and who was at work, by council and wave.
BARE = """
SELECT programme.council_id, f.wave, count(*), count(*) FILTER (WHERE f.state = 'answered'),
  count(*) FILTER (WHERE f.state = 'answered' AND f.work IN ('employed', 'self')),
  count(*) FILTER (WHERE a.employment = 'unemployed')
FROM mentoring_followup f JOIN mentoring_pair p ON p.id = f.pair_id
JOIN mentoring_programme programme ON programme.id = p.programme_id
JOIN mentoring_application a ON a.id = p.application_id
WHERE f.due_on <= current_date GROUP BY 1, 2
"""


def measure() -> Table:
    """Measure on a database of its own."""
    found = elsewhere("tests.benchmarks.bench_reports")
    bare = found["A bare aggregate of the same rows in SQL"]
    return Table(
        name="Reports",
        meaning=(
            f"Median of {TIMES} times over 400,000 follow-ups of ten years at seventeen councils. A report counts "
            "sixteen things and two medians, and leaves out what may not be told; the bare aggregate counts four. The "
            "page of the network shows results that are counted every five minutes, and says when."
        ),
        headings=("what", "ms", "times the bare aggregate"),
        rows=[(name, f"{ms:.1f}", f"{ms / bare:.2f}") for name, ms in found.items()],
    )


def reports() -> dict[str, float]:
    """Invent the years and count them."""
    from django.db import connection
    from django.utils import timezone

    from allies.kit.scope import across
    from mentoring.queries.counted import counted
    from mentoring.queries.reports import source_of
    from mentoring.queries.results import results
    from mentoring.queries.tallies import Choice
    from tests.benchmarks import mentored

    mentored.fill()
    today = timezone.localdate()

    def bare() -> None:
        with connection.cursor() as cursor:
            cursor.execute(BARE)
            cursor.fetchall()

    asked: dict[str, Callable[[], object]] = {
        "A bare aggregate of the same rows in SQL": bare,
        "Results of the network": lambda: results(source_of(None, Choice(), today)),
        "… as the page shows them": lambda: counted(None, Choice(), today),
        "… to be written down, by intake and year": lambda: results(source_of(None, Choice(), today, apart=True)),
    }
    with across():
        return {name: _median(act) for name, act in asked.items()}


def _median(act: Callable[[], object]) -> float:
    # The first time fills caches.
    act()
    taken = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        act()
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)


if __name__ == "__main__":
    begin()
    print(json.dumps(reports()))
