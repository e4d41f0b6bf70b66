"""A report of results as columns of a file: one line for each number that was told."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from allies.kit.export import Column, csv_response, xlsx_response
from mentoring.models import ResultReport
from mentoring.outcomes import Share
from mentoring.queries.reports import as_results
from mentoring.queries.results import Asking, Middle, Results


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of a report with what it rests on."""

    what: str | Promise
    when: str | Promise
    asking: Asking
    share: Share | None = None
    middle: Middle | None = None
    is_asked: bool = True

    @property
    def note(self) -> str:
        """Why there is no number."""
        if self.share or self.middle:
            return ""
        return _("too few answers") if self.is_asked else _("not asked")


def cells(results: Results) -> Iterator[Cell]:
    """Give the numbers of a report line by line."""
    for line in results.lines:
        for asking, share in zip(results.asking, line.shares, strict=True):
            is_asked = asking.wave in line.measure.waves
            yield Cell(line.measure.label, asking.label, asking, share=share, is_asked=is_asked)
    for what, middles in (
        (_("Yearly earnings, median class of those who work full time"), results.earnings),
        (_("Contacts in the profession, median"), results.contacts),
    ):
        for asking, middle in zip(results.asking, middles, strict=True):
            yield Cell(what, asking.label, asking, middle=middle)


def columns() -> list[Column]:
    """The headings, in the reader's language."""
    return [
        (_("Indicator"), "what"),
        (_("When"), "when"),
        (_("Due"), "asking.due"),
        (_("Answered"), "asking.answered"),
        (_("Yes"), lambda cell: cell.share and cell.share.yes),
        (_("Of"), lambda cell: (cell.share and cell.share.answered) or (cell.middle and cell.middle.said)),
        (_("Share"), lambda cell: cell.share and round(cell.share.rate, 4)),
        (_("95 in 100, from"), lambda cell: cell.share and round(cell.share.interval[0], 4)),
        (_("95 in 100, to"), lambda cell: cell.share and round(cell.share.interval[1], 4)),
        (_("Of all due, least"), lambda cell: cell.share and round(cell.share.bounds[0], 4)),
        (_("Of all due, most"), lambda cell: cell.share and round(cell.share.bounds[1], 4)),
        (_("Median"), lambda cell: cell.middle and cell.middle.words),
        (_("Note"), "note"),
    ]


def _file(kind: str) -> Callable[[ResultReport], HttpResponse]:
    write: Callable[..., HttpResponse] = csv_response if kind == "csv" else xlsx_response
    return lambda report: write(
        list(cells(as_results(report.numbers))), columns(), f"results-{report.until}-{report.rows_hash[:8]}.{kind}"
    )


FILES = {kind: _file(kind) for kind in ("csv", "xlsx")}
