"""The card "your pair" on the mentee's tracker and on the mentor's page."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from allies.kit.scope import across
from allies.kit.ui import panels
from councils.models import User
from mentoring.models import Application, Mentor, Pair
from mentoring.queries import hours
from mentoring.queries.pairs import pairs_of, wave_for
from mentoring.states import PairState, SessionState

TEMPLATE = "mentoring/pairs/_card.html"


def _facts(pair: Pair, person: User) -> dict[str, Any]:
    sessions = list(pair.sessions.all())
    signed = pair.mentee_signed_at if person.pk == pair.mentee_person_id else pair.mentor_signed_at
    return {
        "pair": pair,
        "other": pair.other_of(person),
        "hours": hours.of(pair),
        "is_open": pair.state in (PairState.ACTIVE, PairState.ON_HOLD),
        "to_sign": signed is None,
        "to_answer": sum(s.state == SessionState.LOGGED and s.logged_by_id != person.pk for s in sessions),
        "to_say": wave_for(pair, person, sessions, timezone.localdate()) is not None,
    }


@panels.add("mentoring.application", position=40)
def pair_of_mentee(request: HttpRequest, application: Application) -> panels.Panel | None:
    """The latest pair that came of an application."""
    user = request.user
    with across():
        pair = pairs_of(user).filter(application=application).prefetch_related("sessions").first()
        return (TEMPLATE, {"pairs": [_facts(pair, user)], "level": 3}) if pair else None


@panels.add("mentoring.mentor", position=40)
def pairs_of_mentor(request: HttpRequest, mentor: Mentor) -> panels.Panel | None:
    """The pairs of a mentor that are under way, and the three that ended last."""
    user = request.user
    with across():
        pairs = list(pairs_of(user).filter(mentor=mentor).prefetch_related("sessions")[:30])
        going = [pair for pair in pairs if pair.ended_on is None]
        ended = sorted((pair for pair in pairs if pair.ended_on), key=lambda pair: pair.ended_on, reverse=True)
        shown = [*going, *ended[:3]]
        groups = {mark: [one for one in shown if one.group == mark] for mark in dict.fromkeys(p.group for p in shown)}
        alone = [_facts(pair, user) for pair in groups.pop(None, [])]
        together = [[_facts(pair, user) for pair in members] for members in groups.values()]
    return (TEMPLATE, {"pairs": alone, "groups": together, "level": 2}) if shown else None
