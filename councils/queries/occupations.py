"""Occupations by the words that people use for them."""

import unicodedata

from django.db.models import Case, IntegerField, Min, Q, QuerySet, Value, When
from django.db.models.functions import Length

from councils.models import Occupation

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "’": "'"})


def fold(text: str) -> str:
    """Give a text in lower case, without accents, with single spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LIGATURES))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def find_occupations(words: str, *, limit: int = 20) -> "QuerySet[Occupation]":
    """Find occupations with a job title, in either language, that has all the words; or by the start of the code.

    A title that is exactly what was typed comes first, then one that begins with it, then the shortest.
    """
    folded = fold(words)
    if not folded:
        return Occupation.objects.none()
    if folded.isdigit():
        return Occupation.objects.filter(code__startswith=folded).order_by("code")[:limit]
    # One condition on one joined row: all the words stand in the same title.
    has_all = Q()
    for word in folded.split():
        has_all &= Q(titles__folded__contains=word)
    rank = Case(
        When(titles__folded=folded, then=Value(0)),
        When(titles__folded__startswith=folded, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return (
        Occupation.objects.filter(has_all)
        .annotate(rank=Min(rank), nearest=Min(Length("titles__folded")))
        .order_by("rank", "nearest", "code")[:limit]
    )
