"""Recompute the chain of seals in Python, independently of the database that made them."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC

from allies.kit.audit.models import Entry

BATCH = 2000


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry of the chain: kept elsewhere, it shows later that nothing before it changed or vanished."""

    position: int = 0
    hash: str = ""

    def __str__(self) -> str:
        return f"{self.position}:{self.hash}"

    @classmethod
    def parse(cls, text: str) -> "Head":
        """Read what `str` wrote; ValueError for anything else."""
        position, hash_ = text.split(":")
        return cls(int(position), hash_)


class Broken(Exception):
    """The chain does not hold; `position` is the first place where it doesn't."""

    def __init__(self, position: int, why: str) -> None:
        super().__init__(f"Entry {position}: {why}.")
        self.position = position


def _net(value: object) -> str:
    if value is None:
        return "-"
    text = str(value)
    return f"{len(text.encode())}:{text}"


def canonical(entry: Entry) -> str:
    """Write an entry as the text that is sealed: values with their lengths, so that none can run into the next."""
    when = entry.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    parts = (
        entry.previous_hash,
        entry.position,
        entry.pk,
        when,
        entry.actor_id,
        entry.action,
        entry.target_type,
        entry.target_id,
        entry.tenant_id,
        len(entry.fields),
        *entry.fields,
        entry.reason,
        entry.request_id,
    )
    return "".join(map(_net, parts))


def seal(entry: Entry) -> str:
    """Compute the seal of an entry."""
    return hashlib.sha256(canonical(entry).encode()).hexdigest()


def walk(batch: int = BATCH) -> Iterator[Entry]:
    """Give all entries in order, reading a batch at a time (by key, which also works behind a connection pool)."""
    last = None
    while True:
        entries = Entry.objects.order_by("position")
        rows = list(entries[:batch] if last is None else entries.filter(position__gt=last)[:batch])
        yield from rows
        if len(rows) < batch:
            return
        last = rows[-1].position


def verify(expected: Head | None = None) -> Head:
    """Check every seal and give the head; raises Broken at the first position that does not hold.

    `expected` is a head noted earlier: it must still be part of the chain.
    """
    head, found = Head(), expected is None or expected == Head()
    for entry in walk():
        if entry.position != head.position + 1:
            raise Broken(head.position + 1, "the entry is missing")
        if entry.previous_hash != head.hash:
            raise Broken(entry.position, "it does not follow on the entry before")
        if seal(entry) != entry.hash:
            raise Broken(entry.position, "its content does not fit its seal")
        head = Head(entry.position, entry.hash)
        if expected is not None and head.position == expected.position:
            if head != expected:
                raise Broken(entry.position, "its seal is not the one noted earlier")
            found = True
    if not found:
        raise Broken(head.position + 1, "the chain ends before the head noted earlier")
    return head
