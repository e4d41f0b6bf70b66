"""My data: what is kept about me, what I agreed to, who looked at it, and how I take it along or have it erased."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse, translate_url
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from allies.kit.access import gate
from allies.kit.ratelimit import by_person, limit
from allies.kit.refusals import Refused, shown_as_message
from councils.forms.account import ConsentForm, ErasureForm, ProfileForm
from councils.models import User
from councils.queries import my_data as known
from councils.queries.people import memberships_of
from councils.services.account import change_profile, erase_account, take_data_along
from councils.services.consent import give_consent, withdraw_consent

LATEST, PER_PAGE = 5, 25


@gate("signed_in")
@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    """Show what the portal keeps about the person who is signed in."""
    entries = known.opening_entries(request.user)
    facts = {
        "consents": known.consents_of(request.user),
        "memberships": memberships_of(request.user),
        "openings": known.openings(entries[:LATEST]),
        "openings_count": entries.count(),
    }
    return render(request, "councils/account/data.html", facts)


@gate("signed_in")
@require_http_methods(["GET", "HEAD", "POST"])
def my_profile(request: HttpRequest) -> HttpResponse:
    """Change one's name, phone number and language; the next page speaks the language chosen."""
    # A copy, so that the page's header does not show what has not been saved.
    form = ProfileForm(
        request.POST if request.method == "POST" else None, instance=User.objects.get(pk=request.user.pk)
    )
    if form.is_valid():
        change_profile(request.user, by=request.user, **form.cleaned_data)
        language = form.cleaned_data["language"]
        with translation.override(language):
            messages.success(request, _("Your changes are saved."))
        return redirect(translate_url(reverse("councils:my-data"), language))
    return render(request, "councils/account/profile.html", {"form": form}, status=422 if form.is_bound else 200)


@gate("signed_in")
@require_POST
def my_consent(request: HttpRequest) -> HttpResponse:
    """Give or withdraw one consent."""
    form = ConsentForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Nothing was changed: choose again."))
        return redirect("councils:my-data")
    purpose = form.cleaned_data["purpose"]
    with shown_as_message(request, Refused):
        if form.cleaned_data["agrees"] == "yes":
            give_consent(request.user, purpose, by=request.user)
            messages.success(request, _("Thank you. You can withdraw this here at any time."))
        else:
            withdraw_consent(request.user, purpose, by=request.user)
            messages.success(request, _("Your consent is withdrawn from now on."))
    return redirect(reverse("councils:my-data") + "#consents")


@gate("signed_in")
@require_safe
def my_openings(request: HttpRequest) -> HttpResponse:
    """List everybody who opened this person's record."""
    page = Paginator(known.opening_entries(request.user), PER_PAGE).get_page(request.GET.get("page"))
    facts = {"page": page, "openings": known.openings(page.object_list)}
    return render(request, "councils/account/openings.html", facts)


@gate("signed_in")
@limit("export", rate="20/h", key=by_person)
@require_POST
@reauthentication_required
def my_export(request: HttpRequest) -> HttpResponse:
    """Hand over everything that is kept, for machines (JSON) or to read (HTML)."""
    data = take_data_along(request.user, by=request.user)
    stem = f"allies-{timezone.localdate():%Y-%m-%d}"
    response: HttpResponse
    if request.POST.get("format") == "html":
        facts = {"data": data, "tables": list(known.in_words(data)), "person": request.user}
        response = render(request, "councils/account/export.html", facts)
        response["Content-Disposition"] = f'attachment; filename="{stem}.html"'
    else:
        response = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 2})
        response["Content-Disposition"] = f'attachment; filename="{stem}.json"'
    return response


@gate("signed_in")
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
def my_erasure(request: HttpRequest) -> HttpResponse:
    """Say exactly what is erased and what is kept, and erase it when asked."""
    form = ErasureForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            erase_account(request.user, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            logout(request)
            return render(request, "councils/account/erased.html")
    facts = {
        "form": form,
        "roles": known.handover_reasons(request.user),
        "erased": known.erased_on_request(),
        "kept": known.kept_after_erasure(),
    }
    return render(request, "councils/account/erasure.html", facts, status=422 if form.is_bound else 200)
