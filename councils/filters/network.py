"""How national staff narrow the lists of councils, figures and reflections."""

from typing import Any

import django_filters as filters
from django.utils.translation import gettext_lazy as _

from allies.kit.bilingual import alphabetical
from councils.filters.workspace import SEARCH
from councils.models import Council, Fact, HostType, Province
from councils.queries.directory import naming
from councils.queries.facts_register import disputed
from councils.queries.facts_register import naming as naming_figures
from councils.queries.network import EXCEPTIONS
from councils.queries.reflections import QUESTIONS
from councils.states import Stage

SIZES = [pair for pair in Council.Population.choices if pair[0]]


def _provinces() -> list[tuple[str, str]]:
    found = Province.objects.filter(councils__isnull=False).distinct().order_by(alphabetical("name"))
    return [(province.code, province.name) for province in found]


def _council_choices() -> list[tuple[str, Any]]:
    return [("network", _("The whole network")), *((c.slug_en, c.name) for c in Council.objects.by_name())]


class Lenient(filters.FilterSet):
    """A list whose unknown values are left out, and said so."""

    @property
    def is_active(self) -> bool:
        """Whether something narrows the list."""
        return any(self.data.get(name) for name in self.form.fields)

    @property
    def ignored(self) -> list[str]:
        """The labels of the filters whose value means nothing here."""
        return [str(self.form.fields[name].label) for name in self.form.errors if name in self.form.fields]


class NetworkFilter(Lenient):
    """All councils, by words and facts, and by what needs a look."""

    q = filters.CharFilter(method="by_words", label=_("Search"), max_length=100, widget=SEARCH)
    stage = filters.ChoiceFilter(choices=Stage.choices, label=_("Stage"), empty_label=_("All stages"))
    province = filters.ChoiceFilter(choices=_provinces, label=_("Province"), empty_label=_("All provinces"))
    population = filters.ChoiceFilter(choices=SIZES, label=_("Population"), empty_label=_("All sizes"))
    host = filters.ChoiceFilter(
        field_name="host_type", choices=HostType.choices, label=_("Host"), empty_label=_("All hosts")
    )
    kind = filters.ChoiceFilter(choices=Council.Kind.choices, label=_("Kind"), empty_label=_("All kinds"))
    needs = filters.ChoiceFilter(
        method="by_need",
        choices=[(name, label) for name, (label, _condition) in EXCEPTIONS.items()],
        label=_("Needs a look"),
        empty_label=_("All councils"),
    )

    class Meta:
        model = Council
        fields: list[str] = []

    def by_words(self, councils: Any, _name: str, value: str) -> Any:
        """Keep the councils that every word fits."""
        return naming(councils, value)

    def by_need(self, councils: Any, _name: str, value: str) -> Any:
        """Keep the councils that stand out in one way."""
        return councils.filter(EXCEPTIONS[value][1]())


class FigureFilter(Lenient):
    """The register of facts, by words, state and conflict."""

    q = filters.CharFilter(method="by_words", label=_("Search"), max_length=100, widget=SEARCH)
    council = filters.ChoiceFilter(
        method="by_council", choices=_council_choices, label=_("Council"), empty_label=_("All figures")
    )
    state = filters.ChoiceFilter(
        method="by_state",
        choices=[("published", _("Published")), ("draft", _("Not published")), ("disputed", _("Sources disagree"))],
        label=_("State"),
        empty_label=_("All states"),
    )

    class Meta:
        model = Fact
        fields: list[str] = []

    def by_words(self, figures: Any, _name: str, value: str) -> Any:
        """Keep the figures that every word fits."""
        return naming_figures(figures, value)

    def by_council(self, figures: Any, _name: str, value: str) -> Any:
        """Keep the figures of one council, or of the network as a whole."""
        return figures.filter(council=None) if value == "network" else figures.filter(council__slug_en=value)

    def by_state(self, figures: Any, _name: str, value: str) -> Any:
        """Keep the figures in one state."""
        if value == "disputed":
            return figures.filter(pk__in=disputed(Fact.objects.all()).values("pk"))
        return figures.filter(is_published=value == "published")


class ReflectionFilter(Lenient):
    """Whose reflections are compared, on which question."""

    year = filters.ChoiceFilter(method="keep", label=_("Year"), empty_label=None)
    question = filters.ChoiceFilter(
        method="keep", choices=list(QUESTIONS.items()), label=_("Question"), empty_label=None
    )
    stage = filters.ChoiceFilter(choices=Stage.choices, label=_("Stage"), empty_label=_("All stages"))
    province = filters.ChoiceFilter(choices=_provinces, label=_("Province"), empty_label=_("All provinces"))
    population = filters.ChoiceFilter(choices=SIZES, label=_("Population"), empty_label=_("All sizes"))

    class Meta:
        model = Council
        fields: list[str] = []

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["year"].extra["choices"] = [(str(year), str(year)) for year in years]

    def keep(self, councils: Any, _name: str, _value: str) -> Any:
        """Say what is compared; it narrows nothing."""
        return councils
