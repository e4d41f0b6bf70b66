"""The page of one application, and what is decided there."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from allies.kit import audit
from allies.kit.access import gate
from allies.kit.states import draw
from councils.models import Council
from councils.queries.changes import in_words
from councils.services.staff_session import look_at
from councils.views.people.reasons import reason_first
from mentoring.forms.coordinate_people import FollowForm, OverrideForm, ReferralForm
from mentoring.models import Application, Goal, Referral, Slot
from mentoring.queries import tongues, worklists
from mentoring.queries.eligibility import judged
from mentoring.queries.heard import says_how
from mentoring.services import eligibility, orientation, referrals, selection
from mentoring.services.selection import Act
from mentoring.states import APPLICATION
from mentoring.states import ApplicationState as S
from mentoring.tables.applications import LOOKS
from mentoring.views.answers import kept, shown, to
from mentoring.views.coordinate.programmes import Crumbs, crumbs_of

PATH = (S.ELIGIBLE, S.BOOKED, S.SCREENED, S.READY, S.PROPOSED, S.MATCHED, S.COMPLETED)
LATEST = 30


def of_application(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view the application in place of its key, to those who may see people."""

    @wraps(view)
    def found(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
        application = get_object_or_404(worklists.application(pk))
        return view(request, council=council, application=application)

    return reason_first(found)


def crumbs_to(council: Council, application: Application, *more: tuple[str, str | None]) -> Crumbs:
    """The way to a page about an applicant."""
    listing = (_("Applications"), reverse("mentoring:application-list", args=[council.slug]))
    url = reverse("mentoring:application-show", args=[council.slug, application.pk])
    return crumbs_of(council, listing, (str(application.person), url if more else None), *more)


@gate("mentoring.manage", within="council")
@require_safe
@of_application
def application_show(request: HttpRequest, council: Council, application: Application) -> HttpResponse:
    """Show one application with all that can be decided there, and note that the record was opened."""
    look_at(application.person, council, by=request.user)
    return drawn(request, council, application)


def drawn(
    request: HttpRequest,
    council: Council,
    application: Application,
    *,
    override: OverrideForm | None = None,
    referral: ReferralForm | None = None,
) -> HttpResponse:
    """Draw the page of an application, with a form that was refused in its place."""
    checks = list(application.checks.all())
    over = application.interview_over  # type: ignore[attr-defined]
    path = PATH if application.state in PATH else (S(application.state), *PATH)
    return shown(
        request,
        "coordinate/application",
        council,
        form=override or referral,
        application=application,
        look=LOOKS.get(S(application.state), ""),
        steps=draw([(state.value, str(state.label)) for state in path], application.state),
        done=[
            (_("Accepted after the interview"), application.screened_at),
            (_("Orientation done"), application.oriented_at),
            (_("Handbook read"), application.handbook_at),
        ],
        check=checks[0] if checks else None,
        findings=judged(application, checks[0].rules if checks else None),
        answers=_answers(application),
        overridable=application.state in (S.NEEDS_EVIDENCE, S.INELIGIBLE),
        interviewable=application.state == S.ELIGIBLE or (application.state == S.BOOKED and over),
        interview_over=over,
        orientable=not orientation.why_not_orient(application),
        acts=[act for act in Act if not selection.why_not(application, act)],
        override_form=override or OverrideForm(prefix="override"),
        referral_form=referral or ReferralForm(prefix="referral"),
        outcomes=Referral.Outcome.choices,
        changes=[replace(change, what="") for change in in_words(audit.about(application)[:LATEST], with_people=True)],
        closed=not APPLICATION[application.state],
        crumbs=crumbs_to(council, application),
    )


def _answers(application: Application) -> list[tuple[str, Any]]:
    yes_no = {True: _("yes"), False: _("no"), None: ""}
    goals, slots = dict(Goal.choices), dict(Slot.choices)
    levels = [
        f"{application._meta.get_field(name).verbose_name} {getattr(application, name)}"  # type: ignore[union-attr]
        for name in Application.LEVELS
        if getattr(application, name)
    ]
    rows = [
        ("status", application.get_status_display()),
        ("is_job_ready", yes_no[application.is_job_ready]),
        ("employment", application.get_employment_display()),
        ("years", application.years),
        ("last_worked", application.last_worked),
        ("has_time", yes_no[application.has_time]),
        ("level_evidence", application.get_level_evidence_display() if application.level_evidence else ""),
        ("occupation", application.occupation),
        ("industry", application.industry),
        ("languages", tongues.in_words(application.languages)),
        ("goals", ", ".join(str(goals.get(goal, goal)) for goal in application.goals)),
        ("availability", ", ".join(str(slots.get(slot, slot)) for slot in application.availability)),
        ("mode", application.get_mode_display()),
        ("place", application.place),
        ("employer", application.employer),
        ("about", application.about),
        ("heard_by", says_how(application)),
    ]
    named = [(_label(name), value) for name, value in rows if value not in (None, "")]
    return [*named[:6], *([(_("language levels"), ", ".join(levels))] if levels else []), *named[6:]]


def _label(name: str) -> str:
    return str(Application._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


@gate("mentoring.manage", within="council")
@require_POST
@of_application
def application_override(request: HttpRequest, council: Council, application: Application) -> HttpResponse:
    """Decide in place of the rules."""
    form = OverrideForm(request.POST, prefix="override")
    if form.is_valid() and kept(
        form, lambda: eligibility.override_eligibility(application, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Your decision is on record, and the person is told."))
        return to("application-show", council, pk=application.pk)
    return drawn(request, council, application, override=form)


@gate("mentoring.manage", within="council")
@require_POST
@of_application
def application_refer(request: HttpRequest, council: Council, application: Application) -> HttpResponse:
    """Introduce a person to a service."""
    form = ReferralForm(request.POST, prefix="referral")
    if form.is_valid() and kept(form, lambda: referrals.refer(application, by=request.user, **form.cleaned_data)):
        messages.success(request, _("The introduction is made, and the person is told. Ask again in some weeks."))
        return to("application-show", council, pk=application.pk)
    return drawn(request, council, application, referral=form)


@gate("mentoring.manage", within="council")
@require_POST
@reason_first
def referral_follow(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Record what came of an introduction."""
    referral = get_object_or_404(Referral.objects.select_related("application__intake__programme__council"), pk=pk)
    form = FollowForm(request.POST)
    if form.is_valid():
        referrals.follow_referral(referral, form.cleaned_data["outcome"], by=request.user)
        messages.success(request, _("What came of it is on record."))
    else:
        messages.error(request, _("Choose what came of it."))
    return to("application-show", council, pk=referral.application_id)
