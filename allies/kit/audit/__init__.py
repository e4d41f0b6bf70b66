"""The append-only record of who did what.

A service records its act last: the database seals entries one after the other, and the seal's lock is held until
the transaction ends. Recorded first, slow work after it would make every other service wait, and two services that
touch the same rows in another order could block each other.
"""

import re
from collections.abc import Iterable
from typing import Any, Literal
from uuid import UUID

from django.db import connection
from django.db.models import Model, Q, QuerySet
from structlog.contextvars import get_contextvars

from allies.kit.audit.models import Entry

__all__ = ["Entry", "about", "by_person", "known", "naming", "record"]

Column = Literal["action", "target_type", "actor_id"]

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


def known(column: Column) -> list[Any]:
    """Every value of a column, in order, by hopping along its index: as quick as there are few of them."""
    name = connection.ops.quote_name(column)
    table = connection.ops.quote_name(Entry._meta.db_table)
    with connection.cursor() as cursor:
        # Both names are our own; a value can't stand in their place.
        cursor.execute(
            f"WITH RECURSIVE hop AS ((SELECT {name} AS value FROM {table} ORDER BY 1 LIMIT 1) UNION ALL "  # noqa: S608
            f"SELECT (SELECT {name} FROM {table} WHERE {name} > value ORDER BY 1 LIMIT 1) FROM hop "
            "WHERE value IS NOT NULL) SELECT value FROM hop WHERE value IS NOT NULL"
        )
        return [value for (value,) in cursor.fetchall()]


def naming(entries: QuerySet[Entry], word: str, people: QuerySet[Any]) -> QuerySet[Entry]:
    """The entries that a word fits: the act's beginning, the record's or request's whole identifier, or who acted.

    `people` are those whom the word names. The few who ever acted, and the few acts, are found first, for an index
    serves each of these conditions alone, and none serves them across a join.
    """
    actors = list(people.filter(pk__in=known("actor_id")).values_list("pk", flat=True))
    acts = [action for action in known("action") if action.startswith(word.lower())]
    found = Q(actor__in=actors) | Q(action__in=acts)
    # A name is not looked for among identifiers, which have digits: so one index is enough to count what fits.
    if any(character.isdigit() for character in word):
        exact = {word, word.lower()}
        found |= Q(target_id__in=exact) | Q(request_id__in=exact)
    return entries.filter(found)


def by_person(user: Model) -> QuerySet[Entry]:
    """Entries about what one person did, newest first."""
    return Entry.objects.filter(actor=user.pk).order_by("-position")
