"""The application as it is written: begun, step by step, kept while one types, checked and sent."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from allies.kit.access import gate
from allies.kit.ratelimit import by_person, limit
from allies.kit.refusals import Refused
from allies.kit.states import Step, draw
from councils.queries.occupations import find_occupations
from councils.services.editing import Faulty
from mentoring.forms.apply import CvForm
from mentoring.forms.apply_steps import STEPS
from mentoring.forms.apply_work import StepForm
from mentoring.forms.occupations import OccupationFields
from mentoring.models import Application, Goal, Intake, Slot
from mentoring.queries import tongues
from mentoring.queries.eligibility import judged
from mentoring.queries.programmes import is_open, published_programmes
from mentoring.services import applications as services
from mentoring.states import ApplicationState
from mentoring.views.apply.answers import drawn
from mentoring.views.apply.check import forget_answers, kept_answers
from mentoring.views.apply.finding import of_own
from mentoring.views.apply.sent import sender_of

TITLES = {
    1: gettext_lazy("About you and your work"),
    2: gettext_lazy("Language and time"),
    3: gettext_lazy("What you look for"),
    4: gettext_lazy("Check and send"),
}
MOST_FOUND = 12


def stepper(step: int) -> list[Step]:
    """The four steps of the form, as the stepper draws them."""
    return draw([(str(number), str(title)) for number, title in TITLES.items()], str(step))


@gate("signed_in", across=True)
@require_http_methods(["GET", "HEAD", "POST"])
def apply_begin(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask once more, then begin a draft with the answers that were brought along."""
    intakes = Intake.objects.filter(programme__in=published_programmes()).select_related("programme__council__place")
    intake = get_object_or_404(intakes, pk=pk)
    wants_help = request.GET.get("help") == "1" or request.POST.get("help") == "1"
    answers, sender = kept_answers(request, intake), sender_of(request, intake.programme.council)
    if request.method == "POST":
        try:
            application = services.begin(intake, by=request.user, answers=answers, sent_by=sender)
        except Refused as refusal:
            messages.error(request, str(refusal.reason))
            return redirect("mentoring:my-mentoring")
        forget_answers(request)
        if wants_help:
            return redirect("mentoring:apply-help", pk=application.pk)
        return _go_on(application)
    standing = Application.objects.filter(intake=intake, person=request.user).exclude(state=ApplicationState.WITHDRAWN)
    if begun := standing.first():
        return _go_on(begun)
    facts = {"answers": bool(answers), "wants_help": wants_help, "is_open": is_open(intake), "sent_by": sender}
    return drawn(request, "begin", Application(intake=intake, person=request.user), **facts)


def _go_on(application: Application) -> HttpResponse:
    if application.state == ApplicationState.DRAFT:
        return redirect("mentoring:apply-step", pk=application.pk, step=1)
    return redirect("mentoring:my-mentoring")


def _sent_already(request: HttpRequest) -> HttpResponse:
    messages.info(request, _("This application has been sent: here you see where it stands."))
    return redirect("mentoring:my-mentoring")


@gate("signed_in", across=True)
@require_http_methods(["GET", "HEAD", "POST"])
@of_own
def apply_step(request: HttpRequest, application: Application, step: int) -> HttpResponse:
    """Show one step of a draft, keep it, and lead to the next one."""
    if step not in STEPS:
        raise Http404
    if application.state != ApplicationState.DRAFT:
        return _sent_already(request)
    if request.method != "POST":
        return _drawn_step(request, application, step, STEPS[step](application=application), CvForm())
    form, cv = STEPS[step](request.POST, application=application), CvForm(request.POST, request.FILES)
    sound = form.is_valid()
    going = request.POST.get("go", "next")
    try:
        services.save_draft(application, form.facts, by=request.user)
        if step == 1 and cv.is_valid() and cv.cleaned_data["cv"]:
            services.set_cv(application, cv.cleaned_data["cv"], by=request.user)
    except Refused as refusal:
        cv.add_error("cv", str(refusal.reason))
    if going == "find" and isinstance(form, OccupationFields):
        form.look_up(request.POST.get("occupation_words", ""))
        return _drawn_step(request, application, step, form, cv, status=200)
    if not sound or cv.errors:
        return _drawn_step(request, application, step, form, cv, status=422)
    if going == "later":
        messages.success(request, _("Your draft is kept. Go on whenever you like."))
        return redirect("mentoring:my-mentoring")
    after = step - 1 if going == "back" and step > 1 else step + 1
    if after not in STEPS:
        return redirect("mentoring:apply-send", pk=application.pk)
    return redirect("mentoring:apply-step", pk=application.pk, step=after)


def _drawn_step(
    request: HttpRequest, application: Application, step: int, form: StepForm, cv: CvForm, *, status: int = 200
) -> HttpResponse:
    facts = {"form": form, "cv_form": cv, "step": step, "steps": stepper(step), "title": TITLES[step]}
    response = drawn(request, f"step_{step}", application, last=len(STEPS) + 1, **facts)
    response.status_code = status
    return response


@gate("signed_in", across=True)
@limit("autosave", rate="300/5m", key=by_person)
@require_POST
@of_own
def apply_save(request: HttpRequest, application: Application, step: int) -> HttpResponse:
    """Keep what makes sense of a step while the person types."""
    if step not in STEPS:
        raise Http404
    form = STEPS[step](request.POST, application=application)
    form.is_valid()
    try:
        services.save_draft(application, form.facts, by=request.user)
    except Refused as refusal:
        return JsonResponse({"refused": str(refusal.reason)}, status=409)
    return JsonResponse({"saved": True})


@gate("signed_in", across=True)
@limit("occupations", rate="240/5m", key=by_person, methods=("GET",))
@require_safe
def occupation_search(request: HttpRequest) -> HttpResponse:
    """Give the occupations that the typed words may mean, in the reader's language."""
    words = request.GET.get("q", "")[:120]
    found = find_occupations(words, limit=MOST_FOUND) if len(words.strip()) > 1 else []
    return JsonResponse({"found": [{"code": one.pk, "title": one.title} for one in found]})


@gate("signed_in", across=True)
@require_http_methods(["GET", "HEAD", "POST"])
@of_own
def apply_send(request: HttpRequest, application: Application) -> HttpResponse:
    """Show all that was written, with what is missing, and send it."""
    if application.state != ApplicationState.DRAFT:
        return _sent_already(request)
    if request.method != "POST":
        return _drawn_send(request, application, {})
    try:
        check = services.submit(application, by=request.user)
    except Faulty as refusal:
        return _drawn_send(request, application, refusal.errors, status=422)
    except Refused as refusal:
        messages.error(request, str(refusal.reason))
        return redirect("mentoring:my-mentoring")
    if check.verdict == "fail":
        messages.warning(request, _("Thank you. By your answers the programme does not fit yet: below you see why."))
    else:
        messages.success(request, _("Thank you. Your application has arrived; we have sent you a letter about it."))
    return redirect("mentoring:my-mentoring")


def _drawn_send(request: HttpRequest, application: Application, errors: Any, status: int = 200) -> HttpResponse:
    gaps = [(name, WHERE[name], LABELS[name], sentence) for name, sentence in services.missing(application).items()]
    response = drawn(
        request,
        "send",
        application,
        gaps=gaps,
        refused=bool(errors),
        steps=stepper(4),
        title=TITLES[4],
        findings=judged(application),
        languages=tongues.in_words(application.languages),
        times=[Slot(slot).label for slot in application.availability],
        goals=[Goal(goal).label for goal in application.goals],
        is_open=is_open(application.intake),
    )
    response.status_code = status
    return response


# In which step a field stands, and how a summary calls it.
WHERE = {"status": 1, "employment": 1, "occupation": 1, "availability": 2, "mode": 2, "place": 2, "goals": 3}
LABELS = {
    "status": gettext_lazy("Your status in Canada"),
    "employment": gettext_lazy("Your work today"),
    "occupation": gettext_lazy("Occupation"),
    "availability": gettext_lazy("Times to meet"),
    "mode": gettext_lazy("Where to meet"),
    "place": gettext_lazy("Your city"),
    "goals": gettext_lazy("Goals"),
}
