"""What a council's public profile says of its mentoring; the profile itself does not know it."""

from django.http import HttpRequest

from allies.kit.ui import panels
from councils.models import Council
from mentoring.queries.programmes import open_at


@panels.add("councils.profile", position=20)
def mentoring(request: HttpRequest, council: Council) -> panels.Panel | None:
    """The public programmes of a council that still works, and the way to become a mentor."""
    offers = open_at(council)
    return ("mentoring/apply/_at_council.html", {"offers": offers, "council": council}) if offers else None
