"""Which texts a council shows in both languages, and on which side each of them is behind."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from allies.kit.audit import Entry
from allies.kit.bilingual import LANGUAGES, other_language
from councils.models import Body, Council, Event, LocalProgramme, Meeting, Organisation, Reflection, Seat, Story


@dataclass(frozen=True, slots=True)
class Texts:
    """The bilingual texts of a kind of item: what each is called; those that publishing requires."""

    labels: Mapping[str, str | Promise]
    required: tuple[str, ...]


TEXTS: dict[type[models.Model], Texts] = {
    Council: Texts(
        {
            "name": _("name"),
            "region": _("region served"),
            "host": _("host organisation"),
            "partnership": _("local immigration partnership"),
            "summary": _("summary"),
            "history": _("history"),
        },
        ("name", "summary"),
    ),
    LocalProgramme: Texts({"name": _("name"), "summary": _("summary")}, ("name", "summary")),
    Event: Texts({"title": _("title"), "summary": _("summary"), "where": _("address or link")}, ("title", "summary")),
    Story: Texts({"title": _("title"), "body": _("story"), "photo_alt": _("what the photo shows")}, ("title", "body")),
    Reflection: Texts(
        {"biggest_success": _("biggest success"), "biggest_challenge": _("biggest challenge")},
        ("biggest_success", "biggest_challenge"),
    ),
    Body: Texts({"name": _("name"), "purpose": _("purpose")}, ("name", "purpose")),
    Organisation: Texts({"name": _("name"), "about": _("who it is for")}, ("name",)),
    Meeting: Texts({"place": _("place"), "agenda": _("agenda"), "minutes": _("minutes")}, ()),
    Seat: Texts({}, ()),
}


@dataclass(frozen=True, slots=True)
class Side:
    """One language of one text that is behind: missing, or older than the other language since a moment."""

    text: str
    label: str
    language: str
    since: datetime | None = None

    @property
    def field(self) -> str:
        """The column that waits for a translation."""
        return f"{self.text}_{self.language}"

    @property
    def is_missing(self) -> bool:
        """Nothing is written on this side yet."""
        return self.since is None


Since = dict[str, datetime]


def words(text: str) -> int:
    """Count the words of a text."""
    return len(text.split())


def drift(items: Iterable[models.Model]) -> dict[str, Since]:
    """For each item, by identifier, the columns older than the other language and since when; one query.

    Read from the audit trail: a text changed alone leaves the other language behind, until that one is changed too,
    or both together.
    """
    return drift_of((type(item), item.pk) for item in items)


def drift_of(keys: Iterable[tuple[type[models.Model], UUID]]) -> dict[str, Since]:
    """The same for items of which only the kind and the identifier are known."""
    keys = list(keys)
    kinds = {kind for kind, _pk in keys}
    texts = {f"{text}_{language}" for kind in kinds for text in TEXTS[kind].labels for language in LANGUAGES}
    behind: dict[str, Since] = {}
    for key, names, at in (
        Entry.objects.filter(
            target_type__in={kind._meta.label_lower for kind in kinds},
            target_id__in={str(pk) for _kind, pk in keys},
            fields__overlap=sorted(texts),
        )
        .order_by("position")
        .values_list("target_id", "fields", "at")
    ):
        columns = behind.setdefault(key, {})
        for name in names:
            text, _line, language = name.rpartition("_")
            if language not in LANGUAGES:
                continue
            other = f"{text}_{other_language(language)}"
            if columns.pop(name, None) is None and other not in names:
                columns.setdefault(other, at)
            elif other in names:
                columns.pop(other, None)
    return behind


def sides_behind(item: Any, since: Since | None = None) -> Iterator[Side]:
    """Walk the sides of an item that are missing or, where the drift is given, older than the other language."""
    for text, label in TEXTS[type(item)].labels.items():
        for language in LANGUAGES:
            own, other = f"{text}_{language}", f"{text}_{other_language(language)}"
            if not getattr(item, other):
                continue
            if not getattr(item, own):
                yield Side(text, str(label), language)
            elif since and own in since:
                yield Side(text, str(label), language, since=since[own])


def missing(item: Any) -> dict[str, str]:
    """The columns without which an item can't be published, with what each is called.

    A required text needs both languages; any other needs both or none.
    """
    texts, gaps = TEXTS[type(item)], {}
    for text in texts.required:
        for language in LANGUAGES:
            if not getattr(item, f"{text}_{language}"):
                gaps[f"{text}_{language}"] = capfirst(str(texts.labels[text]))
    for side in sides_behind(item):
        gaps.setdefault(side.field, capfirst(side.label))
    return gaps
