"""The first page after signing in, and the page that explains every role."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from allies.kit.access import gate
from councils.queries.start import start_for
from councils.roles import FACTS, Place, Role


@gate("signed_in")
@require_safe
def my_start(request: HttpRequest) -> HttpResponse:
    """Show what waits for this person in each of their roles."""
    return render(request, "councils/account/start.html", {"start": start_for(request.user)})


@gate("signed_in")
@require_safe
def role_list(request: HttpRequest) -> HttpResponse:
    """Explain every role: what it may do, where it is held, and whether it needs a second step."""
    places = [
        (place, [(role, FACTS[role], request.user.has_role(role)) for role in Role if FACTS[role].place is place])
        for place in Place
    ]
    return render(request, "councils/account/roles.html", {"places": places})
