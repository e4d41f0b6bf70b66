"""The directory: which councils the public may find, by words and by facts."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q

from allies.kit.bilingual import column
from councils.models import Council, FormerName, LocalProgramme
from councils.models.council import CouncilQuerySet
from councils.states import Stage

# Everything that a visitor may know a council by.
_FIELDS = (
    *("name_en", "name_fr", "acronym", "host_en", "host_fr", "region_en", "region_fr"),
    *("place__name_en", "place__name_fr", "province__name_en", "province__name_fr"),
)
_MOST_WORDS = 8


def directory() -> CouncilQuerySet:
    """The published councils with all that a line of the directory shows; `programme_kinds` are codes."""
    programmes = LocalProgramme.objects.filter(council=OuterRef("pk"), is_published=True)
    kinds = programmes.order_by("kind").values("kind").distinct()
    return (
        Council.objects.published()
        .select_related("place", "province", "merged_into")
        .annotate(programme_kinds=ArraySubquery(kinds))
        .by_name()
    )


def naming(councils: CouncilQuerySet, words: str) -> CouncilQuerySet:
    """The councils that every word fits, whatever its accents and case; former names count too."""
    for word in words.replace("\x00", " ").split()[:_MOST_WORDS]:
        fits = reduce(or_, (Q(**{f"{field}__unaccent__icontains": word}) for field in _FIELDS))
        once = FormerName.objects.filter(council=OuterRef("pk")).filter(
            Q(name_en__unaccent__icontains=word) | Q(name_fr__unaccent__icontains=word)
        )
        councils = councils.filter(fits | Exists(once))
    return councils


def running(councils: CouncilQuerySet, kinds: Iterable[str]) -> CouncilQuerySet:
    """The councils with a published programme of one of the kinds."""
    programme = LocalProgramme.objects.filter(council=OuterRef("pk"), is_published=True, kind__in=list(kinds))
    return councils.filter(Exists(programme))


@dataclass(frozen=True, slots=True)
class Share:
    """How many councils share a fact; `query` leads the directory to exactly them."""

    query: str
    label: str
    count: int


def shares() -> dict[str, list[Share]]:
    """Count the published councils by stage, supported places apart, and list the provinces that have one."""
    rows = Council.objects.published().values_list("kind", "stage", "province_id", column("province__name"))
    listed = list(rows)
    stages = Counter(stage for kind, stage, _province, _name in listed if kind == Council.Kind.COUNCIL)
    kinds = Counter(kind for kind, *_rest in listed)
    provinces = Counter((name, code) for _kind, _stage, code, name in listed)
    council, supported = Council.Kind.COUNCIL, Council.Kind.SUPPORTED
    return {
        "stage": [
            Share(f"kind={council.value}&stage={stage.value}", str(stage.label), stages[stage.value])
            for stage in Stage
            if stages[stage.value]
        ],
        "kind": [Share(f"kind={supported.value}", str(supported.label), kinds[supported])] if kinds[supported] else [],
        "province": [Share(f"province={code}", name, count) for (name, code), count in sorted(provinces.items())],
    }
