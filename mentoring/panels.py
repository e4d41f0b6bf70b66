"""The cards on the page where a newcomer sees how an application stands; each part of mentoring adds its own.

    @panels.add(position=20)
    def offers(user: User, application: Application) -> Panel | None:
        offer = open_offer_of(application)
        return ("mentoring/_my_offers.html", {"offer": offer}) if offer else None

The function is asked for each application on the page, over all councils (nothing is scoped: fetch by the
application), and answers None where it has nothing to show. `application.intake.programme.council` is loaded. The
template is included with its own context, the `application`, and what every page has (`user`, `request`, …); it draws
one `<section class="card stack">` whose heading is an h3. Cards stand by position: 10 what waits for the person, 20
offers, 30 interview and orientation, 40 pairs, 60 anything else. Put the function in a module that is imported when
the addresses are, such as the views that the card leads to.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from councils.models import User
from mentoring.models import Application

Panel = tuple[str, dict[str, Any]]
Source = Callable[[User, Application], Panel | None]


@dataclass(frozen=True, slots=True)
class Card:
    """A template with what it shows."""

    template: str
    context: dict[str, Any]


_sources: list[tuple[int, Source]] = []


def add(*, position: int = 60) -> Callable[[Source], Source]:
    """Register a function that gives a card or None; registering one twice changes nothing."""

    def register(source: Source) -> Source:
        if all(known is not source for _position, known in _sources):
            _sources.append((position, source))
            _sources.sort(key=lambda entry: entry[0])
        return source

    return register


def cards(user: User, application: Application) -> list[Card]:
    """Give the cards for one application, in their order."""
    found = (source(user, application) for _position, source in _sources)
    return [Card(*panel) for panel in found if panel is not None]
