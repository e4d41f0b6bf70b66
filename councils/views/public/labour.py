"""A city's labour-market tables with their charts."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from allies.kit import charts
from allies.kit.ui.formats import day
from councils.queries.labour import CityTable

# As many as the chart's colours can tell apart.
MOST_DRAWN = len(charts.COLOURS)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A table as the page shows it: its numbers, its chart, its number at Statistics Canada, its newest period."""

    city: CityTable
    chart: charts.Chart | None
    number: str
    period: str


def drawn(cities: Iterable[CityTable]) -> list[Drawn]:
    """Draw the tables of a city."""
    return [
        Drawn(
            city,
            _chart(city),
            city.table.product.partition("/")[0],
            day(city.latest, "year" if city.is_yearly else "month"),
        )
        for city in cities
    ]


def _chart(city: CityTable) -> charts.Chart | None:
    shown = city.lines[:MOST_DRAWN]
    points = [
        (line.label, period.isoformat(), None if value is None else float(value))
        for line in shown
        for period, value in zip(city.periods, line.values, strict=True)
    ]
    if len(city.periods) > 1 and any(value is not None for _label, _period, value in points):
        description = _("A line for each measure, from %(first)s to %(last)s.") % {
            "first": day(city.periods[0], "year"),
            "last": day(city.periods[-1], "year"),
        }
        return charts.lines(city.table.title, description, city.unit, points, head=_("Period"))
    bars = [(label, value) for label, _period, value in points if value is not None]
    if not bars:
        return None
    return charts.bars(city.table.title, _("A bar for each measure."), city.unit, bars, head=_("Measure"))
