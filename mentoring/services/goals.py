"""The goals of a pair: what the two work towards, and how far they are."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from allies.kit import audit
from allies.kit.access import authorize
from allies.kit.refusals import Refused
from allies.kit.scope import across
from councils.models import User
from mentoring.models import Pair, PairGoal
from mentoring.services.pairs import under_way

MOST = 12


@transaction.atomic
def add_goal(pair: Pair, *, kind: str, target: str, by: User) -> PairGoal:
    """Add a goal for the two."""
    authorize(by, "mentoring.take_part", pair)
    standing = under_way(pair)
    with across():
        if PairGoal.objects.filter(pair=standing).count() >= MOST:
            raise Refused(_("Twelve goals are enough: reach one of them first, or take one away."))
        goal = PairGoal.objects.create(pair=standing, kind=kind, target=target.strip(), added_by=by)
    audit.record("mentoring.goal_added", goal, by=by, council=standing.programme.council)
    return goal


@transaction.atomic
def move_goal(goal: PairGoal, *, progress: int, by: User) -> None:
    """Say how far a goal is, from nothing to reached."""
    authorize(by, "mentoring.take_part", goal.pair)
    pair = under_way(goal.pair)
    if not 0 <= progress <= 100:
        raise Refused(_("Progress goes from 0 to 100 per cent."))
    goal.progress = progress
    goal.reached_on = (goal.reached_on or timezone.localdate()) if progress == 100 else None
    goal.save(update_fields=["progress", "reached_on"])
    audit.record("mentoring.goal_moved", goal, by=by, council=pair.programme.council, fields=["progress"])


@transaction.atomic
def drop_goal(goal: PairGoal, *, by: User) -> None:
    """Take away a goal that is not theirs any more; a reached one stays."""
    authorize(by, "mentoring.take_part", goal.pair)
    pair = under_way(goal.pair)
    if goal.reached_on:
        raise Refused(_("A goal that you reached stays on the list."))
    audit.record("mentoring.goal_dropped", goal, by=by, council=pair.programme.council)
    goal.delete()
