"""The champion's own pages: whom they invited, what the staff give, the rules, and orientations they host."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from allies.kit import scope
from allies.kit.access import gate
from allies.kit.ratelimit import by_person, limit
from mentoring.forms.employers import HostingForm, InviteForm, TermsForm
from mentoring.models import Champion, EmployerInvitation
from mentoring.queries import employers as queries
from mentoring.services import champions, employer_invitations, employer_staff, employer_terms
from mentoring.views.answers import acted, kept, shown

EDIT = ["GET", "HEAD", "POST"]
View = Callable[..., HttpResponse]


def speaking(view: View) -> View:
    """Give the view the person's own part as champion, in the scope of its council; no other employer is found."""

    @wraps(view)
    def found(request: HttpRequest, pk: UUID, **kwargs: Any) -> HttpResponse:
        own = queries.champions_now().filter(person=request.user)
        champion = get_object_or_404(own, organisation=pk)
        with scope.within(champion.organisation.council):
            return view(request, champion=champion, **kwargs)

    return found


def _here(champion: Champion) -> str:
    return reverse("mentoring:my-employer", args=[champion.organisation_id])


def _drawn(request: HttpRequest, template: str, champion: Champion, last: str = "", **more: Any) -> HttpResponse:
    organisation = champion.organisation
    crumbs = [(organisation.name, _here(champion)), (last, None)] if last else []
    facts = {"champion": champion, "employer": organisation, "crumbs": crumbs, **more}
    return shown(request, f"employers/{template}", organisation.council, **facts)


@gate("signed_in", across=True)
@require_safe
def my_employers(request: HttpRequest) -> HttpResponse:
    """List the employers for which a person speaks; who speaks for one is led there."""
    found = queries.employers_of(request.user)
    if len(found) == 1:
        return redirect(_here(found[0]))
    return shown(request, "employers/my_list", found=found)


@gate("signed_in", across=True)
@speaking
@require_safe
def my_employer(request: HttpRequest, champion: Champion) -> HttpResponse:
    """Show what the staff give, who is invited, the rules and the orientations; nothing of any mentee."""
    organisation = champion.organisation
    return _drawn(
        request,
        "mine",
        champion,
        numbers=queries.employers([organisation])[0],
        staff=queries.staff_of(organisation),
        invitations=queries.invitations_of(organisation),
        terms=(terms := queries.terms_of(organisation)),
        rules=queries.in_words(terms),
        hosted=queries.hosted_by(organisation),
        speaks=True,
    )


@gate("signed_in", across=True)
@limit("invite-staff", rate="10/h", key=by_person)
@speaking
@require_http_methods(EDIT)
def my_employer_invite(request: HttpRequest, champion: Champion) -> HttpResponse:
    """Invite colleagues, all of those named or none, with every fault told by its line."""
    organisation = champion.organisation
    form = InviteForm(
        request.POST if request.method == "POST" else None,
        organisation=organisation,
        initial={"language": request.user.language},
    )
    said = form.cleaned_data if form.is_bound and form.is_valid() else None
    if said and kept(
        form,
        lambda: employer_staff.invite(
            organisation, addresses=form.emails, language=said["language"], word=said["word"], by=request.user
        ),
    ):
        count = len(form.emails)
        words = ngettext("%(n)s invitation is on its way.", "%(n)s invitations are on their way.", count)
        messages.success(request, words % {"n": count})
        return redirect(_here(champion))
    terms = queries.terms_of(organisation)
    return _drawn(request, "invite", champion, _("Invite colleagues"), form=form, rules=queries.in_words(terms))


def _invitation(champion: Champion, pk: UUID) -> EmployerInvitation:
    own = EmployerInvitation.objects.filter(organisation=champion.organisation_id, kind=queries.Kind.MENTOR)
    found: EmployerInvitation = get_object_or_404(own.select_related("organisation__council", "invited_by"), pk=pk)
    return found


@gate("signed_in", across=True)
@speaking
@require_POST
def my_employer_remind(request: HttpRequest, champion: Champion, invitation: UUID) -> HttpResponse:
    """Remind somebody who is invited."""
    found = _invitation(champion, invitation)
    acted(
        request,
        lambda: employer_invitations.remind(found, by=request.user),
        _("The reminder is on its way; the link in the earlier letter is void."),
    )
    return redirect(_here(champion))


@gate("signed_in", across=True)
@speaking
@require_POST
def my_employer_take_back(request: HttpRequest, champion: Champion, invitation: UUID) -> HttpResponse:
    """Take an invitation back."""
    found = _invitation(champion, invitation)
    acted(request, lambda: employer_invitations.take_back(found, by=request.user), _("The invitation is taken back."))
    return redirect(_here(champion))


@gate("signed_in", across=True)
@speaking
@require_http_methods(EDIT)
def my_employer_rules(request: HttpRequest, champion: Champion) -> HttpResponse:
    """Say who of the staff may mentor."""
    organisation = champion.organisation
    form = TermsForm(request.POST if request.method == "POST" else None, terms=queries.terms_of(organisation))
    if (
        form.is_bound
        and form.is_valid()
        and kept(form, lambda: employer_terms.set_rules(organisation, by=request.user, **form.cleaned_data))
    ):
        messages.success(request, _("The rules are saved. Colleagues see them before they offer to mentor."))
        return redirect(_here(champion))
    return _drawn(request, "rules", champion, _("Who may mentor"), form=form)


@gate("signed_in", across=True)
@speaking
@require_http_methods(EDIT)
def my_employer_hosting(request: HttpRequest, champion: Champion) -> HttpResponse:
    """Offer to host an orientation, or take the offer back."""
    organisation = champion.organisation
    terms = queries.terms_of(organisation)
    form = HostingForm(request.POST if request.method == "POST" else None, initial={"words": terms.hosting})
    if (
        form.is_bound
        and form.is_valid()
        and kept(
            form,
            lambda: employer_terms.offer_to_host(organisation, words=form.cleaned_data["words"], by=request.user),
        )
    ):
        told = _("Thank you! The council knows of your offer and will get in touch.")
        messages.success(request, told if form.cleaned_data["words"] else _("Your offer is taken back."))
        return redirect(_here(champion))
    return _drawn(request, "hosting", champion, _("Host an orientation"), form=form, terms=terms)


@gate("signed_in", across=True)
@speaking
@require_POST
def my_employer_stop(request: HttpRequest, champion: Champion) -> HttpResponse:
    """Speak for the employer no longer."""
    acted(
        request,
        lambda: champions.end(champion, by=request.user),
        _("You no longer speak for this employer. Thank you for all you did."),
    )
    return redirect("mentoring:my-employers")
