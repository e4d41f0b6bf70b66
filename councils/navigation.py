"""The registry's links in the header, and the workspaces of a person."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from allies.kit.ui import navigation
from allies.kit.ui.navigation import Entry
from councils.models import User
from councils.queries.tenants import workplaces_of


def register() -> None:
    """Add the registry's links."""
    navigation.add(
        Entry(_("Councils"), "councils:council-list", position=20, starts=("councils:council-", "councils:story-")),
        Entry(_("Events"), "councils:event-list", position=30, starts=("councils:event-",)),
        Entry(_("Figures"), "councils:figure-list", position=40, starts=("councils:figure-",)),
        Entry(_("Network"), "councils:network-home", "network.read", 80, starts=("councils:network-",)),
    )
    navigation.set_workplaces(_workplaces)


def _workplaces(user: User) -> list[tuple[str, str]]:
    return [(council.name, reverse("councils:workspace-home", args=[council.slug])) for council in workplaces_of(user)]
