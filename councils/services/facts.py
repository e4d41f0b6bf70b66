"""Keep the register of facts: sources, figures, what each source says, and which value is shown."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from allies.kit import audit
from allies.kit.access import authorize
from allies.kit.refusals import Refused
from councils.models import Fact, FactValue, Source, User


@transaction.atomic
def add_source(*, by: User, **facts: Any) -> Source:
    """Add a document that figures come from."""
    authorize(by, "network.keep")
    source = Source(**facts)
    source.key = _free_key(Source, source.title_en)
    source.save(force_insert=True)
    audit.record("councils.source_added", source, by=by)
    return source


@transaction.atomic
def edit_source(source: Source, *, by: User, **facts: Any) -> Source:
    """Correct what is written about a source."""
    authorize(by, "network.keep", source)
    changed = _apply(source, facts)
    audit.record("councils.source_edited", source, by=by, fields=changed)
    return source


@transaction.atomic
def add_figure(*, by: User, **facts: Any) -> Fact:
    """Add a figure, unpublished and without a value."""
    authorize(by, "network.keep")
    figure = Fact(**facts)
    figure.key = _free_key(Fact, figure.label_en)
    figure.save(force_insert=True)
    audit.record("councils.figure_added", figure, by=by, council=figure.council)
    return figure


@transaction.atomic
def edit_figure(figure: Fact, *, by: User, **facts: Any) -> Fact:
    """Change what a figure says it counts; a published one keeps its definition in both languages or in none."""
    authorize(by, "network.keep", figure)
    figure = _locked(figure)
    changed = _apply(figure, facts)
    if figure.is_published:
        _refuse_half_a_definition(figure)
    audit.record("councils.figure_edited", figure, by=by, council=figure.council, fields=changed)
    return figure


@transaction.atomic
def delete_figure(figure: Fact, *, by: User) -> None:
    """Delete a figure and its values; Refused once it is published."""
    authorize(by, "network.keep", figure)
    figure = _locked(figure)
    if figure.is_published:
        raise Refused(_("A published figure is kept. Take it back from publication first."))
    key, council = figure.pk, figure.council
    figure.delete()
    figure.pk = key
    audit.record("councils.figure_deleted", figure, by=by, council=council)


@transaction.atomic
def add_value(figure: Fact, *, by: User, **facts: Any) -> FactValue:
    """Note what one source says; the first value of a figure is the one that is shown."""
    authorize(by, "network.keep", figure)
    figure = _locked(figure)
    value = FactValue(fact=figure, is_shown=not figure.values.exists(), **facts)
    with _one_statement_a_place():
        value.save(force_insert=True)
    audit.record("councils.value_added", value, by=by, council=figure.council)
    return value


@transaction.atomic
def edit_value(value: FactValue, *, by: User, **facts: Any) -> FactValue:
    """Correct what was noted of a source."""
    authorize(by, "network.keep", value)
    figure = _locked(value.fact)
    with _one_statement_a_place():
        changed = _apply(value, facts)
    audit.record("councils.value_edited", value, by=by, council=figure.council, fields=changed)
    return value


@transaction.atomic
def show_value(value: FactValue, *, note_en: str, note_fr: str, by: User) -> FactValue:
    """Choose the value that pages show, with the reason in both languages; the others are kept beside it."""
    authorize(by, "network.keep", value)
    figure = _locked(value.fact)
    if not (note_en.strip() and note_fr.strip()):
        raise Refused(_("Say in both languages why this value is shown."))
    figure.values.filter(is_shown=True).update(is_shown=False)
    changed = _apply(value, {"is_shown": True, "note_en": note_en.strip(), "note_fr": note_fr.strip()})
    audit.record("councils.value_shown", value, by=by, council=figure.council, fields=changed, reason=note_en)
    return value


@transaction.atomic
def publish_figure(figure: Fact, *, by: User) -> Fact:
    """Publish a figure; Refused unless a value is shown and what explains it is there in both languages."""
    authorize(by, "network.keep", figure)
    figure = _locked(figure)
    if figure.is_published:
        raise Refused(_("This figure is already published."))
    if not figure.values.filter(is_shown=True).exists():
        raise Refused(_("Choose the value to show first."))
    _refuse_half_a_definition(figure)
    _apply(figure, {"is_published": True})
    audit.record("councils.figure_published", figure, by=by, council=figure.council, fields=["is_published"])
    return figure


@transaction.atomic
def take_back_figure(figure: Fact, *, by: User) -> Fact:
    """Take a figure back from publication."""
    authorize(by, "network.keep", figure)
    figure = _locked(figure)
    if not figure.is_published:
        raise Refused(_("This figure is not published."))
    _apply(figure, {"is_published": False})
    audit.record("councils.figure_taken_back", figure, by=by, council=figure.council, fields=["is_published"])
    return figure


def _locked(figure: Fact) -> Fact:
    # Whoever changes a figure or its values waits here, so that exactly one value stays shown.
    found = Fact.objects.select_for_update().filter(pk=figure.pk).first()
    if found is None:
        raise Refused(_("This figure was deleted meanwhile."))
    return found


def _apply(row: Any, facts: dict[str, Any]) -> list[str]:
    changed = [name for name, value in facts.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, facts[name])
    if changed:
        row.save(update_fields=changed)
    return changed


def _refuse_half_a_definition(figure: Fact) -> None:
    if bool(figure.definition_en) != bool(figure.definition_fr):
        raise Refused(_("Write the definition in both languages, or leave both empty."))


@contextmanager
def _one_statement_a_place() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "a_source_states_a_value_once_in_a_place" not in str(error):
            raise
        raise Refused(_("This value of this source is already in the register.")) from None


def _free_key(model: type[Source] | type[Fact], title: str) -> str:
    stem = slugify(title)[: 34 if model is Source else 74] or "key"
    taken = set(model._default_manager.filter(key__startswith=stem).values_list("key", flat=True))
    number, key = 1, stem
    while key in taken:
        number += 1
        key = f"{stem}-{number}"
    return key
