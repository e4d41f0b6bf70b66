"""Two people working together: the world's mentee is in Halifax's pair, and Halifax's staff look after it."""

from typing import Any

from tests.access.matrix import PUBLIC, Row, halifax, halifax_row
from tests.world import World

#                 anon strngr mentee board partner coord direct rival coach cmttee funder natnl admin
# Only the two people find the page; for everybody else there is none.
OWN = "           302  404    200    404   404     404   404    404   404   404    404    404   404"
OWN_POST = "      302  404    422    404   404     404   404    404   404   404    404    404   404"
OWN_ACT = "       302  404    302    404   404     404   404    404   404   404    404    404   404"
OWN_NOT_POSTED = "302  405    405    405   405     405   405    405   405   405    405    405   405"
OWN_NOT_READ = "  302  405    405    405   405     405   405    405   405   405    405    405   405"
# Names of people: the staff; the registry's staff are led to state their reason first.
PEOPLE = "        302  404    404    403   403     200   200    404   403   403    403    302   302"
PEOPLE_NOT_POSTED = "302 404 404  405   405     405   405    404   405   405    405    405   405"
STAFF_POST = "    302  404    404    403   403     422   422    404   403   403    403    302   302"
STAFF_ACT = "     302  404    404    403   403     302   302    404   403   403    403    302   302"
STAFF_NOT_READ = "302  404    404    403   403     405   405    404   403   403    403    405   405"


def pair(world: World) -> dict[str, Any]:
    """The arguments of a page of Halifax's pair."""
    return {"pk": world.things["Pair"].pk}


def goal(world: World) -> dict[str, Any]:
    """The arguments of an act on its goal."""
    return {**pair(world), "goal": world.things["PairGoal"].pk}


def session(world: World) -> dict[str, Any]:
    """The arguments of an act on its meeting."""
    return {**pair(world), "session": world.things["Session"].pk}


def own_act(args: Any = pair, codes: str = OWN_ACT) -> Row:
    """Something that one of the two does."""
    return Row(get=OWN_NOT_READ, post=codes, args=args)


def staff_act(codes: str) -> Row:
    """Something that the staff do."""
    return Row(get=STAFF_NOT_READ, post=codes, args=halifax_row("Pair"))


ROWS = {
    "mentoring:pair-show": Row(get=OWN, post=OWN_NOT_POSTED, args=pair),
    "mentoring:pair-sign": own_act(),
    "mentoring:goal-add": own_act(codes=OWN_POST),
    "mentoring:goal-move": own_act(goal),
    "mentoring:goal-drop": own_act(goal),
    "mentoring:session-log": Row(get=OWN, post=OWN_POST, args=pair),
    "mentoring:session-confirm": own_act(session),
    "mentoring:session-question": own_act(session, OWN_POST),
    "mentoring:session-take-back": own_act(session),
    "mentoring:pair-pulse": Row(get=OWN, post=OWN_POST, args=pair),
    "mentoring:pair-help": own_act(codes=OWN_POST),
    "mentoring:pair-pause": own_act(codes=OWN_POST),
    "mentoring:pair-resume": own_act(),
    "mentoring:pair-complete": own_act(),
    "mentoring:pair-end": Row(get=OWN, post=OWN_POST, args=pair),
    "mentoring:pair-certificate": Row(get=OWN_ACT, post=OWN_NOT_POSTED, args=pair),
    "mentoring:certificate-show": Row(get=PUBLIC, args=lambda world: {"number": "00000000-0000-0000-0000"}),
    "mentoring:pair-list": Row(get=PEOPLE, post=PEOPLE_NOT_POSTED, args=halifax),
    "mentoring:pair-xlsx": Row(get=PEOPLE, post=PEOPLE_NOT_POSTED, args=halifax),
    "mentoring:pair-csv": Row(get=PEOPLE, post=PEOPLE_NOT_POSTED, args=halifax),
    "mentoring:pair-staff": Row(get=PEOPLE, post=PEOPLE_NOT_POSTED, args=halifax_row("Pair")),
    "mentoring:pair-staff-complete": staff_act(STAFF_POST),
    "mentoring:pair-staff-end": staff_act(STAFF_POST),
    "mentoring:pair-staff-replace": staff_act(STAFF_POST),
    "mentoring:pair-staff-pause": staff_act(STAFF_POST),
    "mentoring:pair-staff-resume": staff_act(STAFF_ACT),
    "mentoring:pair-staff-helped": staff_act(STAFF_ACT),
}
