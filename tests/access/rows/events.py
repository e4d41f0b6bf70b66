"""Signing up for an event, withdrawing by a link, and the staff's list, boxes and report."""

from councils.services.registrations import token_of
from tests.access.matrix import COUNCIL_ACT, PUBLIC, Row, halifax_row
from tests.access.rows.people import COUNTED, NOT_POSTED, RECORD

#               anon strngr mentee board partner coord direct rival coach cmttee funder natnl admin
EMPTY = "       422  422    422    422   422     422   422    422   422   422    422    422   422"
WITHDRAWN = "   302  302    302    302   302     302   302    302   302   302    302    302   302"
# The event of the world is still to come: who came is not recorded yet.
RECORD_ACT = "  302  404    404    403   403     302   302    404   403   403    403    302   302"
TOO_SOON = "    302  404    404    403   403     422   422    404   403   403    403    302   302"


def _public(world):
    return {"pk": world.things["Event"].pk}


def _link(world):
    return {"token": token_of(world.things["Registration"])}


_of = halifax_row("Event")


def _place(world):
    return {**_of(world), "registration": world.things["Registration"].pk}


ROWS = {
    "councils:event-sign-up": Row(get=PUBLIC, post=EMPTY, args=_public),
    "councils:event-signed-up": Row(get=PUBLIC, post="405", args=_public),
    "councils:registration-show": Row(get=PUBLIC, post=WITHDRAWN, args=_link),
    "councils:registration-calendar": Row(get=PUBLIC, post="405", args=_link),
    "councils:workspace-event-people": Row(get=RECORD, post=NOT_POSTED, args=_of),
    "councils:workspace-event-people-csv": Row(get=RECORD, post=NOT_POSTED, args=_of),
    "councils:workspace-event-people-xlsx": Row(get=RECORD, post=NOT_POSTED, args=_of),
    "councils:workspace-event-withdraw": Row(get=RECORD, post=RECORD_ACT, args=_place),
    "councils:workspace-event-attendance": Row(get=RECORD, post=TOO_SOON, args=_of),
    "councils:workspace-event-unannounced": Row(get=RECORD, post=TOO_SOON, args=_of),
    "councils:workspace-event-report": Row(get=COUNTED, post=NOT_POSTED, args=_of),
    "councils:workspace-event-tell": Row(post=COUNCIL_ACT, args=_of),
    "councils:workspace-event-tell-nobody": Row(post=COUNCIL_ACT, args=_of),
}
