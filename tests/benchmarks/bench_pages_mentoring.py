"""How long the server works on the pages of mentoring with two hundred thousand applications."""

import json
from dataclasses import asdict

from tests.benchmarks.bench_pages import HTML_BUDGET_KB, LIMIT_MS, REQUESTS, Measured, timed
from tests.benchmarks.database import begin, elsewhere
from tests.benchmarks.table import Table


def measure() -> Table:
    """Measure on a database of its own."""
    found = elsewhere("tests.benchmarks.bench_pages_mentoring")
    return Table(
        name="Pages of mentoring",
        meaning=(
            f"Median of {REQUESTS} requests, as for the other pages, with 200,000 applications, 40,000 mentors, "
            "100,000 pairs and 400,000 follow-ups of ten years; Toronto has 36,000 of the applications. “Times empty” "
            "compares with an empty view of as many trivial questions to the database. Pages are held to "
            f"{LIMIT_MS:.0f} ms and, outside the administration, {HTML_BUDGET_KB} KB."
        ),
        headings=("page", "queries", "ms", "times empty", "KB", ""),
        rows=[_row(name, Measured(**facts)) for name, facts in found.items()],
    )


def _row(name: str, page: Measured) -> tuple[str, ...]:
    kept = page.ms <= LIMIT_MS and (page.kilobytes <= HTML_BUDGET_KB or name.startswith("Admin") or not page.is_html)
    numbers = (f"{page.queries}", f"{page.ms:.1f}", f"{page.times:.1f}", f"{page.kilobytes:.0f}")
    return (name, *numbers, "kept" if kept else "**missed**")


def pages() -> dict[str, dict[str, float]]:
    """Invent the years and ask for each page."""
    from django.test import Client, override_settings
    from django.urls import reverse
    from django.utils import translation

    from tests.benchmarks import mentored

    at = mentored.fill()
    toronto = {"council": "toronto"}
    asked = (
        ("Open programmes", None, "mentoring:open-programmes", {}, ""),
        ("My mentoring", at.applicant, "mentoring:my-mentoring", {}, ""),
        ("Overview", at.coordinator, "mentoring:coordinate-home", toronto, ""),
        ("Intake with its funnel", at.coordinator, "mentoring:coordinate-intake-show", {"pk": at.intake.pk}, ""),
        ("Applications", at.coordinator, "mentoring:application-list", toronto, ""),
        ("Applications by name", at.coordinator, "mentoring:application-list", toronto, "?q=zoe+cote"),
        ("Applications by state", at.coordinator, "mentoring:application-list", toronto, "?state=ready"),
        ("An applicant", at.coordinator, "mentoring:application-show", {"pk": at.application.pk}, ""),
        ("Mentors", at.coordinator, "mentoring:mentor-list", toronto, ""),
        ("Places and people", at.coordinator, "mentoring:mentor-balance", toronto, ""),
        ("A mentor", at.coordinator, "mentoring:mentor-show", {"pk": at.mentor.pk}, ""),
        ("Matching", at.coordinator, "mentoring:run-list", toronto, ""),
        ("Pairs", at.coordinator, "mentoring:pair-list", toronto, ""),
        ("Follow-up", at.coordinator, "mentoring:follow-up-list", toronto, ""),
        ("Results", at.coordinator, "mentoring:result-list", toronto, ""),
        ("The network's mentoring", at.national, "mentoring:network", {}, ""),
        ("… places by city and field", at.national, "mentoring:network-cities", {}, ""),
        ("Admin: applications", at.administrator, "admin:mentoring_application_changelist", {}, ""),
        ("Admin: applications by name", at.administrator, "admin:mentoring_application_changelist", {}, "?q=zoe"),
        ("Admin: pairs", at.administrator, "admin:mentoring_pair_changelist", {}, ""),
        ("Admin: follow-ups", at.administrator, "admin:mentoring_followup_changelist", {}, ""),
    )
    found = {}
    with override_settings(ROOT_URLCONF="tests.benchmarks.empty"), translation.override("en"):
        for name, person, url, args, query in asked:
            client = Client()
            if person is not None:
                client.force_login(person)
            address = reverse(url, kwargs=args | toronto if "pk" in args else args) + query
            found[name] = asdict(timed(client, address))
    return found


if __name__ == "__main__":
    begin()
    print(json.dumps(pages()))
