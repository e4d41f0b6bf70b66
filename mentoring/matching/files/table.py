"""Reading CSV files strictly: each row with its line, each fault gathered, nothing guessed."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_MARKS = ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"))


class BadFiles(Exception):
    """Files that cannot be used; `lines` says why, one line a bad row."""

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = list(lines)


@dataclass
class Faults:
    """What is wrong with a file: the reasons of each line."""

    name: str
    by_line: dict[int, list[str]] = field(default_factory=dict)

    def add(self, line: int, reason: str) -> None:
        """Note a fault of a line."""
        self.by_line.setdefault(line, []).append(reason)

    def lines(self) -> list[str]:
        """One line for each bad line of the file, in its order."""
        return [f"{self.name}:{line}: {'; '.join(reasons)}" for line, reasons in sorted(self.by_line.items())]


@dataclass(frozen=True)
class Row:
    """A row by its headings, and the line on which it begins."""

    line: int
    cells: dict[str, str]


class Table:
    """A CSV file in UTF-8, with or without a byte order mark, with known headings in any order.

    Blank lines are passed over. Cells are given exactly as they are, spaces and all.
    """

    def __init__(self, path: Path, needed: Sequence[str], optional: Sequence[str] = ()) -> None:
        self.faults = Faults(path.name)
        self.needed, self.known = needed, (*needed, *optional)
        self.text = self._text(path)

    def rows(self) -> Iterator[Row]:
        """Give the rows that have a cell for each heading; the others are faults."""
        reader = csv.reader(io.StringIO(self.text, newline=""), strict=True)
        before = 0
        headings: list[str] | None = None
        try:
            for cells in reader:
                line, before = before + 1, reader.line_num
                if not cells:
                    continue
                if headings is None:
                    headings = self._headings(line, cells)
                    if not headings:
                        return
                elif len(cells) != len(headings):
                    self.faults.add(line, f"{len(cells)} cells under {len(headings)} headings")
                else:
                    yield Row(line, dict(zip(headings, cells, strict=True)))
        except csv.Error as fault:
            self.faults.add(before + 1, f"this cannot be read as CSV: {fault}")
        if headings is None and not self.faults.by_line:
            self.faults.add(1, "the file is empty")

    def _headings(self, line: int, cells: list[str]) -> list[str]:
        """The headings, or none at all and faults that say why."""
        if len(cells) == 1 and cells[0].count(";") >= len(self.needed) - 1 > 0:
            self.faults.add(line, "columns are separated by ';': save the file with commas")
            return []
        names = [cell.strip() for cell in cells]
        faults = [f"column '{name}' is missing" for name in self.needed if name not in names]
        faults += [f"column '{name}' is unknown" for name in names if name not in self.known]
        faults += [f"column '{name}' comes twice" for name in self.known if names.count(name) > 1]
        for fault in faults:
            self.faults.add(line, fault)
        return [] if faults else names

    def _text(self, path: Path) -> str:
        try:
            content = path.read_bytes()
        except OSError as fault:
            raise BadFiles([f"{path.name}: cannot be read: {fault.strerror}"]) from None
        for mark, encoding in _MARKS:
            if content.startswith(mark):
                self.faults.add(1, f"the file is {encoding}: save it as CSV in UTF-8")
                return ""
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as fault:
            self.faults.add(
                1 + content.count(b"\n", 0, fault.start), "this is not UTF-8: save the file as CSV in UTF-8"
            )
            return ""
        if "\0" in text:
            self.faults.add(1 + text.count("\n", 0, text.index("\0")), "this is no text: there is a null character")
            return ""
        return text
