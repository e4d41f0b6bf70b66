"""Invitations of an employer as the invited person meets them, with an account or without."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from allies.kit.access import gate
from allies.kit.ratelimit import limit
from allies.kit.refusals import Refused, shown_as_message
from councils.models import Council
from councils.queries.people import addresses_of, standing_of
from councils.services.invite import digest
from mentoring.models import EmployerInvitation, Mentor
from mentoring.queries import employers as queries
from mentoring.queries.mentors import mentors_of
from mentoring.services import champions, employer_staff
from mentoring.states import MentorState
from mentoring.views.answers import acted, kept, shown
from mentoring.views.mentors.volunteer import offer_form


def _mentor(request: HttpRequest, council: Council) -> Mentor | None:
    """What the person who reads offers at a council, unless they stopped."""
    if not request.user.is_authenticated:
        return None
    return mentors_of(request.user).filter(council=council).exclude(state=MentorState.RETIRED).first()


@gate("public", across=True)
@limit("invitation", rate="60/10m", methods=("GET", "POST"))
@require_safe
def invitation_show(request: HttpRequest, token: str) -> HttpResponse:
    """Show an offer to whoever holds the letter, and say what to do next."""
    invitation = queries.invitation_by_digest(digest(token))
    if invitation is None:
        raise Http404
    signed_in = request.user.is_authenticated
    facts = {
        "invitation": invitation,
        "employer": invitation.organisation,
        "council": invitation.organisation.council,
        "standing": standing_of(invitation),
        "rules": queries.in_words(queries.terms_of(invitation.organisation)),
        "mentor": _mentor(request, invitation.organisation.council),
        "is_mine": signed_in and invitation.email.lower() in addresses_of(request.user),
    }
    response = render(request, "mentoring/employers/invitation.html", facts)
    # The address is a secret: no browser keeps it.
    response["Cache-Control"] = "no-store"
    return response


def _waiting(request: HttpRequest, pk: UUID) -> EmployerInvitation | None:
    """The invitation that waits for this person; nobody else's exists here."""
    waiting = {row.pk: row for row in queries.open_invitations_for(addresses_of(request.user))}
    if pk not in waiting:
        messages.error(request, _("This invitation is not open to you, or no longer."))
    return waiting.get(pk)


@gate("signed_in", across=True)
@limit("invitation", rate="60/10m")
@require_POST
def invitation_accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take up an offer: to speak for the employer, or to mentor in its name."""
    invitation = _waiting(request, pk)
    if invitation is None:
        return redirect("councils:my-start")
    if invitation.kind == queries.Kind.CHAMPION:
        with shown_as_message(request, Refused):
            champion = champions.accept(invitation, by=request.user)
            words = _("Welcome! You speak for %(employer)s now.")
            messages.success(request, words % {"employer": invitation.organisation.name})
            return redirect(reverse("mentoring:my-employer", args=[champion.organisation_id]))
        return redirect("councils:my-start")
    mentor = _mentor(request, invitation.organisation.council)
    if mentor is None:
        return redirect(reverse("mentoring:employer-offer", args=[pk]))
    words = _("Done: you are one of the mentors of %(employer)s.") % {"employer": invitation.organisation.name}
    acted(request, lambda: employer_staff.join(invitation, by=request.user), words)
    return redirect(reverse("mentoring:my-mentor", args=[mentor.pk]))


@gate("signed_in", across=True)
@require_http_methods(["GET", "HEAD", "POST"])
def employer_offer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask the few things that a mentor tells, with the employer as it invited."""
    invitation = _waiting(request, pk)
    if invitation is None:
        return redirect("councils:my-start")
    employer, council = invitation.organisation, invitation.organisation.council
    own = _mentor(request, council)
    if own is not None or invitation.kind != queries.Kind.MENTOR:
        return redirect(reverse("mentoring:my-mentor", args=[own.pk]) if own else reverse("councils:my-start"))
    terms = queries.terms_of(employer)
    form = offer_form(request, employer=employer, initial={"place": council.place_id})
    told: list[Mentor] = []
    if (
        form.is_bound
        and form.is_valid()
        and kept(form, lambda: told.append(employer_staff.volunteer(invitation, facts=form.facts, by=request.user)))
    ):
        messages.success(request, _("Thank you! The council knows that you want to mentor and will write to you."))
        mentor = told[0]
        if queries.unmet(terms, mentor.seniority, mentor.years):
            words = _("%(employer)s asks of its mentors: %(rules)s. The council decides whether there is an exception.")
            messages.warning(request, words % {"employer": employer.name, "rules": "; ".join(queries.in_words(terms))})
        return redirect(reverse("mentoring:my-mentor", args=[mentor.pk]))
    facts = {"employer": employer, "invitation": invitation, "rules": queries.in_words(terms)}
    return shown(request, "employers/offer", council, form=form, **facts)
