"""The colours of the site can be read and told apart, in light and in dark."""

import re
from pathlib import Path

import pytest

SHEET = (Path(__file__).resolve().parents[2] / "static/css/site.css").read_text()
HEX = r"(#[0-9a-f]{6})"
TOKENS = {
    **{name: (both, both) for name, both in re.findall(rf"--([a-z0-9-]+): {HEX};", SHEET)},
    **{name: (light, dark) for name, light, dark in re.findall(rf"--([a-z0-9-]+): light-dark\({HEX}, {HEX}\);", SHEET)},
    "white": ("#ffffff", "#ffffff"),
    "lens": ("#07383d", "#07383d"),
}
SCHEMES = ("light", "dark")
GROUNDS = ("paper", "card", "sunk")

WORDS = ("ink", "ink-soft", "teal", "teal-deep", "amber", "brick", "leaf")

TEXT = [
    *[(colour, ground) for ground in GROUNDS for colour in WORDS],
    *[("ink", wash) for wash in ("teal-wash", "amber-wash", "brick-wash", "leaf-wash")],
    ("teal-deep", "teal-wash"),
    ("amber", "amber-wash"),
    ("brick", "brick-wash"),
    ("leaf", "leaf-wash"),
    ("on-teal", "teal"),
    ("on-teal", "teal-deep"),
    ("on-brick", "brick"),
    ("on-night", "night"),
    ("paper", "ink"),
    ("white", "lens"),
]
CONTROLS = [
    *[(colour, ground) for ground in GROUNDS for colour in ("line-strong", "focus")],
    *[(f"series-{n}", ground) for n in (1, 2, 3, 4) for ground in ("paper", "card")],
    ("teal", "land"),
    ("amber", "amber-wash"),
    ("amber", "land"),
    ("teal-mark", "card"),
]


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_measure_is_the_one_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("colour", "ground"), TEXT)
def test_words_stand_out_from_their_ground(colour, ground, scheme) -> None:
    at = SCHEMES.index(scheme)
    assert contrast(TOKENS[colour][at], TOKENS[ground][at]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("colour", "ground"), CONTROLS)
def test_controls_and_marks_stand_out_from_their_ground(colour, ground, scheme) -> None:
    at = SCHEMES.index(scheme)
    assert contrast(TOKENS[colour][at], TOKENS[ground][at]) >= 3


def test_every_colour_of_the_sheet_is_looked_at() -> None:
    decoration = {"line", "shadow", "teal-mid", "amber-fill"}
    seen = {name for pair in TEXT + CONTROLS for name in pair} | decoration
    assert set(TOKENS) - seen == set()


def test_no_part_brings_a_colour_of_its_own() -> None:
    allowed = {"#fff", "#ffffff", "#07383d"}
    for name in ("parts", "public", "workspace"):
        sheet = (Path(__file__).resolve().parents[2] / f"static/css/{name}.css").read_text()
        screen = re.sub(r"@media print \{.*", "", sheet, flags=re.DOTALL)
        assert set(re.findall(r"#[0-9a-f]{3,6}\b", screen)) <= allowed, name
