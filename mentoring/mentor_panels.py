"""Cards on a mentor's own page: other parts of mentoring put there what they keep for the mentor."""

from collections.abc import Callable
from typing import Any

from councils.models import User
from mentoring.models import Mentor

# A template and what it is drawn with; nothing where there is nothing to show.
Card = tuple[str, dict[str, Any]]
Panel = Callable[[User, Mentor], Card | None]

_panels: list[Panel] = []


def add(panel: Panel) -> Panel:
    """Put a card on the pages of mentors; cards stand in the order in which they were added."""
    if panel not in _panels:
        _panels.append(panel)
    return panel


def cards(user: User, mentor: Mentor) -> list[Card]:
    """The cards that have something to show this mentor now."""
    return [card for panel in _panels if (card := panel(user, mentor)) is not None]
