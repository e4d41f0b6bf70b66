"""Pairs as their pages read them: for the two people, and for the staff of a council."""

from datetime import date, timedelta

from django.db.models import Case, F, Max, OuterRef, Q, QuerySet, Subquery, Sum, When

from councils.models import Council, User
from mentoring.models import Pair, Pulse, Session
from mentoring.queries.hours import with_hours
from mentoring.queries.modules import with_modules
from mentoring.states import PairState, SessionState

WAVES = ((90, Pulse.Wave.DAY_90), (60, Pulse.Wave.DAY_60), (30, Pulse.Wave.DAY_30))
UNDER_WAY = (PairState.ACTIVE, PairState.ON_HOLD)
# A place that is only held shows nobody to anybody yet.
SEEN = (*UNDER_WAY, PairState.COMPLETED, PairState.ENDED_EARLY)


def _whole(pairs: "QuerySet[Pair]") -> "QuerySet[Pair]":
    found = pairs.select_related(
        "programme__council__place", "mentee_person", "mentor_person", "mentor__occupation", "application__occupation"
    )
    return with_hours(with_modules(found))


def pairs_of(person: User) -> "QuerySet[Pair]":
    """The pairs that a person is or was one of, with their hours; call it across all councils."""
    mine = Pair.objects.filter(Q(mentee_person=person.pk) | Q(mentor_person=person.pk), state__in=SEEN)
    return _whole(mine).order_by("-made_at", "pk")


def _at(council: Council) -> "QuerySet[Pair]":
    return Pair.objects.filter(programme__council=council, state__in=SEEN)


def pairs_at(council: Council) -> "QuerySet[Pair]":
    """The pairs in the programmes of a council, held places aside, with their hours."""
    met = Max("sessions__ends_at", filter=~Q(sessions__state=SessionState.WITHDRAWN))
    return _whole(_at(council)).annotate(last_met=met)


def pair_keys(council: Council) -> "QuerySet[Pair]":
    """The keys of the pairs in the programmes of a council, held places aside, to narrow, sort and page."""
    sessions = Session.objects.filter(pair=OuterRef("pk")).order_by().values("pair")
    met = sessions.exclude(state=SessionState.WITHDRAWN).annotate(last=Max("ends_at")).values("last")
    time = sessions.filter(state=SessionState.CONFIRMED).annotate(time=Sum(F("ends_at") - F("starts_at")))
    return (
        _at(council)
        .alias(
            last_met=Subquery(met),
            time_confirmed=Subquery(time.values("time")),
            # How long somebody was silent matters while the two are under way; asked for the others, it takes long.
            quiet_since=Case(When(state__in=UNDER_WAY, then=Subquery(met))),
        )
        .only("pk")
        .order_by("pk")
    )


def sessions_of(pair: Pair) -> "QuerySet[Session]":
    """The meetings of a pair, the latest first."""
    found = Session.objects.filter(pair=pair.pk).select_related("logged_by", "confirmed_by")
    return found.order_by("-starts_at", "pk")


def wave_due(pair: Pair, *, has_met: bool, today: date) -> str | None:
    """Which pulse is asked today, the latest only; none while a pair is on hold or has ended."""
    if pair.state != PairState.ACTIVE or pair.started_on is None:
        return None
    for days, wave in WAVES:
        if today >= pair.started_on + timedelta(days=days):
            return str(wave)
    return str(Pulse.Wave.FIRST) if has_met else None


def wave_for(pair: Pair, person: User, sessions: list[Session], today: date) -> str | None:
    """Which pulse a person has still to answer today."""
    has_met = any(session.state != SessionState.WITHDRAWN for session in sessions)
    wave = wave_due(pair, has_met=has_met, today=today)
    if wave is None or Pulse.objects.filter(pair=pair.pk, person=person.pk, wave=wave).exists():
        return None
    return wave


def waiting_for(person: User) -> "QuerySet[Session]":
    """The meetings that wait for a person's word, the oldest first; call it across all councils."""
    theirs = Q(pair__mentee_person=person.pk) | Q(pair__mentor_person=person.pk)
    found = Session.objects.filter(theirs, state=SessionState.LOGGED).exclude(logged_by=person.pk)
    return found.select_related("pair", "logged_by").order_by("starts_at", "pk")
