"""Documents that follow from the code: the register of personal data and the data dictionary."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models
from django.utils import translation

from allies.kit.privacy import Declaration, DeleteRow, Erasing, Keep, Replace, Retention, declarations
from allies.kit.privacy_checks import own_models

_PRIVACY_HEAD = """# Register of personal data

Made from the declarations in each app's `privacy` module by `manage.py privacy_register --write`; a test fails when it
is out of date. A field that could tell something about a person and is not declared stops the start (`kit.E010`).

A person sees and exports all of this under "My data" and can ask for erasure. Erasure follows the last column; it is
noted by identifier only, so that `manage.py reapply_erasures` repeats it after a backup is restored. Rules with a
number of days are applied every night; `manage.py apply_retention --dry-run` shows what the next night would erase.
"""

_DICTIONARY_HEAD = """# Data dictionary

Made from the models by `manage.py data_dictionary --write`; a test fails when it is out of date.
Every table has `id`, a random UUID, unless it says otherwise.
"""


def privacy_register() -> str:
    """Write the register of personal data as Markdown, in English."""
    with translation.override("en"):
        parts = [_PRIVACY_HEAD]
        for declaration in declarations():
            if declaration.personal:
                meta = declaration.model._meta
                parts.append(f"## {_sentence(meta.verbose_name)} (`{meta.label}`)\n\n{_whose(declaration)}\n")
                parts.append(_table(("field", "what for", "kept", "erased by"), _privacy_rows(declaration)))
        return "\n".join(parts)


def _whose(declaration: Declaration) -> str:
    if declaration.owner == "self":
        return "About the person themselves."
    if not declaration.owner:
        return "About a person who may have no account: not part of an export, erased by its retention rule."
    return f"About the person at `{declaration.owner}`."


def _privacy_rows(declaration: Declaration) -> Iterator[tuple[str, ...]]:
    for name, about in sorted(declaration.personal.items()):
        keep = about.keep.label(declaration.model) if isinstance(about.keep, Retention) else str(about.keep)
        yield f"`{name}`", str(about.purpose), keep, _erasing(about.erase)


def _erasing(erasing: Erasing) -> str:
    if isinstance(erasing, Keep):
        return f"not erased: {erasing.reason}"
    if isinstance(erasing, Replace):
        return f"replaced by “{erasing.value}”"
    return "the row is deleted" if isinstance(erasing, DeleteRow) else "emptied"


def data_dictionary() -> str:
    """Write every table of the portal's own apps as Markdown, in English."""
    with translation.override("en"):
        parts = [_DICTIONARY_HEAD]
        for model in sorted(own_models(), key=lambda model: model._meta.label):
            text = (model.__doc__ or "").strip().partition("\n")[0]
            parts.append(f"## {_sentence(model._meta.verbose_name)} (`{model._meta.label}`)\n\n{text}\n")
            parts.append(_table(("column", "type", "empty?", "meaning"), _columns(model)))
            if rules := sorted(str(rule.name) for rule in model._meta.constraints):
                parts.append("Rules kept by the database: " + ", ".join(f"`{rule}`" for rule in rules) + ".\n")
        return "\n".join(parts)


def _columns(model: type[models.Model]) -> Iterator[tuple[str, ...]]:
    for column in [*model._meta.local_fields, *model._meta.local_many_to_many]:
        if column.name == "id" and isinstance(column, models.UUIDField):
            continue
        meaning = _sentence(column.verbose_name) + "."
        if column.help_text:
            meaning += f" {column.help_text}"
        if column.choices:
            meaning += " One of: " + ", ".join(f"`{value}`" for value, _ in column.flatchoices) + "."
        yield f"`{column.name}`", _type(column), "may be empty" if column.blank or column.null else "", meaning


def _type(column: Any) -> str:
    if column.is_relation:
        target = column.related_model._meta.label
        return f"{'many ' if column.many_to_many else ''}→ `{target}`"
    kind = column.get_internal_type().removesuffix("Field")
    return f"{kind}({column.max_length})" if column.max_length else kind


def _sentence(text: object) -> str:
    plain = str(text)
    return plain[:1].upper() + plain[1:]


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |\n" for line in lines)
