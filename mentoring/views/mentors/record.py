"""One mentor, as the council's staff see them: load, pairs, exclusions, and what may be done."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from allies.kit.access import can, gate
from councils.models import Council
from councils.services.staff_session import look_at
from councils.views.people.reasons import reason_first
from mentoring.forms.employers import PlaceForm
from mentoring.forms.mentors import ApproveForm, ExcludeForm, PauseForm, StaffOfferForm
from mentoring.models import Exclusion, Mentor
from mentoring.queries import mentors as queries
from mentoring.queries.tongues import in_words
from mentoring.services import exclusions
from mentoring.services import mentors as services
from mentoring.views.answers import acted, kept, shown, to
from mentoring.views.mentors.listing import crumbs
from mentoring.views.mentors.volunteer import offer_form

View = Callable[..., HttpResponse]


def of_mentor(view: View) -> View:
    """Give the view the mentor in place of the key, after national staff have stated a reason."""

    @wraps(view)
    def found(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
        mentor = get_object_or_404(queries.mentors(), pk=pk)
        return reason_first(view)(request, council=council, mentor=mentor)

    return found


@gate("mentoring.manage", within="council")
@require_safe
@of_mentor
def mentor_show(request: HttpRequest, council: Council, mentor: Mentor) -> HttpResponse:
    """Show a mentor, and write down that the record was opened."""
    look_at(mentor.person, council, by=request.user)
    return _drawn(request, council, mentor)


def _drawn(request: HttpRequest, council: Council, mentor: Mentor, form: Any = None) -> HttpResponse:
    def stands(kind: type, made: Callable[[], Any]) -> Any:
        return form if isinstance(form, kind) else made()

    works = bool(can(request.user, "mentoring.work_with_people", council))
    return shown(
        request,
        "mentors/record",
        council,
        form=form,
        mentor=mentor,
        works=works,
        languages=in_words(mentor.languages),
        offer=queries.offer_of(mentor),
        pairs=list(queries.pairs_of(mentor)),
        exclusions=list(queries.exclusions_of(mentor)),
        approve=stands(ApproveForm, lambda: ApproveForm(mentor=mentor, sessions=queries.past_sessions())),
        pause=stands(PauseForm, PauseForm),
        place=PlaceForm(mentor=mentor),
        exclude=stands(ExcludeForm, lambda: ExcludeForm(people=queries.applicants())),
        crumbs=crumbs(council, (mentor.person.name, None)),
    )


@gate("mentoring.manage", within="council")
@require_http_methods(["GET", "HEAD", "POST"])
@of_mentor
def mentor_edit(request: HttpRequest, council: Council, mentor: Mentor) -> HttpResponse:
    """Change what a mentor offers, with the reason."""
    form = offer_form(request, mentor=mentor, kind=StaffOfferForm)
    if (
        form.is_bound
        and form.is_valid()
        and kept(
            form,
            lambda: services.change_offer(
                mentor, facts=form.facts, reason=form.cleaned_data["reason"], by=request.user
            ),
        )
    ):
        messages.success(request, _("The offer is saved, and the mentor is told."))
        return to("mentor-show", council, pk=mentor.pk)
    here = (mentor.person.name, reverse("mentoring:mentor-show", args=[council.slug, mentor.pk]))
    return shown(
        request, "mentors/edit", council, form=form, mentor=mentor, crumbs=crumbs(council, here, (_("Edit"), None))
    )


@gate("mentoring.manage", within="council")
@require_POST
@of_mentor
def mentor_approve(request: HttpRequest, council: Council, mentor: Mentor) -> HttpResponse:
    """Make a volunteer available."""
    form = ApproveForm(request.POST, mentor=mentor, sessions=queries.past_sessions())
    if form.is_valid() and kept(form, lambda: services.approve(mentor, by=request.user, **form.facts)):
        messages.success(request, _("%(name)s is available now and has been told.") % {"name": mentor.person.name})
        return to("mentor-show", council, pk=mentor.pk)
    return _drawn(request, council, mentor, form)


@gate("mentoring.manage", within="council")
@require_POST
@of_mentor
def mentor_pause(request: HttpRequest, council: Council, mentor: Mentor) -> HttpResponse:
    """Give a mentor no new mentees before a day."""
    form = PauseForm(request.POST)
    if form.is_valid() and kept(
        form, lambda: services.pause(mentor, until=form.cleaned_data["until"], by=request.user)
    ):
        messages.success(request, _("Paused. Nobody new is proposed until that day."))
        return to("mentor-show", council, pk=mentor.pk)
    return _drawn(request, council, mentor, form)


@gate("mentoring.manage", within="council")
@require_POST
@of_mentor
def mentor_return(request: HttpRequest, council: Council, mentor: Mentor) -> HttpResponse:
    """End a mentor's pause."""
    acted(request, lambda: services.come_back(mentor, by=request.user), _("The pause is over."))
    return to("mentor-show", council, pk=mentor.pk)


@gate("mentoring.manage", within="council")
@require_POST
@of_mentor
def mentor_retire(request: HttpRequest, council: Council, mentor: Mentor) -> HttpResponse:
    """Record that somebody no longer mentors."""
    acted(request, lambda: services.retire(mentor, by=request.user), _("Recorded: this person no longer mentors here."))
    return to("mentor-show", council, pk=mentor.pk)


@gate("mentoring.manage", within="council")
@require_POST
@of_mentor
def mentor_exclude(request: HttpRequest, council: Council, mentor: Mentor) -> HttpResponse:
    """Keep a mentee and this mentor from being paired."""
    form = ExcludeForm(request.POST, people=queries.applicants())
    if form.is_valid() and kept(form, lambda: exclusions.exclude(mentor, by=request.user, **form.cleaned_data)):
        messages.success(request, _("The two are kept apart."))
        return to("mentor-show", council, pk=mentor.pk)
    return _drawn(request, council, mentor, form)


@gate("mentoring.manage", within="council")
@require_POST
@reason_first
def exclusion_lift(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Let two people be paired again."""
    exclusion = get_object_or_404(Exclusion.objects.select_related("council", "mentor"), pk=pk)
    mentor = exclusion.mentor
    acted(request, lambda: exclusions.lift(exclusion, by=request.user), _("The two may be paired again."))
    return to("mentor-show", council, pk=mentor.pk)
