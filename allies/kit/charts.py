"""Charts drawn on the server: Vega-Lite to SVG, made clean for the content security policy, each with its numbers."""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

import vl_convert
from django.core.cache import cache
from django.utils.safestring import SafeString

from allies.kit.bilingual import current_language
from allies.kit.ui import formats

SVG = "http://www.w3.org/2000/svg"
DAY = 86_400
# A chart as wide as this, in its own pixels, can be read on a phone as a whole; a wider one is moved sideways.
ON_A_PHONE = 500
# Middle tones for paper and PDF; on a page the classes of `clean` give way to the tokens, in light and in dark.
COLOURS = ["#1c8288", "#b56a14", "#7a6fb0", "#b0503c"]
INK, GRID = "#5f6a76", "#cfd4d8"
CLASSES = {INK: "ink", GRID: "grid"} | {colour: f"series-{n}" for n, colour in enumerate(COLOURS, 1)}


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawn chart: `rows` are the same numbers as a table under `header`."""

    title: str
    svg: SafeString
    header: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


def bars(title: str, description: str, unit: str, rows: Sequence[tuple[str, float]], *, head: str = "") -> Chart:
    """Draw horizontal bars from (label, value) rows; `unit` names what the values count."""
    spec = _spec(
        [{"x": value, "y": label, "n": formats.number(value)} for label, value in rows],
        height={"step": 30},
        encoding={"y": _names(), "x": {"field": "x", "type": "quantitative", "axis": None}},
        layer=[{"mark": {"type": "bar", "color": COLOURS[0]}}, VALUES],
    )
    table = [(label, formats.number(value)) for label, value in rows]
    return Chart(title, _draw(spec, title, description), (head, unit), table)


def groups(title: str, description: str, unit: str, rows: Sequence[tuple[str, str, float]], *, head: str = "") -> Chart:
    """Draw bars in groups from (label, series, value) rows, the series in the order in which they come."""
    series = list(dict.fromkeys(name for _label, name, _value in rows))
    offset = {"field": "s", "type": "nominal", "sort": series}
    spec = _spec(
        [{"x": value, "y": label, "s": name, "n": formats.number(value)} for label, name, value in rows],
        height={"step": 24},
        encoding={"y": _names(), "x": {"field": "x", "type": "quantitative", "axis": None}, "yOffset": offset},
        layer=[
            {"mark": {"type": "bar"}, "encoding": {"color": _colours(series)}},
            VALUES,
        ],
    )
    table = [(label, name, formats.number(value)) for label, name, value in rows]
    return Chart(title, _draw(spec, title, description), (head, "", unit), table)


def lines(
    title: str, description: str, unit: str, rows: Sequence[tuple[str, str, float | None]], *, head: str = ""
) -> Chart:
    """Draw lines from (series, period, value) rows, periods as ISO dates; None leaves a gap and shows as a dash."""
    series = list(dict.fromkeys(name for name, _period, _value in rows))
    spec = _spec(
        [{"s": name, "x": period, "y": value} for name, period, value in rows],
        width=400,
        height=240,
        mark={"type": "line", "point": True, "strokeWidth": 2.5, "invalid": "break-paths-show-path-domains"},
        encoding={
            "x": {
                "field": "x",
                "type": "temporal",
                "title": None,
                "scale": {"type": "utc"},
                "axis": {"format": "%Y", "tickCount": "year", "grid": False},
            },
            "y": {
                "field": "y",
                "type": "quantitative",
                "title": unit,
                "scale": {"zero": False},
                "axis": {"tickCount": 5},
            },
            "color": _colours(series),
            "strokeDash": {"field": "s", "type": "nominal", "sort": series, "legend": None},
        },
    )
    table = [(name, period, "–" if value is None else formats.number(value)) for name, period, value in rows]
    return Chart(title, _draw(spec, title, description), ("", head, unit), table)


VALUES = {
    "mark": {"type": "text", "align": "left", "dx": 5, "color": INK, "fontSize": 14},
    "encoding": {"text": {"field": "n"}},
}


def _names() -> dict[str, Any]:
    axis = {"labelLimit": 260, "domain": False, "ticks": False, "labelPadding": 8}
    return {"field": "y", "type": "nominal", "sort": None, "title": None, "axis": axis}


def _colours(series: list[str]) -> dict[str, Any]:
    return {
        "field": "s",
        "type": "nominal",
        "title": None,
        "sort": series,
        "scale": {"domain": series, "range": COLOURS[: len(series)]},
        "legend": {"orient": "top", "labelLimit": 400, "columns": 1, "symbolType": "circle"},
    }


def _spec(values: list[dict[str, Any]], **parts: Any) -> dict[str, Any]:
    axis = {"labelColor": INK, "titleColor": INK, "domainColor": INK, "tickColor": INK, "gridColor": GRID}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "data": {"values": values},
        "width": 300,
        "background": None,
        "config": {
            "font": "Noto Sans, sans-serif",
            "axis": {**axis, "labelFontSize": 14, "titleFontSize": 14, "titleFontWeight": "normal"},
            "legend": {"labelColor": INK, "labelFontSize": 14},
            "view": {"stroke": None},
        },
        **parts,
    }


def _draw(spec: dict[str, Any], title: str, description: str) -> SafeString:
    language = current_language()
    text = json.dumps([spec, title, description, language], sort_keys=True, ensure_ascii=False)
    key = "chart:" + hashlib.sha256(text.encode()).hexdigest()
    svg: str | None = cache.get(key)
    if svg is None:
        drawn = vl_convert.vegalite_to_svg(spec, format_locale="fr-CA" if language == "fr" else "en-CA")
        svg = clean(drawn, title, description)
        cache.set(key, svg, DAY)
    # Every text in it was escaped by the XML writer.
    return SafeString(svg)


def clean(svg: str, title: str, description: str) -> str:
    """Rewrite an SVG without style attributes, style elements or scripts, named and described for screen readers."""
    ElementTree.register_namespace("", SVG)
    root = ElementTree.fromstring(svg)  # noqa: S314  (our own renderer wrote it)
    for parent in root.iter():
        for child in list(parent):
            if child.tag in (f"{{{SVG}}}style", f"{{{SVG}}}script"):
                parent.remove(child)
        for name in [n for n in parent.attrib if n.startswith(("aria-", "on")) or n in ("role", "class", "style")]:
            value = parent.attrib.pop(name)
            if name == "style":
                for part in filter(str.strip, value.split(";")):
                    prop, _, setting = part.partition(":")
                    parent.set(prop.strip(), setting.strip())
        _classify(parent)
    root.set("role", "img")
    root.set("aria-label", f"{title}. {description}")
    width = float(root.attrib.pop("width", "0"))
    root.attrib.pop("height", None)
    if 0 < width <= ON_A_PHONE:
        root.set("class", "compact")
    return re.sub(r"\s*\n\s*", "", ElementTree.tostring(root, encoding="unicode"))


def _classify(element: ElementTree.Element) -> None:
    """Let the style sheet choose the colours of text, lines and marks by what they are."""
    found = [f"{prop}-{CLASSES[value]}" for prop in ("fill", "stroke") if (value := element.get(prop, "")) in CLASSES]
    if found:
        element.set("class", " ".join(found))
    # What a browser assumes anyway only costs bytes.
    for name in ("d", "transform"):
        if name in element.attrib:
            element.set(name, re.sub(r"(\.\d)\d+", r"\1", element.attrib[name]))
    for name, value in (("opacity", "1"), ("pointer-events", "none"), ("stroke-width", "1")):
        if element.get(name) == value:
            del element.attrib[name]
