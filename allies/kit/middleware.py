"""What happens around every request: its number, its log line, its headers, its language, its session."""

import hashlib
import re
import time
import uuid
from collections.abc import Callable

import redis
import structlog
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language_from_path

from allies.kit import logs
from allies.kit.ratelimit import client_address
from allies.kit.views import errors

GetResponse = Callable[[HttpRequest], HttpResponse]
logger = structlog.get_logger(__name__)

_REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")

# The portal uses no device and no browser feature that asks a person for permission, apart from passkeys.
PERMISSIONS_POLICY = ", ".join(
    [f"{name}=()" for name in ("accelerometer", "autoplay", "camera", "display-capture", "encrypted-media")]
    + [f"{name}=()" for name in ("fullscreen", "geolocation", "gyroscope", "magnetometer", "microphone", "midi")]
    + [f"{name}=()" for name in ("payment", "picture-in-picture", "screen-wake-lock", "usb", "xr-spatial-tracking")]
    + [f"{name}=(self)" for name in ("publickey-credentials-create", "publickey-credentials-get")]
)


class RequestIdMiddleware:
    """Give the request a number that its log lines, its audit entries and its answer carry."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        structlog.contextvars.clear_contextvars()
        given = request.headers.get("X-Request-ID", "") if settings.TRUSTED_PROXY_COUNT else ""
        number = given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
        request.request_id = number  # type: ignore[attr-defined]
        logs.bind(request_id=number)
        begun = time.monotonic()
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = number
            self._log(request, response, begun)
            return response
        finally:
            structlog.contextvars.clear_contextvars()

    def _log(self, request: HttpRequest, response: HttpResponseBase, begun: float) -> None:
        match, tenant = request.resolver_match, getattr(request, "tenant", None)
        if tenant is not None:
            logs.bind(council_id=tenant.pk)
        logger.info(
            "request",
            method=request.method,
            # The route, not the path: a path may hold a token or a name.
            route=match.route if match else "",
            status=response.status_code,
            ms=round((time.monotonic() - begun) * 1000, 1),
        )


class PermissionsPolicyMiddleware:
    """Tell the browser which of its features no page may use."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response


class RequestSizeMiddleware:
    """Refuse a body that is larger than anything the portal takes, before any of it is read."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Without a length the server hands no body on at all.
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > settings.REQUEST_MOST_BYTES:
            return errors.too_large(request)
        return self.get_response(request)


class PrivatePagesMiddleware:
    """Let no browser or proxy keep what a signed-in person saw."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Without the cookie nobody is signed in; asking would open a session and vary public pages by it.
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            logs.bind(user_id=request.user.pk)
            request.was_signed_in = True  # type: ignore[attr-defined]
        response = self.get_response(request)
        signed_in_now = request.session.accessed and request.user.is_authenticated
        if signed_in_now or hasattr(request, "was_signed_in"):
            add_never_cache_headers(response)
            response["Cache-Control"] = "no-store, private"
            if not signed_in_now:
                response["Clear-Site-Data"] = '"cache", "storage"'
        return response


class LanguageMiddleware:
    """Speak a signed-in person's language where the address does not say which."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and not get_language_from_path(request.path_info):
            preferred = getattr(request.user, "language", "")
            if preferred in dict(settings.LANGUAGES):
                translation.activate(preferred)
                request.LANGUAGE_CODE = preferred
        return self.get_response(request)


class LastSeenMiddleware:
    """Note for the list of sessions when and from where each was last used."""

    # Writing on each request would cost a page five queries, one of them a write, for a minute nobody looks at.
    EVERY_SECONDS = 300

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated and self._is_due(request):
            UserSession.objects.create_from_request(request)
        return self.get_response(request)

    def _is_due(self, request: HttpRequest) -> bool:
        # Another address or browser with the same session is what its owner looks for: that is written at once.
        who = (request.session.session_key, client_address(request), request.headers.get("User-Agent", ""))
        digest = hashlib.sha256("\n".join(map(str, who)).encode()).hexdigest()
        try:
            return cache.add(f"seen:{digest}", True, self.EVERY_SECONDS)
        except redis.RedisError:
            return True
