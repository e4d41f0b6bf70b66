"""Erase what is kept about a person, now and again after a restore."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.db.models import ProtectedError, Q
from django.utils.translation import gettext_lazy as _

from allies.kit import audit
from allies.kit.models import Erasure
from allies.kit.privacy import Blank, Declaration, DeleteRow, Keep, Replace, declarations, erased
from allies.kit.refusals import Refused
from allies.kit.scope import across


def erase(user: Any, *, by: Any, reason: str = "") -> None:
    """Erase a person's data in every app, note the identifier for restores, and record it."""
    with transaction.atomic(), across():
        # First find all rows, then touch them: an erased row may be the path to another one.
        found = [(d, list(d.rows_of(user.pk).values_list("pk", flat=True))) for d in declarations() if d.personal]
        found = [(declaration, keys) for declaration, keys in found if keys]
        # What a person is in the midst of ends before it loses what it needs.
        erased(user)
        touched: set[str] = set()
        for declaration, keys in found:
            touched.update(erase_fields(declaration, keys))
        _delete_rows([(declaration.model, keys) for declaration, keys in found if declaration.deletes_rows])
        Erasure.objects.get_or_create(subject_id=user.pk, defaults={"reason": reason[:200]})
        audit.record("kit.erased", user, by=by, fields=touched, reason=reason)


def erase_fields(declaration: Declaration, keys: Iterable[Any]) -> set[str]:
    """Apply each field's way of erasing to the rows with these keys; gives the names of the fields touched."""
    touched: set[str] = set()
    rows: models.QuerySet[Any] = declaration.model._base_manager.filter(pk__in=list(keys))
    for name, rule in declaration.personal.items():
        if isinstance(rule.erase, Keep):
            continue
        touched.add(name)
        if isinstance(rule.erase, DeleteRow):
            continue
        column = declaration.model._meta.get_field(name)
        if isinstance(column, models.ManyToManyField):
            for row in rows:
                getattr(row, name).clear()
        elif isinstance(rule.erase, Replace) and "{id}" in rule.erase.value:
            for key in rows.values_list("pk", flat=True):
                rows.filter(pk=key).update(**{name: rule.erase.value.replace("{id}", str(key))})
        else:
            if isinstance(column, models.FileField):
                _remove_contents(column, rows.values_list(name, flat=True))
            rows.update(**{name: rule.erase.value if isinstance(rule.erase, Replace) else empty_value(column)})
    return touched


def empty_value(column: Any) -> Any:
    """Give what an emptied field holds."""
    if column.null:
        return None
    if isinstance(column, models.JSONField) or hasattr(column, "base_field"):
        return column.get_default() or ({} if isinstance(column, models.JSONField) else [])
    if column.empty_strings_allowed:
        return ""
    return column.get_default()


def still_there(declaration: Declaration, name: str, erasing: Any) -> Q:
    """State that a field of a row is not erased yet."""
    if isinstance(erasing, Replace):
        return ~Q(**{f"{name}__startswith": erasing.value.partition("{id}")[0]})
    if isinstance(erasing, Blank):
        column: Any = declaration.model._meta.get_field(name)
        if isinstance(column, models.ManyToManyField) or column.null:
            return Q(**{f"{name}__isnull": False})
        return ~Q(**{name: empty_value(column)})
    return Q(pk__isnull=not isinstance(erasing, DeleteRow))


def _remove_contents(column: models.FileField, names: Iterable[str]) -> None:
    for name in [name for name in names if name]:
        transaction.on_commit(lambda name=name: column.storage.delete(name))  # type: ignore[misc]


def _delete_rows(waiting: list[tuple[type[models.Model], list[Any]]]) -> None:
    """Delete rows of several models, those that others point to last."""
    while waiting:
        left = []
        for model, keys in waiting:
            try:
                with transaction.atomic():
                    model._base_manager.filter(pk__in=keys).delete()
            except ProtectedError:
                left.append((model, keys))
        if len(left) == len(waiting):
            raise Refused(_("Some of this data is still needed by other records and can't be erased yet."))
        waiting = left


def reapply(subjects: Iterable[UUID]) -> int:
    """Erase again the people who were erased after a backup was made; gives how many were found."""
    count = 0
    for user in get_user_model()._base_manager.filter(pk__in=list(subjects)):
        erase(user, by=None, reason="restored from a backup")
        count += 1
    return count
