"""The pages of a coordinator before matching, and what applicants do on the way."""

from tests.access.matrix import COUNCIL_ACT, COUNCIL_EDIT, COUNCIL_POST, COUNCIL_READ, Row, halifax, halifax_row

#                 anon strngr mentee board partner coord direct rival coach cmttee funder natnl admin
# People are shown to the council's staff; national staff are led to state a reason first.
PEOPLE = "        302  404    404    403   403     200   200    404   403   403    403    302   302"
PEOPLE_POST = "   302  404    404    403   403     422   422    404   403   403    403    302   302"
PEOPLE_FILE = "   302  404    404    403   403     200   200    404   403   403    403    302   302"
# The applicant's own pages; nobody else's application is there.
OWN = "           302  404    200    404   404     404   404    404   404   404    404    404   404"
OWN_ACT = "       302  404    302    404   404     404   404    404   404   404    404    404   404"
OWN_POST = "      302  404    422    404   404     404   404    404   404   404    404    404   404"
# What they answer to the method that they do not offer, before they look whose application it is.
NOT_OFFERED = "   302  405    405    405   405     405   405    405   405   405    405    405   405"


def act(name: str) -> Row:
    """One act on a row of Halifax that is about people."""
    return Row(post=COUNCIL_ACT, args=halifax_row(name))


def own(world):
    """The arguments of a page about the mentee's application."""
    return {"pk": world.things["Application"].pk}


def applicant(world):
    """The arguments of a page about an applicant of Halifax."""
    return {"council": world.halifax.slug_en, "pk": world.things["applicant"].pk}


programme, intake, session = (halifax_row(name) for name in ("Programme", "Intake", "OrientationSession"))

ROWS = {
    "mentoring:coordinate-home": Row(get=COUNCIL_READ, args=halifax),
    "mentoring:coordinate-programme-add": Row(get=COUNCIL_EDIT, post=COUNCIL_POST, args=halifax),
    "mentoring:coordinate-programme-show": Row(get=COUNCIL_READ, args=programme),
    "mentoring:coordinate-programme-edit": Row(get=COUNCIL_EDIT, post=COUNCIL_POST, args=programme),
    "mentoring:coordinate-programme-publish": Row(post=COUNCIL_ACT, args=programme),
    "mentoring:coordinate-programme-unpublish": Row(post=COUNCIL_ACT, args=programme),
    "mentoring:coordinate-programme-rules": Row(get=COUNCIL_EDIT, post=COUNCIL_POST, args=programme),
    "mentoring:coordinate-programme-weights": Row(get=COUNCIL_EDIT, post=COUNCIL_POST, args=programme),
    "mentoring:coordinate-intake-add": Row(get=COUNCIL_EDIT, post=COUNCIL_POST, args=programme),
    "mentoring:coordinate-intake-show": Row(get=COUNCIL_READ, args=intake),
    "mentoring:coordinate-intake-edit": Row(get=COUNCIL_EDIT, post=COUNCIL_POST, args=intake),
    "mentoring:coordinate-intake-move": Row(post=COUNCIL_ACT, args=intake, data=lambda world: {"to": "closed"}),
    "mentoring:application-list": Row(get=PEOPLE, args=halifax),
    "mentoring:application-act": Row(post=COUNCIL_ACT, args=halifax),
    "mentoring:application-export": Row(post=PEOPLE_FILE, args=lambda world: {**halifax(world), "kind": "csv"}),
    "mentoring:application-show": Row(get=PEOPLE, args=applicant),
    "mentoring:application-override": Row(post=PEOPLE_POST, args=applicant),
    "mentoring:application-refer": Row(post=PEOPLE_POST, args=applicant),
    "mentoring:referral-follow": act("Referral"),
    "mentoring:interview-record": Row(get=PEOPLE, post=PEOPLE_POST, args=applicant),
    "mentoring:interview-missed": act("Interview"),
    "mentoring:interview-cancel": act("Interview"),
    "mentoring:orientation-one": Row(get=PEOPLE, post=PEOPLE_POST, args=applicant),
    "mentoring:time-list": Row(get=PEOPLE, post=PEOPLE_POST, args=halifax),
    "mentoring:time-withdraw": act("InterviewSlot"),
    "mentoring:orientation-list": Row(get=COUNCIL_READ, args=halifax),
    "mentoring:orientation-add": Row(get=COUNCIL_EDIT, post=COUNCIL_POST, args=intake),
    "mentoring:orientation-show": Row(get=PEOPLE, post=COUNCIL_ACT, args=session),
    "mentoring:orientation-edit": Row(get=COUNCIL_EDIT, post=COUNCIL_POST, args=session),
    "mentoring:my-interview": Row(get=OWN, post=NOT_OFFERED, args=own),
    "mentoring:my-interview-book": Row(get=NOT_OFFERED, post=OWN_ACT, args=own),
    "mentoring:my-interview-cancel": Row(get=NOT_OFFERED, post=OWN_ACT, args=own),
    "mentoring:my-orientation": Row(get=OWN, post=NOT_OFFERED, args=own),
    "mentoring:my-orientation-join": Row(get=NOT_OFFERED, post=OWN_ACT, args=own),
    "mentoring:my-orientation-leave": Row(get=NOT_OFFERED, post=OWN_ACT, args=own),
    "mentoring:my-handbook": Row(get=OWN, post=OWN_POST, args=own),
}
