"""The steps of a pair that one of the two takes: the pulse, help, a pause, the end, the certificate."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from allies.kit import pdf
from allies.kit.access import gate
from allies.kit.refusals import Refused
from mentoring.forms.pairs import EndForm, HelpForm, HoldForm, PulseForm
from mentoring.models import Pair
from mentoring.queries.pairs import sessions_of, wave_for
from mentoring.services import certificates, pair_health, pulses
from mentoring.services import pairs as services
from mentoring.views.answers import kept, shown
from mentoring.views.pairs.own import back, done, drawn, of_pair


def _crumbs(pair: Pair, here: str) -> list[tuple[str, str | None]]:
    return [(_("Your mentoring"), reverse("mentoring:pair-show", args=[pair.pk])), (here, None)]


@gate("signed_in", across=True)
@require_http_methods(["GET", "HEAD", "POST"])
@of_pair
def pair_pulse(request: HttpRequest, pair: Pair) -> HttpResponse:
    """Ask one of the two how it is going."""
    me: Any = request.user
    wave = wave_for(pair, me, list(sessions_of(pair)), timezone.localdate())
    if wave is None:
        messages.info(request, _("There is nothing to answer at the moment. Thank you!"))
        return back(pair)
    form = PulseForm(request.POST if request.method == "POST" else None)
    if (
        form.is_bound
        and form.is_valid()
        and kept(form, lambda: pulses.answer(pair, wave=wave, **form.cleaned_data, by=me))
    ):
        messages.success(request, _("Thank you: your answer is kept, and only the council's staff read it."))
        return back(pair)
    crumbs = _crumbs(pair, _("How is it going?"))
    return shown(request, "pairs/pulse", form=form, pair=pair, other=pair.other_of(me), crumbs=crumbs)


@gate("signed_in", across=True)
@require_POST
@of_pair
def pair_help(request: HttpRequest, pair: Pair) -> HttpResponse:
    """Ask the coordinators for help."""
    form, me = HelpForm(request.POST), request.user
    if form.is_valid() and kept(
        form,
        lambda: pair_health.ask_for_help(pair, note=form.cleaned_data["note"], by=me),
    ):
        messages.success(request, _("The coordinator is told and will get in touch with you."))
        return back(pair)
    return drawn(request, pair, form=form, at="help")


@gate("signed_in", across=True)
@require_POST
@of_pair
def pair_pause(request: HttpRequest, pair: Pair) -> HttpResponse:
    """Put the pair on hold."""
    form, me = HoldForm(request.POST), request.user
    if form.is_valid() and kept(
        form,
        lambda: services.pause(pair, until=form.cleaned_data["until"], by=me),
    ):
        messages.success(request, _("You are on hold. The planned end has moved by as many days."))
        return back(pair)
    return drawn(request, pair, form=form, at="hold")


@gate("signed_in", across=True)
@require_POST
@of_pair
def pair_resume(request: HttpRequest, pair: Pair) -> HttpResponse:
    """Go on after a pause."""
    words = _("Welcome back: you go on from today.")
    return done(request, pair, lambda: services.resume(pair, by=request.user), words)


@gate("signed_in", across=True)
@require_POST
@of_pair
def pair_complete(request: HttpRequest, pair: Pair) -> HttpResponse:
    """Complete the pair, once the hours are reached."""
    words = _("Congratulations: you have completed the mentoring.")
    return done(request, pair, lambda: services.complete(pair, by=request.user), words)


@gate("signed_in", across=True)
@require_http_methods(["GET", "HEAD", "POST"])
@of_pair
def pair_end(request: HttpRequest, pair: Pair) -> HttpResponse:
    """End the pair before its time, with the reason."""
    form, me = EndForm(request.POST if request.method == "POST" else None), request.user
    if not form.is_bound and pair.state not in services.UNDER_WAY:
        messages.warning(request, _("This pair is not under way, so nothing can be changed here."))
        return back(pair)
    if form.is_bound and form.is_valid() and kept(form, lambda: services.end_early(pair, **form.cleaned_data, by=me)):
        messages.success(request, _("The mentoring has ended. Thank you for saying why."))
        return back(pair)
    crumbs = _crumbs(pair, _("End the mentoring"))
    return shown(request, "pairs/end", form=form, pair=pair, other=pair.other_of(me), crumbs=crumbs)


@gate("signed_in", across=True)
@require_safe
@of_pair
def pair_certificate(request: HttpRequest, pair: Pair) -> HttpResponse:
    """Hand out the certificate as a PDF."""
    try:
        content = certificates.write(pair, by=request.user)
    except Refused as refusal:
        messages.warning(request, str(refusal.reason))
        return back(pair)
    name = _("certificate-of-mentoring")
    response = HttpResponse(content, content_type=pdf.MEDIA_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    response["Cache-Control"] = "no-store, private"
    return response


@gate("public", across=True)
@require_safe
def certificate_show(request: HttpRequest, number: str) -> HttpResponse:
    """Say whether this portal issued a certificate with this number, and what it says."""
    return shown(request, "pairs/certificate", certificate=certificates.find(number), number=number)
