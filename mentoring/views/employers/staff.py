"""The council's pages about employers: who speaks for them, what their staff give, and naming a champion."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from allies.kit.access import can, gate
from allies.kit.ratelimit import by_person, limit
from councils.models import Council, Organisation
from councils.views.people.reasons import reason_first
from mentoring.forms.employers import ChampionForm, PlaceForm
from mentoring.models import EmployerInvitation, Mentor
from mentoring.queries import employers as queries
from mentoring.queries import mentors as mentor_queries
from mentoring.services import champions, employer_invitations, employer_staff
from mentoring.tables.employers import EmployerTable
from mentoring.views.answers import acted, kept, listed, shown, to


@gate("mentoring.manage", within="council")
@require_safe
@reason_first
def employer_list(request: HttpRequest, council: Council) -> HttpResponse:
    """List the employers at the table with their champions and what their staff give."""
    rows = queries.employers()
    return shown(
        request,
        "employers/list",
        council,
        table=listed(request, EmployerTable(rows, council=council)),
        rows=rows,
        spoken_for=sum(row.champion is not None for row in rows),
        available=sum(row.available for row in rows),
        pairs=sum(row.pairs for row in rows),
        minutes=sum(row.minutes_this_year for row in rows),
        hosts=queries.offers_to_host(),
    )


def _employer(pk: UUID) -> Organisation:
    found: Organisation = get_object_or_404(queries.organisations(), pk=pk)
    return found


@gate("mentoring.manage", within="council")
@limit("invite-champion", rate="40/h", key=by_person)
@require_http_methods(["GET", "HEAD", "POST"])
@reason_first
def employer_show(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Show an employer's part in mentoring, and ask somebody to speak for it."""
    organisation = _employer(pk)
    form = ChampionForm(
        request.POST if request.method == "POST" else None,
        initial={"language": request.user.language, "email": organisation.contact_email},
    )
    if (
        form.is_bound
        and form.is_valid()
        and kept(form, lambda: champions.ask(organisation, by=request.user, **form.cleaned_data))
    ):
        words = _("The invitation is on its way to %(email)s.") % {"email": form.cleaned_data["email"]}
        messages.success(request, words)
        return to("employer-show", council, pk=pk)
    return shown(
        request,
        "employers/show",
        council,
        form=form,
        employer=organisation,
        numbers=(numbers := queries.employers([organisation])[0]),
        champion=numbers.champion,
        asked=numbers.asked,
        asked_standing=queries.standing_of(numbers.asked) if numbers.asked else "",
        staff=queries.staff_of(organisation),
        invitations=queries.invitations_of(organisation),
        terms=(terms := queries.terms_of(organisation)),
        rules=queries.in_words(terms),
        hosted=queries.hosted_by(organisation),
        works=can(request.user, "mentoring.work_with_people", council),
        crumbs=[
            (_("Employers"), reverse("mentoring:employer-list", args=[council.slug])),
            (organisation.name, None),
        ],
    )


@gate("mentoring.manage", within="council")
@require_POST
@reason_first
def employer_champion_end(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """End the part of an employer's champion."""
    champion = get_object_or_404(queries.champions_now(), organisation=_employer(pk))
    acted(
        request,
        lambda: champions.end(champion, by=request.user),
        _("%(name)s no longer speaks for this employer.") % {"name": champion.person.name},
    )
    return to("employer-show", council, pk=pk)


def _invitation(pk: UUID) -> EmployerInvitation:
    rows = EmployerInvitation.objects.select_related("organisation__council", "invited_by")
    found: EmployerInvitation = get_object_or_404(rows, pk=pk)
    return found


@gate("mentoring.manage", within="council")
@require_POST
@reason_first
def employer_invitation_again(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Send an invitation once more."""
    found = _invitation(pk)
    acted(
        request,
        lambda: employer_invitations.remind(found, by=request.user),
        _("The reminder is on its way; the link in the earlier letter is void."),
    )
    return to("employer-show", council, pk=found.organisation_id)


@gate("mentoring.manage", within="council")
@require_POST
@reason_first
def employer_invitation_take_back(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Take an invitation back."""
    found = _invitation(pk)
    acted(request, lambda: employer_invitations.take_back(found, by=request.user), _("The invitation is taken back."))
    return to("employer-show", council, pk=found.organisation_id)


@gate("mentoring.manage", within="council")
@require_POST
@reason_first
def mentor_employer(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Note for which employer a mentor works."""
    mentor: Mentor = get_object_or_404(mentor_queries.mentors(), pk=pk)
    form = PlaceForm(request.POST, mentor=mentor)
    if form.is_valid():
        chosen = form.cleaned_data["organisation"]
        acted(request, lambda: employer_staff.place(mentor, chosen, by=request.user), _("The employer is noted."))
    else:
        messages.error(request, " ".join(form.errors["organisation"]))
    return to("mentor-show", council, pk=pk)
