"""Load the real network: councils and places, their history, figures and sources, as the data files state them.

Each row has an identifier made from its place in the files, so that a row which people renamed is found again and
not loaded twice. What is there already stays as people left it, unless they ask to overwrite it.
"""

import tomllib
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from allies.kit import audit
from allies.kit.scope import across
from councils.models import (
    Body,
    Council,
    Event,
    Fact,
    FactValue,
    FormerName,
    LocalProgramme,
    Organisation,
    Reflection,
    Source,
    StageChange,
)
from councils.services.network_columns import Fault, columns, take_flags
from councils.services.sheets import RowErrors
from councils.states import STAGES, ReflectionState

FOLDER = Path(settings.BASE_DIR) / "councils" / "data" / "network"
NAMESPACE = UUID("5b0f1a44-6d53-4c1c-9b8e-2f6f3a1c7d10")
SHARED = ("sources", "facts", "events")

# The life of a council and its addresses belong to the registry's staff once it is loaded.
_NEVER_OVERWRITTEN = {"stage", "successor_en", "successor_fr", "slug_en", "slug_fr"}


def council_id(name: str) -> UUID:
    """Give the identifier of the council that a data file describes."""
    return uuid5(NAMESPACE, f"council/{name}")


def load_network(*, overwrite: bool = False, folder: Path | None = None) -> Counter[str]:
    """Load the network from its files; RowErrors, and nothing changed, if one has a fault. Gives counts by outcome."""
    with across(), transaction.atomic():
        loader = Loader(overwrite=overwrite)
        loader.load(folder or FOLDER)
        if loader.faults:
            raise RowErrors(loader.faults)
        if loader.count["created"] or loader.count["overwritten"]:
            audit.record("network.load_data", by=None)
        return loader.count


class Loader:
    """One run over the data files."""

    def __init__(self, *, overwrite: bool) -> None:
        self.overwrite = overwrite
        self.count: Counter[str] = Counter(created=0, overwritten=0, left=0)
        self.faults: list[Fault] = []
        self.file = ""

    def load(self, folder: Path) -> None:
        """Read every file: the shared sources first, then the councils, then what spans them."""
        names = sorted(path.stem for path in folder.glob("*.toml"))
        for name in ["sources", *(n for n in names if n not in SHARED), "facts", "events"]:
            self.file = f"{name}.toml"
            try:
                content = tomllib.loads((folder / self.file).read_text(encoding="utf-8"), parse_float=Decimal)
            except (tomllib.TOMLDecodeError, UnicodeDecodeError, FileNotFoundError) as fault:
                self.faults.append(Fault(self.file, "", "", str(fault)))
                continue
            if name in SHARED:
                self.shared(content)
            else:
                self.council(name, content)

    def shared(self, content: dict[str, Any]) -> None:
        """Load what belongs to the whole network."""
        for entry in content.pop("sources", []):
            self.keep(Source, f"source/{entry.get('key')}", {"key": entry.get("key")}, entry, table="[[sources]]")
        self.facts(content.pop("facts", []), None)
        self.events(content.pop("events", []), None)
        self.unknown(content)

    def council(self, name: str, content: dict[str, Any]) -> None:
        """Load a council and all that it has."""
        parts = {
            key: content.pop(key, [])
            for key in ("stages", "former_names", "organisations", "bodies", "programmes", "facts", "events")
        }
        reflection = content.pop("reflection", None)
        flags, odd = take_flags(content)
        for key, word in odd:
            self.faults.append(Fault(self.file, "", key, _("We know no “%(word)s” here.") % {"word": word}))
        values = {**flags, **content, "is_published": True}
        if parts["stages"]:
            values["stage"] = parts["stages"][-1].get("to", "")
        slugs = [slug for slug in (content.get("slug_en"), content.get("slug_fr")) if slug]
        at_slug = Q(slug_en__in=slugs) | Q(slug_fr__in=slugs) | Q(retired_slugs__slug__in=slugs)
        council, is_new = self.keep(Council, f"council/{name}", at_slug, values)
        if council is None:
            return
        if is_new:
            self.stages(council, parts["stages"])
        for entry in parts["former_names"]:
            self.child(FormerName, council, entry, "[[former_names]]")
        for entry in parts["organisations"]:
            entry.setdefault("name_fr", entry.get("name_en", ""))
            self.child(Organisation, council, {**entry, "is_public": True}, "[[organisations]]")
        for entry in parts["bodies"]:
            self.child(Body, council, {**entry, "is_published": True}, "[[bodies]]")
        for entry in parts["programmes"]:
            self.programme(council, entry)
        if reflection is not None:
            at_year = {"council": council, "year": reflection.get("year")}
            values = {**reflection, "council": council, "state": ReflectionState.PUBLISHED}
            self.keep(Reflection, f"{council.pk}/reflection/{reflection.get('year')}", at_year, values, "[reflection]")
        self.facts(parts["facts"], council)
        self.events(parts["events"], council)

    def stages(self, council: Council, entries: list[dict[str, Any]]) -> None:
        """Load the life of a new council, step by step along the table of stages."""
        before = ""
        for number, entry in enumerate(entries, 1):
            to, table = entry.pop("to", ""), f"[[stages]] {number}"
            if before and to not in STAGES[before]:
                told = _("No council goes from %(before)s to %(to)s.") % {"before": before, "to": to}
                self.faults.append(Fault(self.file, table, "to", told))
                return
            values = {**entry, "council": council, "from_stage": before, "to_stage": to}
            step, _is_new = self.keep(StageChange, f"{council.pk}/stage/{number}", {}, values, table)
            if step is None:
                return
            before = to

    def child(self, model: type[models.Model], council: Council, entry: dict[str, Any], table: str) -> tuple[Any, bool]:
        """Load something that a council has and that its English name tells apart."""
        name = entry.get("name_en", "")
        mark = f"{council.pk}/{model._meta.model_name}/{name}"
        values = {**entry, "council": council}
        return self.keep(model, mark, {"council": council, "name_en": name}, values, f"{table} “{name}”")

    def programme(self, council: Council, entry: dict[str, Any]) -> None:
        """Load a programme with the organisations that deliver it."""
        names = entry.pop("delivered_by", [])
        programme, is_new = self.child(LocalProgramme, council, {**entry, "is_published": True}, "[[programmes]]")
        if programme is None or not (is_new or self.overwrite):
            return
        partners = {row.name_en: row for row in Organisation.objects.filter(council=council, name_en__in=names)}
        for name in set(names) - set(partners):
            told = _("List “%(name)s” among the organisations first.") % {"name": name}
            self.faults.append(Fault(self.file, "[[programmes]]", "delivered_by", told))
        programme.delivered_by.set(partners.values())

    def facts(self, entries: list[dict[str, Any]], council: Council | None) -> None:
        """Load figures with all that the sources say about each."""
        for entry in entries:
            key, stated = entry.get("key"), entry.pop("values", [])
            table = f"[[facts]] {key}"
            values = {**entry, "council": council, "is_published": True}
            fact, _is_new = self.keep(Fact, f"fact/{key}", {"key": key}, values, table)
            if fact is None:
                continue
            if self.overwrite:
                fact.values.update(is_shown=False)
            elif fact.values.filter(is_shown=True).exists():
                # People chose which value is shown: a value that is new in the files waits beside it.
                stated = [{**value, "shown": False} for value in stated]
            for value in stated:
                self.value(fact, value, table, is_only=len(stated) == 1)

    def value(self, fact: Fact, entry: dict[str, Any], table: str, *, is_only: bool) -> None:
        """Load what one source says."""
        source = Source.objects.filter(key=entry.pop("source", "")).first()
        if source is None:
            self.faults.append(Fault(self.file, table, "source", _("We know no source of this key.")))
            return
        shown = entry.pop("shown", is_only)
        values = {**entry, "fact": fact, "source": source, "is_shown": shown}
        told = {name: entry.get(name, "") for name in ("locator", "text_en")}
        mark = f"{fact.key}/{source.key}/{told['locator']}/{told['text_en']}"
        self.keep(FactValue, mark, {"fact": fact, "source": source, **told}, values, table)

    def events(self, entries: list[dict[str, Any]], council: Council | None) -> None:
        """Load events of a council, or of the network."""
        for entry in entries:
            title = entry.get("title_en", "")
            values = {**entry, "council": council, "is_published": True}
            natural = {"council": council, "title_en": title}
            self.keep(Event, f"event/{title}", natural, values, f"[[events]] “{title}”")

    def keep(
        self,
        model: type[models.Model],
        mark: str,
        natural: Q | dict[str, Any],
        values: dict[str, Any],
        table: str = "",
    ) -> tuple[Any, bool]:
        """Create a row that is missing, overwrite one that is there if asked to; give it and whether it is new."""
        pk = uuid5(NAMESPACE, mark)
        same = Q(pk=pk) | (natural if isinstance(natural, Q) else Q(**natural) if natural else Q(pk=pk))
        row = model._default_manager.filter(same).first()
        is_new = row is None
        if row is not None and not self.overwrite:
            self.count["left"] += 1
            return row, False
        row = row or model(pk=pk)
        try:
            for name, value in columns(model, values).items():
                if is_new or name not in _NEVER_OVERWRITTEN:
                    setattr(row, name, value)
            row.full_clean()
        except ValidationError as fault:
            for key, messages in fault.message_dict.items():
                told = " ".join(messages)
                self.faults.append(Fault(self.file, table, "" if key == NON_FIELD_ERRORS else key, told))
            return None, False
        row.save()
        self.count["created" if is_new else "overwritten"] += 1
        return row, is_new

    def unknown(self, content: dict[str, Any]) -> None:
        """Tell of tables that no part of the loader reads."""
        self.faults += [Fault(self.file, key, "", _("We know no such key.")) for key in content]
