"""Edits that never overwrite a colleague's words: what a form showed is compared with what stands there now."""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from allies.kit.refusals import Refused

Text = str | Promise


class Faulty(Refused):
    """Refused because of particular fields; `errors` gives a sentence for each of them."""

    def __init__(self, errors: Mapping[str, Text]) -> None:
        super().__init__(next(iter(errors.values())))
        self.errors = dict(errors)


class Overtaken(Refused):
    """Refused because a colleague changed the same fields meanwhile; `theirs` gives what stands there now."""

    def __init__(self, theirs: Mapping[str, Any]) -> None:
        super().__init__(
            _("A colleague changed the same text while you were writing. Nothing is lost: compare both, then save.")
        )
        self.theirs = dict(theirs)


def plain(text: str) -> str:
    """Write line ends the one way that the database keeps them, without space around the text."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def value_of(instance: models.Model, name: str) -> Any:
    """Read a field as edits compare it: rows by their identifiers."""
    field = instance._meta.get_field(name)
    if field.many_to_many:
        return sorted(str(pk) for pk in getattr(instance, name).values_list("pk", flat=True))
    return field.value_from_object(instance)  # type: ignore[union-attr]


def fingerprint(value: Any) -> str:
    """Reduce a value to a few characters that differ when the value does."""
    if value is None:
        value = ""
    elif isinstance(value, models.Model):
        value = value.pk
    elif isinstance(value, datetime):
        # A form shows the minute, in the time zone of its reader.
        value = value.astimezone(UTC).isoformat(timespec="minutes")
    elif isinstance(value, date):
        value = value.isoformat()
    elif isinstance(value, (list, tuple, models.QuerySet)):
        value = ",".join(sorted(str(getattr(item, "pk", item)) for item in value))
    return hashlib.sha256(plain(str(value)).encode()).hexdigest()[:10]


def fingerprints(instance: models.Model, names: Collection[str]) -> dict[str, str]:
    """The fingerprints of several fields, for a form to remember what it showed."""
    return {name: fingerprint(value_of(instance, name)) for name in names}


def merged(instance: models.Model, facts: Mapping[str, Any], seen: Mapping[str, str]) -> dict[str, Any]:
    """Keep of the facts those to write: what this person changed; Overtaken where a colleague changed the same field.

    A field that only the colleague changed stays as the colleague left it. Without a record of what the form showed,
    nothing that stands there is overwritten.
    """
    to_write, theirs = {}, {}
    for name, mine in facts.items():
        standing = value_of(instance, name)
        now, wanted = fingerprint(standing), fingerprint(mine)
        was = seen.get(name, fingerprint(""))
        if wanted == now or (wanted == was and now != was):
            continue
        if now != was:
            theirs[name] = standing
        to_write[name] = mine
    if theirs:
        raise Overtaken(theirs)
    return to_write


def write(instance: models.Model, facts: Mapping[str, Any], *, known: Collection[str]) -> None:
    """Set the facts on an instance, lists of rows aside; ValueError for a field that the service does not own."""
    if unknown := set(facts) - set(known):
        raise ValueError(f"These fields are not changed here: {sorted(unknown)}")
    for name, value in facts.items():
        if not instance._meta.get_field(name).many_to_many:
            setattr(instance, name, value)


@contextmanager
def saying(**sentences: tuple[str, Text]) -> Iterator[None]:
    """Turn a violation of a named constraint into a sentence next to a field."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        if name not in sentences:
            raise
        field, sentence = sentences[name]
        raise Faulty({field: sentence}) from error
