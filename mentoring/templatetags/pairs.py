"""What the pages of a pair need: `{% load pairs %}`."""

from typing import Any

from django import template

from councils.dates import hours
from mentoring.lengths import spell, whole
from mentoring.models import Session
from mentoring.states import SessionState

register = template.Library()
_LOOKS = {
    SessionState.LOGGED: "wait",
    SessionState.CONFIRMED: "good",
    SessionState.DISPUTED: "bad",
    SessionState.WITHDRAWN: "quiet",
}


@register.filter
def spelled(minutes: int) -> str:
    """Write minutes as hours and minutes."""
    return spell(minutes)


@register.filter
def in_hours(minutes: int) -> str:
    """Write a sum of minutes as whole hours."""
    return whole(minutes)


@register.filter
def roughly(minutes: int) -> str:
    """Write minutes as hours and half hours."""
    return spell(minutes // 30 * 30)


@register.filter
def took(session: Session) -> str:
    """Say how long a meeting took."""
    return spell(int((session.ends_at - session.starts_at).total_seconds() // 60))


@register.filter
def span(session: Session) -> str:
    """Write from when to when a meeting took place."""
    return hours(session.starts_at, session.ends_at)


@register.filter
def session_look(session: Session) -> str:
    """Choose the look of a meeting's state."""
    return _LOOKS[SessionState(session.state)]


@register.filter
def rest(hours_of_pair: Any) -> int:
    """The minutes that are still to come."""
    return int(max(0, hours_of_pair.needed - hours_of_pair.counted))


@register.filter
def waiting_share(hours_of_pair: Any) -> int:
    """How much of the programme's hours waits to be confirmed, in per cent, as far as the bar has room."""
    waiting = hours_of_pair.waiting * 100 // hours_of_pair.needed
    return int(max(0, min(100 - hours_of_pair.share, waiting)))
