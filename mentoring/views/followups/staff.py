"""The staff's side of follow-up: whom to call, and answers given on the phone."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from allies.kit.access import can, gate
from councils.models import Council
from councils.services.staff_session import look_at
from mentoring.forms.followups import FollowUpForm
from mentoring.models import FollowUp
from mentoring.queries.followups import standing, to_call
from mentoring.services import followups
from mentoring.states import FOLLOW_UP, FollowUpState
from mentoring.views.answers import acted, kept, shown, to


@gate("mentoring.read", within="council")
@require_safe
def follow_up_list(request: HttpRequest, council: Council) -> HttpResponse:
    """Count what was asked and answered, and list whom to call for those who may see people."""
    sees = can(request.user, "mentoring.see_people", council)
    return shown(
        request,
        "followups/list",
        council,
        standing=standing(),
        calls=to_call() if sees else None,
        asks_reason=not sees and can(request.user, "councils.open_session", council),
    )


@gate("mentoring.work_with_people", within="council")
@require_http_methods(["GET", "HEAD", "POST"])
def follow_up_call(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Write down what a person said on the phone; the person may ask who opened this."""
    found = get_object_or_404(FollowUp.objects.select_related("pair__mentee_person", "pair__programme"), pk=pk)
    form = FollowUpForm(request.POST if request.method == "POST" else None, wave=found.wave)
    if form.is_valid() and kept(form, lambda: followups.answer(found, facts=form.cleaned_data, by=request.user)):
        return to("follow-up-list", council)
    if request.method == "GET":
        look_at(found.pair.mentee_person, council, by=request.user)
    open_ = FollowUpState.ANSWERED in FOLLOW_UP[FollowUpState(found.state)]
    return shown(request, "followups/call", council, form=form, follow_up=found, is_open=open_)


@gate("mentoring.work_with_people", within="council")
@require_POST
def follow_up_close(request: HttpRequest, council: Council, pk: UUID, how: str) -> HttpResponse:
    """Record that a person could not be reached, or wants to be asked no more."""
    found = get_object_or_404(FollowUp.objects.select_related("pair__programme"), pk=pk)
    act = followups.give_up if how == "unreachable" else followups.refuse
    acted(request, lambda: act(found, by=request.user), _("This is on record."))
    return to("follow-up-list", council)
