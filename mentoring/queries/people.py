"""People by what is typed about them: words of a name, or an e-mail address."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from councils.models import User


def called(words: Iterable[str]) -> "QuerySet[User]":
    """The people in whose name or e-mail address every word stands, accents and capitals aside; an index finds them."""
    found = User.objects.all()
    for word in words:
        found = found.filter(Q(name__folded__contains=word) | Q(email__folded__contains=word))
    return found
