"""What is hashed and what is written: the same bytes for the same people and result, whatever order they came in."""

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import fields

import numpy as np

from mentoring.matching.arrays import Ints
from mentoring.matching.people import People

_SPECIAL = re.compile(r'[,"\r\n]')


def sha256(*parts: object) -> str:
    """The SHA-256 of some facts, as compact JSON with sorted keys, and of arrays, as little-endian int64."""
    digest = hashlib.sha256()
    for part in parts:
        if isinstance(part, np.ndarray):
            block = part.astype("<i8").tobytes()
        else:
            block = json.dumps(part, sort_keys=True, separators=(",", ":")).encode()
        digest.update(len(block).to_bytes(8, "little") + block)
    return digest.hexdigest()


def facts(people: People) -> list[list[object]]:
    """Everything about some people as lists that JSON can hold, sets sorted."""
    return [[column.name, *map(_plain, getattr(people, column.name))] for column in fields(people)]


def _plain(fact: object) -> object:
    if isinstance(fact, frozenset):
        return sorted(fact)
    return int(fact) if isinstance(fact, np.integer) else fact


def pairs_csv(
    pairs: Iterable[tuple[str, str, int]], components: Ints | None = None, headings: Sequence[str] = ()
) -> str:
    """The pairs as CSV with a heading, one line a pair ending in a line feed, identifiers exactly as they are."""
    more = components.tolist() if components is not None else None
    lines = [csv_line(("mentee", "mentor", "score", *(headings if more is not None else ())))]
    lines += (csv_line((*pair, *(more[at] if more is not None else ()))) for at, pair in enumerate(pairs))
    return "".join(lines)


def csv_line(cells: Iterable[str | int]) -> str:
    """A line of CSV that reads back exactly: a text with a comma, a quote, an end of line or outer spaces is quoted."""
    return ",".join(map(_cell, cells)) + "\n"


def _cell(cell: str | int) -> str:
    text = str(cell)
    if text.strip() == text and text and not _SPECIAL.search(text):
        return text
    return '"' + text.replace('"', '""') + '"'


def bytes_sha256(text: str) -> str:
    """The SHA-256 of a text as it is written to a file, in UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
