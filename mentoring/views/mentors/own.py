"""A mentor's own page: what waits, what they offer, pauses, and the end."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from allies.kit.access import gate
from mentoring.forms.mentors import PauseForm
from mentoring.models import Mentor, Orientation, OrientationSession
from mentoring.queries import mentors as queries
from mentoring.queries.tongues import in_words
from mentoring.services import mentors as services
from mentoring.services.orientation import give_up_seat, sign_up_mentor
from mentoring.views.answers import acted, kept, shown
from mentoring.views.mentors.volunteer import offer_form

View = Callable[..., HttpResponse]


def own(view: View) -> View:
    """Give the view the person's own mentor row; anybody else's is not found."""

    @wraps(view)
    def found(request: HttpRequest, pk: UUID, **kwargs: Any) -> HttpResponse:
        return view(request, mentor=get_object_or_404(queries.mentors_of(request.user), pk=pk), **kwargs)

    return found


def _here(mentor: Mentor) -> str:
    return reverse("mentoring:my-mentor", args=[mentor.pk])


def _crumbs(mentor: Mentor, last: str) -> list[tuple[str, str | None]]:
    return [(_("My mentoring"), reverse("mentoring:my-mentor", args=[mentor.pk])), (last, None)]


@gate("signed_in", across=True)
@require_safe
def my_mentors(request: HttpRequest) -> HttpResponse:
    """List where a person mentors; who does so in one place is led there."""
    found = list(queries.mentors_of(request.user))
    if len(found) == 1:
        return redirect(_here(found[0]))
    return shown(request, "mentors/my_list", mentors=found)


@gate("signed_in", across=True)
@own
@require_safe
def my_mentor(request: HttpRequest, mentor: Mentor) -> HttpResponse:
    """Show what waits for the mentor, who counts on them and what they offer."""
    return _drawn(request, mentor)


def _drawn(request: HttpRequest, mentor: Mentor, pause: PauseForm | None = None) -> HttpResponse:
    sessions, seat = _orientation(mentor)
    return shown(
        request,
        "mentors/mine",
        mentor.council,
        form=pause,
        mentor=mentor,
        waits=queries.first_step(mentor, has_seat=seat is not None),
        years=list(mentor.thanks.order_by("-year")),
        sessions=sessions,
        seat=seat,
        languages=in_words(mentor.languages),
        offer=queries.offer_of(mentor),
        pause_form=pause or PauseForm(),
    )


def _orientation(mentor: Mentor) -> tuple[list[OrientationSession], Orientation | None]:
    """The sessions that a mentor may choose from, and the seat they have."""
    if mentor.oriented_on or mentor.state == "retired":
        return [], None
    now = timezone.now()
    seat = (
        Orientation.objects.filter(mentor=mentor, session__starts_at__gt=now)
        .select_related("session__intake__programme__council", "session__host_organisation")
        .first()
    )
    return ([] if seat else list(queries.sessions_with_seats(mentor.council))), seat


@gate("signed_in", across=True)
@own
@require_http_methods(["GET", "HEAD", "POST"])
def my_mentor_edit(request: HttpRequest, mentor: Mentor) -> HttpResponse:
    """Change what the mentor offers."""
    form = offer_form(request, mentor=mentor)
    if (
        form.is_bound
        and form.is_valid()
        and kept(form, lambda: services.change_offer(mentor, facts=form.facts, by=request.user))
    ):
        messages.success(request, _("Your offer is saved."))
        return redirect(_here(mentor))
    crumbs = _crumbs(mentor, _("Change my offer"))
    return shown(request, "mentors/mine_form", mentor.council, form=form, mentor=mentor, crumbs=crumbs)


@gate("signed_in", across=True)
@own
@require_http_methods(["GET", "HEAD", "POST"])
def my_mentor_handbook(request: HttpRequest, mentor: Mentor) -> HttpResponse:
    """Show the handbook, and note that it is read."""
    if request.method == "POST":
        acted(
            request,
            lambda: services.acknowledge_handbook(mentor, by=request.user),
            _("Noted: you know the handbook. It stays here for you."),
        )
        return redirect(_here(mentor))
    return shown(
        request, "mentors/handbook", mentor.council, mentor=mentor, crumbs=_crumbs(mentor, _("The mentor's handbook"))
    )


@gate("signed_in", across=True)
@own
@require_POST
def my_mentor_pause(request: HttpRequest, mentor: Mentor) -> HttpResponse:
    """Pause until a day."""
    form = PauseForm(request.POST)
    if form.is_valid() and kept(
        form, lambda: services.pause(mentor, until=form.cleaned_data["until"], by=request.user)
    ):
        messages.success(request, _("You are on a pause. Whoever counts on you now keeps you."))
        return redirect(_here(mentor))
    return _drawn(request, mentor, form)


@gate("signed_in", across=True)
@own
@require_POST
def my_mentor_return(request: HttpRequest, mentor: Mentor) -> HttpResponse:
    """End the pause."""
    acted(request, lambda: services.come_back(mentor, by=request.user), _("Welcome back!"))
    return redirect(_here(mentor))


@gate("signed_in", across=True)
@own
@require_POST
def my_mentor_stop(request: HttpRequest, mentor: Mentor) -> HttpResponse:
    """Stop mentoring."""
    acted(
        request,
        lambda: services.retire(mentor, by=request.user),
        _("You no longer mentor here. Thank you for every hour that you gave."),
    )
    return redirect(_here(mentor))


@gate("signed_in", across=True)
@own
@require_POST
def my_mentor_seat(request: HttpRequest, mentor: Mentor) -> HttpResponse:
    """Take a seat in an orientation session, or give it up."""
    if "give_up" in request.POST:
        seat = Orientation.objects.select_related("session", "mentor", "application").filter(
            mentor=mentor, session__isnull=False, came=None
        )
        taken = seat.first()
        if taken is None:
            raise Http404
        acted(request, lambda: give_up_seat(taken, by=request.user), _("Your seat is free for somebody else."))
        return redirect(_here(mentor))
    session = queries.session_called(mentor.council, request.POST.get("session", ""))
    if session is None:
        messages.error(request, _("Choose a session."))
    else:
        acted(request, lambda: sign_up_mentor(session, mentor=mentor, by=request.user), _("Your seat is kept for you."))
    return redirect(_here(mentor))
