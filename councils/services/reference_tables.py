"""What the reference tables are: our own columns, and how the rows of the official files become ours."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils.text import slugify

from councils.models import LanguageLevel, Occupation, OccupationGroup, Place, Province, Sector, Teer
from councils.services.sheets import read_table

SHIPPED = Path(settings.BASE_DIR) / "councils" / "data" / "reference"
Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A reference table: the columns of our own file, and how a row of the official file becomes one of ours."""

    model: type[models.Model]
    columns: tuple[str, ...]
    shipped: str
    official: str
    official_columns: tuple[str, ...]
    translate: Callable[[Cells], Cells | None]


def _renamed(**names: str) -> Callable[[Cells], Cells]:
    return lambda row: {ours: row[theirs] for ours, theirs in names.items()}


def _province(row: Cells) -> Cells:
    ours = _renamed(code="postal", iso="iso3166_2", sgc="sgc_pruid", name_en="name_en", name_fr="name_fr")(row)
    return {**ours, "is_territory": "yes" if row["kind"] == "territory" else "no"}


def _place(row: Cells) -> Cells:
    ours = _renamed(cma="cma_code", name_en="name_en", name_fr="name_fr", timezone="timezone")(row)
    # The official file has no coordinates: those that we ship stay.
    known = _points().get(row["cma_code"], {"code": slugify(row["name_en"].replace("–", "-").replace(".", ""))})
    return {**ours, "province": row["province"].split("/", maxsplit=1)[0], **known}


def _points() -> dict[str, dict[str, str]]:
    rows = (row for _line, row in read_table(SHIPPED / "places.csv", ("cma", "code", "latitude", "longitude")))
    return {row["cma"]: {k: row[k] for k in ("code", "latitude", "longitude")} for row in rows if row["cma"]}


def _group(row: Cells) -> Cells | None:
    return _renamed(code="code", title_en="title_en", title_fr="title_fr")(row) if row["level"] == "broad" else None


def _level(row: Cells) -> Cells:
    return {
        **_renamed(level="clb_nclc", stage_en="stage_en", stage_fr="stade_fr")(row),
        **{f"ielts_{skill}": row[f"ielts_gt_{skill}_min"] for skill in ("listening", "reading", "writing", "speaking")},
    }


_TITLES = ("title_en", "title_fr")
_IELTS = ("ielts_listening", "ielts_reading", "ielts_writing", "ielts_speaking")

# In this order: a table stands after those it points to.
TABLES = (
    Table(
        Province,
        ("code", "iso", "sgc", "is_territory", "name_en", "name_fr"),
        "provinces.csv",
        "provinces_en_fr.csv",
        ("postal", "iso3166_2", "sgc_pruid", "name_en", "name_fr", "kind"),
        _province,
    ),
    Table(
        Place,
        ("code", "cma", "province", "name_en", "name_fr", "timezone", "latitude", "longitude"),
        "places.csv",
        "cma2021.csv",
        ("cma_code", "name_en", "name_fr", "province", "timezone"),
        _place,
    ),
    Table(
        Sector,
        ("code", *_TITLES),
        "sectors.csv",
        "naics2022_sectors_en_fr.csv",
        ("code", *_TITLES),
        _renamed(code="code", title_en="title_en", title_fr="title_fr"),
    ),
    Table(
        LanguageLevel,
        ("level", "stage_en", "stage_fr", *_IELTS),
        "language_levels.csv",
        "clb_levels.csv",
        ("clb_nclc", "stage_en", "stade_fr", *(f"ielts_gt_{c.removeprefix('ielts_')}_min" for c in _IELTS)),
        _level,
    ),
    Table(
        OccupationGroup,
        ("code", *_TITLES),
        "occupation_groups.csv",
        "noc2021_hierarchy.csv",
        ("level", "code", *_TITLES),
        _group,
    ),
    Table(
        Teer,
        ("code", *_TITLES),
        "teer.csv",
        "noc2021_teer_en_fr.csv",
        ("teer", *_TITLES),
        _renamed(code="teer", title_en="title_en", title_fr="title_fr"),
    ),
    Table(
        Occupation,
        ("code", *_TITLES),
        "occupations.csv",
        "noc2021_unit_groups_en_fr.csv",
        ("code", *_TITLES),
        _renamed(code="code", title_en="title_en", title_fr="title_fr"),
    ),
)
JOB_TITLES = (("en", "noc2021_job_titles_en.csv", "job_title"), ("fr", "noc2021_job_titles_fr.csv", "titre"))
