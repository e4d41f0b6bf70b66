"""Meetings: logged by one, confirmed or questioned by the other, confirmed by silence after seven days."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from allies.kit import audit
from allies.kit.access import authorize
from allies.kit.refusals import Refused
from allies.kit.scope import across
from allies.kit.states import move
from allies.kit.ui.formats import moment
from councils.models import User
from councils.services.editing import Faulty
from mentoring.lengths import spell
from mentoring.models import Pair, Session
from mentoring.services import pair_letters as letters
from mentoring.services.pairs import UNDER_WAY, under_way
from mentoring.states import SESSION, SessionState

LEAST, MOST = 5, 480
SILENCE = timedelta(days=7)
NOT_OVER = _("This meeting is not over yet: log it once it has taken place.")
OVERLAPS = _("A meeting at this time is already logged: confirm that one, or choose another time.")


@transaction.atomic
def log(
    pair: Pair,
    *,
    token: UUID,
    starts_at: datetime,
    minutes: int,
    how: str,
    topic: str = "",
    gathering: UUID | None = None,
    by: User,
) -> Session:
    """Log a meeting; the same form sent twice logs one."""
    authorize(by, "mentoring.take_part", pair)
    standing = under_way(pair)
    ends_at = starts_at + timedelta(minutes=minutes)
    _judge(standing, starts_at, ends_at, minutes)
    with across():
        if again := _sent_before(standing, token, by):
            return again
        try:
            with transaction.atomic():
                session = Session.objects.create(
                    pair=standing,
                    token=token,
                    starts_at=starts_at,
                    ends_at=ends_at,
                    how=how,
                    topic=topic.strip(),
                    gathering=gathering,
                    logged_by=by,
                )
        except IntegrityError as error:
            if again := _sent_before(standing, token, by):
                return again
            name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "")
            if name == "sessions_of_a_pair_do_not_overlap":
                raise Faulty({"day": OVERLAPS}) from error
            if "token" in (name or ""):
                raise Refused(_("This form was used before: open it anew and log the meeting there.")) from error
            raise
    _tell(session, standing, "logged", standing.other_of(by))
    audit.record("mentoring.session_logged", session, by=by, council=standing.programme.council)
    return session


@transaction.atomic
def log_gathering(
    pair: Pair,
    *,
    present: Collection[UUID],
    token: UUID,
    starts_at: datetime,
    minutes: int,
    how: str,
    topic: str = "",
    by: User,
) -> tuple[list[Session], list[Pair]]:
    """Log one meeting of a group for each mentee who came; the mentor of the group does that.

    Gives what was logged, and the pairs that had a meeting at that time already. Each mentee confirms their own.
    """
    with across():
        rows = Pair.objects.filter(group=pair.group, mentor=pair.mentor_id, state__in=UNDER_WAY)
        found = list(rows.filter(pk__in=present).select_related("mentee_person").order_by("mentee_person__name", "pk"))
        if pair.group is None or by.pk != pair.mentor_person_id:
            raise Refused(_("The mentor logs the meetings of the whole group."))
        if not found:
            raise Faulty({"present": _("Say who was there.")})
        gathering = uuid5(token, str(pair.group))
        logged, taken = [], []
        for one in found:
            facts: dict[str, Any] = {"starts_at": starts_at, "minutes": minutes, "how": how, "topic": topic}
            try:
                with transaction.atomic():
                    logged.append(log(one, token=uuid5(token, str(one.pk)), gathering=gathering, by=by, **facts))
            except Faulty as fault:
                if fault.errors.get("day") != OVERLAPS:
                    raise
                taken.append(one)
        if not logged:
            raise Faulty({"day": OVERLAPS})
    return logged, taken


def _judge(pair: Pair, starts_at: datetime, ends_at: datetime, minutes: int) -> None:
    if not LEAST <= minutes <= MOST:
        raise Faulty({"minutes": _("A meeting takes between 5 minutes and 8 hours.")})
    if ends_at > timezone.now():
        raise Faulty({"day": NOT_OVER})
    if pair.started_on and timezone.localdate(starts_at) < pair.started_on:
        raise Faulty({"day": _("This is before the two of you started.")})


def _sent_before(pair: Pair, token: UUID, by: User) -> Session | None:
    return Session.objects.filter(pair=pair, token=token, logged_by=by).first()


def _tell(session: Session, pair: Pair, act: str, to: User) -> None:
    minutes = int((session.ends_at - session.starts_at).total_seconds() // 60)
    with override(to.language):
        facts = {"when": moment(session.starts_at), "length": spell(minutes)}
    letters.to_person(pair, act, to, **facts)


@transaction.atomic
def confirm(session: Session, *, by: User) -> None:
    """Say that a meeting took place as it is logged."""
    authorize(by, "mentoring.take_part", session.pair)
    if session.logged_by_id == by.pk:
        raise Refused(_("The other one confirms a meeting that you logged."))
    move(session, SessionState.CONFIRMED, arrows=SESSION, confirmed_by=by, settled_at=timezone.now(), objection="")
    audit.record("mentoring.session_confirmed", session, by=by, council=session.pair.programme.council)


@transaction.atomic
def question(session: Session, *, objection: str, by: User) -> None:
    """Say what is not right about a meeting that the other one logged."""
    authorize(by, "mentoring.take_part", session.pair)
    if session.logged_by_id == by.pk:
        raise Refused(_("You logged this meeting yourself: take it back and log it as it was."))
    if not objection.strip():
        raise Faulty({"objection": _("Say in a few words what is not right.")})
    settled: dict[str, Any] = {"objection": objection.strip()[:300], "settled_at": timezone.now()}
    move(session, SessionState.DISPUTED, arrows=SESSION, **settled)
    _tell(session, session.pair, "questioned", session.logged_by)
    audit.record("mentoring.session_questioned", session, by=by, council=session.pair.programme.council)


@transaction.atomic
def take_back(session: Session, *, by: User) -> None:
    """Take back a meeting that one logged oneself and that is not confirmed."""
    authorize(by, "mentoring.take_part", session.pair)
    if session.logged_by_id != by.pk:
        raise Refused(_("Only the one who logged a meeting takes it back: say what is not right instead."))
    move(session, SessionState.WITHDRAWN, arrows=SESSION, settled_at=timezone.now())
    audit.record("mentoring.session_taken_back", session, by=by, council=session.pair.programme.council)


def settle_the_silent(now: datetime | None = None) -> int:
    """Confirm the meetings about which the other side said nothing for seven days; gives how many."""
    moment_now = now or timezone.now()
    settled = 0
    with across():
        waiting = Session.objects.filter(state=SessionState.LOGGED, logged_at__lte=moment_now - SILENCE)
        for session in waiting.select_related("pair__programme__council").order_by("logged_at")[:2000]:
            with transaction.atomic():
                try:
                    move(session, SessionState.CONFIRMED, arrows=SESSION, settled_at=moment_now)
                except Refused:
                    # The other side answered while this was running.
                    continue
                audit.record("mentoring.session_not_answered", session, by=None, council=session.pair.programme.council)
                settled += 1
    return settled
