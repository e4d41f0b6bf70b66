"""One's own pages: the same for everybody who is signed in."""

from typing import Any

from councils.services.invite import digest
from tests.access.matrix import PUBLIC, SIGNED_IN, Row
from tests.world import World

#                anon strngr mentee board partner coord direct rival coach cmttee funder natnl admin
REFUSED = "      302  422    422    422   422     422   422    422   422   422    422    422   422"
LED_ON = "       302  302    302    302   302     302   302    302   302   302    302    302   302"
NO_GET = "       302  405    405    405   405     405   405    405   405   405    405    405   405"
NO_POST = "      405  405    405    405   405     405   405    405   405   405    405    405   405"
# Only the person whose role it is: here the board member.
MINE = "         302  404    404    200   404     404   404    404   404   404    404    404   404"
MINE_POST = "    302  404    404    422   404     404   404    404   404   404    404    404   404"
TOKEN = "token-of-the-access-matrix"


def an_invitation(world: World) -> dict[str, Any]:
    """The arguments of an invitation for an address that nobody of the world has."""
    return {"pk": world.things["Invitation"].pk}


def a_link(world: World) -> dict[str, Any]:
    """The arguments of the page that the letter of an invitation leads to."""
    invitation = world.things["Invitation"]
    type(invitation)._base_manager.filter(pk=invitation.pk).update(token_digest=digest(TOKEN))
    return {"token": TOKEN}


def own_role(world: World) -> dict[str, Any]:
    """The arguments of the board member's role."""
    return {"pk": world.people["board"].memberships.model._base_manager.get(person=world.people["board"]).pk}


ROWS = {
    "councils:my-start": Row(get=SIGNED_IN, post=NO_GET),
    "councils:my-data": Row(get=SIGNED_IN, post=NO_GET),
    "councils:my-profile": Row(get=SIGNED_IN, post=REFUSED),
    "councils:my-consent": Row(get=NO_GET, post=LED_ON),
    "councils:my-openings": Row(get=SIGNED_IN, post=NO_GET),
    # Both ask people who have a password for it first; those of the world have none.
    "councils:my-export": Row(get=NO_GET, post=SIGNED_IN),
    "councils:my-erasure": Row(get=SIGNED_IN, post=REFUSED),
    "councils:role-list": Row(get=SIGNED_IN, post=NO_GET),
    "councils:my-role-end": Row(get=MINE, post=MINE_POST, args=own_role),
    "councils:invitation-accept": Row(get=NO_GET, post=LED_ON, args=an_invitation),
    "councils:invitation-show": Row(get=PUBLIC, post=NO_POST, args=a_link),
}
