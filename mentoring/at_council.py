"""What a council's public profile says of its mentoring; the profile itself does not know it."""

from django.http import HttpRequest

from allies.kit.ui import panels
from councils.models import Council, Organisation
from mentoring.queries.programmes import open_at
from mentoring.views.apply.sent import address_part


@panels.add("councils.profile", position=20)
def mentoring(request: HttpRequest, council: Council) -> panels.Panel | None:
    """The public programmes of a council that still works, and the way to become a mentor."""
    offers = open_at(council)
    return ("mentoring/apply/_at_council.html", {"offers": offers, "council": council}) if offers else None


@panels.add("councils.network", position=10)
def through_a_network(request: HttpRequest, network: Organisation) -> panels.Panel | None:
    """The programmes to which a professional immigrant network can send its members, with the addresses to share."""
    offers = open_at(network.council)
    if not offers:
        return None
    facts = {"offers": offers, "council": network.council, "network": network, "by": address_part(network)}
    return "mentoring/apply/_through_network.html", facts
