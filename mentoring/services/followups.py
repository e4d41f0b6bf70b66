"""Follow-up: scheduled by the calendar, asked by letter, then by phone, answered once, refused for good."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from allies.kit import audit, mail
from allies.kit.access import authorize
from allies.kit.refusals import Refused
from allies.kit.states import move
from councils.models import User
from councils.services.editing import Faulty
from mentoring.models import FollowUp, Pair
from mentoring.states import FOLLOW_UP, FollowUpState, PairState

Wave = FollowUp.Wave
ANSWERS = ("work", "hours", "in_field", "earnings", "contacts", "employer")
# When those at work are asked, since the second version of the questions, whether it is for the same employer.
LATER_ON = (Wave.MONTH_6, Wave.MONTH_12)
VERSION = 2
# Months after the end, and the days after it between which an answer counts for that wave.
LATER = {Wave.MONTH_3: (3, 75, 120), Wave.MONTH_6: (6, 165, 210), Wave.MONTH_12: (12, 335, 400)}
START_LASTS = timedelta(days=30)
BETWEEN_LETTERS = timedelta(days=7)
# The first one and three reminders.
LETTERS = 4
_SALT = "mentoring.follow-up"
_OPEN = (FollowUpState.SCHEDULED, FollowUpState.INVITED, FollowUpState.TO_CALL)
_AT_WORK = (FollowUp.Work.EMPLOYED, FollowUp.Work.SELF)


def token_of(follow_up: FollowUp) -> str:
    """Give the mark in a person's link: whoever has it may answer, so it goes only to that person."""
    return signing.dumps(str(follow_up.pk), salt=_SALT)


def named_by(token: str) -> FollowUp | None:
    """Find what a link asks about; None where the mark is not one of ours."""
    try:
        key = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    return FollowUp.objects.select_related("pair__programme__council", "pair__mentee_person").filter(pk=key).first()


def windows(pair: Pair) -> dict[str, tuple[date, date, date]]:
    """Say for each wave that a pair has reached when it is due, and between which days an answer counts."""
    found = {}
    if pair.started_on:
        found[str(Wave.START)] = (pair.started_on, pair.started_on, pair.started_on + START_LASTS)
    if pair.ended_on and pair.state in (PairState.COMPLETED, PairState.ENDED_EARLY):
        for wave, (months, first, last) in LATER.items():
            opens, closes = pair.ended_on + timedelta(days=first), pair.ended_on + timedelta(days=last)
            found[str(wave)] = (pair.ended_on + relativedelta(months=months), opens, closes)
    return found


def schedule_missing() -> int:
    """Schedule what each pair that started or ended still lacks; gives how many. Repeating it changes nothing."""
    pairs = Pair.objects.exclude(started_on=None).filter(mentee_person__is_active=True).order_by("pk")
    made = [
        FollowUp(pair=pair, wave=wave, due_on=due, opens_on=opens, closes_on=closes)
        for pair in pairs.iterator()
        for wave, (due, opens, closes) in windows(pair).items()
    ]
    before = FollowUp.objects.count()
    FollowUp.objects.bulk_create(made, ignore_conflicts=True, batch_size=1000)
    return FollowUp.objects.count() - before


def ask_due(today: date) -> dict[str, int]:
    """Write to everybody who is due, remind the silent ones, hand the rest to the phone, and close what is too late."""
    count = {"letters": 0, "calls": 0, "lapsed": 0}
    due = FollowUp.objects.filter(state__in=_OPEN, due_on__lte=today).order_by("pk")
    for follow_up in due.select_related("pair__mentee_person", "pair__programme").iterator():
        with transaction.atomic():
            if today > follow_up.closes_on:
                move(follow_up, FollowUpState.LAPSED, arrows=FOLLOW_UP)
                count["lapsed"] += 1
            elif follow_up.state == FollowUpState.SCHEDULED:
                move(follow_up, FollowUpState.INVITED, arrows=FOLLOW_UP, asked=1, asked_on=today)
                count["letters"] += _write_to(follow_up)
            elif follow_up.state == FollowUpState.INVITED and _is_silent(follow_up, today):
                if follow_up.asked < LETTERS:
                    follow_up.asked, follow_up.asked_on = follow_up.asked + 1, today
                    follow_up.save(update_fields=["asked", "asked_on"])
                    count["letters"] += _write_to(follow_up)
                else:
                    move(follow_up, FollowUpState.TO_CALL, arrows=FOLLOW_UP)
                    count["calls"] += 1
    return count


def _is_silent(follow_up: FollowUp, today: date) -> bool:
    return follow_up.asked_on is None or today - follow_up.asked_on >= BETWEEN_LETTERS


def _write_to(follow_up: FollowUp) -> int:
    person = follow_up.pair.mentee_person
    with translation.override(person.language):
        path = reverse("mentoring:follow-up", args=[token_of(follow_up)])
        programme = str(follow_up.pair.programme)
    mail.send(
        "mentoring/follow_up",
        to=person,
        context={"path": path, "programme": programme, "is_start": follow_up.wave == Wave.START},
        key=f"follow-up/{follow_up.pk}/{follow_up.asked}",
    )
    return 1


@transaction.atomic
def answer(follow_up: FollowUp, *, facts: Mapping[str, Any], by: User | None = None) -> None:
    """Keep the answers, of the person by the link or of a coordinator who called; once, with the day it was."""
    if by is not None:
        authorize(by, "mentoring.work_with_people", follow_up.pair.programme.council)
    given = {name: facts.get(name) for name in ANSWERS}
    if given["work"] in _AT_WORK:
        if not given["hours"]:
            raise Faulty({"hours": _("Write how many hours a week you work, about.")})
        if given["in_field"] is None:
            raise Faulty({"in_field": _("Say whether this work is in your field.")})
        if follow_up.wave in LATER_ON and not given["employer"]:
            raise Faulty({"employer": _("Say whether you work for the same employer.")})
    else:
        given["hours"], given["in_field"], given["employer"] = None, None, ""
    way = FollowUp.Way.PHONE if by else FollowUp.Way.LINK
    today = timezone.localdate()
    columns: dict[str, Any] = {"answered_on": today, "way": way, "recorded_by": by, **given}
    columns |= {name: given[name] or "" for name in ("earnings", "employer")} | {"version": VERSION}
    move(follow_up, FollowUpState.ANSWERED, arrows=FOLLOW_UP, field="state", **columns)
    council = follow_up.pair.programme.council_id
    audit.record("mentoring.follow_up_answered", follow_up, by=by, council=council, fields=ANSWERS)


@transaction.atomic
def refuse(follow_up: FollowUp, *, by: User | None = None) -> None:
    """Ask a person no more: this time and every later one of the same mentorship."""
    if by is not None:
        authorize(by, "mentoring.work_with_people", follow_up.pair.programme.council)
    move(follow_up, FollowUpState.REFUSED, arrows=FOLLOW_UP)
    later = FollowUp.objects.filter(pair=follow_up.pair_id, state__in=_OPEN)
    later.update(state=FollowUpState.REFUSED)
    audit.record("mentoring.follow_up_refused", follow_up, by=by, council=follow_up.pair.programme.council_id)


@transaction.atomic
def give_up(follow_up: FollowUp, *, by: User) -> None:
    """Record that a person could not be reached by phone either."""
    authorize(by, "mentoring.work_with_people", follow_up.pair.programme.council)
    if follow_up.state != FollowUpState.TO_CALL:
        raise Refused(_("Only somebody who was to be called can be recorded as not reached."))
    move(follow_up, FollowUpState.UNREACHABLE, arrows=FOLLOW_UP)
    audit.record("mentoring.follow_up_unreachable", follow_up, by=by, council=follow_up.pair.programme.council_id)
