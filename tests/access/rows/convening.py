"""Whom a council convenes: organisations, bodies, seats and meetings."""

from tests.access.matrix import COUNCIL_ACT, COUNCIL_EDIT, COUNCIL_POST, COUNCIL_READ, Row, halifax, halifax_row

#                 anon strngr mentee board partner coord direct rival coach cmttee funder natnl admin
# Pages with names of people: the council's staff; national staff only during a session with a stated reason.
STAFF_EDIT = "    302  404    404    403   403     200   200    404   403   403    403    403   403"
STAFF_POST = "    302  404    404    403   403     422   422    404   403   403    403    403   403"
# With nothing in it, the form of attendance says that nobody's answer is known.
STAFF_ACT = "     302  404    404    403   403     302   302    404   403   403    403    403   403"


def act(model: str, post: str = COUNCIL_ACT) -> Row:
    """One act on one of Halifax's rows."""
    return Row(post=post, args=halifax_row(model))


ROWS = {
    "councils:organisation-list": Row(get=COUNCIL_READ, args=halifax),
    "councils:organisation-add": Row(get=COUNCIL_EDIT, post=COUNCIL_POST, args=halifax),
    "councils:organisation-import": Row(get=COUNCIL_EDIT, post=COUNCIL_POST, args=halifax),
    "councils:organisation-csv": Row(get=COUNCIL_EDIT, args=halifax),
    "councils:organisation-xlsx": Row(get=COUNCIL_EDIT, args=halifax),
    "councils:organisation-show": Row(get=COUNCIL_READ, args=halifax_row("Organisation")),
    "councils:organisation-edit": Row(get=COUNCIL_EDIT, post=COUNCIL_POST, args=halifax_row("Organisation")),
    "councils:organisation-leave": act("Organisation", COUNCIL_POST),
    "councils:organisation-return": act("Organisation"),
    "councils:body-list": Row(get=COUNCIL_READ, args=halifax),
    "councils:body-add": Row(get=COUNCIL_EDIT, post=COUNCIL_POST, args=halifax),
    "councils:body-show": Row(get=COUNCIL_READ, args=halifax_row("Body")),
    "councils:body-edit": Row(get=COUNCIL_EDIT, post=COUNCIL_POST, args=halifax_row("Body")),
    "councils:body-publish": act("Body"),
    "councils:body-unpublish": act("Body"),
    "councils:body-calendar": Row(get=COUNCIL_READ, args=halifax_row("Body")),
    "councils:seat-add": Row(get=STAFF_EDIT, post=STAFF_POST, args=halifax_row("Body")),
    "councils:seat-edit": Row(get=STAFF_EDIT, post=STAFF_POST, args=halifax_row("Seat")),
    "councils:seat-end": act("Seat", STAFF_POST),
    "councils:meeting-add": Row(get=COUNCIL_EDIT, post=COUNCIL_POST, args=halifax_row("Body")),
    "councils:meeting-show": Row(get=COUNCIL_READ, args=halifax_row("Meeting")),
    "councils:meeting-calendar": Row(get=COUNCIL_READ, args=halifax_row("Meeting")),
    "councils:meeting-edit": Row(get=COUNCIL_EDIT, post=COUNCIL_POST, args=halifax_row("Meeting")),
    "councils:meeting-cancel": act("Meeting"),
    "councils:minutes-edit": Row(get=COUNCIL_EDIT, post=COUNCIL_ACT, args=halifax_row("Meeting")),
    "councils:minutes-approve": act("Meeting", COUNCIL_POST),
    "councils:minutes-reopen": act("Meeting"),
    "councils:attendance-edit": Row(get=STAFF_EDIT, post=STAFF_ACT, args=halifax_row("Meeting")),
}
