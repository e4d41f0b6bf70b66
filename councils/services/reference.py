"""Load the reference tables: those that the project ships, or the official files as published."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel import Locale
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allies.kit.refusals import Refused
from councils.models import Occupation, OccupationGroup, OccupationTitle, Teer
from councils.queries.occupations import fold
from councils.services.reference_tables import JOB_TITLES, SHIPPED, TABLES, Cells, Table
from councils.services.sheets import RowError, RowErrors, read_table

BATCH = 2000


@dataclass(slots=True)
class Count:
    """What loading did to one table; `kept` are rows that the file no longer has, which stay."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: int = 0


class _Reading:
    """One run: the keys known so far, from the database and from the files, and the faults found."""

    def __init__(self) -> None:
        self.errors: list[RowError] = []
        self.keys: dict[type[models.Model], set[Any]] = {
            table.model: set(table.model._default_manager.values_list("pk", flat=True)) for table in TABLES
        }


@transaction.atomic
def load_reference(folder: Path | None = None) -> dict[str, Count]:
    """Load the shipped tables, or the official files in a folder; RowErrors, and nothing changed, if a row is bad.

    Rows are added and updated, never deleted. Gives what was done by table.
    """
    if folder is not None:
        _check(folder)
    reading = _Reading()
    read: dict[type[models.Model], dict[Any, dict[str, Any]]] = {}
    for table in TABLES:
        path = (folder / table.official) if folder else (SHIPPED / table.shipped)
        if path.is_file():
            read[table.model] = _read(table, path, reading, official=folder is not None)
    if reading.errors:
        raise RowErrors(reading.errors)
    done = {model._meta.model_name or "": _store(model, rows) for model, rows in read.items()}
    done["occupationtitle"], errors = _store_titles(folder)
    if errors:
        raise RowErrors(errors)
    return done


def _check(folder: Path) -> None:
    known = [table.official for table in TABLES] + [name for _language, name, _column in JOB_TITLES]
    if not folder.is_dir():
        raise Refused(_("There is no folder %(folder)s.") % {"folder": folder})
    if not any((folder / name).is_file() for name in known):
        raise Refused(
            _("The folder %(folder)s has none of the files %(names)s.") % {"folder": folder, "names": ", ".join(known)}
        )


def _read(table: Table, path: Path, reading: _Reading, *, official: bool) -> dict[Any, dict[str, Any]]:
    rows: dict[Any, dict[str, Any]] = {}
    key = table.model._meta.pk.name
    for line, cells in read_table(path, table.official_columns if official else table.columns):
        ours = table.translate(cells) if official else cells
        if ours is None:
            continue
        values, errors = _values(table, ours, reading)
        reading.errors += [RowError(path.name, line, column, told) for column, told in errors]
        if key not in values:
            continue
        if values[key] in rows:
            told = _("%(code)s stands twice: keep one row.") % {"code": values[key]}
            reading.errors.append(RowError(path.name, line, key, told))
        rows[values[key]] = values
        # A row with a fault of its own is still one that others may point to.
        reading.keys[table.model].add(values[key])
    return rows


def _values(table: Table, cells: Cells, reading: _Reading) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    values: dict[str, Any] = {}
    errors: list[tuple[str, str]] = []
    for name in table.columns:
        column: Any = table.model._meta.get_field(name)
        try:
            if name not in cells:
                raise ValidationError(_("We know no coordinates for this place: add it to the shipped table first."))
            values[column.attname] = _value(column, cells[name], reading)
        except ValidationError as fault:
            errors.append((name, " ".join(fault.messages)))
    if table.model is Occupation and not errors:
        try:
            values |= _place_in_hierarchy(values["code"], reading)
        except ValidationError as fault:
            errors.append(("code", " ".join(fault.messages)))
    return values, errors


def _value(column: Any, cell: str, reading: _Reading) -> Any:
    if isinstance(column, models.BooleanField):
        if cell not in ("yes", "no"):
            raise ValidationError(_("Write yes or no."))
        return cell == "yes"
    if isinstance(column, models.ForeignKey):
        if cell not in reading.keys[column.related_model]:
            raise ValidationError(
                _("We know no “%(code)s”: load that table too, or correct the code.") % {"code": cell}
            )
        return cell
    if cell == "" and column.null:
        return None
    return column.clean(cell, None)


def _place_in_hierarchy(code: str, reading: _Reading) -> dict[str, Any]:
    """The first two digits of a code are its category and its TEER."""
    if not (len(code) == 5 and code.isdecimal()):
        raise ValidationError(_("Write the five digits of the NOC 2021 code."))
    if code[0] not in reading.keys[OccupationGroup] or int(code[1]) not in reading.keys[Teer]:
        raise ValidationError(
            _("%(code)s begins with a category or a TEER digit that we do not know.") % {"code": code}
        )
    return {"group_id": code[0], "teer_id": int(code[1])}


def _store(model: type[models.Model], rows: dict[Any, dict[str, Any]]) -> Count:
    key = model._meta.pk.name
    here = {row[key]: row for row in model._default_manager.values()}
    count = Count(kept=len(here.keys() - rows.keys()))
    changed = []
    for pk, values in rows.items():
        if pk not in here:
            count.created += 1
        elif any(here[pk][name] != value for name, value in values.items()):
            count.updated += 1
        else:
            count.unchanged += 1
            continue
        changed.append(model(**values))
    names = [f.name for f in model._meta.concrete_fields if not f.primary_key]
    model._default_manager.bulk_create(
        changed, update_conflicts=True, unique_fields=[key], update_fields=names, batch_size=BATCH
    )
    return count


def _store_titles(folder: Path | None) -> tuple[Count, list[RowError]]:
    """Keep the titles of unit groups, and job titles where the folder has them, folded for search."""
    errors: list[RowError] = []
    before = OccupationTitle.objects.count()
    known = set(Occupation.objects.values_list("code", flat=True))
    batch: list[OccupationTitle] = []
    total = 0

    def flush() -> None:
        OccupationTitle.objects.bulk_create(batch, ignore_conflicts=True)
        batch.clear()

    for file, line, language, code, title in _titles(folder):
        if code not in known:
            told = _("We know no occupation %(code)s: correct the code.") % {"code": code}
            errors.append(RowError(file, line, "noc_code", told))
        elif not title or len(title) > 250:
            errors.append(RowError(file, line, "title", gettext_lazy("Write a title of 1 to 250 characters.")))
        else:
            total += 1
            batch.append(OccupationTitle(occupation_id=code, language=language, title=title, folded=fold(title)))
        if len(batch) >= BATCH:
            flush()
    flush()
    created = OccupationTitle.objects.count() - before
    return Count(created=created, unchanged=total - created), errors


def _titles(folder: Path | None) -> Iterator[tuple[str, int, str, str, str]]:
    for code, title_en, title_fr in Occupation.objects.values_list("code", "title_en", "title_fr"):
        yield "", 0, "en", code, title_en
        yield "", 0, "fr", code, title_fr
    for language, name, column in JOB_TITLES if folder else ():
        path = folder / name  # type: ignore[operator]
        if path.is_file():
            for line, row in read_table(path, ("noc_code", column)):
                yield name, line, language, row["noc_code"], row[column]


def language_names(language: str) -> dict[str, str]:
    """Name the languages that people speak, by BCP 47 code, in "en" or "fr"."""
    names = Locale.parse(f"{language}_CA").languages
    rows = (row for _line, row in read_table(SHIPPED / "languages.csv", ("code", "name_en", "name_fr")))
    # Our file names only the few languages that Babel does not.
    return {row["code"]: row[f"name_{language}"] or names[row["code"]] for row in rows}
