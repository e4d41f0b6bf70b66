"""Words typed above a list of people: in somebody's name or address, in the occupation, or in the row's own columns."""

from collections.abc import Iterator
from functools import reduce
from itertools import product
from operator import or_
from typing import Any

from django.db.models import Q

from councils.filters.workspace import Narrowed
from councils.models import Occupation
from councils.queries.occupations import fold
from mentoring.queries.people import called

# So many words may each stand in two tables; with more, every row is looked at.
MOST_DOUBTFUL = 3


class ByWords(Narrowed):
    """A filter whose rows have a `person` and an `occupation`; `Meta.words` names the columns of their own."""

    def by_words(self, rows: Any, name: str, value: str) -> Any:
        """Keep the rows of which every word is true, accents and capitals aside."""
        words = value.split()
        everything = rows.model.objects.order_by()
        elsewhere = {}
        for word, codes in zip(words, _occupations(words), strict=True):
            own = self._own(word)
            if codes or everything.filter(own).exists():
                elsewhere[word] = Q(occupation__in=codes) | own
        if len(elsewhere) > MOST_DOUBTFUL:
            for word in words:
                rows = rows.filter(Q(person__in=called([word]).values("pk")) | elsewhere.get(word, Q(pk=None)))
            return rows
        # One short question for each way to read the words: an index answers each, and none answers them at once.
        first, *others = (_read(everything, reading, elsewhere).values("pk") for reading in _readings(words, elsewhere))
        return rows.filter(pk__in=first.union(*others) if others else first)

    def _own(self, word: str) -> Q:
        columns: tuple[str, ...] = self.Meta.words  # type: ignore[attr-defined]
        return reduce(or_, (Q(**{f"{column}__folded__contains": word}) for column in columns))


def _occupations(words: list[str]) -> list[list[str]]:
    """For each word, the codes of the occupations that have it in their title, in either language."""
    titles = [
        (code, fold(english), fold(french))
        for code, english, french in Occupation.objects.values_list("code", "title_en", "title_fr")
    ]
    return [[code for code, *both in titles if any(fold(word) in title for title in both)] for word in words]


def _readings(words: list[str], elsewhere: dict[str, Q]) -> Iterator[tuple[list[str], list[str]]]:
    """Each way to read some words: which of them are said of the person, and which of anything else."""
    for choice in product(*([True, False] if word in elsewhere else [True] for word in words)):
        named = [word for word, is_name in zip(words, choice, strict=True) if is_name]
        yield named, [word for word in words if word not in named]


def _read(rows: Any, reading: tuple[list[str], list[str]], elsewhere: dict[str, Q]) -> Any:
    named, rest = reading
    for word in rest:
        rows = rows.filter(elsewhere[word])
    return rows.filter(person__in=called(named).values("pk")) if named else rows
