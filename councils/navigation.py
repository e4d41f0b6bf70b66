"""The registry's links in the header, and the workspaces of a person."""

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from allies.kit.ui import navigation
from allies.kit.ui.navigation import Entry, Section
from councils.models import User
from councils.queries.tenants import workplaces_of

_READ, _EDIT = "councils.enter", "councils.edit"
_PEOPLE = ("people-", "person-", "role-", "invitation-", "session-")
_BODIES = ("body-", "seat-", "meeting-", "minutes-", "attendance-")


def _section(label: Promise, url_name: str, starts: tuple[str, ...], position: int, policy: str = _READ) -> Section:
    return Section(label, f"councils:{url_name}", tuple(f"councils:{start}" for start in starts), policy, position)


SECTIONS = (
    _section(_("Overview"), "workspace-home", ("workspace-home", "change-"), 10),
    _section(_("Profile"), "profile-edit", ("profile-",), 20, _EDIT),
    _section(_("Organisations"), "organisation-list", ("organisation-",), 30),
    _section(_("Bodies"), "body-list", _BODIES, 40),
    _section(_("People"), "people-list", _PEOPLE, 50, "councils.count_people"),
    _section(_("Programmes"), "programme-list", ("programme-",), 60),
    _section(_("Stories"), "workspace-story-list", ("workspace-story-",), 80),
    _section(_("Events"), "workspace-event-list", ("workspace-event-",), 90),
    _section(_("Reflections"), "reflection-list", ("reflection-",), 100),
    _section(_("Readiness"), "readiness", ("readiness",), 110, "councils.read_readiness"),
    _section(_("Translations"), "translation-list", ("translation-",), 120),
)


NETWORK = (
    Entry(_("Overview"), "councils:network-home", "network.read", 10),
    Entry(_("All councils"), "councils:network-councils", "network.read", 20, ("councils:network-council",)),
    Entry(_("Readiness"), "councils:network-readiness", "network.compare", 40, ("councils:network-readiness",)),
    Entry(_("Reflections"), "councils:network-reflections", "network.compare", 50),
    Entry(_("Register of facts"), "councils:network-figures", "network.keep", 60, ("councils:network-figure",)),
    Entry(_("Labour-market tables"), "councils:network-labour", "network.keep", 70, ("councils:network-labour",)),
    Entry(_("Administration"), "admin:index", "network.manage_roles", 90),
)


def register() -> None:
    """Add the registry's links."""
    navigation.add(
        Entry(
            _("Councils"),
            "councils:council-list",
            position=20,
            starts=("councils:council-", "councils:story-", "councils:immigrant-"),
        ),
        Entry(_("Events"), "councils:event-list", position=30, starts=("councils:event-",)),
        Entry(_("Figures"), "councils:figure-list", position=40, starts=("councils:figure-",)),
        Entry(_("Network"), "councils:network-home", "network.read", 80, starts=("councils:network-",)),
    )
    navigation.add_network(*NETWORK)
    navigation.add_sections(*SECTIONS)
    navigation.set_workplaces(_workplaces)


def _workplaces(user: User) -> list[tuple[str, str]]:
    return [(council.name, reverse("councils:workspace-home", args=[council.slug])) for council in workplaces_of(user)]
