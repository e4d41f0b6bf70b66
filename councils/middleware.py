"""Staff sign in with a second factor: without one, every page leads to its set-up."""

from collections.abc import Callable

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

# Pages that a person needs in order to get a second factor, to leave, or to change the language.
OPEN_PREFIXES = ("account_", "mfa_", "usersessions_")
OPEN_NAMES = {"home", "healthz", "readyz", "set_language"}


class StaffMfaMiddleware:
    """Require a second factor of staff roles: enrolled, and used in this session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *args: object) -> HttpResponse | None:
        """Lead staff without a second factor to its set-up, and those who skipped it to sign in again."""
        user = request.user
        if not settings.STAFF_MFA_REQUIRED or not user.is_authenticated or _is_open(request):
            return None
        if not user.needs_second_factor:
            return None
        if not is_mfa_enabled(user):
            messages.info(request, _("Your role needs a second step at sign-in: please set one up first."))
            return redirect("mfa_index")
        if any(record.get("method") == "mfa" for record in get_authentication_records(request, user)):
            return None
        messages.info(request, _("Please confirm your second step."))
        return redirect("mfa_reauthenticate")


def _is_open(request: HttpRequest) -> bool:
    name = (request.resolver_match and request.resolver_match.url_name) or ""
    return name in OPEN_NAMES or name.startswith(OPEN_PREFIXES)
