"""The form of a yearly reflection: seven questions, two of which are published."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from councils.forms.workspace.base import BilingualForm, Pair, ProseField
from councils.models import Reflection
from councils.queries.reflections import QUESTIONS
from councils.services.reflections import FIELDS

ASKED = {
    "biggest_success": _("What are you proudest of this year? One thing, told so that a stranger sees it."),
    "biggest_challenge": _("What stood in the way most, and what did you try?"),
    "what_works": _("What would you tell another council to copy?"),
    "value": _("What did the network give you that you would not have had alone?"),
    "recommendations": _("What should the network do next year: more of, less of, or new?"),
    "start_again": _("Knowing what you know now, what would you do differently from the first day?"),
    "favourite_story": _("One person, one moment. Leave out names: stories with names need consent."),
}


class ReflectionForm(BilingualForm):
    """The seven answers, each in one language or both."""

    own = FIELDS
    rows = {question: 6 if question in ("biggest_success", "biggest_challenge") else 5 for question in ASKED}

    class Meta:
        model = Reflection
        fields = FIELDS
        field_classes = dict.fromkeys(FIELDS, ProseField)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea):
                field.required = False

    def questions(self) -> Iterator[tuple[Pair, Any, bool]]:
        """Each question's pair, what is asked, and whether the answer is published."""
        for question, asked in ASKED.items():
            published = question in ("biggest_success", "biggest_challenge")
            yield self.pair(question, QUESTIONS[question]), asked, published
