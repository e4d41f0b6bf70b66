"""How long the server works on the main pages when the network is young, and when it is ten years old."""

import os
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tests.benchmarks.table import Table

REQUESTS = 15
LIMIT_MS = 200.0
HTML_BUDGET_KB = 60

# name, address, its arguments and query, who asks, and what stands behind it in an old network
TORONTO = {"slug": "toronto"}
AT_TORONTO = {"council": "toronto"}
COORDINATOR, NATIONAL, ADMINISTRATOR = "coordinator", "national_staff", "administrator"


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its address, who asks for it, and the rows behind it in an old network."""

    name: str
    url: str
    behind: str
    args: dict[str, Any]
    who: str = ""
    query: str = ""


PAGES = (
    Page("Home", "home", "8,040 stories, 16,080 events", {}),
    Page("Directory", "councils:council-list", "67 councils, 2,010 programmes", {}),
    Page("Council", "councils:council-show", "2,400 public organisations, 1,000,000 labour figures", TORONTO),
    Page("Organisations of a council", "councils:council-organisations", "2,400 public organisations", TORONTO),
    Page("Figures", "councils:figure-list", "670 figures, 6,700 values", {}),
    Page("Stories", "councils:story-list", "8,040 stories", {}),
    Page("Events", "councils:event-list", "16,080 events", {}),
    Page("Feed", "councils:network-feed", "8,040 stories, 16,080 events", {}),
    Page("Map of the site", "sitemap", "8,040 stories, 16,080 events", {}),
    Page("Map of the stories", "sitemap-section", "8,040 stories", {"section": "stories"}),
    Page("Workspace", "councils:workspace-home", "980 stories, 1,960 events of the council", AT_TORONTO, COORDINATOR),
    Page("Changes", "councils:change-list", "1,000,000 audit entries", AT_TORONTO, COORDINATOR),
    Page("Translations", "councils:translation-list", "1,000,000 audit entries", AT_TORONTO, COORDINATOR),
    Page("Organisations", "councils:organisation-list", "12,200 organisations", AT_TORONTO, COORDINATOR),
    Page("  by name", "councils:organisation-list", "12,200 organisations", AT_TORONTO, COORDINATOR, "?q=eclair"),
    Page("Bodies", "councils:body-list", "10 bodies, 80,400 meetings", AT_TORONTO, COORDINATOR),
    Page("Body", "councils:body-show", "120 meetings, 964,800 attendances", AT_TORONTO, COORDINATOR),
    Page("People", "councils:people-list", "1,000,000 memberships", AT_TORONTO, COORDINATOR),
    Page("  by name", "councils:people-list", "1,000,000 people", AT_TORONTO, COORDINATOR, "?q=zoe+cote"),
    Page("Stories of a council", "councils:workspace-story-list", "8,040 stories", AT_TORONTO, COORDINATOR),
    Page("The network's pulse", "councils:network-home", "everything", {}, NATIONAL),
    Page("All councils", "councils:network-councils", "67 councils, 1,000,000 memberships", {}, NATIONAL),
    Page("Reflections compared", "councils:network-reflections", "670 reflections", {}, NATIONAL),
    Page("Register of facts", "councils:network-figures", "670 figures, 6,700 values", {}, NATIONAL),
    Page("Admin: organisations", "admin:councils_organisation_changelist", "100,000", {}, ADMINISTRATOR),
    Page("  by name", "admin:councils_organisation_changelist", "100,000", {}, ADMINISTRATOR, "?q=eclair"),
    Page("Admin: people", "admin:councils_user_changelist", "1,000,000", {}, ADMINISTRATOR),
    Page("  by name", "admin:councils_user_changelist", "1,000,000", {}, ADMINISTRATOR, "?q=zoe+cote"),
    Page("  by first name", "admin:councils_user_changelist", "59,000 of 1,000,000", {}, ADMINISTRATOR, "?q=zoe"),
    Page("Admin: memberships", "admin:councils_membership_changelist", "1,000,000", {}, ADMINISTRATOR),
    Page("Admin: audit entries", "admin:kit_entry_changelist", "1,000,000", {}, ADMINISTRATOR),
    Page("  by person", "admin:kit_entry_changelist", "1,000,000", {}, ADMINISTRATOR, "?q=zoe"),
    Page("  by act", "admin:kit_entry_changelist", "1,000,000", {}, ADMINISTRATOR, "?q=councils.stage"),
    Page("Admin: labour figures", "admin:councils_labourfigure_changelist", "1,000,000", {}, ADMINISTRATOR),
)


@dataclass(frozen=True, slots=True)
class Measured:
    """One page at one size: milliseconds, queries, kilobytes, and how many times an empty view it takes."""

    ms: float
    queries: int
    kilobytes: float
    is_html: bool
    times: float


def measure() -> Table:
    """Measure every page in a young and in an old network."""
    os.environ.setdefault("ALLIES_ENV", "test")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "allies.settings")
    import django

    django.setup()
    # Only now: they need the settings.
    from django.test import override_settings
    from django.utils import translation

    from tests.benchmarks import loading

    loading.prepare()
    young, old = ([getattr(filled, age) for filled in loading.TABLES] for age in ("young", "old"))
    with override_settings(ROOT_URLCONF="tests.benchmarks.empty"), translation.override("en"):
        loading.grow([0] * len(young), young)
        before = _all_pages(_clients())
        loading.grow(young, old)
        after = _all_pages(_clients())
    return _table(before, after)


def _clients() -> dict[str, Any]:
    from django.test import Client

    from tests.benchmarks import loading

    clients = {"": Client()}
    for role in (COORDINATOR, NATIONAL, ADMINISTRATOR):
        clients[role] = Client()
        clients[role].force_login(loading.staff(role))
    return clients


def _all_pages(clients: dict[str, Any]) -> list[Measured]:
    from django.urls import reverse

    from tests.benchmarks import loading

    found = []
    for page in PAGES:
        more = {"pk": loading.a_body()} if page.url == "councils:body-show" else {}
        address = reverse(page.url, kwargs=page.args | more) + page.query
        found.append(timed(clients[page.who], address))
    return found


def timed(client: Any, address: str) -> Measured:
    """Measure one page."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    # The first request fills caches; nobody waits for it a second time.
    response = client.get(address)
    if response.status_code != 200:
        raise SystemExit(f"{address} answers {response.status_code}.")
    counted = []
    for path in (address, "/empty/0/"):
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        counted.append(len(asked))
    queries, own = counted
    empty = _median(client, f"/empty/{max(queries - own, 0)}/")
    ms = _median(client, address)
    is_html = response["Content-Type"].startswith("text/html")
    return Measured(ms, queries, len(response.content) / 1000, is_html, ms / empty)


def _median(client: Any, address: str) -> float:
    taken = []
    for _ in range(REQUESTS):
        begun = time.perf_counter()
        client.get(address)
        taken.append((time.perf_counter() - begun) * 1000)
        # What takes seconds is known well enough after a few times.
        if sum(taken) > 10_000:
            break
    return statistics.median(taken)


def _table(before: Sequence[Measured], after: Sequence[Measured]) -> Table:
    return Table(
        name="Pages",
        meaning=(
            f"Median of {REQUESTS} requests through every middleware, without the network between. A young network has "
            "about 1,000 rows in each table. An old one has what the second column says: a million where a decade "
            "brings a million, otherwise what 67 councils gather in ten years. Toronto has one row in eight. “Times "
            "empty” compares the old network with an empty view that asks the database as many trivial questions as "
            f"the page asks. No design page sets a limit for the server's time: {LIMIT_MS:.0f} ms is what this table "
            f"holds pages to, and {HTML_BUDGET_KB} KB the HTML of those outside the administration."
        ),
        headings=("page", "behind it, old", "queries", "ms, young", "ms, old", "times empty", "KB, old", "limit", ""),
        rows=[_row(page, young, old) for page, young, old in zip(PAGES, before, after, strict=True)],
    )


def _row(page: Page, young: Measured, old: Measured) -> tuple[str, ...]:
    same = young.queries == old.queries
    budgeted = old.is_html and page.who != ADMINISTRATOR
    missed = [
        words
        for words, is_missed in (
            (f"{old.ms:.0f} ms", old.ms > LIMIT_MS),
            (f"{old.kilobytes:.0f} KB", budgeted and old.kilobytes > HTML_BUDGET_KB),
        )
        if is_missed
    ]
    return (
        page.name.replace("  ", "… "),
        page.behind,
        f"{old.queries}" if same else f"{young.queries} → {old.queries}",
        f"{young.ms:.1f}",
        f"{old.ms:.1f}",
        f"{old.times:.1f}",
        f"{old.kilobytes:.0f}",
        f"{LIMIT_MS:.0f} ms" + (f", {HTML_BUDGET_KB} KB" if budgeted else ""),
        f"**missed: {', '.join(missed)}**" if missed else "kept",
    )
