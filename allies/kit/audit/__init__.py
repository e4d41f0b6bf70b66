"""The append-only record of who did what.

A service records its act last: the database seals entries one after the other, and the seal's lock is held until
the transaction ends. Recorded first, slow work after it would make every other service wait, and two services that
touch the same rows in another order could block each other.
"""

import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet
from structlog.contextvars import get_contextvars

from allies.kit.audit.models import Entry

__all__ = ["Entry", "about", "by_person", "record"]

_ACTION = re.compile(r"[a-z_]+\.[a-z_]+")
_FIELD = re.compile(r"[a-z][a-z0-9_.]*")


def record(
    action: str,
    target: Model | None = None,
    *,
    by: Any,
    council: Any = None,
    fields: Iterable[str] = (),
    reason: str = "",
) -> Entry:
    """Append one entry and give it back sealed.

    `action` is "app.verb". `by` is a user, or None when the system itself acts. `council` is a council or its
    identifier. `fields` are names of changed fields, never their values; ValueError for anything else.
    """
    names = sorted(set(fields))
    if not _ACTION.fullmatch(action):
        raise ValueError(f"An action is called app.verb, not {action!r}.")
    if wrong := [name for name in names if not _FIELD.fullmatch(name)]:
        raise ValueError(f"Fields are recorded by name only; {len(wrong)} of them is no name.")
    return Entry.objects.create(
        action=action,
        actor_id=getattr(by, "pk", None),
        target_type=target._meta.label_lower if target is not None else "",
        target_id=str(target.pk) if target is not None else "",
        tenant_id=council if isinstance(council, UUID) else getattr(council, "pk", None),
        fields=names,
        reason=str(reason)[:500],
        request_id=str(get_contextvars().get("request_id", "")),
    )


def about(target: Model) -> QuerySet[Entry]:
    """Entries about one record, newest first."""
    return (
        Entry.objects.filter(target_type=target._meta.label_lower, target_id=str(target.pk))
        .select_related("actor")
        .order_by("-position")
    )


def by_person(user: Model) -> QuerySet[Entry]:
    """Entries about what one person did, newest first."""
    return Entry.objects.filter(actor=user.pk).order_by("-position")
