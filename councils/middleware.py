"""What stands before every page: the second factor of staff."""

from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.internal.flows.reauthentication import suspend_request
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.conf import settings
from django.contrib import messages
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import ResolverMatch, reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from councils.models import User

GetResponse = Callable[[HttpRequest], HttpResponse]

# What a person needs in order to leave, or to read what anybody may read.
ALWAYS_OPEN = frozenset({"home", "healthz", "readyz", "account_logout"})
# What a person without a second factor needs in order to get one.
OPEN_FOR_SET_UP = ("mfa_", "account_reauthenticate", "account_email", "account_confirm_email")
# What a person needs in order to use the one they have. Not the pages that add another: whoever holds only the
# password could make a second factor of their own there.
OPEN_FOR_USE = frozenset({"mfa_reauthenticate", "mfa_reauthenticate_webauthn"})

_FIRST = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class StaffMfaMiddleware:
    """Require a second factor of staff roles: enrolled, and used in this session."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponseBase | None:
        """Lead staff without a second factor to its set-up, and those who have not used it to its question."""
        user = request.user
        if not settings.STAFF_MFA_REQUIRED or not isinstance(user, User) or not user.is_active:
            return None
        name = _name(request)
        if name in ALWAYS_OPEN or used_second_factor(request) or not user.needs_second_factor:
            return None
        types = set(Authenticator.objects.filter(user=user, type__in=_FIRST).values_list("type", flat=True))
        if not types:
            return None if name.startswith(OPEN_FOR_SET_UP) else _lead_to_set_up(request)
        return None if name in OPEN_FOR_USE else _ask_for_it(request, types)


def used_second_factor(request: HttpRequest) -> bool:
    """Whether this session's person has shown a second factor, a passkey included."""
    records = get_authentication_records(request, request.user)  # type: ignore[arg-type]
    return any(record.get("method") == "mfa" for record in records)


def _lead_to_set_up(request: HttpRequest) -> HttpResponseBase:
    if request.method == "POST":
        messages.warning(request, _("What you sent was not saved: your role needs a second step at sign-in first."))
    else:
        messages.info(request, _("Your role needs a second step at sign-in. Please set one up now."))
    return _go(request, reverse("mfa_index"))


def _ask_for_it(request: HttpRequest, types: set[str]) -> HttpResponseBase:
    page = "mfa_reauthenticate" if Authenticator.Type.TOTP in types else "mfa_reauthenticate_webauthn"
    if _is_htmx(request):
        return HttpResponseClientRedirect(reverse(page))
    messages.info(request, _("Your role needs a second step at sign-in. Please confirm it now."))
    if request.FILES:
        messages.warning(request, _("The file you sent was not saved: please send it again afterwards."))
        return redirect(page)
    # A form that was sent is kept, and goes on as soon as the second step is confirmed.
    return suspend_request(request, reverse(page))


def _go(request: HttpRequest, url: str) -> HttpResponseBase:
    return HttpResponseClientRedirect(url) if _is_htmx(request) else redirect(url)


def _is_htmx(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False))


def _name(request: HttpRequest) -> str:
    match: ResolverMatch | None = request.resolver_match
    return match.view_name if match else ""


@receiver(authenticator_added, dispatch_uid="councils.setting_up_is_using")
def setting_up_is_using(request: HttpRequest, user: User, authenticator: Authenticator, **_rest: Any) -> None:
    """Count the set-up as the first use: the person has just shown a code or touched the key."""
    if authenticator.type in _FIRST and request.user == user:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
