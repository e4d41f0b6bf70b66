"""An occupation named in one's own words, then chosen from what was found: with and without JavaScript."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from councils.models import Occupation
from councils.queries.occupations import find_occupations, fold

MOST_FOUND = 12


class OccupationFields(forms.Form):
    """The words typed, and the code chosen; words that can mean one occupation only need no choice."""

    occupation_words = forms.CharField(
        label=gettext_lazy("Your occupation"),
        help_text=gettext_lazy("Type a job title in English or French, then choose. Example: software engineer."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    occupation = forms.CharField(required=False, max_length=5)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.results: list[Occupation] = []

    @property
    def choices(self) -> list[Occupation]:
        """What can be chosen: the occupation that stands there, and what was found."""
        chosen = Occupation.objects.filter(pk=str(self["occupation"].value() or "")[:5])
        return list({occupation.pk: occupation for occupation in [*chosen, *self.results]}.values())

    def look_up(self, words: str) -> None:
        """Find what the typed words may mean, for choosing without JavaScript."""
        self.results = list(find_occupations(words[:120], limit=MOST_FOUND))

    @classmethod
    def typed(cls, data: QueryDict) -> dict[str, Any]:
        """What was typed so far, for a form that shows it again without judging it."""
        fields = cls.base_fields
        return {
            name: data.getlist(name) if isinstance(field, forms.MultipleChoiceField) else data.get(name)
            for name, field in fields.items()
        }

    def clean_occupation(self) -> Occupation | None:
        """Turn the code into the occupation."""
        code = self.cleaned_data["occupation"]
        if not code:
            return None
        found = Occupation.objects.filter(pk=code).first()
        if found is None:
            raise ValidationError(_("Choose an occupation from the list."))
        return found

    def clean(self) -> dict[str, Any]:
        """Ask to choose where words were typed that may mean several occupations."""
        found = super().clean() or self.cleaned_data
        words, chosen = found.get("occupation_words"), found.get("occupation")
        if not words or "occupation" in self.errors:
            return found
        if chosen is not None:
            return found
        self.look_up(words)
        exact = [one for one in self.results if fold(one.title) == fold(words)]
        if len(exact) == 1:
            found["occupation"] = exact[0]
            return found
        self.add_error(
            "occupation_words",
            _("Choose the occupation that fits from the list.")
            if self.results
            else _("We found no occupation with these words. Try another title, or fewer words."),
        )
        return found
