"""Tenancy: outside a council's scope, a query on its data raises instead of leaking."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from django.utils import timezone
from django_scopes import scope, scopes_disabled

DIMENSION = "council"

Resolver = Callable[[Any, str], object | None]
_resolver: list[Resolver] = []


@contextmanager
def within(tenant: object) -> Iterator[None]:
    """Enter the scope of one tenant, and its time zone where it has one."""
    zone = getattr(tenant, "timezone", None) or timezone.get_current_timezone()
    with scope(**{DIMENSION: tenant}), timezone.override(zone):
        yield


def across() -> AbstractContextManager[None]:
    """Step over all tenants; every use is a place to review."""
    return scopes_disabled()  # type: ignore[no-any-return]


def set_tenant_resolver(resolver: Resolver) -> None:
    """Name the function (user, slug) → tenant or None that decides which tenants exist for a user."""
    _resolver[:] = [resolver]


def resolve(user: Any, slug: str) -> object | None:
    """Find the tenant that a URL names, if it exists for this user."""
    return _resolver[0](user, slug)
