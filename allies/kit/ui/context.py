"""What every page knows: languages, navigation, and whether this is the demonstration."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from allies.kit.bilingual import current_language, other_language
from allies.kit.ui import navigation


def site(request: HttpRequest) -> dict[str, Any]:
    """Give the base template its facts; a view may set `request.alternates` where addresses differ by language."""
    language = current_language()
    other = other_language(language)
    alternates = getattr(request, "alternates", None) or {code: _address(request, code) for code in (language, other)}
    query = request.META.get("QUERY_STRING", "")
    switch = alternates[other]
    if query and "?" not in switch:
        switch = f"{switch}?{query}"
    addresses = [(code, settings.ALLIES_BASE_URL + url.split("?")[0]) for code, url in alternates.items()]
    return {
        "language": language,
        "locale": f"{language}-CA",
        "other_language": other,
        "language_switch": switch,
        "alternates": addresses,
        "canonical": dict(addresses)[language],
        "nav": navigation.links(request),
        "workplaces": navigation.workplaces(request.user) if hasattr(request, "user") else [],
        "is_demo": settings.ALLIES_DEMO,
        "base_url": settings.ALLIES_BASE_URL,
    }


def _address(request: HttpRequest, language: str) -> str:
    """This page in a language; where an address leads nowhere, the one that differs by its language alone."""
    match = request.resolver_match
    if match is None:
        here, _, rest = request.path.removeprefix("/").partition("/")
        return f"/{language}/{rest}" if here in dict(settings.LANGUAGES) else request.path
    with translation.override(language):
        try:
            return reverse(match.view_name, args=match.args, kwargs=match.kwargs)
        except NoReverseMatch:
            return request.path
