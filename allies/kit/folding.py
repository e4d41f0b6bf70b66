"""Search in which neither accents nor capitals count, and that an index can serve: `name__folded__contains="zoe"`."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db.models import CharField, TextField, Transform


class Folded(Transform):
    """A text without accents, in lower case; what it is compared with is folded too."""

    # Postgres calls its own `unaccent` stable and refuses to index it; this function of ours promises more.
    function = "kit_fold"
    lookup_name = "folded"
    bilateral = True


CharField.register_lookup(Folded)
TextField.register_lookup(Folded)


def anywhere(name: str, *columns: str) -> GinIndex:
    """Make the index that finds a part of a word in any of the columns."""
    return GinIndex(*(OpClass(Folded(column), "gin_trgm_ops") for column in columns), name=name)
