"""Give, change and end roles at a council; each asks for the password again."""

from typing import Any
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from allies.kit.access import gate
from allies.kit.refusals import Refused
from councils.forms.people import EndForm, RoleForm, TermForm
from councils.models import Council, Membership
from councils.queries.people import memberships_at
from councils.roles import Role
from councils.services.roles import change_role, end_role, give_role
from councils.views.people.reasons import reason_first


def _membership(council: Council, pk: UUID) -> Membership:
    membership: Membership = get_object_or_404(memberships_at(council).select_related("council", "person"), pk=pk)
    return membership


def _again(request: HttpRequest, template: str, form: Any, **facts: Any) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, f"councils/people/{template}.html", {"form": form, **facts}, status=status)


@gate("councils.manage_roles", within="council")
@require_http_methods(["GET", "HEAD", "POST"])
@reason_first
@reauthentication_required
def role_add(request: HttpRequest, council: Council) -> HttpResponse:
    """Give a role to somebody who is known at the council."""
    form = RoleForm(request.POST if request.method == "POST" else None, council=council, giver=request.user)
    if form.is_valid():
        facts = dict(form.cleaned_data)
        person, role = facts.pop("person"), Role(facts.pop("role"))
        try:
            give_role(council, person, role, by=request.user, **facts)
        except Refused as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            messages.success(request, _("The role is given."))
            return redirect("councils:person-show", council.slug, person.pk)
    return _again(request, "role_add", form, council=council)


@gate("councils.manage_roles", within="council")
@require_http_methods(["GET", "HEAD", "POST"])
@reason_first
@reauthentication_required
def role_edit(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Change the term, the job title or the marks of a role."""
    membership = _membership(council, pk)
    # The form writes into a copy: what the page says about the role stays as it is until the service changes it.
    form = TermForm(request.POST if request.method == "POST" else None, instance=_membership(council, pk))
    if form.is_valid():
        try:
            change_role(membership, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            messages.success(request, _("The role is changed."))
            return redirect("councils:person-show", council.slug, membership.person_id)
    return _again(request, "role_edit", form, council=council, membership=membership)


@gate("councils.manage_roles", within="council")
@require_http_methods(["GET", "HEAD", "POST"])
@reason_first
@reauthentication_required
def role_end(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """End a role, and name who takes over where somebody has to."""
    membership = _membership(council, pk)
    form = EndForm(request.POST if request.method == "POST" else None, membership=membership, actor=request.user)
    if form.is_valid():
        try:
            end_role(membership, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            messages.success(request, _("The end of the role is on record."))
            return redirect("councils:person-show", council.slug, membership.person_id)
    return _again(request, "role_end", form, council=council, membership=membership)
