"""Compare the councils' yearly reflections: one question, all councils side by side."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from councils.models import Council, Reflection
from councils.models.council import CouncilQuerySet
from councils.states import ReflectionState, Stage

QUESTIONS: dict[str, str | Promise] = {
    "biggest_success": _("Biggest success"),
    "biggest_challenge": _("Biggest challenge"),
    "what_works": _("What works"),
    "value": _("Value of the network"),
    "recommendations": _("Recommendations"),
    "start_again": _("If we started again"),
    "favourite_story": _("Favourite story"),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What one council wrote, in each language as it was written; both are empty where it wrote nothing."""

    council: Council
    text_en: str
    text_fr: str

    @property
    def is_empty(self) -> bool:
        """Whether the council gave no answer."""
        return not (self.text_en or self.text_fr)


def years() -> list[int]:
    """The years for which a council handed in a reflection, latest first."""
    handed_in = Reflection.objects.exclude(state=ReflectionState.DRAFT)
    return list(handed_in.order_by("-year").values_list("year", flat=True).distinct())


def comparable() -> CouncilQuerySet:
    """The councils that reflect, by name; supported places don't."""
    return Council.objects.filter(kind=Council.Kind.COUNCIL).select_related("place", "province").by_name()


def answers(councils: Iterable[Council], *, year: int, question: str) -> list[Answer]:
    """The answers of councils to one question, those who answered first; drafts stay with their council."""
    listed = list(councils)
    column_en, column_fr = f"{question}_en", f"{question}_fr"
    written = {
        council: (text_en, text_fr)
        for council, text_en, text_fr in Reflection.objects.filter(year=year, council__in=listed)
        .exclude(state=ReflectionState.DRAFT)
        .values_list("council_id", column_en, column_fr)
    }
    found = [Answer(council, *written.get(council.pk, ("", ""))) for council in listed]
    # A council that has ended is compared where it answered, and not listed as silent.
    return sorted(
        (row for row in found if not row.is_empty or row.council.stage not in (Stage.MERGED, Stage.CLOSED)),
        key=lambda row: row.is_empty,
    )
