"""Follow-up: a link that needs no account, and the staff's pages."""

from mentoring.services.followups import token_of
from tests.access.matrix import COUNCIL_READ, PUBLIC, Row, halifax, halifax_row

#                anon strngr mentee board partner coord direct rival coach cmttee funder natnl admin
LINK_POST = "    422  422    422    422   422     422   422    422   422   422    422    422   422"
LINK_ACT = "     302  302    302    302   302     302   302    302   302   302    302    302   302"
# Staff of the council, and national staff once they have stated a reason.
CALL = "         302  404    404    403   403     200   200    404   403   403    403    403   403"
CALL_POST = "    302  404    404    403   403     422   422    404   403   403    403    403   403"
CALL_ACT = "     302  404    404    403   403     302   302    404   403   403    403    403   403"
# The mentee's own plan.
PLAN = "         302  404    200    404   404     404   404    404   404   404    404    404   404"
PLAN_POST = "    302  404    422    404   404     404   404    404   404   404    404    404   404"
PLAN_ACT = "     302  404    302    404   404     404   404    404   404   404    404    404   404"
ONE_WAY = "      302  405    405    405   405     405   405    405   405   405    405    405   405"


def link(world):
    return {"token": token_of(world.things["FollowUp"])}


def plan(world):
    return {"pk": world.things["Pair"].pk}


def step(world):
    return plan(world) | {"step": world.things["PlanStep"].pk}


ROWS = {
    "mentoring:plan-show": Row(get=PLAN, post=PLAN_POST, args=plan),
    "mentoring:plan-done": Row(get=ONE_WAY, post=PLAN_ACT, args=step),
    "mentoring:plan-drop": Row(get=ONE_WAY, post=PLAN_ACT, args=step),
    "mentoring:follow-up": Row(get=PUBLIC, post=LINK_POST, args=link),
    "mentoring:follow-up-refuse": Row(get="405", post=LINK_ACT, args=link),
    "mentoring:follow-up-list": Row(get=COUNCIL_READ, args=halifax),
    "mentoring:follow-up-call": Row(get=CALL, post=CALL_POST, args=halifax_row("FollowUp")),
    "mentoring:follow-up-unreachable": Row(post=CALL_ACT, args=halifax_row("FollowUp")),
    "mentoring:follow-up-stop": Row(post=CALL_ACT, args=halifax_row("FollowUp")),
}
