"""The labour market on a city's page, and how a city is found in a table."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from councils.models import Place
from councils.queries.labour import city_tables
from councils.services.labour import import_labour_table
from councils.services.labour_file import Geography
from tests.councils.labour_files import TITLES, file, row, take

pytestmark = pytest.mark.usefixtures("reference")


@pytest.mark.parametrize(
    ("geography", "dguid", "place"),
    [
        ("Halifax, Nova Scotia", "2016S0503205", "halifax"),
        ("HALIFAX (RMR), Nouvelle-Ecosse", "", "halifax"),
        ("Montreal, Quebec", "", "montreal"),
        ("Kitchener-Cambridge-Waterloo, Ontario", "", "kitchener-cambridge-waterloo"),
        ("St. Catharines-Niagara, Ontario", "", "st-catharines-niagara"),
        ("Greater Sudbury / Grand Sudbury, Ontario", "", "greater-sudbury"),
        ("Grand Sudbury, Ontario", "", "greater-sudbury"),
        ("Ottawa-Gatineau, Ontario/Quebec", "2021S0503505", "ottawa-gatineau"),
        ("Ottawa-Gatineau, Ontario/Québec", "", "ottawa-gatineau"),
        ("Ottawa-Gatineau, Ontario part, Ontario/Quebec", "2021S050535505", None),
        ("Ottawa-Gatineau, Ontario part, Ontario/Quebec", "", None),
        ("Charlottetown, Prince Edward Island", "2021S0504105", "charlottetown"),
        ("St. John's, Newfoundland and Labrador", "", "st-johns"),
        ("Québec, Quebec", "2021S0503421", "quebec"),
        ("Quebec", "2021A000224", None),
        ("Québec", "", None),
        ("Halifax", "", "halifax"),
        ("London, Nova Scotia", "", None),
        ("Canada", "2021A000011124", None),
        ("Sault Ste. Marie, Ontario", "2021S0504590", None),
    ],
)
def test_a_geography_finds_our_place_or_none(geography: str, dguid: str, place: str | None) -> None:
    assert Geography().find(geography, dguid) == place


def test_a_city_shows_its_newest_period_and_a_few_measures_over_time() -> None:
    take(
        file(
            [
                row("2010", categories=("Population", "Born in Canada"), unit="Persons", value="300", scalar="3"),
                row("2011", categories=("Population", "Born in Canada"), unit="Persons", value="310", scalar="3"),
                row("2010", categories=("Rate", "Born in Canada"), value="70.1"),
                row("2011", categories=("Rate", "Born in Canada"), value="70.2"),
                row("2010", categories=("Rate", "Landed immigrants"), value="", status="x"),
                row("2011", categories=("Rate", "Landed immigrants"), value="60.2"),
                row("2012", "Montréal, Quebec", "2021S0503462", value="99"),
            ]
        )
    )
    [shown] = city_tables(Place.objects.get(pk="halifax"))
    assert (shown.latest, shown.unit, shown.is_yearly, shown.left_out) == (date(2011, 1, 1), "Percentage", True, 0)
    assert [(r.label, r.value) for r in shown.rows] == [
        ("Population, Born in Canada", Decimal(310_000)),
        ("Rate, Born in Canada", Decimal("70.2")),
        ("Rate, Landed immigrants", Decimal("60.2")),
    ]
    assert shown.periods == [date(2010, 1, 1), date(2011, 1, 1)]
    assert [(line.label, line.values) for line in shown.lines] == [
        ("Rate, Born in Canada", [Decimal("70.1"), Decimal("70.2")]),
        ("Rate, Landed immigrants", [None, Decimal("60.2")]),
    ]


def test_a_city_speaks_the_reader_s_language_where_we_have_it() -> None:
    take(file([row()]))
    take(file([row(categories=("Emploi", "Immigrants reçus"), value="61,7")], french=True))
    other = {"product": "14-10-0082-01", "name": "14100082.csv"}
    import_labour_table(file([row()]), **other, **TITLES)
    halifax = Place.objects.get(pk="halifax")
    with translation.override("fr"):
        assert [(t.table.product, t.language) for t in city_tables(halifax)] == [
            ("14-10-0082-01/en", "en"),
            ("14-10-0083-01/fr", "fr"),
        ]
    assert [t.language for t in city_tables(halifax)] == ["en", "en"]


def test_a_long_table_is_cut_and_says_so() -> None:
    take(file(row(categories=("Employment", f"Group {n}")) for n in range(65)))
    [shown] = city_tables(Place.objects.get(pk="halifax"))
    assert (len(shown.rows), shown.left_out, len(shown.lines)) == (60, 5, 5)


def test_a_place_without_figures_shows_no_table() -> None:
    take(file([row()]))
    assert city_tables(Place.objects.get(pk="calgary")) == []


@pytest.mark.parametrize("periods", [1, 12])
def test_a_city_s_tables_cost_the_same_however_long_they_are(periods: int, django_assert_num_queries: Any) -> None:
    take(file(row(f"20{p + 10}", categories=("Employment", f"Group {n}")) for p in range(periods) for n in range(20)))
    halifax = Place.objects.get(pk="halifax")
    with django_assert_num_queries(3):
        city_tables(halifax)
