"""Places lie where they lie: inside their province on the drawing, and never on top of another's name."""

import re
from functools import cache
from itertools import combinations
from math import dist
from pathlib import Path
from types import SimpleNamespace

import pytest

from allies.kit.ui import geo
from allies.kit.ui.atlas import ONTARIO, atlas

DRAWING = (Path(__file__).resolve().parents[2] / "static/img/canada.svg").read_text()
CITIES = {
    "bc": ("Kamloops", 50.68, -120.34),
    "ab": ("Edmonton", 53.55, -113.49),
    "sk": ("Saskatoon", 52.13, -106.66),
    "mb": ("Brandon", 49.85, -99.95),
    "on": ("Sudbury", 46.49, -81.0),
    "qc": ("Sherbrooke", 45.4, -71.89),
    "nb": ("Fredericton", 45.96, -66.64),
    "ns": ("Truro", 45.36, -63.29),
    "pe": ("Hunter River", 46.35, -63.35),
    "nl": ("Gander", 48.95, -54.61),
    "yt": ("Whitehorse", 60.72, -135.05),
    "nt": ("Yellowknife", 62.45, -114.4),
    "nu": ("Baker Lake", 64.32, -96.0),
}
# On the shore, where a coast drawn with few points may pass on either side of the town.
SHORE = {
    "bc": ("Vancouver", 49.26, -123.11),
    "ns": ("Halifax", 44.65, -63.57),
    "on": ("Toronto", 43.65, -79.38),
    "pe": ("Charlottetown", 46.24, -63.13),
}

Point = tuple[float, float]


@cache
def shapes() -> dict[str, list[list[Point]]]:
    found = {}
    for name, path in re.findall(r'<path id="(\w\w)" d="([^"]+)"', DRAWING):
        found[name] = []
        for ring in filter(None, path.split("z")):
            x = y = 0.0
            points = []
            numbers = [float(n) for n in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", ring)]
            for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
                x, y = x + dx, y + dy
                points.append((x, y))
            found[name].append(points)
    return found


def inside(point: Point, ring: list[Point]) -> bool:
    x, y = point
    crossed = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            crossed = not crossed
    return crossed


def province_of(point: Point) -> set[str]:
    return {name for name, rings in shapes().items() if any(inside(point, ring) for ring in rings)}


@pytest.mark.parametrize("province", CITIES)
def test_a_town_lies_in_its_province(province) -> None:
    _name, latitude, longitude = CITIES[province]
    assert province_of(geo.project(latitude, longitude)) == {province}


@pytest.mark.parametrize("province", SHORE)
def test_a_town_on_the_shore_lies_within_a_few_units_of_its_province(province) -> None:
    _name, latitude, longitude = SHORE[province]
    x, y = geo.project(latitude, longitude)
    around = [(x + dx, y + dy) for dx in (-5, 0, 5) for dy in (-5, 0, 5)]
    assert province in {name for point in around for name in province_of(point)}


def test_the_whole_drawing_is_on_the_sheet() -> None:
    for rings in shapes().values():
        for ring in rings:
            assert all(0 <= x <= geo.WIDTH and 0 <= y <= geo.HEIGHT for x, y in ring)


def test_the_forty_ninth_parallel_is_a_curve_with_its_foot_in_the_middle() -> None:
    heights = [geo.project(49, longitude)[1] for longitude in (-122, -115, -108, -101, -95.2)]
    assert heights == sorted(heights)
    assert heights[-1] - heights[0] > 40


def council(name: str, latitude: float, longitude: float) -> SimpleNamespace:
    return SimpleNamespace(place=SimpleNamespace(name=name, latitude=latitude, longitude=longitude))


def test_the_lens_opens_only_over_councils_that_are_under_it() -> None:
    assert atlas([council("Halifax", 44.65, -63.57)]).lens is None
    drawn = atlas([council("Halifax", 44.65, -63.57), council("Toronto", 43.65, -79.38)])
    assert drawn.lens is ONTARIO
    halifax, toronto = drawn.markers
    assert (halifax.x, halifax.y) == geo.project(44.65, -63.57)
    assert (toronto.x, toronto.y) == ONTARIO.enlarge(*geo.project(43.65, -79.38))
    assert drawn.under_lens == [geo.project(43.65, -79.38)]


def test_what_the_lens_enlarges_stays_in_its_circle_and_on_the_sheet() -> None:
    for name, latitude, longitude in (("London", 42.98, -81.25), ("Ottawa", 45.42, -75.7), ("Sudbury", 46.49, -81.0)):
        (marker,) = atlas([council(name, latitude, longitude)]).markers
        assert dist((marker.x, marker.y), ONTARIO.place) < ONTARIO.drawn_radius
    assert ONTARIO.place[0] > ONTARIO.drawn_radius
    assert ONTARIO.place[1] + ONTARIO.drawn_radius < geo.HEIGHT


def test_names_never_cover_each_other() -> None:
    cities = [(name, lat, lon) for name, lat, lon in (*CITIES.values(), *SHORE.values())]
    crowd = [council(f"{name} {n}", lat + n / 3, lon) for name, lat, lon in cities for n in range(3)]
    drawn = atlas(crowd)
    boxes = []
    for marker in drawn.markers:
        width = len(marker.label) * 17 * 0.54
        left = marker.label_x - {"start": 0, "middle": width / 2, "end": width}[marker.anchor]
        if not marker.is_spare:
            boxes.append((left, marker.label_y - 14, left + width, marker.label_y + 2))
    assert len(boxes) > 10
    assert any(marker.is_spare for marker in drawn.markers)
    for one, other in combinations(boxes, 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
