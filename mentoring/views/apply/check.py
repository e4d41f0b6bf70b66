"""The eligibility check: six questions without an account, and the way from there to an application."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from allies.kit.access import gate
from allies.kit.ratelimit import limit
from mentoring.eligibility import judge, overall
from mentoring.forms.apply import CheckForm
from mentoring.models import Intake
from mentoring.queries.programmes import Offer, as_rules, helping_services, newest_rules
from mentoring.views.apply.answers import offered
from mentoring.views.apply.finding import of_offer
from mentoring.views.apply.sent import NAME, sender_of

# What a visitor answered, from "apply" until they have signed in; gone with the session.
KEPT = "mentoring_answers"


@gate("public", across=True)
@limit("eligibility", rate="60/10m")
@require_http_methods(["GET", "HEAD", "POST"])
@of_offer
def eligibility(request: HttpRequest, offer: Offer) -> HttpResponse:
    """Ask six questions and say at once what each rule makes of the answers; nothing is kept."""
    programme = offer.programme
    form = CheckForm(request.POST if request.method == "POST" else None, programme=programme)
    if not form.is_valid():
        return offered(request, "check", offer, form=form)
    rules = as_rules(newest_rules(programme), programme)
    findings = judge(form.answers, rules, year=timezone.localdate().year)
    return offered(
        request,
        "result",
        offer,
        sent=form.sent,
        findings=findings,
        verdict=str(overall(findings)),
        services=helping_services(programme.council),
    )


@gate("public", across=True)
@limit("eligibility", rate="60/10m")
@require_POST
@of_offer
def apply_now(request: HttpRequest, offer: Offer) -> HttpResponse:
    """Carry the answers to the application: kept in the session until the person has signed in."""
    if offer.intake is None:
        return redirect("mentoring:open-programme", slug=offer.programme.council.slug, programme=offer.programme.slug)
    form = CheckForm(request.POST, programme=offer.programme)
    if form.is_valid():
        request.session[KEPT] = {"intake": str(offer.intake.pk), "facts": form.facts}
    sender = sender_of(request, offer.programme.council)
    carried = {NAME: sender.pk} if sender else {}
    wants_help = {"help": 1} if request.POST.get("wants") == "help" else {}
    return redirect(reverse("mentoring:apply-begin", args=[offer.intake.pk], query={**wants_help, **carried}))


def kept_answers(request: HttpRequest, intake: Intake) -> dict[str, object]:
    """The answers that a visitor brought along to this intake."""
    kept = request.session.get(KEPT) or {}
    return kept.get("facts", {}) if kept.get("intake") == str(intake.pk) else {}


def forget_answers(request: HttpRequest) -> None:
    """Drop what the session kept."""
    request.session.pop(KEPT, None)
