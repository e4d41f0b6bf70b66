"""Mentees, mentors and exclusions from CSV files."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mentoring.matching.files import cells
from mentoring.matching.files.cells import Cells
from mentoring.matching.files.table import Faults, Table
from mentoring.matching.people import LONGEST_CAREER, Mentee, Mentees, Mentor, Mentors, Mode

_SHARED = ("id", "council", "occupation", "industry", "years", "languages", "goals", "availability", "mode", "city")
MENTEES = (*_SHARED, "waiting_intakes")
MENTORS = (*_SHARED, "employer", "capacity")
EXCLUSIONS = ("mentee", "mentor", "reason")
LONGEST_WAIT = 1000
MOST_PLACES = (1 << 31) - 1
_MUTE: dict[str, int] = {}
_NONE: frozenset[str] = frozenset()


def read_mentees(path: Path) -> tuple[Mentees | None, Faults]:
    """Read mentees, or the faults of their file; raises BadFiles where there is none."""
    table = Table(path, MENTEES, ("employer",))
    people = [
        Mentee(**_facts(row), waiting=row.read("waiting_intakes", cells.whole(0, LONGEST_WAIT), 0))
        for row in _rows(table)
    ]
    return None if table.faults.by_line else Mentees.of(people), table.faults


def read_mentors(path: Path) -> tuple[Mentors | None, Faults]:
    """Read mentors, or the faults of their file; raises BadFiles where there is none."""
    table = Table(path, MENTORS)
    people = [
        Mentor(**_facts(row), capacity=row.read("capacity", cells.whole(0, MOST_PLACES), 0)) for row in _rows(table)
    ]
    return None if table.faults.by_line else Mentors.of(people), table.faults


def read_exclusions(
    path: Path, mentees: Sequence[str] | None, mentors: Sequence[str] | None
) -> tuple[list[tuple[str, str]], Faults]:
    """Read pairs that may not meet, among the people there are; None where these could not be read themselves."""
    table = Table(path, EXCLUSIONS)
    known = {"mentee": None if mentees is None else set(mentees), "mentor": None if mentors is None else set(mentors)}
    pairs = []
    for row in table.rows():
        for side, people in known.items():
            if people is not None and row.cells[side] not in people:
                table.faults.add(row.line, f"{side} '{row.cells[side]}' is unknown")
        pairs.append((row.cells["mentee"], row.cells["mentor"]))
    return pairs, table.faults


def _rows(table: Table) -> list[Cells]:
    """The rows of people, at least one, no identifier twice."""
    lines: dict[str, int] = {}
    rows = []
    for row in table.rows():
        name = row.cells["id"]
        if lines.setdefault(name, row.line) != row.line:
            table.faults.add(row.line, f"id '{name}' is on line {lines[name]} already")
        rows.append(Cells(row, table.faults))
    if not rows and not table.faults.by_line:
        table.faults.add(2, "there are no rows")
    return rows


def _facts(row: Cells) -> dict[str, Any]:
    return {
        "id": row.read("id", cells.identifier, ""),
        "council": row.read("council", cells.name, ""),
        "occupation": row.read("occupation", cells.occupation, "00000"),
        "industry": row.read("industry", cells.industry, ""),
        "years": row.read("years", cells.whole(0, LONGEST_CAREER), 0),
        "languages": row.read("languages", cells.languages, _MUTE),
        "goals": row.read("goals", cells.words, _NONE),
        "availability": row.read("availability", cells.words, _NONE),
        "mode": row.read("mode", cells.mode, Mode.EITHER),
        "city": row.read("city", cells.word, ""),
        "employer": row.read("employer", cells.word, ""),
    }
