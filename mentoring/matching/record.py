"""What is hashed and what is written: the same bytes for the same people and result, whatever order they came in."""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import fields

import numpy as np

from mentoring.matching.arrays import Ints
from mentoring.matching.people import People


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
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("mentee", "mentor", "score", *(headings if components is not None else ())))
    for at, pair in enumerate(pairs):
        writer.writerow((*pair, *(components[at].tolist() if components is not None else ())))
    return text.getvalue()


def bytes_sha256(text: str) -> str:
    """The SHA-256 of a text as it is written to a file, in UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
