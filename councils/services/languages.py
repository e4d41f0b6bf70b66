"""The rule of two languages: nothing is published in one language only."""

from typing import Any

from django.utils.translation import gettext as _

from councils.queries.translation import missing
from councils.services.editing import Faulty, Text


def one_sided(item: Any) -> dict[str, Text]:
    """What is missing, field by field, before an item may be public; nothing for one that is complete."""
    errors: dict[str, Text] = {}
    for column, label in missing(item).items():
        if column.endswith("_fr"):
            sentence = _("%(text)s: write the French too. Nothing is published in one language only.")
        else:
            sentence = _("%(text)s: write the English too. Nothing is published in one language only.")
        errors[column] = sentence % {"text": label}
    return errors


def require_both_languages(item: Any) -> None:
    """Refuse, field by field, an item that would be public in one language only."""
    errors = one_sided(item)
    if errors:
        raise Faulty(errors)
