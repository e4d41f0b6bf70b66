"""How the pages of a newcomer answer: in both languages, each at its own address."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import ResolverMatch, reverse

from councils.addresses import in_both
from mentoring.models import Application
from mentoring.queries.programmes import Offer
from mentoring.views.apply.sent import address_part, sender_of


def offered(request: HttpRequest, template: str, offer: Offer | None = None, **facts: Any) -> HttpResponse:
    """Draw a public page, of an offer where one is given; 422 when it shows a refused form."""
    match = request.resolver_match
    if isinstance(match, ResolverMatch):

        def path() -> str:
            kwargs = dict(match.kwargs)
            if offer is not None:
                kwargs["slug"] = offer.programme.council.slug
            return reverse(match.view_name, kwargs=kwargs)

        request.alternates = in_both(path)
    form = facts.get("form")
    refused = form is not None and form.is_bound and bool(form.errors)
    about = {"offer": offer, "programme": offer and offer.programme, "council": offer and offer.programme.council}
    if offer is not None:
        sender = sender_of(request, offer.programme.council)
        about |= {"sent_by": sender, "by": address_part(sender)}
    return render(request, f"mentoring/apply/{template}.html", {**about, **facts}, status=422 if refused else 200)


def drawn(request: HttpRequest, template: str, application: Application, **facts: Any) -> HttpResponse:
    """Draw a page about one's own application; 422 when it shows a refused form."""
    form = facts.get("form")
    refused = form is not None and form.is_bound and bool(form.errors)
    programme = application.intake.programme
    about = {
        "application": application,
        "intake": application.intake,
        "programme": programme,
        "council": programme.council,
    }
    return render(request, f"mentoring/apply/{template}.html", {**about, **facts}, status=422 if refused else 200)
