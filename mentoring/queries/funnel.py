"""How far the applicants of an intake have come, how long each step takes, and who waits for whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import Any

from django.db.models import Aggregate, Count, DurationField, Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from allies.kit.ui import formats
from mentoring.models import Application, Intake, Interview, Programme, Referral
from mentoring.states import ApplicationState, InterviewState

S = ApplicationState


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the funnel: its name in addresses, what it is called, and the column that says it was reached."""

    name: str
    label: str | Promise
    column: str


STEPS = (
    Step("applied", _("Applied"), "submitted_at"),
    Step("eligible", _("Eligible"), "eligible_at"),
    Step("screened", _("Accepted after the interview"), "screened_at"),
    Step("oriented", _("Orientation done"), "oriented_at"),
    Step("ready", _("Ready to be matched"), "ready_at"),
    Step("proposed", _("Mentor proposed"), "proposed_at"),
    Step("matched", _("Matched"), "matched_at"),
)
COMPLETED = Step("completed", _("Completed"), "")


@dataclass(frozen=True, slots=True)
class Wait:
    """What keeps people: who is to act, and on what."""

    name: str
    label: str | Promise
    by: str
    condition: Q


_CALLED = Q(interview_over=True)
_TO_ORIENT = Q(state=S.SCREENED, oriented_at=None)
# Executives are oriented alone, by the coordinator.
_ALONE = Q(intake__programme__kind=Programme.Kind.EXECUTIVE)
WAITS = (
    Wait("evidence", _("Answers to check"), "us", Q(state=S.NEEDS_EVIDENCE)),
    Wait("interview_record", _("Interviews to record"), "us", Q(state=S.BOOKED) & _CALLED),
    Wait("one_to_one", _("To orient one to one"), "us", _TO_ORIENT & _ALONE),
    Wait("referral", _("Not eligible, without a referral"), "us", Q(state=S.INELIGIBLE, referred=False)),
    Wait("pairing", _("Ready, without a mentor"), "us", Q(state=S.READY)),
    Wait("waiting_list", _("On the waiting list"), "us", Q(state=S.WAITLISTED)),
    Wait("booking", _("To book an interview"), "person", Q(state=S.ELIGIBLE)),
    Wait("interview", _("Interview ahead"), "person", Q(state=S.BOOKED) & ~_CALLED),
    Wait("orientation", _("To take part in an orientation"), "person", _TO_ORIENT & ~_ALONE),
    Wait(
        "handbook",
        _("To read the handbook"),
        "person",
        Q(state=S.SCREENED, oriented_at__isnull=False, handbook_at=None),
    ),
    Wait("answer", _("To answer a proposal"), "person", Q(state=S.PROPOSED)),
)
CONDITIONS = {wait.name: wait.condition for wait in WAITS}


class Median(Aggregate):
    """The middle value, as Postgres computes it."""

    function = "PERCENTILE_CONT"
    name = "Median"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


@dataclass(frozen=True, slots=True)
class Level:
    """One step with how many reached it, the share of those who applied, and the usual days since the step before."""

    step: Step
    count: int
    share: int
    days: int | None

    @property
    def percent(self) -> str:
        """The share in words."""
        return formats.percent(self.share / 100)


@dataclass(frozen=True, slots=True)
class Kept:
    """How many people one thing keeps."""

    wait: Wait
    count: int


@dataclass(frozen=True, slots=True)
class Funnel:
    """The whole picture of one intake."""

    levels: list[Level]
    for_us: list[Kept]
    for_people: list[Kept]
    left: int

    @property
    def total(self) -> int:
        """How many people applied."""
        return self.levels[0].count


def waits() -> dict[str, Exists]:
    """What the conditions of the waits ask about an application, beside its columns."""
    over = Interview.objects.filter(
        Q(slot=None) | Q(slot__starts_at__lte=timezone.now()), application=OuterRef("pk"), state=InterviewState.BOOKED
    )
    referrals = Referral.objects.filter(application=OuterRef("pk"))
    return {"interview_over": Exists(over), "referred": Exists(referrals)}


def funnel(intake: Intake) -> Funnel:
    """Count an intake's applications by the steps that they reached; one query."""
    asked: dict[str, Any] = {step.name: Count("pk", filter=Q(**{f"{step.column}__isnull": False})) for step in STEPS}
    asked[COMPLETED.name] = Count("pk", filter=Q(state=S.COMPLETED))
    asked["left"] = Count("pk", filter=Q(state__in=[S.WITHDRAWN, S.DECLINED, S.ENDED]))
    asked |= {f"wait_{wait.name}": Count("pk", filter=wait.condition) for wait in WAITS}
    for before, step in pairwise(STEPS):
        asked[f"{step.name}_time"] = Median(F(step.column) - F(before.column))
    rows = Application.objects.filter(intake=intake, submitted_at__isnull=False).annotate(**waits())
    found = rows.aggregate(**asked)
    return Funnel(
        levels=[_level(step, found) for step in (*STEPS, COMPLETED)],
        for_us=list(_kept("us", found)),
        for_people=list(_kept("person", found)),
        left=found["left"],
    )


def _level(step: Step, found: dict[str, Any]) -> Level:
    applied, time = found[STEPS[0].name], found.get(f"{step.name}_time")
    return Level(
        step,
        found[step.name],
        round(100 * found[step.name] / applied) if applied else 0,
        max(0, round(time / timedelta(days=1))) if time is not None else None,
    )


def _kept(by: str, found: dict[str, Any]) -> Iterable[Kept]:
    return (Kept(wait, found[f"wait_{wait.name}"]) for wait in WAITS if wait.by == by and found[f"wait_{wait.name}"])


def waiting_for_us() -> list[Kept]:
    """What waits for the council's staff in all intakes; one query."""
    ours = {f"wait_{wait.name}": Count("pk", filter=wait.condition) for wait in WAITS if wait.by == "us"}
    found = Application.objects.filter(submitted_at__isnull=False).annotate(**waits()).aggregate(**ours)
    return list(_kept("us", found))
