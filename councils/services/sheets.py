"""Reading tables that people send: each fault is told by file, row and column."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from allies.kit.refusals import Refused

SHOWN = 20


@dataclass(frozen=True, slots=True)
class RowError:
    """One fault: where it is, and what to do about it. Row 1 is the line of headings."""

    file: str
    row: int
    column: str
    message: str | Promise

    def __str__(self) -> str:
        where = {"file": self.file, "row": self.row, "column": self.column, "message": self.message}
        if self.column:
            return _("%(file)s, row %(row)d, column %(column)s: %(message)s") % where
        return _("%(file)s, row %(row)d: %(message)s") % where


class RowErrors(Refused):
    """A table was not taken because of its faults; `errors` has them all, the reason shows the first ones."""

    def __init__(self, errors: Iterable[object]) -> None:
        self.errors = list(errors)
        count = len(self.errors)
        lines = [
            ngettext(
                "Nothing was changed: there is %(count)d fault.",
                "Nothing was changed: there are %(count)d faults.",
                count,
            )
            % {"count": count}
        ]
        lines += [str(error) for error in self.errors[:SHOWN]]
        if count > SHOWN:
            lines.append(_("… and %(count)d more.") % {"count": count - SHOWN})
        super().__init__("\n".join(lines))


def read_table(path: Path, columns: Iterable[str]) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Give the rows of a CSV file with their line numbers; RowErrors if a column is missing or a row is odd."""
    wanted = list(columns)
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, strict=True)
        try:
            header = [name.strip() for name in next(reader, [])]
            if missing := [name for name in wanted if name not in header]:
                raise RowErrors(
                    [RowError(path.name, 1, name, gettext_lazy("This column is missing: add it.")) for name in missing]
                )
            for cells in reader:
                if not any(cells):
                    continue
                if len(cells) != len(header):
                    told = _("This row has %(found)d cells and the headings %(expected)d: check its commas and quotes.")
                    raise RowErrors(
                        [
                            RowError(
                                path.name, reader.line_num, "", told % {"found": len(cells), "expected": len(header)}
                            )
                        ]
                    )
                yield reader.line_num, dict(zip(header, (cell.strip() for cell in cells), strict=True))
        except UnicodeDecodeError:
            raise RowErrors(
                [
                    RowError(
                        path.name, reader.line_num + 1, "", gettext_lazy("This is not UTF-8: save the file as UTF-8.")
                    )
                ]
            ) from None
        except csv.Error as fault:
            told = _("This row cannot be read as CSV (%(fault)s).") % {"fault": fault}
            raise RowErrors([RowError(path.name, reader.line_num, "", told)]) from None
