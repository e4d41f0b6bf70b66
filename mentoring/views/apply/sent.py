"""Who sent a newcomer here: a network or a community organisation shares an address that names it (`?by=`)."""

from uuid import UUID

from django.http import HttpRequest

from councils.models import Council, Organisation
from mentoring.queries.heard import senders

NAME = "by"


def sender_of(request: HttpRequest, council: Council) -> Organisation | None:
    """The organisation that the address names, if it is one that sends people to this council."""
    try:
        named = UUID(request.GET.get(NAME, ""))
    except ValueError:
        return None
    return senders(council).filter(pk=named).first()


def address_part(sender: Organisation | None) -> str:
    """What the addresses on a page carry on, so that the sender is still known when somebody applies."""
    return f"?{NAME}={sender.pk}" if sender else ""
