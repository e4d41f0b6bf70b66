"""Every URL, every kind of person, both methods: the exact answer, and no GET writes."""

import importlib
import pkgutil

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse

from allies.kit.routes import routes
from allies.kit.views import errors
from tests.access import rows
from tests.access.matrix import Row
from tests.access.tripwire import tripwire
from tests.world import ACTORS

# Doors of packages that the portal does not name itself: pages of the administration and of Django's own.
UNNAMED = ("admin:",)
# Whether the portal is ready depends on a worker that may run beside the tests: tests/kit/test_health.py asks it.
ELSEWHERE = {"readyz"}


def _table() -> dict[str, Row]:
    table: dict[str, Row] = {}
    for module in pkgutil.iter_modules(rows.__path__):
        for name, row in importlib.import_module(f"{rows.__name__}.{module.name}").ROWS.items():
            assert name not in table, f"{name} stands in two tables"
            table[name] = row
    return table


TABLE = _table()


def test_the_table_lists_every_url_of_the_portal_and_no_other() -> None:
    named = {route.name for route in routes() if not route.name.startswith(UNNAMED)}
    assert set(TABLE) | ELSEWHERE == named


@pytest.fixture
def refusals_are_bare(monkeypatch):
    """Draw no page for the refusals, half of all answers here; other tests look at those pages."""
    monkeypatch.setattr(errors, "render", lambda *_page, status, **_rest: HttpResponse(status=status))


@pytest.mark.usefixtures("refusals_are_bare")
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", sorted(TABLE))
def test_each_actor_gets_exactly_this_answer_and_a_get_writes_nothing(name, method, world, browser_of) -> None:
    row = TABLE[name]
    url = reverse(name, kwargs=dict(row.args(world)))
    data = dict(row.data(world)) if method == "post" else {}
    answers, trips = {}, {}
    for actor in ACTORS:
        point = transaction.savepoint()
        with tripwire() as written:
            response = getattr(browser_of(actor), method)(url, data)
            if response.streaming:
                b"".join(response.streaming_content)
        answers[actor] = response.status_code
        if written:
            trips[actor] = written
        transaction.savepoint_rollback(point)
    assert answers == row.codes(method)
    if method == "get":
        assert trips == {}
