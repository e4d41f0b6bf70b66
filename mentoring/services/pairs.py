"""A pair from the held place to its end: begun, agreed, paused, completed, ended early, one side replaced."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from allies.kit import audit
from allies.kit.access import authorize
from allies.kit.refusals import Refused
from allies.kit.scope import across
from allies.kit.states import move
from councils.models import User
from councils.services.editing import Faulty
from mentoring import agreements
from mentoring.models import Exclusion, Pair
from mentoring.queries.hours import reached
from mentoring.services import pair_letters as letters
from mentoring.states import APPLICATION, PAIR, ApplicationState, PairState

LONGEST_HOLD = timedelta(days=30)
UNDER_WAY = (PairState.ACTIVE, PairState.ON_HOLD)


def hold_row(pair: Pair) -> Pair:
    """Read a pair as it stands and let one change to it happen at a time."""
    with across():
        rows = Pair.objects.select_for_update(of=("self",)).select_related(
            "programme__council__place", "application__intake", "mentee_person", "mentor_person", "mentor"
        )
        return rows.get(pk=pair.pk)


def under_way(pair: Pair) -> Pair:
    """Hold a pair that is under way; Refused for one that has not begun or has ended."""
    standing = hold_row(pair)
    if standing.state not in UNDER_WAY:
        raise Refused(_("This pair is not under way, so nothing can be changed here."))
    return standing


def _record(action: str, pair: Pair, by: User | None, *fields: str, reason: str = "") -> None:
    audit.record(f"mentoring.{action}", pair, by=by, council=pair.programme.council, fields=fields, reason=reason)


def _mirror(pair: Pair, standing: Pair) -> None:
    """Let the caller's object say what stands in the database now."""
    for field in Pair._meta.concrete_fields:
        setattr(pair, field.attname, getattr(standing, field.attname))


@transaction.atomic
def begin(pair: Pair, *, by: User | None = None, on: date | None = None, joins: bool = False) -> None:
    """Start a pair to which both agreed: from the intake's start, or today where that has passed.

    `joins` is said of a mentee who comes to a group that has begun.
    """
    if by is not None:
        authorize(by, "mentoring.work_on_pair", pair)
    standing = hold_row(pair)
    start = on or max(standing.application.intake.starts_on, timezone.localdate())
    end = start + timedelta(weeks=standing.programme.weeks)
    move(standing, PairState.ACTIVE, arrows=PAIR, started_on=start, planned_end_on=end)
    application = standing.application
    matched_at = application.matched_at or timezone.now()
    move(application, ApplicationState.MATCHED, arrows=APPLICATION, matched_at=matched_at)
    _mirror(pair, standing)
    # The mentor of a group has one letter about all of it.
    tell = letters.to_mentee if standing.group and not joins else letters.to_both
    tell(standing, "begun", start=start)
    _record("pair_begun", standing, by, "state", "started_on", "planned_end_on")


@transaction.atomic
def sign(pair: Pair, *, version: str, by: User) -> None:
    """Sign the agreement for one of the two; hours count once both have signed the same version.

    The mentor of a group signs once for all of its mentees; each of them signs alone.
    """
    authorize(by, "mentoring.take_part", pair)
    standing = under_way(pair)
    if standing.mentee_signed_at and standing.mentor_signed_at:
        raise Refused(_("Both of you have already signed the agreement."))
    if version != agreements.current(standing.programme.kind):
        raise Refused(_("The agreement has changed since you opened this page: please read it again, then sign."))
    if not _sign(standing, version, by):
        raise Refused(_("You have already signed: the other one signs next."))
    if standing.group and by.pk == standing.mentor_person_id:
        with across():
            others = Pair.objects.filter(group=standing.group, state__in=UNDER_WAY).exclude(pk=standing.pk)
            for other in others.order_by("pk"):
                _sign(hold_row(other), version, by)
    _mirror(pair, standing)


def _sign(standing: Pair, version: str, by: User) -> bool:
    """Note the signature of one of the two; tells whether it was still missing."""
    mine, theirs = ("mentee_signed_at", "mentor_signed_at")[:: 1 if by.pk == standing.mentee_person_id else -1]
    if standing.agreement_version != version:
        # Whoever signed an older text has not agreed to this one.
        setattr(standing, theirs, None)
    elif getattr(standing, mine):
        return False
    setattr(standing, mine, timezone.now())
    standing.agreement_version = version
    standing.save(update_fields=["mentee_signed_at", "mentor_signed_at", "agreement_version"])
    _record("agreement_signed", standing, by, mine, "agreement_version")
    return True


@transaction.atomic
def pause(pair: Pair, *, until: date, by: User) -> None:
    """Put a pair on hold for at most thirty days; its planned end moves by as many."""
    authorize(by, "mentoring.work_on_pair", pair)
    standing = hold_row(pair)
    today = timezone.localdate()
    if not today < until <= today + LONGEST_HOLD:
        raise Faulty({"until": _("A pause lasts until a day in the next thirty days.")})
    end = (standing.planned_end_on or today) + (until - today)
    move(standing, PairState.ON_HOLD, arrows=PAIR, hold_until=until, planned_end_on=end)
    _mirror(pair, standing)
    letters.to_both(standing, "paused", but=by, until=until)
    _record("pair_paused", standing, by, "state", "hold_until", "planned_end_on")


@transaction.atomic
def resume(pair: Pair, *, by: User | None) -> None:
    """Go on after a pause; days of it that were not needed are taken off the planned end again."""
    if by is not None:
        authorize(by, "mentoring.work_on_pair", pair)
    standing = hold_row(pair)
    unused = max((standing.hold_until or date.min) - timezone.localdate(), timedelta())
    end = standing.planned_end_on and standing.planned_end_on - unused
    if standing.state != PairState.ON_HOLD:
        raise Refused(_("This pair is not on hold."))
    move(standing, PairState.ACTIVE, arrows=PAIR, hold_until=None, planned_end_on=end)
    _mirror(pair, standing)
    letters.to_both(standing, "resumed", but=by)
    _record("pair_resumed", standing, by, "state", "hold_until", "planned_end_on")


@transaction.atomic
def complete(pair: Pair, *, by: User, note: str = "") -> None:
    """Complete a pair: either of the two once the hours are reached, the staff with a note at any time."""
    authorize(by, "mentoring.work_on_pair", pair)
    standing = under_way(pair)
    is_theirs = by.pk in (standing.mentee_person_id, standing.mentor_person_id)
    if is_theirs and not reached(standing):
        raise Refused(_("The hours of the programme are not reached yet: log your meetings and have them confirmed."))
    if not is_theirs and not note.strip():
        raise Faulty({"note": _("Say in a few words why this counts as completed.")})
    _end(pair, standing, PairState.COMPLETED, reason="", note=note, by=by)


@transaction.atomic
def end_early(pair: Pair, *, reason: str, by: User | None, note: str = "") -> None:
    """End a pair before its time, with the reason; goals that were reached early count as completed."""
    if by is not None:
        authorize(by, "mentoring.work_on_pair", pair)
    standing = under_way(pair)
    if reason not in Pair.EndReason.values or not reason:
        raise Faulty({"reason": _("Choose the reason that comes closest.")})
    if reason == Pair.EndReason.OTHER and not note.strip():
        raise Faulty({"note": _("Say the reason in a few words.")})
    succeeded = reason == Pair.EndReason.GOALS_REACHED
    if succeeded and not _goals_are_reached(standing):
        raise Faulty({"reason": _("Not all goals are marked as reached yet: mark them on the page of the pair first.")})
    if reason == Pair.EndReason.NO_FIT:
        _exclude(standing, Exclusion.Kind.DECLINED, by)
    _end(pair, standing, PairState.COMPLETED if succeeded else PairState.ENDED_EARLY, reason=reason, note=note, by=by)


def _goals_are_reached(pair: Pair) -> bool:
    with across():
        goals = list(pair.goals.values_list("reached_on", flat=True))
    return bool(goals) and all(goals)


def _end(pair: Pair, standing: Pair, to: PairState, *, reason: str, note: str, by: User | None) -> None:
    columns: dict[str, Any] = {"ended_on": timezone.localdate(), "end_reason": reason, "end_note": note.strip()}
    move(standing, to, arrows=PAIR, hold_until=None, help_asked_at=None, **columns)
    application = standing.application
    # Whoever withdrew the application has closed it already.
    if application.state == ApplicationState.MATCHED:
        ended = ApplicationState.COMPLETED if to == PairState.COMPLETED else ApplicationState.ENDED
        move(application, ended, arrows=APPLICATION, closed_at=timezone.now())
    _mirror(pair, standing)
    letters.to_both(standing, "completed" if to == PairState.COMPLETED else "ended", but=by)
    done = "pair_completed" if to == PairState.COMPLETED else "pair_ended_early"
    _record(done, standing, by, "state", *columns, reason=str(Pair.EndReason(reason).label) if reason else "")


@transaction.atomic
def replace(pair: Pair, *, reason: str, note: str, by: User) -> None:
    """Part two people so that the mentee can be matched anew; nobody else's pair is touched."""
    authorize(by, "mentoring.work_with_people", pair.programme.council)
    standing = under_way(pair)
    if not reason or reason not in Pair.EndReason.values or reason == Pair.EndReason.GOALS_REACHED:
        raise Faulty({"reason": _("Choose the reason that comes closest.")})
    if not note.strip():
        raise Faulty({"note": _("Say the reason in a few words.")})
    _exclude(standing, Exclusion.Kind.DECLINED if reason == Pair.EndReason.NO_FIT else Exclusion.Kind.PAST, by)
    columns: dict[str, Any] = {"ended_on": timezone.localdate(), "end_reason": reason, "end_note": note.strip()}
    move(standing, PairState.ENDED_EARLY, arrows=PAIR, hold_until=None, help_asked_at=None, **columns)
    move(standing.application, ApplicationState.READY, arrows=APPLICATION)
    _mirror(pair, standing)
    letters.to_mentee(standing, "replaced")
    letters.to_mentor(standing, "ended")
    _record("pair_replaced", standing, by, "state", *columns, reason=str(Pair.EndReason(reason).label))


def _exclude(pair: Pair, kind: str, by: User | None) -> None:
    """Never bring the two together again."""
    with across():
        Exclusion.objects.get_or_create(
            mentee=pair.mentee_person,
            mentor=pair.mentor,
            kind=kind,
            defaults={"council": pair.programme.council, "made_by": by},
        )
