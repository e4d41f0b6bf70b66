"""Who may do what, and why not: policies with reasons, and a gate on every URL.

A policy is registered under a name ("councils.edit") and answers with a Decision. A gate stands before every
view: it finds the tenant that the URL names, enters its scope and asks the policy. Strangers to a tenant are told
that the page does not exist (404); its members are told why they may not (403).
"""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from allies.kit import logs, scope

PUBLIC = "public"
SIGNED_IN = "signed_in"


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer of a policy: true or false, with the reason for a refusal in the reader's language."""

    allowed: bool
    reason: str | Promise = ""

    def __bool__(self) -> bool:
        return self.allowed


class Denied(PermissionDenied):
    """A policy said no; `reason` is the sentence to show."""

    def __init__(self, reason: str | Promise) -> None:
        super().__init__(str(reason))
        self.reason = reason


Policy = Callable[..., Decision]
ALLOW = Decision(True)
_policies: dict[str, Policy] = {}


def deny(reason: str | Promise) -> Decision:
    """Refuse, with the reason."""
    return Decision(False, reason)


def allow_if(condition: object, reason: str | Promise) -> Decision:
    """Allow when the condition holds, otherwise refuse with the reason."""
    return ALLOW if condition else deny(reason)


def policy(name: str) -> Callable[[Policy], Policy]:
    """Register a function (actor, object or None) → Decision under a name; a second registration is an error."""

    def register(function: Policy) -> Policy:
        if name in _policies:
            raise ValueError(f"Two policies are called {name!r}.")
        _policies[name] = function
        return function

    return register


def policy_names() -> frozenset[str]:
    """Give the names of all registered policies."""
    return frozenset(_policies)


def can(actor: Any, name: str, obj: object = None) -> Decision:
    """Ask whether the actor may do what the policy names; raises KeyError for an unknown policy."""
    if name == PUBLIC:
        return ALLOW
    if not getattr(actor, "is_authenticated", False):
        return deny(_("Please sign in first."))
    if not actor.is_active:
        return deny(_("This account is closed."))
    if name == SIGNED_IN:
        return ALLOW
    return _policies[name](actor, obj)


def authorize(actor: Any, name: str, obj: object = None) -> None:
    """Raise Denied with the reason unless the actor may."""
    decision = can(actor, name, obj)
    if not decision:
        raise Denied(decision.reason)


def gate(
    name: str, *, within: str | None = None, across: bool = False
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Stand before a view: check the policy and enter the scope; the outermost decorator of every view.

    `within` names the URL argument that identifies the tenant: the view gets the tenant in its place.
    `across` runs the view over all tenants, for public and national pages, whose queries say what they show.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def gated(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if name != PUBLIC and not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            entered: Any = scope.across() if across else nullcontext()
            tenant = None
            if within is not None:
                tenant = scope.resolve(request.user, kwargs[within])
                if tenant is None:
                    raise Http404
                kwargs[within] = request.tenant = tenant  # type: ignore[attr-defined]
                logs.bind(council_id=str(getattr(tenant, "pk", "")))
                entered = scope.within(tenant)
            with entered:
                authorize(request.user, name, tenant)
                return view(request, *args, **kwargs)

        gated.gate = name  # type: ignore[attr-defined]
        gated.gate_within = within  # type: ignore[attr-defined]
        gated.gate_across = across  # type: ignore[attr-defined]
        return gated

    return decorate
