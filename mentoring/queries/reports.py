"""Results as they are written down: as plain numbers, with a seal over the rows, and read again."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from mentoring.models import FollowUp, Pair, ResultReport
from mentoring.outcomes import Share
from mentoring.queries.results import (
    LABELS,
    MEASURES,
    Asking,
    Chosen,
    Lean,
    Line,
    Measure,
    Middle,
    Network,
    Results,
    Source,
    results,
    safe_contacts,
    safe_earnings,
    safe_lean,
)
from mentoring.queries.tallies import WAVES, Choice, Ledger, Safe, ledgers
from mentoring.states import FollowUpState, PairState

_SEALED = ("wave", "due_on", "work", "hours", "in_field", "earnings", "contacts", "answered_on")
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


def source_of(council: object | None, choice: Choice, until: date) -> Source:
    """Count what a report on this would rest on; the network's where no council is given."""
    found = ledgers(FollowUp.objects.all(), until)
    if council is None:
        return Network(found)
    return Chosen(next(iter(found.values()), Ledger([], {})), choice)


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


_ANSWERS = ("answered", "at_work", "unemployed", "full_time", "in_field")
_LEAN = ("known", "known_out", "told", "told_out")


def may_follow(old: Source, new: Source, wave: str, safe: Safe, counted: Sequence[str] = _ANSWERS) -> bool:
    """Whether a newer number may stand beside an older one: nothing changed, or enough answers lie between."""
    before, after = old.told(wave, safe), new.told(wave, safe)
    if before is None or after is None:
        return after is not None
    between = after - before
    steps = [getattr(between, name) for name in counted]
    if min(steps) < 0:
        return False
    return not any(steps) or safe(between)


def without_small_steps(found: Results, old: Source, new: Source) -> Results:
    """Leave out each number whose difference to an earlier report would tell of a few people."""

    def kept(values: list[Any], safe: Safe) -> list[Any]:
        return [value if may_follow(old, new, wave, safe) else None for wave, value in zip(WAVES, values, strict=True)]

    lean = found.lean
    return replace(
        found,
        lines=[replace(line, shares=kept(line.shares, line.measure.safe)) for line in found.lines],
        earnings=kept(found.earnings, safe_earnings),
        contacts=kept(found.contacts, safe_contacts),
        lean=lean if lean and may_follow(old, new, lean.wave, safe_lean, _LEAN) else None,
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
    old = source_of(report.council_id, choice, report.until)
    new = source_of(report.council_id, choice, until)
    then = as_results(report.numbers)
    now = without_small_steps(results(new), old, new)
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
