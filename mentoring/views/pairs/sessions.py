"""Meetings: log one in less than a minute, confirm or question what the other one logged, take one's own back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from allies.kit.access import gate
from allies.kit.ui.formats import number
from mentoring.forms.pairs import GatheringForm, ObjectionForm, SessionForm
from mentoring.models import Pair, Session
from mentoring.queries.groups import companions
from mentoring.services import sessions as services
from mentoring.services.pairs import UNDER_WAY
from mentoring.views.answers import kept, shown
from mentoring.views.pairs.own import back, done, drawn, of_pair


@gate("signed_in", across=True)
@require_http_methods(["GET", "HEAD", "POST"])
@of_pair
def session_log(request: HttpRequest, pair: Pair) -> HttpResponse:
    """Log a meeting; the same form sent twice logs one."""
    members = _members(pair, request.user)
    typed = request.POST if request.method == "POST" else None
    form = GatheringForm(typed, members=members) if members else SessionForm(typed)
    if not form.is_bound and pair.state not in UNDER_WAY:
        messages.warning(request, _("This pair is not under way, so no meeting can be logged."))
        return back(pair)
    if form.is_bound and form.is_valid() and kept(form, lambda: _logged(request, pair, form)):
        return back(pair)
    crumbs = [(_("Your mentoring"), reverse("mentoring:pair-show", args=[pair.pk])), (_("Log a meeting"), None)]
    other = pair.other_of(request.user)
    return shown(request, "pairs/log", form=form, pair=pair, members=members, other=other, crumbs=crumbs)


def _members(pair: Pair, user: Any) -> list[Pair]:
    """The pairs of the group for which its mentor logs a meeting; none for a mentee, or for two people alone."""
    if pair.group is None or user.pk != pair.mentor_person_id:
        return []
    found = [one for one in companions([pair])[pair.group] if one.state in UNDER_WAY]
    return found if len(found) > 1 else []


def _logged(request: HttpRequest, pair: Pair, form: SessionForm) -> None:
    """Log what was gathered, and say for whom."""
    if not isinstance(form, GatheringForm):
        services.log(pair, **form.facts, by=request.user)
        other = pair.other_of(request.user)
        messages.success(request, _("The meeting is logged. %(other)s confirms it.") % {"other": other})
        return
    logged, taken = services.log_gathering(pair, **form.facts, by=request.user)
    words = ngettext(
        "The meeting is logged for %(n)s mentee, who confirms it.",
        "The meeting is logged for %(n)s mentees, each of whom confirms it.",
        len(logged),
    )
    messages.success(request, words % {"n": number(len(logged))})
    if taken:
        names = ", ".join(str(one.mentee_person) for one in taken)
        words = _("Left as it is for %(names)s: a meeting at this time is logged there already.")
        messages.info(request, words % {"names": names})


def _session(pair: Pair, session: UUID) -> Session:
    found: Session = get_object_or_404(Session.objects.filter(pair=pair).select_related("logged_by"), pk=session)
    found.pair = pair
    return found


@gate("signed_in", across=True)
@require_POST
@of_pair
def session_confirm(request: HttpRequest, pair: Pair, session: UUID) -> HttpResponse:
    """Confirm a meeting that the other one logged."""
    found = _session(pair, session)
    words = _("The meeting is confirmed.")
    return done(request, pair, lambda: services.confirm(found, by=request.user), words)


@gate("signed_in", across=True)
@require_POST
@of_pair
def session_question(request: HttpRequest, pair: Pair, session: UUID) -> HttpResponse:
    """Say what is not right about a meeting."""
    found = _session(pair, session)
    form = ObjectionForm(request.POST)
    if form.is_valid() and kept(
        form,
        lambda: services.question(found, objection=form.cleaned_data["objection"], by=request.user),
    ):
        other = pair.other_of(request.user)
        messages.success(request, _("%(other)s is told what is not right.") % {"other": other})
        return back(pair)
    return drawn(request, pair, form=form, at="objection", session=found.pk)


@gate("signed_in", across=True)
@require_POST
@of_pair
def session_take_back(request: HttpRequest, pair: Pair, session: UUID) -> HttpResponse:
    """Take back a meeting that one logged oneself."""
    found = _session(pair, session)
    words = _("The meeting is taken back.")
    return done(request, pair, lambda: services.take_back(found, by=request.user), words)
