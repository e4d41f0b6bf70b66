"""Readiness checklists: where each community stands, and what is missing in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from councils.models import Council, Readiness

MOST = 18

# What to look for next where a role or condition is absent or only emerging.
ADVICE: dict[str, str | Promise] = {
    "catalyst": _("Find a local catalyst: someone who gathers support before there is an office or a budget."),
    "convener": _("Find a convener with the standing and the room to incubate a council in its first years."),
    "champion": _("Win a recognised business leader who speaks for the council in public."),
    "demand": _("Show the demand: ask employers which positions stay open, and for how long."),
    "local_government": _("Bring the municipality to the table and ask what it is willing to carry."),
    "local_agencies": _("Meet the settlement and community agencies and agree on who does what."),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """One line of a checklist: its score, and advice where something is missing."""

    question: str
    label: str | Promise
    score: int
    score_label: str | Promise
    advice: str | Promise


def answers(checklist: Readiness) -> list[Answer]:
    """The lines of a checklist in order."""
    found = []
    for question in Readiness.QUESTIONS:
        score = Readiness.Score(getattr(checklist, question))
        label = Readiness._meta.get_field(question).verbose_name  # type: ignore[union-attr]
        advice = ADVICE[question] if score < Readiness.Score.PRESENT else ""
        found.append(Answer(question, label, int(score), score.label, advice))
    return found


def missing(checklist: Readiness) -> list[Answer]:
    """The lines of a checklist that say what to look for next, the three roles first."""
    return [answer for answer in answers(checklist) if answer.advice]


def history(council: Council) -> "QuerySet[Readiness]":
    """The checklists of a council, newest first."""
    found: QuerySet[Readiness] = Readiness.objects.filter(council=council).order_by("-on")
    return found


@dataclass(frozen=True, slots=True)
class Standing:
    """A council and its latest checklist, if it has one."""

    council: Council
    latest: Readiness | None

    @property
    def total(self) -> int | None:
        """The sum of the latest scores."""
        return self.latest.total if self.latest else None

    @property
    def missing(self) -> list[Answer]:
        """What the latest checklist says is missing."""
        return missing(self.latest) if self.latest else []


def standings(councils: Iterable[Council]) -> list[Standing]:
    """The councils by their latest score, highest first; those without a checklist come last."""
    listed = list(councils)
    latest = {
        checklist.council_id: checklist
        for checklist in Readiness.objects.filter(council__in=listed)
        .select_related("council")
        .order_by("council_id", "-on")
        .distinct("council_id")
    }
    rows = [Standing(council, latest.get(council.pk)) for council in listed]
    return sorted(rows, key=lambda row: -1 if row.total is None else row.total, reverse=True)
