"""What an applicant does on the way to a mentor: book an interview, take part in an orientation, read the handbook."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from allies.kit import scope
from allies.kit.access import gate
from allies.kit.ui import panels
from councils.dates import hours
from mentoring.forms.coordinate_people import HandbookForm
from mentoring.models import Application, Interview, InterviewSlot, Orientation, OrientationSession
from mentoring.queries import worklists
from mentoring.services import orientation, screening
from mentoring.states import ApplicationState, InterviewState
from mentoring.views.answers import acted, kept, shown

GET_POST = ["GET", "HEAD", "POST"]
View = Callable[..., HttpResponse]


def own_application(view: View) -> View:
    """Give the view the person's own application, in the scope and the time zone of its council."""

    @wraps(view)
    def found(request: HttpRequest, pk: UUID, **kwargs: Any) -> HttpResponse:
        own = Application.objects.select_related("person", "intake__programme__council")
        application = get_object_or_404(own, pk=pk, person=request.user)
        with scope.within(application.intake.programme.council):
            return view(request, application=application, **kwargs)

    return found


def _booked(application: Application) -> Interview | None:
    return application.interviews.filter(state=InterviewState.BOOKED).select_related("slot__interviewer").first()


def _seat(application: Application) -> Orientation | None:
    seats = application.orientations.filter(session__isnull=False, came=None).select_related(
        "session__host_organisation"
    )
    return seats.order_by("-session__starts_at").first()


@gate("signed_in", across=True)
@require_safe
@own_application
def my_interview(request: HttpRequest, application: Application) -> HttpResponse:
    """Show the interview that is booked, and the times that are free."""
    why_not = screening.why_not_book(application)
    return shown(
        request,
        "coordinate/my_interview",
        application=application,
        interview=_booked(application),
        times=[] if why_not else worklists.free_times(application.intake.programme)[:40],
        why_not=why_not,
        missed=screening.no_shows(application),
    )


@gate("signed_in", across=True)
@require_POST
@own_application
def my_interview_book(request: HttpRequest, application: Application) -> HttpResponse:
    """Book a time, or change to it."""
    slot = _chosen(InterviewSlot.objects.filter(programme=application.intake.programme_id), request)
    if slot is None:
        messages.error(request, _("Choose one of the times."))
    else:
        acted(
            request,
            lambda: screening.book(application, slot=slot, by=request.user),
            _("Your interview is booked. We have sent you the details."),
        )
    return redirect("mentoring:my-interview", pk=application.pk)


def _chosen(rows: Any, request: HttpRequest) -> Any:
    try:
        return rows.filter(pk=UUID(request.POST.get("chosen", ""))).first()
    except ValueError:
        return None


@gate("signed_in", across=True)
@require_POST
@own_application
def my_interview_cancel(request: HttpRequest, application: Application) -> HttpResponse:
    """Give the booked time back."""
    interview = _booked(application)
    if interview is None:
        messages.error(request, _("You have no interview booked."))
    else:
        acted(
            request,
            lambda: screening.cancel_interview(interview, by=request.user),
            _("Your interview is cancelled. You can book another time."),
        )
    return redirect("mentoring:my-interview", pk=application.pk)


@gate("signed_in", across=True)
@require_safe
@own_application
def my_orientation(request: HttpRequest, application: Application) -> HttpResponse:
    """Show the seat in an orientation, and the sessions ahead."""
    why_not = orientation.why_not_sign_up(application)
    return shown(
        request,
        "coordinate/my_orientation",
        application=application,
        seat=_seat(application),
        sessions=[] if why_not else worklists.sessions_ahead(application.intake.programme),
        why_not=why_not,
    )


@gate("signed_in", across=True)
@require_POST
@own_application
def my_orientation_join(request: HttpRequest, application: Application) -> HttpResponse:
    """Take a seat in a session."""
    session = _chosen(OrientationSession.objects.filter(intake__programme=application.intake.programme_id), request)
    if session is None:
        messages.error(request, _("Choose one of the sessions."))
    else:
        acted(
            request,
            lambda: orientation.sign_up(session, application=application, by=request.user),
            _("You have a seat. We have sent you the details."),
        )
    return redirect("mentoring:my-orientation", pk=application.pk)


@gate("signed_in", across=True)
@require_POST
@own_application
def my_orientation_leave(request: HttpRequest, application: Application) -> HttpResponse:
    """Give a seat back."""
    seat = _seat(application)
    if seat is None:
        messages.error(request, _("You have no seat to give up."))
    else:
        acted(
            request,
            lambda: orientation.give_up_seat(seat, by=request.user),
            _("Your seat is given up. You can take another one."),
        )
    return redirect("mentoring:my-orientation", pk=application.pk)


@gate("signed_in", across=True)
@require_http_methods(GET_POST)
@own_application
def my_handbook(request: HttpRequest, application: Application) -> HttpResponse:
    """Show the handbook, and record that it was read."""
    form = HandbookForm(request.POST if request.method == "POST" else None)
    ready: list[bool] = []
    if (
        form.is_bound
        and form.is_valid()
        and kept(form, lambda: ready.append(orientation.read_handbook(application, by=request.user)))
    ):
        messages.success(
            request,
            _("Thank you. You are ready to be matched now.") if ready[0] else _("Thank you. That is on record."),
        )
        return redirect("mentoring:my-handbook", pk=application.pk)
    programme = application.intake.programme
    readable = application.state in orientation.ON_THE_WAY and not application.handbook_at
    return shown(
        request,
        "coordinate/my_handbook",
        form=form,
        application=application,
        programme=programme,
        readable=readable,
    )


@panels.add("mentoring.application", position=30)
def steps_to_a_mentor(request: HttpRequest, application: Application) -> panels.Panel | None:
    """The card on the tracker: interview, orientation and handbook, each with what to do next."""
    asked = (*orientation.ON_THE_WAY, ApplicationState.READY)
    if application.state not in asked:
        return None
    interview, seat = _booked(application), _seat(application)
    slot, session = interview and interview.slot, seat and seat.session
    # The hours are those of the council's city, not of the portal.
    with scope.within(application.intake.programme.council):
        facts = {
            "application": application,
            "interview_when": hours(slot.starts_at, slot.ends_at) if slot else "",
            "bookable": not screening.why_not_book(application),
            "seat_when": hours(session.starts_at, session.ends_at) if session else "",
            "orientable": not orientation.why_not_sign_up(application),
        }
    return "mentoring/coordinate/_my_steps.html", facts
