"""How the public narrows the directory; a value that means nothing here is left out, and said so."""

from dataclasses import dataclass
from typing import Any

import django_filters as filters
from django import forms
from django.utils.translation import gettext_lazy as _

from allies.kit.bilingual import alphabetical
from councils.models import Council, HostType, LocalProgramme, Province
from councils.queries.directory import naming, running
from councils.states import Stage


def _provinces() -> list[tuple[str, str]]:
    found = Province.objects.filter(councils__is_published=True).distinct().order_by(alphabetical("name"))
    return [(province.code, province.name) for province in found]


@dataclass(frozen=True, slots=True)
class Chosen:
    """One thing that narrows the list: its label, its value in words, and the list without it."""

    label: str
    value: str
    without: str


class CouncilFilter(filters.FilterSet):
    """Words and facts; each narrows what the others leave."""

    q = filters.CharFilter(
        method="by_words",
        label=_("Search"),
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        help_text=_("A name, a city, a host. Accents make no difference."),
    )
    province = filters.ChoiceFilter(choices=_provinces, label=_("Province"), empty_label=_("All provinces"))
    stage = filters.ChoiceFilter(choices=Stage.choices, label=_("Stage"), empty_label=_("All stages"))
    kind = filters.ChoiceFilter(choices=Council.Kind.choices, label=_("Kind"), empty_label=_("All kinds"))
    host = filters.ChoiceFilter(
        field_name="host_type", choices=HostType.choices, label=_("Host"), empty_label=_("All hosts")
    )
    programme = filters.ChoiceFilter(
        method="by_programme",
        choices=LocalProgramme.Kind.choices,
        label=_("Programme"),
        empty_label=_("All programmes"),
    )
    population = filters.ChoiceFilter(
        choices=[pair for pair in Council.Population.choices if pair[0]],
        label=_("Population"),
        empty_label=_("All sizes"),
    )

    class Meta:
        model = Council
        fields: list[str] = []

    def by_words(self, councils: Any, _name: str, value: str) -> Any:
        """Keep the councils that every word fits."""
        return naming(councils, value)

    def by_programme(self, councils: Any, _name: str, value: str) -> Any:
        """Keep the councils that run a programme of the kind."""
        return running(councils, [value])

    @property
    def ignored(self) -> list[str]:
        """The labels of the filters whose value means nothing here."""
        return [str(self.form.fields[name].label) for name in self.form.errors if name in self.form.fields]

    @property
    def chosen(self) -> list[Chosen]:
        """What narrows the list now."""
        self.form.is_valid()
        return [self._chosen(name, value) for name, value in getattr(self.form, "cleaned_data", {}).items() if value]

    def _chosen(self, name: str, value: str) -> Chosen:
        field, rest = self.form.fields[name], self.data.copy()
        for left_out in (name, "page"):
            rest.pop(left_out, None)
        words = dict(getattr(field, "choices", [])).get(value, value)
        return Chosen(str(field.label), str(words), f"?{rest.urlencode()}")
