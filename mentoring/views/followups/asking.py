"""The page behind a person's link: five questions, no account, in the person's language."""

from contextlib import suppress

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from allies.kit.access import gate
from allies.kit.refusals import Refused
from councils.views.public.answers import private
from mentoring.forms.followups import FollowUpForm
from mentoring.models import FollowUp
from mentoring.services import followups
from mentoring.states import FOLLOW_UP, FollowUpState
from mentoring.views.answers import kept, shown


def _asked(token: str) -> FollowUp:
    found = followups.named_by(token)
    if found is None:
        raise Http404
    return found


@gate("public", across=True)
@require_http_methods(["GET", "HEAD", "POST"])
def follow_up(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, keep the answers, and say thank you."""
    found = _asked(token)
    may_answer = FollowUpState.ANSWERED in FOLLOW_UP[FollowUpState(found.state)]
    form = None
    if may_answer:
        form = FollowUpForm(request.POST if request.method == "POST" else None, wave=found.wave)
        if form.is_valid() and kept(form, lambda: followups.answer(found, facts=form.cleaned_data)):
            return private(redirect("mentoring:follow-up", token))
    context = {"follow_up": found, "programme": found.pair.programme, "token": token}
    return private(shown(request, "followups/ask", form=form, **context))


@gate("public", across=True)
@require_POST
def follow_up_refuse(request: HttpRequest, token: str) -> HttpResponse:
    """Ask this person no more; saying so twice changes nothing."""
    found = _asked(token)
    with suppress(Refused):
        followups.refuse(found)
    return private(redirect(reverse("mentoring:follow-up", args=[token])))
