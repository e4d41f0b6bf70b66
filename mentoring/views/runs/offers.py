"""An offer, for the two who are asked: the mentor first, then the mentee."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from allies.kit.access import gate
from allies.kit.ui import panels
from mentoring.forms.runs import ReasonForm
from mentoring.models import Application, Mentor, Proposal
from mentoring.queries.offer_cards import OfferCard, last_day, offer_card
from mentoring.queries.runs import offer_for, open_offer_of_mentee, open_offers_of_mentor
from mentoring.services import groups, offers
from mentoring.views.answers import acted, kept, shown


def _found(request: HttpRequest, pk: UUID) -> OfferCard:
    proposal = offer_for(request.user, pk)
    if proposal is None:
        raise Http404
    return offer_card(proposal, request.user)


@gate("signed_in", across=True)
@require_safe
def offer_show(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show an offer and why it was made."""
    return shown(request, "runs/offer", offer=_found(request, pk))


@gate("signed_in", across=True)
@require_POST
def offer_accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say yes."""
    offer = _found(request, pk)
    act = groups.accept if offer.is_mentor and offer.group else offers.accept
    acted(request, lambda: act(offer.proposal, by=request.user), offer.thanks)
    return redirect("mentoring:offer-show", pk)


@gate("signed_in", across=True)
@require_http_methods(["GET", "HEAD", "POST"])
def offer_decline(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say no, with a reason."""
    offer = _found(request, pk)
    if not offer.is_asked:
        messages.warning(request, _("This offer is no longer open."))
        return redirect("mentoring:offer-show", pk)
    form = ReasonForm(
        request.POST if request.method == "POST" else None,
        label=_("Why does it not fit?"),
        help_text=_("Only the coordinator reads this. It helps to find a better match."),
    )
    act = groups.decline if offer.is_mentor and offer.group else offers.decline
    if (
        form.is_bound
        and form.is_valid()
        and kept(form, lambda: act(offer.proposal, reason=form.cleaned_data["reason"], by=request.user))
    ):
        messages.success(
            request,
            _("Thank you for telling us. This group is not proposed to you again.")
            if offer.is_mentor and offer.group
            else _("Thank you for telling us. The two of you will not be brought together again."),
        )
        return redirect("mentoring:offer-show", pk)
    return shown(request, "runs/decline", offer=offer, form=form)


@panels.add("mentoring.application", position=20)
def _on_the_tracker(request: HttpRequest, application: Application) -> panels.Panel | None:
    proposal: Proposal | None = open_offer_of_mentee(application)
    if proposal is None:
        return None
    facts = {"application": application, "offer": proposal, "until": last_day(proposal)}
    return "mentoring/runs/_my_offer.html", facts


@panels.add("mentoring.mentor", position=20)
def _on_the_mentors_page(request: HttpRequest, mentor: Mentor) -> panels.Panel | None:
    found = open_offers_of_mentor(mentor)
    return (
        (
            "mentoring/runs/_mentor_offers.html",
            {"offers": [(people[0], people, last_day(people[0])) for people in found]},
        )
        if found
        else None
    )
