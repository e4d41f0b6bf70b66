"""Bare scores and capacities from CSV files."""

from array import array
from pathlib import Path

import numpy as np

from mentoring.matching.arrays import Ints
from mentoring.matching.engine import HIGHEST_BARE_SCORE, ScoreList
from mentoring.matching.files import cells
from mentoring.matching.files.cells import Cells
from mentoring.matching.files.people import MOST_PLACES
from mentoring.matching.files.table import Faults, Table

SCORES = ("mentee", "mentor", "score")
CAPACITIES = ("mentor", "capacity")


def read_capacities(path: Path) -> tuple[dict[str, int], Faults]:
    """Read the places of each mentor; raises BadFiles where there is no file."""
    table = Table(path, CAPACITIES)
    capacities: dict[str, int] = {}
    lines: dict[str, int] = {}
    for row in table.rows():
        found = Cells(row, table.faults)
        mentor = found.read("mentor", cells.identifier, "")
        if lines.setdefault(mentor, row.line) != row.line:
            table.faults.add(row.line, f"mentor '{mentor}' is on line {lines[mentor]} already")
        capacities[mentor] = found.read("capacity", cells.whole(0, MOST_PLACES), 0)
    if not capacities and not table.faults.by_line:
        table.faults.add(2, "there are no rows")
    return capacities, table.faults


def read_scores(path: Path, capacities: dict[str, int] | None) -> tuple[ScoreList, Faults]:
    """Read allowed pairs and their scores; `capacities` is None where these could not be read themselves."""
    table = Table(path, SCORES)
    mentees: dict[str, int] = {}
    mentors: dict[str, int] = {}
    columns = tuple(array("q") for _ in range(4))
    score = cells.whole(0, HIGHEST_BARE_SCORE)
    for row in table.rows():
        found = Cells(row, table.faults)
        mentee, mentor = (found.read(side, cells.identifier, "") for side in ("mentee", "mentor"))
        if capacities is not None and mentor and mentor not in capacities:
            table.faults.add(row.line, f"mentor '{mentor}' has no capacity given")
        numbers = mentees.setdefault(mentee, len(mentees)), mentors.setdefault(mentor, len(mentors))
        for column, number in zip(columns, (*numbers, found.read("score", score, 0), row.line), strict=True):
            column.append(number)
    rows, places, scores, lines = (np.frombuffer(column, dtype=np.int64) for column in columns)
    _refuse_repeats(table.faults, rows * max(1, len(mentors)) + places, lines)
    return ScoreList(tuple(mentees), tuple(mentors), rows, places, scores), table.faults


def _refuse_repeats(faults: Faults, pairs: Ints, lines: Ints) -> None:
    order = np.argsort(pairs, kind="stable")
    first = np.maximum.accumulate(np.where(np.diff(pairs[order], prepend=-1) != 0, np.arange(order.size), 0))
    for at in np.flatnonzero(first != np.arange(order.size)).tolist():
        faults.add(int(lines[order[at]]), f"this pair is on line {lines[order[first[at]]]} already")
