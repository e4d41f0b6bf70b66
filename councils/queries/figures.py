"""Published figures: each with the value that is shown, its source, and what other sources say."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from allies.kit.bilingual import current_language, other_language
from councils.models import Council, Fact, FactValue, Source


def _is_number(text: str) -> bool:
    return any(character.isdigit() for character in text)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as a page shows it: the chosen value, and the values of the same or other sources beside it."""

    fact: Fact
    shown: FactValue
    others: tuple[FactValue, ...]

    @property
    def is_number(self) -> bool:
        """Whether the shown value counts or dates something, rather than naming it."""
        return _is_number(self.shown.text)

    @property
    def is_disputed(self) -> bool:
        """Whether a source states something else than what is shown."""
        return any(other.text_en != self.shown.text_en for other in self.others)


def as_figures(facts: Iterable[Fact]) -> list[Figure]:
    """Put each figure's values in their places."""
    return [Figure(fact, fact.all_values[0], tuple(fact.all_values[1:])) for fact in facts]  # type: ignore[attr-defined]


def _complete(facts: "QuerySet[Fact]") -> "QuerySet[Fact]":
    values = FactValue.objects.select_related("source").order_by("-is_shown", "-as_of", "source__key", "locator", "pk")
    return (
        facts.filter(Q(council=None) | Q(council__is_published=True), is_published=True, values__is_shown=True)
        .select_related("council__place")
        .prefetch_related(Prefetch("values", values, to_attr="all_values"))
        .order_by("position", "key")
    )


def published_figures() -> "QuerySet[Fact]":
    """Every figure that the public may see; `all_values` begins with the shown one."""
    return _complete(Fact.objects.all())


def order_of_figures() -> list[UUID]:
    """Every figure that the public may see: the network's numbers, the councils' by name, then what is in words."""
    here = current_language()
    there = other_language(here)
    rows = published_figures().values_list(
        *("pk", f"council__name_{here}", f"council__name_{there}", f"values__text_{here}", f"values__text_{there}")
    )

    def place(row: tuple[UUID, str | None, str | None, str, str]) -> tuple[int, str]:
        name = row[1] or row[2] or ""
        return (int(bool(name)), name) if _is_number(row[3] or row[4]) else (2, "")

    return [row[0] for row in sorted(rows, key=place)]


def figures_at(keys: Sequence[UUID]) -> list[Figure]:
    """Some of the published figures, in the order given."""
    found = {fact.pk: fact for fact in published_figures().filter(pk__in=keys)}
    return as_figures(found[key] for key in keys if key in found)


def home_figures() -> "QuerySet[Fact]":
    """The figures of the home page."""
    return _complete(Fact.objects.filter(on_home=True))


def figures_of(council: Council) -> "QuerySet[Fact]":
    """The published figures of a council."""
    return _complete(Fact.objects.filter(council=council))


def cited_sources() -> "QuerySet[Source]":
    """The sources that a published figure cites, by title."""
    cited = FactValue.objects.filter(fact__in=published_figures().values("pk"))
    return Source.objects.filter(pk__in=cited.values("source")).order_by("year", "key")
