"""Invitations as the invited person meets them, and giving up a role of one's own."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from allies.kit.access import gate
from allies.kit.ratelimit import limit
from allies.kit.refusals import Refused, shown_as_message
from councils.forms.people import EndForm
from councils.models import Invitation
from councils.queries.people import (
    addresses_of,
    invitation_by_digest,
    memberships_of,
    open_invitations_for,
    standing_of,
)
from councils.roles import FACTS, Role
from councils.services.invite import accept, digest
from councils.services.roles import end_role


def _take_up(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    with shown_as_message(request, Refused):
        membership = accept(invitation, by=request.user)
        role = membership.get_role_display()
        messages.success(request, _("Welcome. You now hold the role: %(role)s.") % {"role": role})
    return redirect("councils:my-start")


@gate("public", across=True)
@limit("invitation", rate="60/10m", methods=("GET", "POST"))
@require_safe
def invitation_show(request: HttpRequest, token: str) -> HttpResponse:
    """Show an offer to whoever holds the letter, and say what to do next."""
    invitation = invitation_by_digest(digest(token))
    if invitation is None:
        raise Http404
    signed_in = request.user.is_authenticated
    facts = {
        "invitation": invitation,
        "standing": standing_of(invitation),
        "may": FACTS[Role(invitation.role)].may,
        "needs_second_factor": FACTS[Role(invitation.role)].is_staff,
        "is_mine": signed_in and invitation.email.lower() in addresses_of(request.user),
    }
    response = render(request, "councils/account/invitation.html", facts)
    # The address is a secret: no browser keeps it. (No other site hears of it either, by the portal's referrer policy.)
    response["Cache-Control"] = "no-store"
    return response


@gate("signed_in")
@limit("invitation", rate="60/10m")
@require_POST
def invitation_accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take up a role that was offered to one of this person's addresses; nobody else's offer exists here."""
    waiting = {invitation.pk: invitation for invitation in open_invitations_for(addresses_of(request.user))}
    if pk not in waiting:
        messages.error(request, _("This invitation is not open to you, or no longer."))
        return redirect("councils:my-start")
    return _take_up(request, waiting[pk])


@gate("signed_in")
@require_http_methods(["GET", "HEAD", "POST"])
def my_role_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give up a role of one's own."""
    membership = next((held for held in memberships_of(request.user) if held.pk == pk), None)
    if membership is None:
        raise Http404
    form = EndForm(request.POST if request.method == "POST" else None, membership=membership, actor=request.user)
    if form.is_valid():
        try:
            end_role(membership, on=form.cleaned_data["on"], by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            messages.success(request, _("The end of the role is on record."))
            return redirect("councils:my-data")
    facts = {"form": form, "membership": membership}
    return render(request, "councils/account/role_end.html", facts, status=422 if form.is_bound else 200)
