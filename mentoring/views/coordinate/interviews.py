"""Interview times that the council offers, and what interviews lead to."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from allies.kit.access import gate
from councils.models import Council
from councils.views.people.reasons import reason_first
from mentoring.forms.coordinate_people import InterviewForm, TimesForm
from mentoring.models import Application, Interview, InterviewSlot
from mentoring.queries import worklists
from mentoring.services import screening
from mentoring.states import ApplicationState
from mentoring.views.answers import acted, kept, shown, to
from mentoring.views.coordinate.applicant import crumbs_to, of_application
from mentoring.views.coordinate.programmes import EDIT, crumbs_of


@gate("mentoring.manage", within="council")
@require_http_methods(EDIT)
@reason_first
def time_list(request: HttpRequest, council: Council) -> HttpResponse:
    """Show the interview times ahead with who booked them, and offer more."""
    form = TimesForm(request.POST if request.method == "POST" else None, council=council, by=request.user)
    offered: list[InterviewSlot] = []
    if (
        form.is_bound
        and form.is_valid()
        and kept(form, lambda: offered.extend(screening.offer_times(by=request.user, **form.cleaned_data)))
    ):
        words = ngettext("%(n)s time is offered.", "%(n)s times are offered.", len(offered))
        messages.success(request, words % {"n": len(offered)})
        return to("time-list", council)
    return shown(
        request,
        "coordinate/times",
        council,
        form=form,
        times=worklists.times(),
        to_record=worklists.interviews_to_record(),
        crumbs=crumbs_of(council, (_("Interviews"), None)),
    )


@gate("mentoring.manage", within="council")
@require_POST
@reason_first
def time_withdraw(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Take a time back."""
    slot = get_object_or_404(InterviewSlot.objects.select_related("programme__council"), pk=pk)
    acted(request, lambda: screening.withdraw_time(slot, by=request.user), _("The time is taken back."))
    return to("time-list", council)


@gate("mentoring.manage", within="council")
@require_http_methods(EDIT)
@of_application
def interview_record(request: HttpRequest, council: Council, application: Application) -> HttpResponse:
    """Write down an interview, and lead the person on."""
    if application.state not in (ApplicationState.ELIGIBLE, ApplicationState.BOOKED):
        messages.warning(
            request, _("An interview can be recorded for people who are eligible and not interviewed yet.")
        )
        return to("application-show", council, pk=application.pk)
    form = InterviewForm(request.POST if request.method == "POST" else None)
    if (
        form.is_bound
        and form.is_valid()
        and kept(
            form,
            lambda: screening.hold_interview(
                application,
                scores=form.scores,
                note=form.cleaned_data["note"],
                recommendation=form.cleaned_data["recommendation"],
                told=form.cleaned_data["told"],
                by=request.user,
            ),
        )
    ):
        messages.success(request, _("The interview is recorded, and the person is told what follows."))
        return to("application-show", council, pk=application.pk)
    crumbs = crumbs_to(council, application, (_("Interview"), None))
    return shown(request, "coordinate/interview_form", council, form=form, application=application, crumbs=crumbs)


def _interview(pk: UUID) -> Interview:
    return get_object_or_404(
        Interview.objects.select_related("slot", "application__intake__programme__council", "application__person"),
        pk=pk,
    )


@gate("mentoring.manage", within="council")
@require_POST
@reason_first
def interview_missed(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Record that a person did not come."""
    interview = _interview(pk)
    acted(
        request,
        lambda: screening.record_no_show(interview, by=request.user),
        _("Recorded: the person did not come, and is told how to go on."),
    )
    return to("application-show", council, pk=interview.application_id)


@gate("mentoring.manage", within="council")
@require_POST
@reason_first
def interview_cancel(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Cancel a booked interview from the council's side."""
    interview = _interview(pk)
    acted(
        request,
        lambda: screening.cancel_interview(interview, by=request.user),
        _("The interview is cancelled, and the person is told."),
    )
    return to("application-show", council, pk=interview.application_id)
