"""The first page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from allies.kit.access import gate


@gate("public", across=True)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Say in one screen what the network is."""
    return render(request, "home.html")
