"""The page that the two people of a pair share: agreement, goals, hours, meetings, and what comes next."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from allies.kit.access import gate
from allies.kit.scope import within
from mentoring import agreements
from mentoring.forms.pairs import GoalForm, HelpForm, HoldForm, ObjectionForm
from mentoring.models import Pair, PairGoal
from mentoring.queries import hours
from mentoring.queries.groups import companions
from mentoring.queries.modules import checklist
from mentoring.queries.pair_history import help_asked_by
from mentoring.queries.pairs import pairs_of, sessions_of, wave_for
from mentoring.services import goals as goal_services
from mentoring.services import pairs as services
from mentoring.services.certificates import certificate_of
from mentoring.states import PairState, SessionState
from mentoring.views.answers import acted, kept, shown

View = Callable[..., HttpResponse]
STEPS = (0, 25, 50, 75, 100)


def of_pair(view: View) -> View:
    """Give one of the two their pair in place of its key; for everybody else there is none."""

    @wraps(view)
    def found(request: HttpRequest, pk: UUID, **kwargs: Any) -> HttpResponse:
        pair = get_object_or_404(pairs_of(request.user), pk=pk)
        # The council's time zone: a meeting at six is at six where the two are.
        with within(pair.programme.council):
            return view(request, pair=pair, **kwargs)

    return found


def back(pair: Pair) -> HttpResponse:
    """Lead to the page of the pair."""
    return redirect(reverse("mentoring:pair-show", args=[pair.pk]))


def done(request: HttpRequest, pair: Pair, act: Callable[[], Any], words: str | Promise) -> HttpResponse:
    """Let a service do its work, and lead back."""
    acted(request, act, words)
    return back(pair)


@gate("signed_in", across=True)
@require_safe
@of_pair
def pair_show(request: HttpRequest, pair: Pair) -> HttpResponse:
    """Show a pair to one of its two people."""
    return drawn(request, pair)


def drawn(request: HttpRequest, pair: Pair, *, form: Any = None, at: str = "", session: Any = None) -> HttpResponse:
    """Draw the page of a pair, with a form that was refused in its place."""
    me: Any = request.user
    today = timezone.localdate()
    sessions = list(sessions_of(pair))
    is_mentee = me.pk == pair.mentee_person_id
    mine, theirs = (pair.mentee_signed_at, pair.mentor_signed_at)[:: 1 if is_mentee else -1]
    facts = {
        "pair": pair,
        "me": me,
        "other": pair.other_of(me),
        "is_mentee": is_mentee,
        "is_open": pair.state in services.UNDER_WAY,
        "i_signed": mine,
        "they_signed": theirs,
        "agreed": bool(mine and theirs),
        "agreement": agreements.words(pair.agreement_version or agreements.current(pair.programme.kind)),
        "version": agreements.current(pair.programme.kind),
        "hours": hours.of(pair, today),
        "sessions": [item for item in sessions if item.state != SessionState.WITHDRAWN],
        "to_answer": [s for s in sessions if s.state == SessionState.LOGGED and s.logged_by_id != me.pk],
        "wave": wave_for(pair, me, sessions, today),
        "goals": list(pair.goals.order_by("reached_on", "added_at")),
        "modules": checklist(pair),
        "companions": [one for one in companions([pair])[pair.group] if one.pk != pair.pk] if pair.group else [],
        "steps": STEPS,
        "certificate": certificate_of(pair, me),
        "help_since": help_asked_by(pair, me),
        "objection_form": ObjectionForm(),
        "goal_form": GoalForm(),
        "help_form": HelpForm(),
        "hold_form": HoldForm(),
        "questioned": session,
        "at": at,
    }
    facts["meetings"] = [item for item in facts["sessions"] if item not in facts["to_answer"]]
    facts["next_steps"] = list(_next(facts, today)) if pair.state == PairState.ACTIVE else []
    if form is not None and at:
        facts[f"{at}_form"] = form
    return shown(request, "pairs/show", form=form, **facts)


def _next(facts: dict[str, Any], today: Any) -> Any:
    """What waits for this person, the most pressing first: words and where to do it."""
    pair = facts["pair"]
    if not facts["i_signed"]:
        yield _("Read and sign the agreement"), "#agreement"
    if waiting := len(facts["to_answer"]):
        words = ngettext("Confirm %(n)s meeting", "Confirm %(n)s meetings", waiting)
        yield words % {"n": waiting}, "#to-answer"
    if facts["wave"]:
        yield _("Say how it is going: two questions"), reverse("mentoring:pair-pulse", args=[pair.pk])
    if any(s.state == SessionState.DISPUTED and s.logged_by_id == facts["me"].pk for s in facts["sessions"]):
        yield _("Look at the meeting that is questioned"), "#meetings"
    if not facts["goals"]:
        yield _("Agree on your first goal"), "#goals"
    if not facts["sessions"]:
        if pair.started_on and pair.started_on > today:
            return
        yield _("Meet, and log your first meeting"), reverse("mentoring:session-log", args=[pair.pk])


@gate("signed_in", across=True)
@require_POST
@of_pair
def pair_sign(request: HttpRequest, pair: Pair) -> HttpResponse:
    """Sign the agreement."""
    version = request.POST.get("version", "") if request.POST.get("agree") else ""
    if not version:
        return done(request, pair, _not_ticked, "")
    for_all = pair.group is not None and request.user.pk == pair.mentor_person_id
    words = _("You have signed the agreement for your whole group.") if for_all else _("You have signed the agreement.")
    return done(request, pair, lambda: services.sign(pair, version=version, by=request.user), words)


def _not_ticked() -> None:
    raise services.Refused(_("Tick the box first: it says that you have read the agreement and agree."))


@gate("signed_in", across=True)
@require_POST
@of_pair
def goal_add(request: HttpRequest, pair: Pair) -> HttpResponse:
    """Add a goal."""
    form = GoalForm(request.POST)
    if form.is_valid() and kept(
        form,
        lambda: goal_services.add_goal(pair, **form.cleaned_data, by=request.user),
    ):
        return done(request, pair, lambda: None, _("The goal is on your list."))
    return drawn(request, pair, form=form, at="goal")


def _goal(pair: Pair, goal: UUID) -> PairGoal:
    found: PairGoal = get_object_or_404(PairGoal.objects.filter(pair=pair), pk=goal)
    found.pair = pair
    return found


@gate("signed_in", across=True)
@require_POST
@of_pair
def goal_move(request: HttpRequest, pair: Pair, goal: UUID) -> HttpResponse:
    """Say how far a goal is."""
    found = _goal(pair, goal)
    try:
        progress = int(request.POST.get("progress", ""))
    except ValueError:
        progress = -1
    words = _("Reached: well done!") if progress == 100 else _("The progress is noted.")
    return done(
        request,
        pair,
        lambda: goal_services.move_goal(found, progress=progress, by=request.user),
        words,
    )


@gate("signed_in", across=True)
@require_POST
@of_pair
def goal_drop(request: HttpRequest, pair: Pair, goal: UUID) -> HttpResponse:
    """Take a goal off the list."""
    found = _goal(pair, goal)
    return done(
        request,
        pair,
        lambda: goal_services.drop_goal(found, by=request.user),
        _("The goal is off your list."),
    )
