"""Mentoring's links in the header and in a council's workspace."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from allies.kit.access import can
from allies.kit.ui import navigation
from allies.kit.ui.navigation import Entry, Section
from mentoring import deeds

# The parts of a council's mentoring, in the order in which its people come through them.
TABS = (
    Section(
        _("Overview"),
        "mentoring:coordinate-home",
        ("mentoring:coordinate-", "mentoring:module-", "mentoring:target-", "mentoring:model-"),
        "mentoring.read",
    ),
    Section(
        _("Applications"),
        "mentoring:application-list",
        ("mentoring:application-", "mentoring:interview-record", "mentoring:orientation-one"),
        "mentoring.manage",
    ),
    Section(_("Interviews"), "mentoring:time-list", ("mentoring:time-",), "mentoring.manage"),
    Section(
        _("Orientation"),
        "mentoring:orientation-list",
        (
            "mentoring:orientation-list",
            "mentoring:orientation-show",
            "mentoring:orientation-add",
            "mentoring:orientation-edit",
        ),
        "mentoring.read",
    ),
    Section(
        _("Mentors"),
        "mentoring:mentor-list",
        ("mentoring:mentor-", "mentoring:people-import", "mentoring:applicant-import", "mentoring:exclusion-"),
        "mentoring.manage",
    ),
    Section(_("Employers"), "mentoring:employer-list", ("mentoring:employer-",), "mentoring.manage"),
    Section(
        pgettext_lazy("tab", "Matching"),
        "mentoring:run-list",
        ("mentoring:run-", "mentoring:group-"),
        "mentoring.read",
    ),
    Section(_("Pairs"), "mentoring:pair-list", ("mentoring:pair-",), "mentoring.manage"),
    Section(_("Follow-up"), "mentoring:follow-up-list", ("mentoring:follow-up-",), "mentoring.read"),
    Section(_("Results"), "mentoring:result-list", ("mentoring:result-",), "mentoring.read"),
)


def register() -> None:
    """Add mentoring's links."""
    starts = ("mentoring:open-", "mentoring:eligibility", "mentoring:apply-", "mentoring:my-")
    navigation.add(Entry(_("Mentoring"), "mentoring:open-programmes", position=25, starts=starts))
    navigation.add_network(Entry(_("Mentoring"), "mentoring:network", "network.read", 30))
    navigation.add_sections(
        Section(_("Mentoring"), "mentoring:coordinate-home", ("mentoring:",), "mentoring.read", 70),
    )
    deeds.register()


def tabs(request: HttpRequest, council: object) -> list[tuple[str, str, bool]]:
    """Give the links to the parts of a council's mentoring that the person may open."""
    here = request.resolver_match.view_name if request.resolver_match else ""
    slug = council.slug  # type: ignore[attr-defined]
    return [
        (str(tab.label), reverse(tab.url_name, args=[slug]), here.startswith(tab.starts))
        for tab in TABS
        if can(request.user, tab.policy, council)
    ]
