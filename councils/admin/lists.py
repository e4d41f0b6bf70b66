"""Lists of the administration that stay quick when a table has grown: searches and filters that don't read it whole."""

from functools import reduce
from operator import or_
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import ForeignKey, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.constants import LOOKUP_SEP
from django.http import HttpRequest
from django.utils.text import smart_split, unescape_string_literal

# So many matches of a search are listed: nobody turns more pages, and reading all would take as long as the table.
MOST = 1000
# What Django writes before the name of a field.
COMPARED = {"^": "istartswith", "=": "iexact"}
Way = tuple[str, type[Model]]


class Found(ChangeList):
    """A list that looks a search's first matches up once; what it shows is about these. A spreadsheet takes all."""

    is_cut = False

    def get_results(self, request: HttpRequest) -> None:
        """Replace the search by the rows that it finds first."""
        if self.query:
            keys = list(self.queryset.values_list("pk", flat=True)[: MOST + 1])
            self.is_cut = len(keys) > MOST
            found = self.apply_select_related(self.root_queryset.filter(pk__in=keys[:MOST]))
            self.queryset = found.order_by(*self.queryset.query.order_by)
        super().get_results(request)

    @property
    def most(self) -> int:
        """How many matches are listed at most."""
        return MOST


class WithRecords(admin.RelatedFieldListFilter):
    """A filter by council, of which only those are offered that have what the records hang on, like a programme.

    Django's own offers those with records, and reads every record to know them.
    """

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[tuple[Any, str]]:
        """Ask for a first row at each council."""
        own = field.model._base_manager.order_by().filter(**{field.name: OuterRef("pk")}).values("pk")
        # Not EXISTS, which Postgres would turn back into reading every row.
        there = field.related_model._base_manager.alias(first=Subquery(own[:1])).exclude(first=None)
        found: list[tuple[Any, str]] = field.get_choices(
            include_blank=False,
            ordering=self.field_admin_ordering(field, request, model_admin),
            limit_choices_to=Q(pk__in=there.values("pk")),
        )
        return found


def searched(rows: QuerySet[Any], fields: Any, term: str) -> QuerySet[Any]:
    """Keep rows in which every word occurs in one of the fields, which say how they are compared.

    Fields of other tables are searched there first, where an index serves them, and their rows then looked up by key:
    joined, they would be compared row by row.
    """
    ways: dict[Way, list[str]] = {}
    for name in fields:
        path, model, own = _split(rows.model, name)
        ways.setdefault((path, model), []).append(own)
    alone: dict[Way, Q] = {}
    for word in smart_split(term):
        text = unescape_string_literal(word) if word[0] in "\"'" and word[0] == word[-1] else word
        here = {way: reduce(or_, (Q((name, text)) for name in names)) for way, names in ways.items()}
        keys = {way: _keys(way[1], here[way]) for way in ways if way[0]}
        there = {way: Q((f"{way[0]}__in", found)) for way, found in keys.items() if found != []}
        matches = [*there.values(), *(here[way] for way in ways if not way[0])]
        if len(matches) == len(there) == 1:
            # Words that occur in one other table only are looked for there together.
            (way,) = there
            alone[way] = alone.get(way, Q()) & here[way]
        else:
            rows = rows.filter(reduce(or_, matches, Q(pk__in=())))
    for (path, model), match in alone.items():
        rows = rows.filter(Q((f"{path}__in", _keys(model, match))))
    return rows


def _keys(model: type[Model], matches: Q) -> Any:
    """Give the keys of a few matches, or the query for many."""
    found = model._base_manager.filter(matches).values_list("pk", flat=True)
    keys = list(found[: MOST + 1])
    return found if len(keys) > MOST else keys


def _split(model: type[Model], name: str) -> tuple[str, type[Model], str]:
    """Part a field's path into the way to another table, that table, and what is compared there and how."""
    how = COMPARED.get(name[0], "")
    parts, way = name.removeprefix(name[0] if how else "").split(LOOKUP_SEP), []
    field = model._meta.get_field(parts[0])
    while isinstance(field, ForeignKey):
        model = field.remote_field.model
        way.append(parts.pop(0))
        field = model._meta.get_field(parts[0])
    if how or not field.get_lookup(parts[-1]):
        parts.append(how or "icontains")
    return LOOKUP_SEP.join(way), model, LOOKUP_SEP.join(parts)
