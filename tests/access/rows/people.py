"""A council's people, their roles and invitations; the world's Halifax has one coordinator and one director."""

from typing import Any

from tests.access.matrix import Row, halifax, halifax_row
from tests.world import World

#                   anon strngr mentee board partner coord direct rival coach cmttee funder natnl admin
# The staff of the council see names, the registry's staff see how many until they state a reason.
COUNTED = "         302  404    404    403   403     200   200    404   403   403    403    200   200"
NOT_POSTED = "      302  404    404    403   403     405   405    404   403   403    403    405   405"
# One person's record: the registry's staff are led to state their reason.
RECORD = "          302  404    404    403   403     200   200    404   403   403    403    302   302"
# Roles are given by the director, and by the registry's staff with a reason. (People with a password are asked for it
# again; those of the world have none.)
ROLE = "            302  404    404    403   403     403   200    404   403   403    403    302   302"
ROLE_POST = "       302  404    404    403   403     403   422    404   403   403    403    302   302"
MANAGED_ONLY = "    302  404    404    403   403     403   405    404   403   403    403    405   405"
# To invite shows nobody's data, so it needs no reason.
INVITE = "          302  404    404    403   403     403   200    404   403   403    403    200   200"
INVITE_POST = "     302  404    404    403   403     403   422    404   403   403    403    422   422"
LED_ON = "          302  404    404    403   403     403   302    404   403   403    403    302   302"
SESSION = "         302  404    404    403   403     403   403    404   403   403    403    200   200"
SESSION_POST = "    302  404    404    403   403     403   403    404   403   403    403    422   422"
SESSION_END = "     302  404    404    403   403     403   403    404   403   403    403    302   302"


def director(world: World) -> dict[str, Any]:
    """The arguments of the director's record."""
    return {"council": world.halifax.slug_en, "pk": world.people["director"].pk}


ROWS = {
    "councils:people-list": Row(get=COUNTED, post=NOT_POSTED, args=halifax),
    "councils:person-show": Row(get=RECORD, post=NOT_POSTED, args=director),
    "councils:role-add": Row(get=ROLE, post=ROLE_POST, args=halifax),
    "councils:role-edit": Row(get=ROLE, post=ROLE_POST, args=halifax_row("Membership")),
    "councils:role-end": Row(get=ROLE, post=ROLE_POST, args=halifax_row("Membership")),
    "councils:invitation-list": Row(get=ROLE, post=MANAGED_ONLY, args=halifax),
    "councils:invitation-new": Row(get=INVITE, post=INVITE_POST, args=halifax),
    "councils:invitation-again": Row(get=MANAGED_ONLY, post=LED_ON, args=halifax_row("Invitation")),
    "councils:invitation-take-back": Row(get=MANAGED_ONLY, post=LED_ON, args=halifax_row("Invitation")),
    "councils:session-open": Row(get=SESSION, post=SESSION_POST, args=halifax),
    "councils:session-end": Row(post=SESSION_END, args=halifax),
}
