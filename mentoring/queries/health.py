"""How a pair is doing: a level and its reasons in words, worked out from facts that anybody can look up."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mentoring.lengths import spell
from mentoring.models import Pair, Pulse
from mentoring.queries.hours import minutes, of, with_hours
from mentoring.states import PairState, SessionState

WEEKS_WATCH, WEEKS_RISK = 2, 4
BEHIND_WATCH, BEHIND_RISK = 15, 30
ANSWER_WITHIN = timedelta(days=3)
SIGN_WITHIN = 14
# As the staff's page explains them.
RULES = {
    "weeks_watch": WEEKS_WATCH,
    "weeks_risk": WEEKS_RISK,
    "behind_watch": BEHIND_WATCH,
    "behind_risk": BEHIND_RISK,
    "sign_within": SIGN_WITHIN,
}


class Level(IntEnum):
    """How much a pair needs somebody to look after it; the most urgent first."""

    RISK = 0
    WATCH = 1
    GOOD = 2


LABELS = {
    Level.RISK: gettext_lazy("At risk"),
    Level.WATCH: gettext_lazy("Keep an eye on"),
    Level.GOOD: gettext_lazy("Good"),
}
LOOKS = {Level.RISK: "bad", Level.WATCH: "wait", Level.GOOD: "good"}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the judgement rests on; `fits` and `ratings` are the latest pulse of each side that answered."""

    needed: int
    counted: int
    due: int
    silent_days: int
    has_met: bool
    on_hold: bool = False
    signed: bool = True
    days_old: int = 0
    days_over: int = 0
    late_answers: int = 0
    questioned: int = 0
    help_asked: bool = False
    fits: tuple[str, ...] = ()
    ratings: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Health:
    """The level of a pair and the reasons for it, the gravest first."""

    level: Level
    reasons: tuple[str, ...]

    @property
    def label(self) -> str:
        """The level in words."""
        return str(LABELS[self.level])

    @property
    def look(self) -> str:
        """How its label is drawn."""
        return LOOKS[self.level]


def judge(facts: Facts) -> Health:
    """Judge a pair by its facts; the reasons are in the reader's language."""
    found = [*_voices(facts), *([] if facts.on_hold else _habits(facts)), *_duties(facts)]
    found.sort(key=lambda item: item[0])
    return Health(min((level for level, _words in found), default=Level.GOOD), tuple(words for _level, words in found))


def _voices(facts: Facts) -> list[tuple[Level, str]]:
    found = []
    if facts.help_asked:
        found.append((Level.RISK, _("Help is asked for")))
    if Pulse.Fit.NOT_GOOD in facts.fits:
        found.append((Level.RISK, _("One of the two says that it is not a good fit")))
    if min(facts.ratings, default=5) <= 2:
        found.append((Level.WATCH, _("One of the two finds it of little help")))
    return found


def _habits(facts: Facts) -> list[tuple[Level, str]]:
    found = []
    weeks = facts.silent_days // 7
    if weeks >= WEEKS_WATCH:
        level = Level.RISK if weeks >= WEEKS_RISK else Level.WATCH
        if facts.has_met:
            words = ngettext("No meeting for %(n)s week", "No meeting for %(n)s weeks", weeks)
        else:
            words = ngettext("Not met in the first week", "Not met in the first %(n)s weeks", weeks)
        found.append((level, words % {"n": weeks}))
    behind = facts.due - facts.counted
    share = behind * 100 // facts.needed
    if share >= BEHIND_WATCH:
        level = Level.RISK if share >= BEHIND_RISK else Level.WATCH
        found.append((level, _("%(hours)s behind the pace") % {"hours": spell(behind // 30 * 30)}))
    if facts.days_over > 0 and facts.counted < facts.needed:
        found.append((Level.WATCH, _("The planned end has passed")))
    return found


def _duties(facts: Facts) -> list[tuple[Level, str]]:
    found = []
    if not facts.signed and facts.days_old >= SIGN_WITHIN:
        found.append((Level.WATCH, _("The agreement is not signed by both")))
    if facts.questioned:
        words = ngettext("%(n)s meeting is questioned", "%(n)s meetings are questioned", facts.questioned)
        found.append((Level.WATCH, words % {"n": facts.questioned}))
    if facts.late_answers >= 2:
        words = ngettext("%(n)s meeting waits for a word", "%(n)s meetings wait for a word", facts.late_answers)
        found.append((Level.WATCH, words % {"n": facts.late_answers}))
    return found


def with_facts(pairs: "QuerySet[Pair]", now: datetime | None = None) -> "QuerySet[Pair]":
    """Add to each pair what its health is judged by."""
    late = Q(sessions__state=SessionState.LOGGED, sessions__logged_at__lt=(now or timezone.now()) - ANSWER_WITHIN)
    return with_hours(pairs).annotate(
        last_met=Max("sessions__ends_at", filter=~Q(sessions__state=SessionState.WITHDRAWN)),
        late_answers=Count("sessions", filter=late),
        questioned=Count("sessions", filter=Q(sessions__state=SessionState.DISPUTED)),
        **{
            f"{side}_{what}": Subquery(
                Pulse.objects.filter(pair=OuterRef("pk"), person=OuterRef(f"{side}_person"))
                .order_by("-answered_at")
                .values(what)[:1]
            )
            for side in ("mentee", "mentor")
            for what in ("fit", "rating")
        },
    )


def facts_of(pair: Any, today: date | None = None) -> Facts:
    """The facts of a pair that was read with them."""
    day = today or timezone.localdate()
    hours = of(pair, day)
    since = timezone.localdate(pair.last_met) if pair.last_met else pair.started_on
    return Facts(
        needed=hours.needed,
        counted=minutes(pair.time_confirmed) if hours.agreed else 0,
        due=hours.due,
        silent_days=(day - since).days,
        has_met=pair.last_met is not None,
        on_hold=pair.state == PairState.ON_HOLD,
        signed=hours.agreed,
        days_old=(day - pair.started_on).days,
        days_over=(day - pair.planned_end_on).days,
        late_answers=pair.late_answers,
        questioned=pair.questioned,
        help_asked=pair.help_asked_at is not None,
        fits=tuple(fit for fit in (pair.mentee_fit, pair.mentor_fit) if fit),
        ratings=tuple(rating for rating in (pair.mentee_rating, pair.mentor_rating) if rating),
    )


def health_of(pairs: "QuerySet[Pair]", today: date | None = None) -> dict[UUID, Health]:
    """The health of each pair under way among these, in one query."""
    under_way = pairs.filter(state__in=[PairState.ACTIVE, PairState.ON_HOLD]).select_related("programme").order_by()
    return {pair.pk: judge(facts_of(pair, today)) for pair in with_facts(under_way)}
