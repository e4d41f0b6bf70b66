"""Invite people to a council, send an invitation again, take one back."""

from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from allies.kit.access import gate
from allies.kit.ratelimit import by_person, limit
from allies.kit.refusals import Refused, shown_as_message
from councils.forms.people import InvitationForm
from councils.models import Council, Invitation
from councils.queries.people import invitations_at, standing_of
from councils.roles import Role
from councils.services.invite import invite, send_again, take_back
from councils.views.people.reasons import reason_first

PER_PAGE = 25


@gate("councils.manage_roles", within="council")
@require_safe
@reason_first
def invitation_list(request: HttpRequest, council: Council) -> HttpResponse:
    """List who is invited and where each invitation stands."""
    page = Paginator(invitations_at(council), PER_PAGE).get_page(request.GET.get("page"))
    rows = [(invitation, standing_of(invitation)) for invitation in page]
    return render(request, "councils/people/invitations.html", {"council": council, "page": page, "rows": rows})


@gate("councils.manage_roles", within="council")
@limit("invite", rate="40/h", key=by_person)
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
def invitation_new(request: HttpRequest, council: Council) -> HttpResponse:
    """Invite an address to a role."""
    form = InvitationForm(
        request.POST if request.method == "POST" else None, initial={"language": request.user.language}
    )
    if form.is_valid():
        facts = dict(form.cleaned_data)
        try:
            invitation = invite(council, role=Role(facts.pop("role")), by=request.user, **facts)
        except Refused as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            messages.success(request, _("The invitation is on its way to %(email)s.") % {"email": invitation.email})
            return redirect("councils:people-list", council.slug)
    status = 422 if form.is_bound else 200
    return render(request, "councils/people/invite.html", {"council": council, "form": form}, status=status)


@gate("councils.manage_roles", within="council")
@limit("invite", rate="40/h", key=by_person)
@require_POST
@reason_first
@reauthentication_required
def invitation_again(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Send an invitation once more, with a new link."""
    invitation = get_object_or_404(Invitation.objects.select_related("council"), pk=pk)
    with shown_as_message(request, Refused):
        send_again(invitation, by=request.user)
        messages.success(request, _("The invitation is on its way again; the link in the earlier letter is void."))
    return redirect("councils:invitation-list", council.slug)


@gate("councils.manage_roles", within="council")
@require_POST
@reason_first
def invitation_take_back(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Take an invitation back."""
    invitation = get_object_or_404(Invitation.objects.select_related("council"), pk=pk)
    with shown_as_message(request, Refused):
        take_back(invitation, by=request.user)
        messages.success(request, _("The invitation is taken back."))
    return redirect("councils:invitation-list", council.slug)
