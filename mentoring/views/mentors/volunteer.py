"""Become a mentor: a page for everybody, and the short form for who has signed in."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import ResolverMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from allies.kit.access import gate
from councils.addresses import council_page
from councils.models import Council, Organisation
from councils.views.public.answers import asked_again
from councils.views.public.finding import of_council
from mentoring.forms.mentors import OfferForm
from mentoring.models import Mentor
from mentoring.queries.programmes import GONE, published_programmes
from mentoring.services import mentors as services
from mentoring.states import MentorState
from mentoring.views.answers import kept


def _crumbs(council: Council, *more: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    return [(council.name, reverse("councils:council-show", args=[council.slug])), *more]


def _takes(council: Council) -> bool:
    return council.stage not in GONE


def _own(request: HttpRequest, council: Council) -> Mentor | None:
    """What the person who reads offers at this council, unless they stopped."""
    if not request.user.is_authenticated:
        return None
    return Mentor.objects.filter(council=council, person=request.user).exclude(state=MentorState.RETIRED).first()


def offer_form(
    request: HttpRequest,
    *,
    mentor: Mentor | None = None,
    employer: Organisation | None = None,
    initial: dict[str, Any] | None = None,
    kind: type[OfferForm] = OfferForm,
) -> OfferForm:
    """The form as it is asked for: empty, with the occupations that the typed words may mean, or to be judged."""
    if request.method != "POST":
        return kind(mentor=mentor, employer=employer, initial=initial)
    if request.POST.get("go") != "find":
        return kind(request.POST, mentor=mentor, employer=employer)
    form = kind(mentor=mentor, employer=employer, initial=kind.typed(request.POST))
    form.look_up(request.POST.get("occupation_words", ""))
    return form


@gate("public", across=True)
@require_safe
@asked_again
@of_council
def become_mentor(request: HttpRequest, council: Council) -> HttpResponse:
    """Say what mentoring asks and gives, and lead on to the form."""
    return _shown(
        request,
        council,
        "become",
        own=_own(request, council),
        takes=_takes(council),
        programmes=list(published_programmes().filter(council=council)),
        crumbs=_crumbs(council, (_("Become a mentor"), None)),
    )


@gate("signed_in", across=True)
@require_http_methods(["GET", "HEAD", "POST"])
@of_council
def mentor_volunteer(request: HttpRequest, council: Council) -> HttpResponse:
    """Ask the few things that a mentor tells."""
    own = _own(request, council)
    if own is not None:
        return redirect(reverse("mentoring:my-mentor", args=[own.pk]))
    form = offer_form(request, initial={"place": council.place_id})
    told: list[Mentor] = []
    if (
        form.is_bound
        and form.is_valid()
        and kept(form, lambda: told.append(services.volunteer(council, facts=form.facts, by=request.user)))
    ):
        messages.success(request, _("Thank you! The council knows that you want to mentor and will write to you."))
        return redirect(reverse("mentoring:my-mentor", args=[told[0].pk]))
    public = reverse("mentoring:become-mentor", args=[council.slug])
    crumbs = _crumbs(council, (_("Become a mentor"), public), (_("Your offer"), None))
    return _shown(request, council, "volunteer", form=form, takes=_takes(council), crumbs=crumbs)


def _shown(
    request: HttpRequest, council: Council, template: str, *, form: OfferForm | None = None, **context: object
) -> HttpResponse:
    """Draw a page that stands under the council's own address in each language; 422 when it shows a refused form."""
    match = cast("ResolverMatch", request.resolver_match)
    request.alternates = council_page(match.view_name, council)  # type: ignore[attr-defined]
    refused = form is not None and form.is_bound and bool(form.errors)
    facts = {"council": council, "form": form, **context}
    return render(request, f"mentoring/mentors/{template}.html", facts, status=422 if refused else 200)
