"""What became of those who were mentored: five indicators at the start and after each wave, with what they rest on."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mentoring.models import FollowUp
from mentoring.outcomes import LEAST_ANSWERS, Share, median_place
from mentoring.states import FollowUpState

FULL_TIME = 30
_AT_WORK = (FollowUp.Work.EMPLOYED, FollowUp.Work.SELF)
_BANDS = [band for band in FollowUp.Earnings if band is not FollowUp.Earnings.NOT_SAID]


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator over the waves."""

    label: str | Promise
    help: str | Promise
    shares: list[Share]


@dataclass(frozen=True, slots=True)
class Results:
    """The indicators of a set of follow-ups: `answered` and `due` for each wave in order."""

    waves: list[str]
    due: list[int]
    answered: list[int]
    late: list[int]
    lines: list[Line]
    earnings: list[str]
    contacts: list[int | None]

    @property
    def is_empty(self) -> bool:
        """Whether nobody has answered yet."""
        return not any(self.answered)


def results(follow_ups: "QuerySet[FollowUp]", today: date | None = None) -> Results:
    """Work the indicators out, of all whose day has come; one query."""
    on = today or timezone.localdate()
    names = ("wave", "state", "work", "hours", "in_field", "earnings", "contacts", "answered_on", "closes_on")
    rows: dict[str, list[dict[str, object]]] = {str(wave): [] for wave in FollowUp.Wave}
    for row in follow_ups.filter(due_on__lte=on).values(*names):
        rows[row["wave"]].append(row)
    told = [[row for row in rows[wave] if row["state"] == FollowUpState.ANSWERED] for wave in rows]
    due = [len(rows[wave]) for wave in rows]

    working = [_working(answers) for answers in told]

    def line(label: Promise, help_: Promise, yes: list[int], among: "list[int] | list[None]") -> Line:
        counts = zip(yes, told, due, among, strict=True)
        return Line(label, help_, [Share(y, len(answers), d, a) for y, answers, d, a in counts])

    return Results(
        waves=[str(wave.label) for wave in FollowUp.Wave],
        due=due,
        answered=[len(answers) for answers in told],
        late=[sum(row["answered_on"] > row["closes_on"] for row in answers) for answers in told],  # type: ignore[operator]
        lines=[
            line(_("At work"), _("They have a job or work for themselves."), working, [None] * len(told)),
            line(_("Full time"), _("They work 30 hours a week or more."), [_full_time(t) for t in told], working),
            line(
                _("In their field"),
                _("They say that their work is in their field."),
                [_in_field(t) for t in told],
                working,
            ),
        ],
        earnings=[_median_earnings(answers) for answers in told],
        contacts=[_median_contacts(answers) for answers in told],
    )


def _working(answers: list[dict[str, object]]) -> int:
    return sum(row["work"] in _AT_WORK for row in answers)


def _full_time(answers: list[dict[str, object]]) -> int:
    return sum(int(str(row["hours"] or 0)) >= FULL_TIME for row in answers)


def _in_field(answers: list[dict[str, object]]) -> int:
    return sum(row["in_field"] is True for row in answers)


def _median_earnings(answers: list[dict[str, object]]) -> str:
    """The class of earnings that holds the median of those who said theirs; empty where too few did."""
    said = Counter(row["earnings"] for row in answers)
    counts = [said[band] for band in _BANDS]
    place = median_place(counts)
    return str(_BANDS[place].label) if place is not None and sum(counts) >= LEAST_ANSWERS else ""


def _median_contacts(answers: list[dict[str, object]]) -> int | None:
    said = Counter(int(str(row["contacts"])) for row in answers if row["contacts"] is not None)
    if sum(said.values()) < LEAST_ANSWERS:
        return None
    numbers = range(max(said) + 1)
    return median_place([said[number] for number in numbers])
