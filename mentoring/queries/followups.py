"""Where follow-up stands: what was due, asked and answered for each wave, and whom to call."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from mentoring.models import FollowUp
from mentoring.states import FollowUpState


@dataclass(frozen=True, slots=True)
class Standing:
    """One wave in numbers; `due` counts everybody whose day has come."""

    wave: str
    due: int
    answered: int
    waiting: int
    refused: int
    lost: int


def standing() -> list[Standing]:
    """Count each wave of the present scope, in one query."""
    state = {
        "answered": [FollowUpState.ANSWERED],
        "waiting": [FollowUpState.SCHEDULED, FollowUpState.INVITED, FollowUpState.TO_CALL],
        "refused": [FollowUpState.REFUSED],
        "lost": [FollowUpState.UNREACHABLE, FollowUpState.LAPSED],
    }
    counts = {name: Count("pk", filter=Q(state__in=states)) for name, states in state.items()}
    due = FollowUp.objects.filter(due_on__lte=timezone.localdate())
    found = due.values("wave").order_by("wave").annotate(due=Count("pk"), **counts)
    rows: dict[str, dict[str, Any]] = {row["wave"]: dict(row) for row in found}
    none = dict.fromkeys(("due", *state), 0)
    return [
        Standing(str(wave.label), **{name: rows.get(str(wave), none)[name] for name in none}) for wave in FollowUp.Wave
    ]


def to_call() -> "QuerySet[FollowUp]":
    """Those who answered no letter, the oldest first."""
    found = FollowUp.objects.filter(state=FollowUpState.TO_CALL).order_by("due_on", "pk")
    return found.select_related("pair__mentee_person", "pair__programme")
