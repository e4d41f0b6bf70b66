"""How the pages of mentoring answer: at an address in each language, with what was typed when a form is refused."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import ResolverMatch, reverse

from councils.addresses import in_both
from councils.models import Council
from councils.views.workspace.answers import acted, kept, listed

__all__ = ["acted", "kept", "listed", "shown", "to"]


def shown(
    request: HttpRequest, template: str, council: Council | None = None, *, form: Any = None, **context: Any
) -> HttpResponse:
    """Draw a page of mentoring, of a council's workspace where one is given; 422 when it shows a refused form."""
    match = request.resolver_match
    if isinstance(match, ResolverMatch):
        arguments = dict(match.kwargs) | ({"council": council.slug} if council and "council" in match.kwargs else {})
        request.alternates = in_both(  # type: ignore[attr-defined]
            lambda: reverse(match.view_name, kwargs=arguments)
        )
    refused = form is not None and form.is_bound and bool(form.errors)
    facts = {"council": council, "form": form, **context}
    return render(request, f"mentoring/{template}.html", facts, status=422 if refused else 200)


def to(name: str, council: Council, **arguments: Any) -> HttpResponseRedirect:
    """Lead to a page of mentoring in the council's workspace."""
    return redirect(reverse(f"mentoring:{name}", kwargs={"council": council.slug, **arguments}))
