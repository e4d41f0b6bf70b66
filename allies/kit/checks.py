"""System checks: a URL without a gate, or a gate without a policy, stops the start."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from allies.kit.access import PUBLIC, SIGNED_IN, policy_names
from allies.kit.routes import routes


@register("urls")
def every_url_has_a_gate(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse a URL whose view carries no gate and comes from no package on the exempt list."""
    known = policy_names() | {PUBLIC, SIGNED_IN}
    found: list[CheckMessage] = []
    for route in routes():
        if route.gate is None:
            exempt = route.module.startswith(tuple(settings.GATE_EXEMPT_MODULES))
            if not exempt and not route.name.startswith("admin:"):
                found.append(
                    Error(
                        f"The URL {route.pattern!r} ({route.name}) has no gate.",
                        hint="Put @gate(…) on the view.",
                        id="kit.E001",
                    )
                )
        elif route.gate not in known:
            found.append(Error(f"The gate of {route.name} asks an unknown policy, {route.gate!r}.", id="kit.E002"))
    return found
