"""The labour market of a city: what its page shows as a chart and as a table."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import reduce
from operator import or_

from django.db.models import Max, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from allies.kit.bilingual import current_language
from councils.models import LabourFigure, LabourTable, Place

MOST_ROWS = 60
MOST_LINES = 5
MOST_PERIODS = 24
_RATES = ("percentage", "percent", "pourcentage", "pourcent")

WITHHELD: dict[str, str | Promise] = {
    "..": _("not available"),
    "...": _("does not apply"),
    "x": _("confidential"),
    "F": _("too unreliable to publish"),
    "E": _("too uncertain to show without its warning"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what is counted, and the number, or why there is none."""

    label: str
    unit: str
    value: Decimal | None
    status: str

    @property
    def why_not(self) -> str:
        """The words for a symbol that stands where there is no number."""
        return "" if self.value is not None else str(WITHHELD.get(self.status, self.status))


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the chart: a value, or a gap, for each period."""

    label: str
    values: list[Decimal | None]


@dataclass(frozen=True, slots=True)
class CityTable:
    """A table as a city's page shows it: the newest period in full, and a few measures over time in one unit."""

    table: LabourTable
    language: str
    latest: date
    rows: list[Row]
    left_out: int
    unit: str
    periods: list[date]
    lines: list[Line]
    # Its periods are years: they are shown as 2011 rather than as January 2011.
    is_yearly: bool


def imported_tables() -> "QuerySet[LabourTable]":
    """The tables by their number."""
    return LabourTable.objects.order_by("product")


def city_tables(place: Place) -> list[CityTable]:
    """Give the tables that have figures for a place, each in the reader's language where we have it."""
    found = LabourTable.objects.filter(figures__place=place).annotate(latest=Max("figures__period")).order_by("product")
    chosen: dict[str, LabourTable] = {}
    for table in found:
        number, language = table.product.split("/")
        if number not in chosen or language == current_language():
            chosen[number] = table
    return [_city_table(table, place) for table in chosen.values()]


def _city_table(table: LabourTable, place: Place) -> CityTable:
    latest: date = table.latest  # type: ignore[attr-defined]
    here = LabourFigure.objects.filter(table=table, place=place)
    newest = list(here.filter(period=latest).order_by("pk"))
    labels = _labels([figure.categories for figure in newest])
    rows = [Row(label, figure.unit, figure.value, figure.status) for label, figure in zip(labels, newest, strict=True)][
        :MOST_ROWS
    ]
    unit = next((figure.unit for figure in newest if figure.unit.casefold() in _RATES), newest[0].unit)
    drawn = [(label, f) for label, f in zip(labels, newest, strict=True) if f.unit == unit][:MOST_LINES]
    over_time = here.filter(reduce(or_, (Q(categories=figure.categories) for _label, figure in drawn)), unit=unit)
    points = {(tuple(c), p): v for c, p, v in over_time.values_list("categories", "period", "value")}
    periods = sorted({period for _categories, period in points})
    is_yearly = all((period.month, period.day) == (1, 1) for period in periods)
    if len(periods) > MOST_PERIODS:
        # One month of each year, the newest one's: it shows the years without their seasons.
        periods = [period for period in periods if (period.month, period.day) == (latest.month, latest.day)]
    return CityTable(
        table=table,
        language=table.product.split("/")[1],
        latest=latest,
        rows=rows,
        left_out=max(len(newest) - MOST_ROWS, 0),
        unit=unit,
        periods=periods,
        lines=[Line(label, [points.get((tuple(f.categories), p)) for p in periods]) for label, f in drawn],
        is_yearly=is_yearly,
    )


def _labels(categories: list[list[str]]) -> list[str]:
    """Name each row by the categories in which the rows differ, or by the last one where they don't."""
    differ = [len(set(column)) > 1 for column in zip(*categories, strict=True)]
    named = [[text for text, shown in zip(row, differ, strict=True) if shown] or row[-1:] for row in categories]
    return [", ".join(row) for row in named]
