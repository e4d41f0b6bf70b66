"""The page of all the site's parts in every state, for those who build and check it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from allies.kit.access import gate
from allies.kit.views.samples import samples


@gate("kit.parts")
@require_safe
def parts(request: HttpRequest) -> HttpResponse:
    """Show every part in every state."""
    return render(request, "kit/parts.html", samples(request.GET))
