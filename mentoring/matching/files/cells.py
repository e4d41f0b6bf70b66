"""What may stand in a cell: each reader gives a value, or raises ValueError with a sentence that names the cell."""

import csv
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar

from mentoring.matching.files.table import Faults, Row
from mentoring.matching.people import Mode

REFERENCE = Path(__file__).resolve().parents[3] / "councils" / "data" / "reference"
_WHOLE = re.compile(r"[0-9]{1,18}")
_LEVEL = re.compile(r"\s*([A-Za-z]{2,3})\s*:\s*([0-9]{1,2})\s*")
_MODES = {
    "virtual": Mode.VIRTUAL,
    "online": Mode.VIRTUAL,
    "in_person": Mode.IN_PERSON,
    "either": Mode.EITHER,
    "both": Mode.EITHER,
    "any": Mode.EITHER,
    "hybrid": Mode.EITHER,
}
T = TypeVar("T")


@cache
def reference(name: str) -> frozenset[str]:
    """The codes of one of the portal's reference tables, read from the file that the portal ships."""
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(row["code"] for row in csv.DictReader(file))


class Cells:
    """The cells of a row; a bad one is noted as a fault of its line and replaced, so that all faults are told."""

    def __init__(self, row: Row, faults: Faults) -> None:
        self.row, self.faults = row, faults

    def read(self, column: str, reader: Callable[[str, str], T], instead: T) -> T:
        """Read a cell by a reader that takes the column's name and the text."""
        try:
            return reader(column, self.row.cells.get(column, ""))
        except ValueError as fault:
            self.faults.add(self.row.line, str(fault))
            return instead


def identifier(column: str, text: str) -> str:
    """Any text but none, kept exactly."""
    if not text.strip():
        raise ValueError(f"{column} is empty")
    return text


def word(column: str, text: str) -> str:
    """A word to compare by: without regard to capitals and surplus spaces; may be empty."""
    del column
    return " ".join(text.split()).casefold()


def name(column: str, text: str) -> str:
    """A word that must not be empty."""
    return word(column, identifier(column, text))


def words(column: str, text: str) -> frozenset[str]:
    """Words separated by semicolons; may be none."""
    return frozenset(found for part in text.split(";") if (found := word(column, part)))


def whole(least: int, most: int) -> Callable[[str, str], int]:
    """A whole number between two limits, in digits only."""

    def read(column: str, text: str) -> int:
        if not _WHOLE.fullmatch(text) or not least <= int(text) <= most:
            raise ValueError(f"{column} '{text}' is not a whole number from {least} to {most}")
        return int(text)

    return read


def occupation(column: str, text: str) -> str:
    """A unit group of NOC 2021: five digits that the classification has."""
    if text not in reference("occupations"):
        raise ValueError(f"{column} '{text}' is not a NOC 2021 unit group")
    return text


def industry(column: str, text: str) -> str:
    """A sector of NAICS, like 54 or 44-45."""
    if text not in reference("sectors"):
        raise ValueError(f"{column} '{text}' is not a NAICS sector")
    return text


def languages(column: str, text: str) -> dict[str, int]:
    """Levels of languages like en:8;fr:5, one at least."""
    levels: dict[str, int] = {}
    for part in filter(str.strip, text.split(";")):
        found = _LEVEL.fullmatch(part)
        if not found or not 1 <= int(found[2]) <= 12:
            raise ValueError(f"{column} '{text}' is not like en:8;fr:5 with levels from 1 to 12")
        if found[1].lower() in levels:
            raise ValueError(f"{column} '{text}' has a language twice")
        levels[found[1].lower()] = int(found[2])
    if not levels:
        raise ValueError(f"{column} is empty")
    return levels


def mode(column: str, text: str) -> Mode:
    """How somebody can meet."""
    found = _MODES.get(re.sub(r"[\s-]+", "_", text.strip().lower()))
    if found is None:
        raise ValueError(f"{column} '{text}' is not virtual, in_person or either")
    return found
