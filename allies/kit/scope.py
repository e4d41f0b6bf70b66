"""Tenancy: outside a council's scope, a query on its data raises instead of leaking."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from django_scopes import scope, scopes_disabled

DIMENSION = "council"

Resolver = Callable[[Any, str], object | None]
_resolver: list[Resolver] = []


def within(tenant: object) -> AbstractContextManager[None]:
    """Enter the scope of one tenant."""
    return scope(**{DIMENSION: tenant})  # type: ignore[no-any-return]


def across() -> AbstractContextManager[None]:
    """Step over all tenants; every use is a place to review."""
    return scopes_disabled()  # type: ignore[no-any-return]


def set_tenant_resolver(resolver: Resolver) -> None:
    """Name the function (user, slug) → tenant or None that decides which tenants exist for a user."""
    _resolver[:] = [resolver]


def resolve(user: Any, slug: str) -> object | None:
    """Find the tenant that a URL names, if it exists for this user."""
    return _resolver[0](user, slug)
