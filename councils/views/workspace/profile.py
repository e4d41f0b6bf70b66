"""A council edits its own profile, looks at it before anybody else does, and publishes it."""

from copy import copy

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from allies.kit.access import can, gate
from allies.kit.bilingual import other_language
from councils.addresses import council_page, in_both
from councils.forms.workspace.profile import ProfileForm
from councils.models import Council
from councils.queries.profile import Profile
from councils.queries.translation import drift
from councils.services import profile as services
from councils.views.workspace.answers import acted, kept, shown, to


def _form(council: Council, data: object = None) -> ProfileForm:
    return ProfileForm(data, instance=copy(council), since=drift([council]).get(str(council.pk)))


@gate("councils.edit", within="council")
@require_http_methods(["GET", "HEAD", "POST"])
def profile_edit(request: HttpRequest, council: Council) -> HttpResponse:
    """Edit the profile in both languages; what was typed comes back from the preview as it was."""
    if request.method != "POST":
        return _edited(request, council, _form(council))
    form = _form(council, request.POST)
    if "resume" in request.POST:
        return _edited(request, council, form)
    if form.is_valid() and kept(
        form,
        lambda: services.edit_profile(council, facts=form.facts, seen=form.shown, by=request.user),
        lambda: Council.objects.get(pk=council.pk),
    ):
        messages.success(request, _("The profile is saved."))
        return to("profile-edit", council)
    return _edited(request, council, form)


def _edited(request: HttpRequest, council: Council, form: ProfileForm) -> HttpResponse:
    return shown(request, "profile", council, form=form)


@gate("councils.edit", within="council")
@require_http_methods(["GET", "HEAD", "POST"])
def profile_preview(request: HttpRequest, council: Council) -> HttpResponse:
    """Draw the public page from the form as it is typed, saving nothing."""
    form = _form(council, request.POST if request.method == "POST" else None)
    if form.is_bound and not form.is_valid():
        return _edited(request, council, form)
    seen_as = form.instance
    previews = in_both(lambda: reverse("councils:profile-preview", args=[council.slug]))
    request.alternates = previews  # type: ignore[attr-defined]
    context = {
        "council": seen_as,
        "profile": Profile(seen_as),
        "sees_conflicts": can(request.user, "network.keep"),
        "preview": form,
        "typed": list(form.hidden()) if form.is_bound else [],
        "other_preview": previews[other_language(request.LANGUAGE_CODE)],  # type: ignore[attr-defined]
        "public_at": council_page("councils:council-show", council),
    }
    return render(request, "councils/workspace/preview.html", context)


@gate("councils.edit", within="council")
@require_POST
def profile_publish(request: HttpRequest, council: Council) -> HttpResponse:
    """Show the council to the public."""
    acted(request, lambda: services.publish_profile(council, by=request.user), _("The profile is public now."))
    return to("profile-edit", council)


@gate("councils.edit", within="council")
@require_POST
def profile_unpublish(request: HttpRequest, council: Council) -> HttpResponse:
    """Take the council's page away from the public."""
    acted(
        request,
        lambda: services.unpublish_profile(council, by=request.user),
        _("The profile is no longer public."),
    )
    return to("profile-edit", council)
