"""Synthetic full-table files in the two forms of Statistics Canada: every number in them is invented."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from councils.models import LabourTable
from councils.services.labour import import_labour_table

ENGLISH = (
    *("REF_DATE", "GEO", "DGUID", "Labour force characteristics", "Immigrant status"),
    *("UOM", "UOM_ID", "SCALAR_FACTOR", "SCALAR_ID", "VECTOR", "COORDINATE"),
    *("VALUE", "STATUS", "SYMBOL", "TERMINATED", "DECIMALS"),
)
FRENCH = (
    *("PÉRIODE DE RÉFÉRENCE", "GÉO", "DGUID", "Caractéristiques de la population active", "Statut d'immigrant"),
    *("UNITÉ DE MESURE", "IDENTIFICATEUR D'UNITÉ DE MESURE", "FACTEUR SCALAIRE", "IDENTIFICATEUR SCALAIRE"),
    *("VECTEUR", "COORDONNÉES", "VALEUR", "STATUT", "SYMBOLE", "TERMINÉ", "DÉCIMALES"),
)


def row(
    period: str = "2011-05",
    geo: str = "Halifax, Nova Scotia",
    dguid: str = "2021S0503205",
    categories: tuple[str, str] = ("Employment", "Landed immigrants"),
    *,
    value: str = "61.7",
    status: str = "",
    unit: str = "Percentage",
    scalar: str = "0",
) -> list[str]:
    """One line of a table."""
    return [period, geo, dguid, *categories, unit, "239", "units", scalar, "v1", "1.1.1", value, status, "", "", "1"]


def file(rows: Iterable[list[str]], *, french: bool = False, bom: bool = True) -> io.BytesIO:
    """A whole file, as it would be downloaded."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";" if french else ",", quoting=csv.QUOTE_ALL)
    writer.writerow(FRENCH if french else ENGLISH)
    writer.writerows(rows)
    return io.BytesIO(text.getvalue().encode("utf-8-sig" if bom else "utf-8"))


TITLES = {"title_en": "Labour force by immigrant status", "title_fr": "Population active selon le statut d'immigrant"}


def take(content: io.BytesIO, **more: Any) -> LabourTable:
    """Import a file as one table."""
    return import_labour_table(content, name="14100083.csv", product="14-10-0083-01", **{**TITLES, **more})
