"""What narrows results and models, and the forms of a report and of a yearly target."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from councils.models import StakeholderGroup
from mentoring.models import Intake, Programme
from mentoring.queries.tallies import Choice


class Narrowing(forms.Form):
    """Choices in an address; one that means nothing here is left out, and said so."""

    def __init__(self, data: QueryDict, *args: Any, **kwargs: Any) -> None:
        # So that the site's filter bar draws it like any other.
        self.form = self
        super().__init__(data, *args, auto_id="id_%s", **kwargs)

    @property
    def ignored(self) -> list[str]:
        """The labels of the choices that mean nothing here."""
        return [str(self.fields[name].label) for name in self.errors if name in self.fields]

    @property
    def is_active(self) -> bool:
        """Whether anything is chosen."""
        return any(self.data.get(name) for name in self.fields)

    def value(self, name: str) -> str:
        """What was chosen, or nothing."""
        self.is_valid()
        return str(self.cleaned_data.get(name) or "")


class ResultChoice(Narrowing):
    """Results by programme, intake and the year in which the pairs ended."""

    programme = forms.ChoiceField(label=_("Programme"), required=False)
    intake = forms.ChoiceField(label=_("Intake"), required=False)
    year = forms.ChoiceField(label=_("Ended in"), required=False)

    def __init__(
        self, data: QueryDict, programmes: Iterable[Programme], intakes: Iterable[Intake], years: Iterable[int]
    ) -> None:
        super().__init__(data)
        self._choose("programme", _("All programmes"), ((row.pk, row.name) for row in programmes))
        self._choose("intake", _("All intakes"), ((row.pk, str(row)) for row in intakes))
        self._choose("year", _("Any year"), ((year, year) for year in years))

    def _choose(self, name: str, nothing: Any, values: Iterable[tuple[Any, Any]]) -> None:
        self.fields[name].choices = [("", nothing), *((str(key), label) for key, label in values)]  # type: ignore[attr-defined]

    @property
    def choice(self) -> Choice:
        """What was chosen, for the counting."""
        programme, intake, year = (self.value(name) for name in ("programme", "intake", "year"))
        return Choice(
            UUID(programme) if programme else None,
            UUID(intake) if intake else None,
            int(year) if year else None,
        )


class ModelChoice(Narrowing):
    """The network's programmes by kind, language and who delivers them."""

    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All kinds")), *Programme.Kind.choices])
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", _("Both languages")), *Programme.Language.choices]
    )
    partner = forms.ChoiceField(
        label=_("Delivered by"),
        required=False,
        choices=[("", _("Anybody")), ("council", _("The council itself")), *StakeholderGroup.choices],
    )


class ReportForm(forms.Form):
    """Why results are written down."""

    reason = forms.CharField(
        label=_("What is it for?"),
        help_text=_("One sentence, such as “for the annual report”. Whoever reads the report reads it: name nobody."),
        max_length=300,
    )


class TargetForm(forms.Form):
    """What a programme aims at in a year."""

    # A field called "matches" would stand before the form's own method of that name in the browser.
    begun = forms.IntegerField(label=_("Pairs that begin"), min_value=0, max_value=5000)
    completed = forms.IntegerField(label=_("Pairs that complete"), min_value=0, max_value=5000)
