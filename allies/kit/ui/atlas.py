"""Markers on the map of Canada: a lens over the crowded south of Ontario, and names where there is room."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import hypot
from typing import Any

from allies.kit.ui import geo

FONT = 17.0
# The mean width of a letter against its height, a little generous.
LETTER = 0.54
MARK = 8.0


@dataclass(frozen=True, slots=True)
class Lens:
    """A circle of the map drawn larger where there is open water: its source, its place and how many times."""

    centre: tuple[float, float]
    radius: float
    place: tuple[float, float]
    times: float

    @property
    def drawn_radius(self) -> float:
        """The radius of the circle as drawn."""
        return self.radius * self.times

    @property
    def move(self) -> tuple[float, float]:
        """Where the map's origin stands once the lens has enlarged it."""
        x = self.place[0] - self.centre[0] * self.times
        y = self.place[1] - self.centre[1] * self.times
        return round(x, 1), round(y, 1)

    @property
    def leader(self) -> tuple[float, float, float, float]:
        """A line from the edge of the source to the edge of the circle."""
        (x, y), (to_x, to_y) = self.centre, self.place
        apart = hypot(to_x - x, to_y - y)
        near, far = self.radius / apart, 1 - self.drawn_radius / apart
        ends = (x + (to_x - x) * near, y + (to_y - y) * near, x + (to_x - x) * far, y + (to_y - y) * far)
        return tuple(round(end, 1) for end in ends)  # type: ignore[return-value]

    def holds(self, x: float, y: float) -> bool:
        """Whether a point of the map is under the lens."""
        return hypot(x - self.centre[0], y - self.centre[1]) < self.radius

    def enlarge(self, x: float, y: float) -> tuple[float, float]:
        """Give the point inside the circle for a point under the lens."""
        return round(x * self.times + self.move[0], 1), round(y * self.times + self.move[1], 1)


ONTARIO = Lens(centre=geo.project(44.75, -78.75), radius=46, place=(132, 650), times=2.4)


@dataclass(slots=True)
class Marker:
    """One council on the map; its name is `spare` where it would cover another, and then shows on demand."""

    council: Any
    x: float
    y: float
    label: str = ""
    is_spare: bool = False
    label_x: float = 0
    label_y: float = 0
    anchor: str = "start"


@dataclass(slots=True)
class Atlas:
    """What the map's template draws."""

    markers: list[Marker]
    lens: Lens | None = None
    under_lens: list[tuple[float, float]] = field(default_factory=list)


def atlas(councils: Iterable[Any]) -> Atlas:
    """Place a marker for each council, enlarging the south of Ontario if any council is there."""
    drawn = Atlas([])
    for council in councils:
        x, y = geo.project(council.place.latitude, council.place.longitude)
        if ONTARIO.holds(x, y):
            drawn.lens = ONTARIO
            drawn.under_lens.append((x, y))
            x, y = ONTARIO.enlarge(x, y)
        drawn.markers.append(Marker(council, x, y))
    _name(drawn)
    return drawn


Box = tuple[float, float, float, float]


def _name(drawn: Atlas) -> None:
    taken: list[Box] = [(m.x - MARK, m.y - MARK, m.x + MARK, m.y + MARK) for m in drawn.markers]
    if drawn.lens:
        (x, y), r = drawn.lens.centre, drawn.lens.radius
        taken.append((x - r, y - r, x + r, y + r))
    for marker in drawn.markers:
        text = str(marker.council.place.name).split("–")[0]
        width, gap = len(text) * FONT * LETTER, MARK + 5
        choices = [
            ("start", marker.x + gap, marker.y),
            ("end", marker.x - gap, marker.y),
            ("middle", marker.x, marker.y - gap - 4),
            ("middle", marker.x, marker.y + gap + 6),
        ]
        for anchor, x, y in choices:
            left = {"start": x, "end": x - width, "middle": x - width / 2}[anchor]
            box = (left, y - FONT / 2, left + width, y + FONT / 2)
            if box[0] > 0 and box[2] < geo.WIDTH and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                break
        else:
            marker.is_spare, anchor = True, "start"
            x, y = min(max(marker.x - width / 2, 4), geo.WIDTH - width), marker.y - gap - 4
        marker.label, marker.anchor = text, anchor
        marker.label_x, marker.label_y = round(x, 1), round(y + FONT * 0.34, 1)


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
