"""A council's accent colour: legible on the paper of the site, light and dark."""

from django.utils.translation import gettext as _

from allies.kit.ui.formats import number
from councils.services.editing import Text

PAPER = "#fbf8f2"
LEAST = 4.5


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (n / 255 for n in _channels(colour))]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours like #0b5a60 after WCAG 2.2, 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def legible(colour: str) -> str:
    """The colour itself, or the nearest darker shade of it that reaches 4.5 to 1 on the light paper."""
    shades = ("#" + "".join(f"{round(c * (100 - step) / 100):02x}" for c in _channels(colour)) for step in range(101))
    return next(shade for shade in shades if contrast(shade, PAPER) >= LEAST)


def too_pale(colour: str) -> dict[str, Text]:
    """What is wrong with a colour too pale for the light paper, with a shade that would do; else nothing."""
    ratio = contrast(colour, PAPER)
    if ratio >= LEAST:
        return {}
    sentence = _(
        "This colour is too pale to read on the page: its contrast is %(ratio)s to 1, at least 4.5 is needed. "
        "%(better)s would do."
    )
    return {"accent": sentence % {"ratio": number(round(ratio, 1)), "better": legible(colour)}}
