"""Results as they are written down: as plain numbers, with a seal over the rows, and read again."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from allies.kit.scope import across
from mentoring.models import FollowUp, Pair, ResultReport
from mentoring.outcomes import Share
from mentoring.queries.measures import LABELS, MEASURES, Measure
from mentoring.queries.results import Asking, Chosen, Lean, Line, Middle, Network, Results, Source, results
from mentoring.queries.tallies import WAVES, Choice, Ledger, Published, by_council, ledgers
from mentoring.states import FollowUpState, PairState

_SEALED = ("wave", "due_on", "work", "hours", "in_field", "earnings", "contacts", "answered_on", "employer")
_ASKING = ("wave", "due", "asked", "answered", "late", "refused", "lost", "waiting")


def narrowed(rows: Any, choice: Choice, pair: str = "pair__") -> Any:
    """Narrow a query of follow-ups, or of pairs with an empty `pair`, to a choice."""
    asked = {
        f"{pair}programme": choice.programme,
        f"{pair}application__intake": choice.intake,
        f"{pair}ended_on__year": choice.year,
    }
    return rows.filter(**{name: value for name, value in asked.items() if value is not None})


def pairs_of(choice: Choice, until: date) -> dict[str, int]:
    """Count the pairs of a choice that began, completed, and ended early until a day; one query."""
    ended = Q(ended_on__lte=until)
    found: dict[str, int] = narrowed(Pair.objects.filter(started_on__lte=until), choice, pair="").aggregate(
        began=Count("pk"),
        completed=Count("pk", filter=ended & Q(state=PairState.COMPLETED)),
        ended_early=Count("pk", filter=ended & Q(state=PairState.ENDED_EARLY)),
    )
    return found


def seal(rows: "QuerySet[FollowUp]", until: date) -> str:
    """Take the SHA-256 of the rows that results rest on: whoever has the rows can check it at any time."""
    digest = hashlib.sha256()
    names = ("pk", "state", *_SEALED)
    for row in rows.filter(due_on__lte=until).order_by("pk").values_list(*names).iterator():
        facts = dict(zip(names, row, strict=True))
        is_told = facts["state"] == FollowUpState.ANSWERED and facts["answered_on"] <= until
        cells = [facts["pk"], *(facts[name] for name in _SEALED)] if is_told else [facts["pk"], *row[2:4]]
        digest.update("|".join(map(str, cells)).encode() + b"\n")
    return digest.hexdigest()


def choice_of(report: ResultReport) -> Choice:
    """What a report is about."""
    return Choice(report.programme_id, report.intake_id, report.year)


def rows_of(choice: Choice) -> "QuerySet[FollowUp]":
    """The follow-ups of a choice, of the scope that is entered."""
    found: QuerySet[FollowUp] = narrowed(FollowUp.objects.all(), choice)
    return found


def source_of(council: UUID | None, choice: Choice, until: date, *, apart: bool = False) -> Source:
    """Count what results of a choice rest on; the network's where no council is given.

    With `apart`, what earlier reports told counts as known to everybody: what could be found by comparing is left out.
    """
    if council is None and not apart:
        return Network(by_council(FollowUp.objects.all(), until))
    cuts, told = _published(council, until) if apart else ([], {})
    found = ledgers(FollowUp.objects.all(), until, cuts, told)
    if council is None:
        return Network(found)
    return Chosen(next(iter(found.values()), Ledger([], {})), choice)


def _published(council: UUID | None, until: date) -> tuple[list[date], dict[UUID | None, list[Published]]]:
    """Read what the reports on a council and on the network told, or all reports; and the days between which to cut."""
    with across():
        rows = ResultReport.objects.order_by("until", "pk")
        if council is not None:
            rows = rows.filter(Q(council=council) | Q(council=None))
        found = list(rows)
    cuts = sorted({report.until for report in found if report.until < until})
    told: dict[UUID | None, list[Published]] = {}
    for report in found:
        part = cuts.index(report.until) if report.until < until else len(cuts)
        told.setdefault(report.council_id, []).append(Published(choice_of(report), part, _told(report.numbers)))
    return cuts, told


def _told(numbers: Mapping[str, Any]) -> frozenset[tuple[str, str]]:
    """Name the numbers that a report told, each with its wave."""
    rows = {**numbers.get("lines", {}), **{name: numbers.get(name, []) for name in ("earnings", "contacts")}}
    found = {(name, wave) for name, cells in rows.items() for wave, cell in zip(WAVES, cells, strict=False) if cell}
    lean = numbers.get("lean")
    return frozenset(found | {("lean", lean["wave"])} if lean else found)


def as_numbers(found: Results, pairs: Mapping[str, int]) -> dict[str, Any]:
    """Write results as plain numbers: what may not be told is not there."""
    lean = found.lean
    return {
        "pairs": dict(pairs),
        "asking": [{name: getattr(wave, name) for name in _ASKING} for wave in found.asking],
        "lines": {line.measure.name: [_plain(share) for share in line.shares] for line in found.lines},
        "earnings": [_middle(middle) for middle in found.earnings],
        "contacts": [_middle(middle) for middle in found.contacts],
        "lean": lean and {"wave": lean.wave, "told": _plain(lean.told), "everybody": _plain(lean.everybody)},
        "partial": found.partial,
    }


def _plain(share: Share | None) -> dict[str, int] | None:
    return None if share is None else {"yes": share.yes, "answered": share.answered, "due": share.due}


def _middle(middle: Middle | None) -> dict[str, Any] | None:
    return None if middle is None else {"value": middle.value, "said": middle.said}


def as_results(numbers: Mapping[str, Any]) -> Results:
    """Read written results again; an empty report has nothing in it."""
    lean = numbers.get("lean")
    return Results(
        asking=[Asking(**wave) for wave in numbers.get("asking", [])],
        lines=[
            Line(measure, [share and Share(**share) for share in numbers["lines"][measure.name]])
            for measure in MEASURES
            if measure.name in numbers.get("lines", {})
        ],
        earnings=[middle and Middle(**middle) for middle in numbers.get("earnings", [])],
        contacts=[middle and Middle(**middle) for middle in numbers.get("contacts", [])],
        lean=lean and Lean(lean["wave"], Share(**lean["told"]), Share(**lean["everybody"])),
        partial=numbers.get("partial", False),
    )


@dataclass(frozen=True, slots=True)
class Step:
    """One share that is another now than when it was written down; None where it may not be told."""

    measure: Measure
    wave: str
    before: Share | None
    after: Share | None

    @property
    def label(self) -> object:
        """When they were asked."""
        return LABELS[self.wave]


@dataclass(frozen=True, slots=True)
class Since:
    """What has changed since a report: how asking went on, which shares moved, and whether its rows are the same."""

    until: date
    asking: list[tuple[Asking, Asking]]
    steps: list[Step]
    is_intact: bool

    @property
    def is_still(self) -> bool:
        """Whether nobody became due and nobody answered since."""
        return all((then.due, then.answered) == (now.due, now.answered) for then, now in self.asking)


def since(report: ResultReport, until: date) -> Since:
    """Compare a report with what is known on a later day; three queries."""
    choice = choice_of(report)
    then = as_results(report.numbers)
    now = results(source_of(report.council_id, choice, until, apart=True))
    steps = [
        Step(line.measure, wave, before, after)
        for line in then.lines
        for wave, before in zip(WAVES, line.shares, strict=True)
        for after in [now.share(line.measure.name, wave)]
        if before != after
    ]
    return Since(
        until=until,
        asking=list(zip(then.asking, now.asking, strict=False)),
        steps=steps,
        is_intact=seal(rows_of(choice), report.until) == report.rows_hash,
    )
