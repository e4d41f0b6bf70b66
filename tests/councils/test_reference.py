"""Reference tables: what is shipped is right, loading is safe to repeat, and a bad file changes nothing."""

import csv
import os
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from councils.models import (
    LanguageLevel,
    Occupation,
    OccupationGroup,
    OccupationTitle,
    Place,
    Province,
    Sector,
    Teer,
)
from councils.services.reference import load_reference
from councils.services.sheets import RowErrors

OFFICIAL = Path(os.environ.get("ALLIES_REFERENCE_DIR", Path(settings.BASE_DIR).parent / "shared" / "reference"))
needs_official = pytest.mark.skipif(not OFFICIAL.is_dir(), reason="the folder of official files is not here")
SHIPPED = Path(settings.BASE_DIR) / "councils" / "data" / "reference"


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


# ---------------------------------------------------------------- what is shipped


def test_the_shipped_tables_have_every_row(reference: None) -> None:
    models = (Province, Sector, LanguageLevel, OccupationGroup, Teer, Occupation)
    assert [m.objects.count() for m in models] == [13, 20, 12, 10, 6, 516]
    assert Place.objects.exclude(cma="").count() == 41
    assert set(Place.objects.filter(cma="").values_list("code", flat=True)) == {"charlottetown", "north-bay"}


@needs_official
@pytest.mark.parametrize(
    ("shipped", "official", "ours", "theirs"),
    [
        (
            "provinces.csv",
            "provinces_en_fr.csv",
            lambda r: (r["code"], r["iso"], r["sgc"], r["name_en"], r["name_fr"], r["is_territory"] == "yes"),
            lambda r: (
                *(r["postal"], r["iso3166_2"], r["sgc_pruid"], r["name_en"], r["name_fr"]),
                r["kind"] == "territory",
            ),
        ),
        (
            "places.csv",
            "cma2021.csv",
            lambda r: r["cma"] and (r["cma"], r["name_en"], r["name_fr"], r["province"], r["timezone"]),
            lambda r: (r["cma_code"], r["name_en"], r["name_fr"], r["province"].split("/")[0], r["timezone"]),
        ),
        (
            "sectors.csv",
            "naics2022_sectors_en_fr.csv",
            lambda r: (r["code"], r["title_en"], r["title_fr"]),
            lambda r: (r["code"], r["title_en"], r["title_fr"]),
        ),
        (
            "language_levels.csv",
            "clb_levels.csv",
            lambda r: tuple(
                r[k]
                for k in (
                    "level",
                    "stage_en",
                    "stage_fr",
                    *(f"ielts_{s}" for s in ("listening", "reading", "writing", "speaking")),
                )
            ),
            lambda r: tuple(
                r[k]
                for k in (
                    *("clb_nclc", "stage_en", "stade_fr"),
                    *(f"ielts_gt_{s}_min" for s in ("listening", "reading", "writing", "speaking")),
                )
            ),
        ),
        (
            "occupation_groups.csv",
            "noc2021_hierarchy.csv",
            lambda r: (r["code"], r["title_en"], r["title_fr"]),
            lambda r: r["level"] == "broad" and (r["code"], r["title_en"], r["title_fr"]),
        ),
        (
            "occupations.csv",
            "noc2021_unit_groups_en_fr.csv",
            lambda r: (r["code"], r["code"][1], r["code"][0], r["title_en"], r["title_fr"]),
            lambda r: (r["code"], r["teer"], r["broad_code"], r["title_en"], r["title_fr"]),
        ),
    ],
    ids=["provinces", "places", "sectors", "language levels", "occupation groups", "occupations"],
)
def test_each_shipped_row_equals_the_official_one(
    shipped: str, official: str, ours: Callable, theirs: Callable
) -> None:
    mine = [row for r in rows(SHIPPED, shipped) if (row := ours(r))]
    published = [row for r in rows(OFFICIAL, official) if (row := theirs(r))]
    assert sorted(mine) == sorted(published)
    assert mine


@needs_official
def test_the_teer_categories_are_the_official_six_in_our_own_words() -> None:
    mine = {row["code"]: row for row in rows(SHIPPED, "teer.csv")}
    published = {row["teer"]: row for row in rows(OFFICIAL, "noc2021_teer_en_fr.csv")}
    assert mine.keys() == published.keys()
    for code, row in mine.items():
        assert row["title_en"] != published[code]["title_en"]
        assert row["title_fr"] != published[code]["title_fr"]


# ---------------------------------------------------------------- loading


def test_loading_again_changes_nothing(reference: None) -> None:
    again = load_reference()
    assert {name: (c.created, c.updated, c.kept) for name, c in again.items()} == dict.fromkeys(again, (0, 0, 0))
    assert again["occupation"].unchanged == 516


def test_loading_repairs_a_row_and_keeps_one_that_is_not_in_the_file(reference: None) -> None:
    Sector.objects.filter(code="11").update(title_fr="Autre chose")
    Place.objects.create(
        code="truro",
        name_en="Truro",
        name_fr="Truro",
        province_id="NS",
        timezone="America/Halifax",
        latitude=45.37,
        longitude=-63.26,
    )
    done = load_reference()
    assert done["sector"].updated == 1
    assert done["place"].kept == 1
    assert Sector.objects.get(code="11").title_fr == "Agriculture, foresterie, pêche et chasse"
    assert Place.objects.filter(code="truro").exists()


@needs_official
def test_the_official_files_load_as_published_with_their_job_titles(reference: None) -> None:
    done = load_reference(OFFICIAL)
    assert (done["occupation"].unchanged, done["place"].unchanged, done["place"].kept) == (516, 41, 2)
    titles = OccupationTitle.objects
    assert titles.filter(language="en", title="Aboriginal band chief").get().occupation_id == "00010"
    assert titles.filter(language="fr").count() > 29_000
    assert str(Place.objects.get(cma="205").latitude) == "44.64880"
    assert load_reference(OFFICIAL)["occupationtitle"].created == 0


PROVINCES = "postal,iso3166_2,sgc_pruid,name_en,name_fr,kind\nNS,CA-NS,12,Nova Scotia,Nouvelle-Écosse,province\n"
SECTORS = "code,title_en,title_fr\n11,Farming,Agriculture\n"
OCCUPATIONS = "code,title_en,title_fr\n21231,Software engineers,Ingénieurs en logiciel\n"


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        (
            "provinces_en_fr.csv",
            PROVINCES + "Nova,CA-NB,13,New Brunswick,Nouveau-Brunswick,province\n",
            "provinces_en_fr.csv, row 3, column code: Ensure this value has at most 2 characters (it has 4).",
        ),
        (
            "provinces_en_fr.csv",
            PROVINCES + "NB,CA-NB,13,,Nouveau-Brunswick,province\n",
            "provinces_en_fr.csv, row 3, column name_en: This field cannot be blank.",
        ),
        (
            "provinces_en_fr.csv",
            PROVINCES.replace("iso3166_2", "iso"),
            "provinces_en_fr.csv, row 1, column iso3166_2: This column is missing: add it.",
        ),
        (
            "provinces_en_fr.csv",
            PROVINCES + "NB,CA-NB,13\n",
            "provinces_en_fr.csv, row 3: This row has 3 cells and the headings 6: check its commas and quotes.",
        ),
        (
            "naics2022_sectors_en_fr.csv",
            SECTORS + "11,Mining,Mines\n",
            "naics2022_sectors_en_fr.csv, row 3, column code: 11 stands twice: keep one row.",
        ),
        (
            "cma2021.csv",
            "cma_code,name_en,name_fr,province,timezone\n205,Halifax,Halifax,XX,America/Halifax\n",
            "cma2021.csv, row 2, column province: We know no “XX”: load that table too, or correct the code.",
        ),
        (
            "cma2021.csv",
            "cma_code,name_en,name_fr,province,timezone\n999,Atlantis,Atlantide,NS,America/Halifax\n",
            (
                "cma2021.csv, row 2, column latitude: "
                "We know no coordinates for this place: add it to the shipped table first."
            ),
        ),
        (
            "noc2021_unit_groups_en_fr.csv",
            OCCUPATIONS + "2123x,Others,Autres\n",
            "noc2021_unit_groups_en_fr.csv, row 3, column code: Write the five digits of the NOC 2021 code.",
        ),
        (
            "noc2021_unit_groups_en_fr.csv",
            OCCUPATIONS + "29999,Others,Autres\n",
            (
                "noc2021_unit_groups_en_fr.csv, row 3, column code: "
                "29999 begins with a category or a TEER digit that we do not know."
            ),
        ),
        (
            "noc2021_job_titles_en.csv",
            "noc_code,job_title\n21231,Coder\n99999,Nobody\n",
            "noc2021_job_titles_en.csv, row 3, column noc_code: We know no occupation 99999: correct the code.",
        ),
    ],
)
def test_a_fault_is_told_by_file_row_and_column_and_nothing_changes(
    reference: None, tmp_path: Path, name: str, content: str, fault: str
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    before = Sector.objects.get(code="11").title_en, OccupationTitle.objects.count(), Province.objects.count()
    with pytest.raises(RowErrors) as told:
        load_reference(tmp_path)
    assert fault in [str(error) for error in told.value.errors]
    assert (Sector.objects.get(code="11").title_en, OccupationTitle.objects.count(), Province.objects.count()) == before


def test_a_good_table_beside_a_bad_one_is_not_loaded_either(reference: None, tmp_path: Path) -> None:
    (tmp_path / "naics2022_sectors_en_fr.csv").write_text(SECTORS, encoding="utf-8")
    (tmp_path / "noc2021_unit_groups_en_fr.csv").write_text(OCCUPATIONS + "1,x,y\n", encoding="utf-8")
    with pytest.raises(RowErrors):
        load_reference(tmp_path)
    assert Sector.objects.get(code="11").title_en == "Agriculture, forestry, fishing and hunting"


def test_one_bad_province_does_not_fault_the_places_in_the_others(reference: None, tmp_path: Path) -> None:
    Place.objects.all().delete()
    Province.objects.all().delete()
    (tmp_path / "provinces_en_fr.csv").write_text(PROVINCES + "NB,CA-NB,13,,x,province\n", encoding="utf-8")
    (tmp_path / "cma2021.csv").write_text(
        "cma_code,name_en,name_fr,province,timezone\n205,Halifax,Halifax,NS,America/Halifax\n"
        "305,Moncton,Moncton,NB,America/Moncton\n",
        encoding="utf-8",
    )
    with pytest.raises(RowErrors) as told:
        load_reference(tmp_path)
    assert [(e.row, e.column) for e in told.value.errors] == [(3, "name_en")]


def test_a_file_that_is_not_utf_8_is_refused_with_its_row(reference: None, tmp_path: Path) -> None:
    (tmp_path / "naics2022_sectors_en_fr.csv").write_bytes(
        "code,title_en,title_fr\n11,Farming,Pêche\n".encode("latin-1")
    )
    with pytest.raises(RowErrors, match="This is not UTF-8: save the file as UTF-8"):
        load_reference(tmp_path)


def test_the_command_says_what_it_did_and_what_it_cannot_do(reference: None, tmp_path: Path) -> None:
    Occupation.objects.all().delete()
    out = StringIO()
    call_command("load_reference", stdout=out)
    assert "occupation: 516 created, 0 updated, 0 unchanged, 0 kept" in out.getvalue()
    with pytest.raises(CommandError, match="has none of the files"):
        call_command("load_reference", folder=tmp_path)
    with pytest.raises(CommandError, match="There is no folder"):
        call_command("load_reference", folder=tmp_path / "nowhere")
