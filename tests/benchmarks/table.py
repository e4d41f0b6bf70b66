"""A table of measurements, and the page that keeps the newest of each."""

import os
import platform
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "benchmarks.md"


@dataclass(frozen=True)
class Table:
    """What was measured: a name, what it means, and rows under their headings."""

    name: str
    meaning: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]

    def markdown(self) -> str:
        """Give the table as a section of the page."""
        lines = [f"## {self.name}", "", self.meaning, "", _row(self.headings), _row(["---"] * len(self.headings))]
        lines += [_row(row) for row in self.rows]
        lines += ["", f"Measured on {datetime.now(UTC):%Y-%m-%d} on {machine()}.", ""]
        return "\n".join(lines)


def machine() -> str:
    """Describe this machine in a few words."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    kind = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    return f"{os.cpu_count()} cores, {memory:.0f} GiB, {kind}"


def keep(table: Table) -> None:
    """Put a table in its place on the page: where it was, or at the end."""
    page = PAGE.read_text()
    place = re.compile(rf"^## {re.escape(table.name)}\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
    section = table.markdown()
    if place.search(page):
        page = place.sub(lambda _: section + "\n", page)
    else:
        page = f"{page.rstrip()}\n\n{section}"
    PAGE.write_text(page.rstrip() + "\n")


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
