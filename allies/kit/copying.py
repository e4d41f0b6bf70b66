"""Many new rows at once, by Postgres' COPY."""

import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.db import connection, models
from django.utils import timezone

_NULL = r"\N"
_TRUTH = {True: "t", False: "f"}


def copy_in(model: type[models.Model], rows: Iterable[Mapping[str, Any]]) -> None:
    """Write new rows, each a mapping from attribute (`mentor_id`) to value; the rest are the model's defaults.

    Several times faster than `bulk_create`. Constraints and triggers hold as ever; `save`, validation and signals are
    passed over. Values are text, numbers, UUIDs, moments, truth values, None, and what a JSON field takes.
    """
    fields = model._meta.concrete_fields
    lines = io.StringIO("".join(_lines(model, rows)))
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    with connection.cursor() as cursor, connection.wrap_database_errors:
        cursor.copy_expert(f"COPY {quote(model._meta.db_table)} ({columns}) FROM STDIN", lines)


def _lines(model: type[models.Model], rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    ways = {
        field.attname: (_json_of(field) if isinstance(field, models.JSONField) else _text_of, _otherwise(field))
        for field in model._meta.concrete_fields
    }
    for row in rows:
        if unknown := row.keys() - ways.keys():
            raise ValueError(f"{model.__name__} has no {', '.join(sorted(unknown))}")
        cells = (cell(row[name] if name in row else otherwise()) for name, (cell, otherwise) in ways.items())
        yield "\t".join(cells) + "\n"


def _otherwise(field: "models.Field[Any, Any]") -> Callable[[], Any]:
    """What gives the value of a field that a row says nothing of."""
    stamped = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    return timezone.now if stamped else field.get_default


def _json_of(field: models.JSONField) -> Callable[[Any], str]:
    write = json.JSONEncoder(ensure_ascii=False) if field.encoder is None else field.encoder(ensure_ascii=False)
    return lambda value: _NULL if value is None else _escaped(write.encode(value))


def _text_of(value: Any) -> str:
    if value is None:
        return _NULL
    return _TRUTH[value] if isinstance(value, bool) else _escaped(str(value))


def _escaped(text: str) -> str:
    if "\\" not in text and text.isprintable():
        return text
    return text.replace("\\", r"\\").replace("\n", r"\n").replace("\t", r"\t").replace("\r", r"\r")
