"""The register of personal data: what each field is for, how long it is kept and how it is erased.

Each app has a module `privacy` that declares its models' fields with `personal` and `not_personal`. A system check
refuses a text, date, file or JSON field that is in neither; the register of data in docs/privacy.md, the export of
"my data", erasure and retention all follow from the same declarations.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from allies.kit.scope import across

__all__ = [
    "Blank",
    "Declaration",
    "DeleteRow",
    "Keep",
    "Personal",
    "Replace",
    "Retention",
    "declarations",
    "erase",
    "export",
    "months",
    "not_personal",
    "personal",
    "when_erased",
]

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Blank:
    """Erase by emptying the field."""


@dataclass(frozen=True, slots=True)
class Replace:
    """Erase by writing something else; "{id}" stands for the row's identifier."""

    value: str


@dataclass(frozen=True, slots=True)
class Keep:
    """Don't erase, for a reason that the person may read."""

    reason: Text


@dataclass(frozen=True, slots=True)
class DeleteRow:
    """Erase by deleting the whole row."""


Erasing = Blank | Replace | Keep | DeleteRow


@dataclass(frozen=True, slots=True)
class Retention:
    """Keep for so many days after the date in a field of the same model (or reached from it by `__`)."""

    days: int
    after: str

    def label(self, model: type[models.Model]) -> str:
        """Say it in words: "730 days after last sign-in"."""
        found: Any = model
        for name in self.after.split("__"):
            column = found._meta.get_field(name)
            found = column.related_model or found
        return ngettext("%(days)s day after: %(field)s", "%(days)s days after: %(field)s", self.days) % {
            "days": self.days,
            "field": column.verbose_name,
        }


def months(number: int, *, after: str) -> Retention:
    """Keep for so many months, counted as days of an average month."""
    return Retention(round(number * 30.44), after)


@dataclass(frozen=True, slots=True)
class Personal:
    """Why a field is kept, for how long (a rule, or a sentence where no date decides) and how it is erased."""

    purpose: Text
    keep: Retention | Text
    erase: Erasing = field(default_factory=Blank)


@dataclass(slots=True)
class Declaration:
    """What is declared of one model; `owner` is the path to the person, "self" or "" when there is no account."""

    model: type[models.Model]
    owner: str = ""
    personal: dict[str, Personal] = field(default_factory=dict)
    not_personal: set[str] = field(default_factory=set)

    @property
    def deletes_rows(self) -> bool:
        """Whether erasing deletes whole rows."""
        return any(isinstance(rule.erase, DeleteRow) for rule in self.personal.values())

    def rows_of(self, user_id: Any) -> models.QuerySet[Any]:
        """Rows about one person, whichever council they belong to."""
        rows: models.QuerySet[Any] = self.model._base_manager.all()
        return rows.filter(**{"pk" if self.owner == "self" else self.owner: user_id}) if self.owner else rows.none()


_declared: dict[type[models.Model], Declaration] = {}
_hooks: list[Callable[[Any], None]] = []


def _of(model: type[models.Model], names: Iterable[str]) -> Declaration:
    found = _declared.setdefault(model, Declaration(model))
    for name in names:
        model._meta.get_field(name)  # FieldDoesNotExist tells of a slip at the start
        if name in found.personal or name in found.not_personal:
            raise ValueError(f"{model._meta.label}.{name} is declared twice.")
    return found


def personal(model: type[models.Model], fields: Mapping[str, Personal], *, owner: str) -> None:
    """Declare personal fields of a model; the person they are about is found along `owner`."""
    found = _of(model, fields)
    if found.personal and found.owner != owner:
        raise ValueError(f"{model._meta.label} has two different owners.")
    for name, about in fields.items():
        room = getattr(model._meta.get_field(name), "max_length", None)
        if room and isinstance(about.erase, Replace) and len(about.erase.value.replace("{id}", "-" * 36)) > room:
            raise ValueError(f"{model._meta.label}.{name} has no room for {about.erase.value!r}.")
    found.owner = owner
    found.personal.update(fields)


def not_personal(model: type[models.Model], fields: Iterable[str]) -> None:
    """Declare that fields of a model tell nothing about a person."""
    names = list(fields)
    _of(model, names).not_personal.update(names)


def declarations() -> list[Declaration]:
    """All declarations, by the name of the model."""
    return sorted(_declared.values(), key=lambda declaration: declaration.model._meta.label)


def when_erased(hook: Callable[[Any], None]) -> Callable[[Any], None]:
    """Register a function (user) that an app wants called inside every erasure, e.g. to close the account."""
    _hooks.append(hook)
    return hook


def erased(user: Any) -> None:
    """Call what apps registered with `when_erased`."""
    for hook in _hooks:
        hook(user)


def export(user: Any) -> dict[str, Any]:
    """Give everything that is kept about a person, as plain values."""
    with across():
        records = {str(title): rows for title, rows in _records(user)}
    whole = {"person": str(user.pk), "made_at": timezone.now(), "records": records}
    plain: dict[str, Any] = json.loads(json.dumps(whole, cls=DjangoJSONEncoder))
    return plain


def _records(user: Any) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for declaration in declarations():
        if declaration.personal:
            rows = [
                {"id": str(row.pk), **{name: value_of(row, name) for name in declaration.personal}}
                for row in declaration.rows_of(user.pk).order_by("pk")
            ]
            if rows:
                yield declaration.model._meta.label_lower, rows


def value_of(row: models.Model, name: str) -> Any:
    """Give a field's value as it can be written down."""
    column: Any = row._meta.get_field(name)
    if isinstance(column, models.ManyToManyField):
        return sorted(str(item) for item in getattr(row, name).all())
    if isinstance(column, models.FileField):
        return getattr(row, name).name or ""
    if isinstance(column, models.ForeignKey):
        return str(getattr(row, name) or "")
    if isinstance(column, models.BinaryField):
        return _("(unreadable)")
    return column.value_from_object(row)


def erase(user: Any, *, by: Any, reason: str = "") -> None:
    """Erase a person's data as declared, note that it was done, and record it; all or nothing."""
    from allies.kit.erasure import erase as erase_  # it reads the declarations above

    erase_(user, by=by, reason=reason)
