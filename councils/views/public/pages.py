"""What the portal says about itself: what it is, whom it can be used by, what it keeps."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from allies.kit.access import gate
from councils.privacy_notice import notice
from councils.views.public.answers import asked_again


@gate("public", across=True)
@require_safe
@asked_again
def about(request: HttpRequest) -> HttpResponse:
    """Say what the network and the portal are."""
    return render(request, "councils/public/about.html")


@gate("public", across=True)
@require_safe
@asked_again
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say what was done so that everybody can use the portal, and whom to tell when it fails."""
    context = {"contact": settings.DEFAULT_FROM_EMAIL}
    return render(request, "councils/public/accessibility.html", context)


@gate("public", across=True)
@require_safe
@asked_again
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what the portal keeps about people: purpose, time and erasure of each field."""
    context = {"parts": notice()}
    return render(request, "councils/public/privacy.html", context)
