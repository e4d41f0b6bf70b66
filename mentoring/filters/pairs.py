"""How staff narrow the list of pairs."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import django_filters as filters
from django.utils.translation import gettext_lazy as _

from councils.filters.workspace import SEARCH, Narrowed
from mentoring.models import Pair, Programme
from mentoring.queries.health import LABELS, Health, Level
from mentoring.queries.pairs import SEEN
from mentoring.states import PairState

STATES = [(state.value, state.label) for state in PairState if state in SEEN]


class PairFilter(Narrowed):
    """Pairs by name, how they are doing, where they stand and their programme."""

    q = filters.CharFilter(method="by_words", label=_("Search"), max_length=100, widget=SEARCH)
    level = filters.ChoiceFilter(
        method="by_level",
        choices=[(level.name.lower(), LABELS[level]) for level in Level],
        label=_("How it goes"),
        empty_label=_("All levels"),
    )
    state = filters.ChoiceFilter(choices=STATES, label=_("State"), empty_label=_("All states"))
    programme = filters.ModelChoiceFilter(
        queryset=lambda request: Programme.objects.order_by("name_en", "pk"),
        label=_("Programme"),
        empty_label=_("All programmes"),
    )

    class Meta:
        model = Pair
        fields: list[str] = []
        words = ("mentee_person__name", "mentor_person__name")

    def __init__(self, *args: Any, health: Mapping[UUID, Health], **kwargs: Any) -> None:
        self.health = health
        super().__init__(*args, **kwargs)

    def by_level(self, rows: Any, name: str, value: str) -> Any:
        """Keep the pairs under way that are at a level."""
        wanted = Level[value.upper()]
        return rows.filter(pk__in=[pk for pk, health in self.health.items() if health.level == wanted])
