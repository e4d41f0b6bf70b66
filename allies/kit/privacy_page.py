"""A person's data as a page that they can read, keep and pass on."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import localize
from django.utils.functional import Promise

from allies.kit.privacy import Declaration, Keep, Personal, Retention, declarations, value_of
from allies.kit.scope import across


@dataclass(frozen=True, slots=True)
class Item:
    """One value: what it is called, what it says, what it is for and how long it stays."""

    label: str
    value: str
    purpose: str | Promise
    kept: str | Promise
    why_not_erased: str | Promise


@dataclass(frozen=True, slots=True)
class Section:
    """All rows of one kind about a person."""

    title: str
    rows: list[list[Item]]


def sections(user: Any) -> list[Section]:
    """Give all that is kept about a person, in the reader's language."""
    found = []
    with across():
        for declaration in declarations():
            rows = [_items(declaration, row) for row in declaration.rows_of(user.pk).order_by("pk")]
            if rows and declaration.personal:
                found.append(Section(str(declaration.model._meta.verbose_name_plural), rows))
    return found


def export_html(user: Any) -> str:
    """Write all that is kept about a person as one page that needs nothing else."""
    return render_to_string("kit/export.html", {"person": user, "made_at": timezone.now(), "sections": sections(user)})


def _items(declaration: Declaration, row: models.Model) -> list[Item]:
    return [_item(declaration, row, name, about) for name, about in declaration.personal.items()]


def _item(declaration: Declaration, row: models.Model, name: str, about: Personal) -> Item:
    column: Any = row._meta.get_field(name)
    shown = getattr(row, f"get_{name}_display")() if column.choices else value_of(row, name)
    if isinstance(shown, list):
        shown = ", ".join(map(str, shown))
    label = str(column.verbose_name)
    return Item(
        label=label[:1].upper() + label[1:],
        value=str(localize(shown)) if shown not in (None, "", {}) else "",
        purpose=about.purpose,
        kept=about.keep.label(declaration.model) if isinstance(about.keep, Retention) else about.keep,
        why_not_erased=about.erase.reason if isinstance(about.erase, Keep) else "",
    )
