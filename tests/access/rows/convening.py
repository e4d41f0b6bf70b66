"""Whom a council convenes: organisations, bodies, seats and meetings."""

from django.core.files.uploadedfile import SimpleUploadedFile

from allies.kit import scope
from councils.services import organisation_lists
from tests.access.matrix import COUNCIL_ACT, COUNCIL_EDIT, COUNCIL_POST, COUNCIL_READ, Row, halifax, halifax_row

#                 anon strngr mentee board partner coord direct rival coach cmttee funder natnl admin
# Pages with names of people: the council's staff; national staff are led to stating their reason first.
NAMES_EDIT = "    302  404    404    403   403     200   200    404   403   403    403    302   302"
NAMES_POST = "    302  404    404    403   403     422   422    404   403   403    403    302   302"
# With nothing in it, a form of minutes or of attendance says what stands there already.
NAMES_ACT = "     302  404    404    403   403     302   302    404   403   403    403    302   302"
# A list is kept for the person who looked at it, and for nobody else.
KEPT_EDIT = "     302  404    404    403   403     200   404    404   403   403    403    404   404"
KEPT_POST = "     302  404    404    403   403     422   404    404   403   403    403    404   404"
LIST = b"name_en,name_fr,group\nFundy Bank,Banque Fundy,employer\n"


def kept_list(world):
    """The arguments of the page about a list that the coordinator looked at."""
    with scope.within(world.halifax):
        upload = SimpleUploadedFile("list.csv", LIST)
        kept = organisation_lists.look_at_list(world.halifax, upload, by=world.people["coordinator"])
    return {"council": world.halifax.slug_en, "pk": kept.pk}


def act(model: str, post: str = COUNCIL_ACT) -> Row:
    """One act on one of Halifax's rows."""
    return Row(post=post, args=halifax_row(model))


ROWS = {
    "councils:organisation-list": Row(get=COUNCIL_READ, args=halifax),
    "councils:organisation-add": Row(get=COUNCIL_EDIT, post=COUNCIL_POST, args=halifax),
    "councils:organisation-import": Row(get=COUNCIL_EDIT, post=COUNCIL_POST, args=halifax),
    "councils:organisation-import-check": Row(get=KEPT_EDIT, post=KEPT_POST, args=kept_list),
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
    "councils:seat-add": Row(get=NAMES_EDIT, post=NAMES_POST, args=halifax_row("Body")),
    "councils:seat-edit": Row(get=NAMES_EDIT, post=NAMES_POST, args=halifax_row("Seat")),
    "councils:seat-end": act("Seat", NAMES_POST),
    "councils:meeting-add": Row(get=COUNCIL_EDIT, post=COUNCIL_POST, args=halifax_row("Body")),
    "councils:meeting-show": Row(get=COUNCIL_READ, args=halifax_row("Meeting")),
    "councils:meeting-calendar": Row(get=COUNCIL_READ, args=halifax_row("Meeting")),
    "councils:meeting-edit": Row(get=COUNCIL_EDIT, post=COUNCIL_POST, args=halifax_row("Meeting")),
    "councils:meeting-cancel": act("Meeting"),
    "councils:minutes-edit": Row(get=NAMES_EDIT, post=NAMES_ACT, args=halifax_row("Meeting")),
    "councils:minutes-approve": act("Meeting", NAMES_POST),
    "councils:minutes-reopen": act("Meeting", NAMES_ACT),
    "councils:attendance-edit": Row(get=NAMES_EDIT, post=NAMES_ACT, args=halifax_row("Meeting")),
}
