"""Soft-skills modules: the staff keep a programme's list, the two of a pair tick it off."""

from typing import Any

from tests.access.matrix import COUNCIL_ACT, COUNCIL_EDIT, COUNCIL_POST, COUNCIL_READ, Row, halifax_row
from tests.access.rows.mentoring_pairs import own_act, pair
from tests.world import World


def ticked(world: World) -> dict[str, Any]:
    """The arguments of an act on a module of Halifax's pair."""
    return {**pair(world), "module": world.things["Module"].pk}


programme, module = halifax_row("Programme"), halifax_row("Module")

ROWS = {
    "mentoring:module-list": Row(get=COUNCIL_READ, args=programme),
    "mentoring:module-usual": Row(post=COUNCIL_ACT, args=programme),
    "mentoring:module-add": Row(get=COUNCIL_EDIT, post=COUNCIL_POST, args=programme),
    "mentoring:module-edit": Row(get=COUNCIL_EDIT, post=COUNCIL_POST, args=module),
    "mentoring:module-move": Row(post=COUNCIL_ACT, args=module),
    "mentoring:module-retire": Row(post=COUNCIL_ACT, args=module),
    "mentoring:module-restore": Row(post=COUNCIL_ACT, args=module),
    "mentoring:module-tick": own_act(ticked),
    "mentoring:module-untick": own_act(ticked),
}
