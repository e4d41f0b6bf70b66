"""Charts are clean for the security policy, named for those who cannot see them, and say the numbers."""

import re
from xml.etree import ElementTree

import pytest
import vl_convert
from django.utils import translation

from allies.kit import charts

PROVINCES = [("Ontario", 7), ("Alberta", 2.25), ("Québec <b>", 12500)]
RATES = [("A", "2019-01-01", 61.5), ("A", "2020-01-01", None), ("A", "2021-01-01", 63.25), ("B", "2019-01-01", 66)]
MEETINGS = [("2024", "In person", 12), ("2024", "Online", 30), ("2025", "In person", 21)]


def each_chart() -> list[charts.Chart]:
    return [
        charts.bars("Councils", "How many", "councils", PROVINCES, head="Province"),
        charts.lines("Rates", "Of employment", "%", RATES, head="Year"),
        charts.groups("Meetings", "By kind", "meetings", MEETINGS, head="Year"),
    ]


def elements(svg: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(svg).iter())


@pytest.mark.parametrize("at", range(3))
def test_a_chart_carries_no_style_no_script_and_no_foreign_address(at) -> None:
    svg = each_chart()[at].svg
    tags = {element.tag.rpartition("}")[2] for element in elements(svg)}
    names = {name for element in elements(svg) for name in element.attrib}
    assert tags <= {"svg", "g", "path", "line", "text", "rect", "clipPath", "defs"}
    assert not {name for name in names if name == "style" or name.startswith("on") or "href" in name}
    assert re.findall(r"https?://(?!www\.w3\.org/2000/svg)", svg) == []


@pytest.mark.parametrize("at", range(3))
def test_a_chart_is_one_picture_with_a_name_and_a_description(at) -> None:
    root, *rest = elements(each_chart()[at].svg)
    assert root.get("role") == "img"
    assert root.get("aria-label") in {"Councils. How many", "Rates. Of employment", "Meetings. By kind"}
    assert not [element for element in rest if element.get("role") or element.get("aria-label")]


@pytest.mark.parametrize("at", range(3))
def test_two_charts_on_a_page_share_no_identifiers(at) -> None:
    assert not [element for element in elements(each_chart()[at].svg) if element.get("id")]


def test_colours_are_left_to_the_style_sheet() -> None:
    coloured = {
        (prop, element.get(prop))
        for chart in each_chart()
        for element in elements(chart.svg)
        for prop in ("fill", "stroke")
        if (element.get(prop) or "none") not in ("none", "transparent") and f"{prop}-" not in element.get("class", "")
    }
    assert coloured == set()


def test_cleaning_takes_out_what_a_drawing_must_not_carry() -> None:
    dirty = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><style>p{}</style><script>x()</script>'
        '<g style="fill: #1c8288; stroke:none" onclick="x()" class="mark"><text>A &lt; B 63.257</text></g></svg>'
    )
    clean = charts.clean(dirty, 'A "title"', "words")
    assert clean == (
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="A &quot;title&quot;. words" class="compact">'
        '<g fill="#1c8288" stroke="none" class="fill-series-1"><text>A &lt; B 63.257</text></g></svg>'
    )


def test_the_table_says_the_same_numbers_as_the_picture() -> None:
    bars, lines, groups = each_chart()
    assert bars.header == ("Province", "councils")
    assert bars.rows == [("Ontario", "7"), ("Alberta", "2.25"), ("Québec <b>", "12,500")]
    assert [element.text for element in elements(bars.svg) if element.text] == [
        "Ontario",
        "Alberta",
        "Québec <b>",
        "7",
        "2.25",
        "12,500",
    ]
    assert lines.rows[1] == ("A", "2020-01-01", "–")
    assert lines.rows[2] == ("A", "2021-01-01", "63.25")
    assert groups.rows == [("2024", "In person", "12"), ("2024", "Online", "30"), ("2025", "In person", "21")]


def test_the_years_under_a_line_are_those_of_its_rows() -> None:
    rows = [("A", f"{year}-01-01", value) for year, value in ((2019, 61), (2020, 58), (2021, 63))]
    words = [element.text for element in elements(charts.lines("T", "D", "%", rows).svg) if element.text]
    assert [word for word in words if word.startswith("20")] == ["2019", "2020", "2021"]


def test_numbers_are_written_as_the_reader_writes_them() -> None:
    with translation.override("fr"):
        chart = charts.bars("T", "D", "conseils", PROVINCES)
    assert [row[1] for row in chart.rows] == ["7", "2,25", "12\N{NO-BREAK SPACE}500"]
    assert "2,25" in chart.svg


def test_a_chart_is_drawn_once_for_the_same_numbers(monkeypatch) -> None:
    drawn = []
    draw = vl_convert.vegalite_to_svg
    monkeypatch.setattr(vl_convert, "vegalite_to_svg", lambda *args, **kw: drawn.append(1) or draw(*args, **kw))
    charts.bars("T", "D", "u", [("a", 1)])
    charts.bars("T", "D", "u", [("a", 1)])
    assert len(drawn) == 1
    charts.bars("T", "D", "u", [("a", 2)])
    assert len(drawn) == 2
