"""My mentoring: where my applications stand, and what I can do about them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from allies.kit.access import gate
from councils.queries.people import addresses_of
from mentoring.forms.apply import HelpForm, PauseForm, WithdrawForm
from mentoring.models import Application
from mentoring.queries.employers import employers_of, open_invitations_for
from mentoring.queries.mentors import mentors_of
from mentoring.queries.programmes import helping_services
from mentoring.queries.tracker import standings
from mentoring.services import applications as services
from mentoring.services.referrals import refer
from mentoring.states import ApplicationState
from mentoring.views.answers import acted, kept, shown
from mentoring.views.apply.answers import drawn
from mentoring.views.apply.finding import of_own


@gate("signed_in", across=True)
@require_safe
def my_mentoring(request: HttpRequest) -> HttpResponse:
    """Show where each of my applications stands, what comes next and when."""
    found, offers = standings(request.user), list(mentors_of(request.user))
    employers, waiting = employers_of(request.user), open_invitations_for(addresses_of(request.user))
    if not found and not waiting and bool(offers) != bool(employers):
        return redirect("mentoring:my-mentors" if offers else "mentoring:my-employers")
    return shown(request, "apply/tracker", standings=found, offers=offers, employers=employers, waiting=waiting)


@gate("signed_in", across=True)
@require_POST
@of_own
def apply_again(request: HttpRequest, application: Application) -> HttpResponse:
    """Open an application that did not qualify for new answers."""
    done = _("Change what is different now, then send it again.")
    if acted(request, lambda: services.answer_again(application, by=request.user), done):
        return redirect("mentoring:apply-step", pk=application.pk, step=1)
    return redirect("mentoring:my-mentoring")


@gate("signed_in", across=True)
@require_http_methods(["GET", "HEAD", "POST"])
@of_own
def apply_withdraw(request: HttpRequest, application: Application) -> HttpResponse:
    """Ask why, then leave; what is held is given back."""
    is_draft = application.state == ApplicationState.DRAFT
    form = WithdrawForm(request.POST if request.method == "POST" else None, needs_reason=not is_draft)
    if form.is_valid() and kept(
        form, lambda: services.withdraw(application, form.cleaned_data["reason"], by=request.user)
    ):
        messages.success(request, _("Your application is withdrawn. You may apply again whenever an intake is open."))
        return redirect("mentoring:my-mentoring")
    return drawn(request, "withdraw", application, form=form, is_draft=is_draft)


@gate("signed_in", across=True)
@require_http_methods(["GET", "HEAD", "POST"])
@of_own
def apply_pause(request: HttpRequest, application: Application) -> HttpResponse:
    """Wait until a day without losing one's place."""
    form = PauseForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and kept(form, lambda: services.pause(application, form.cleaned_data["until"], by=request.user)):
        messages.success(request, _("You pause, and keep your place."))
        return redirect("mentoring:my-mentoring")
    return drawn(request, "pause", application, form=form)


@gate("signed_in", across=True)
@require_POST
@of_own
def apply_come_back(request: HttpRequest, application: Application) -> HttpResponse:
    """End a pause before its day."""
    acted(request, lambda: services.come_back(application, by=request.user), _("Welcome back."))
    return redirect("mentoring:my-mentoring")


@gate("signed_in", across=True)
@require_http_methods(["GET", "HEAD", "POST"])
@of_own
def apply_help(request: HttpRequest, application: Application) -> HttpResponse:
    """Ask to be introduced to a service that helps."""
    council = application.intake.programme.council
    services_here = helping_services(council)
    form = HelpForm(request.POST if request.method == "POST" else None, services=services_here, council=council)
    if form.is_valid():
        said = form.cleaned_data
        facts = {"partner": said["partner"], "note": said["note"], "introduce": said["agrees"]}
        service = "" if said["partner"] else council.name
        if kept(form, lambda: refer(application, by=request.user, service=service, **facts)):
            messages.success(request, _("Done: we have sent you a letter, and somebody asks you how it went."))
            return redirect("mentoring:my-mentoring")
    return drawn(request, "help", application, form=form)
