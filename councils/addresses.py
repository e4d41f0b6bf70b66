"""Whole addresses of public pages, in both languages, for feeds, calendars, cards and search engines."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from allies.kit.bilingual import LANGUAGES


def whole(path: str) -> str:
    """Put the portal's own address before a path; never the one that a request claims."""
    return f"{settings.ALLIES_BASE_URL}{path}"


def in_both(path: Callable[[], str]) -> dict[str, str]:
    """Work a path out in each language: {"en": "/en/…", "fr": "/fr/…"}."""
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language] = path()
    return found


def council_page(name: str, council: Any, *args: Any) -> dict[str, str]:
    """The paths of a page under a council's own address."""
    return in_both(lambda: reverse(name, args=[council.slug, *args]))


def tag(kind: str, key: object) -> str:
    """A name for a thing that stays the same wherever it is shown (RFC 4151)."""
    return f"tag:{urlsplit(settings.ALLIES_BASE_URL).hostname},2026:{kind}/{key}"
