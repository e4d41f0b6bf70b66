"""The register of facts as its keepers see it: conflicts and unpublished figures included."""

from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery

from councils.models import Fact, FactValue, Source


def disputed(figures: "QuerySet[Fact]") -> "QuerySet[Fact]":
    """The figures of which two sources say different things."""
    several = (
        FactValue.objects.filter(fact=OuterRef("pk"))
        .order_by()
        .values("fact")
        .annotate(different=Count("text_en", distinct=True))
        .values("different")
    )
    return figures.annotate(different=Subquery(several)).filter(different__gt=1)


def register() -> "QuerySet[Fact]":
    """Every figure with its shown value in `shown_values` and the number of different values in `different`."""
    shown = FactValue.objects.filter(is_shown=True).select_related("source")
    return (
        Fact.objects.select_related("council__place")
        .annotate(value_count=Count("values", distinct=True), different=Count("values__text_en", distinct=True))
        .prefetch_related(Prefetch("values", shown, to_attr="shown_values"))
        .order_by("position", "key")
    )


def naming(figures: "QuerySet[Fact]", words: str) -> "QuerySet[Fact]":
    """The figures that every word fits, whatever its accents and case."""
    for word in words.replace("\x00", " ").split()[:8]:
        figures = figures.filter(
            Q(label_en__unaccent__icontains=word)
            | Q(label_fr__unaccent__icontains=word)
            | Q(council__name_en__unaccent__icontains=word)
            | Q(council__name_fr__unaccent__icontains=word)
        )
    return figures


def values_of(figure: Fact) -> "QuerySet[FactValue]":
    """What each source says about a figure, the shown value first."""
    return figure.values.select_related("source").order_by("-is_shown", F("as_of").desc(nulls_last=True), "pk")


def sources() -> "QuerySet[Source]":
    """Every source, with the number of values it gives."""
    return Source.objects.annotate(value_count=Count("values")).order_by("-year", "key")
