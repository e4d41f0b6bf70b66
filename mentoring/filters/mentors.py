"""How coordinators narrow the list of mentors."""

from typing import Any

import django_filters as filters
from django.db.models import F, Func
from django.utils.translation import gettext_lazy as _

from councils.filters.workspace import SEARCH
from councils.models import OccupationGroup
from mentoring.filters.words import ByWords
from mentoring.models import Mentor
from mentoring.queries.tongues import name_of
from mentoring.states import MentorState

FREE = [("yes", _("Has a free place")), ("no", _("All places are taken"))]


def _spoken() -> list[tuple[str, str]]:
    """The languages that the mentors in scope speak."""
    codes = Mentor.objects.annotate(tongue=Func(F("languages"), function="jsonb_object_keys"))
    found = [(code, name_of(code)) for code in codes.order_by().values_list("tongue", flat=True).distinct()]
    return sorted(found, key=lambda pair: pair[1].casefold())


class MentorFilter(ByWords):
    """Mentors by words, state, occupation, language and free places."""

    q = filters.CharFilter(method="by_words", label=_("Search"), max_length=100, widget=SEARCH)
    state = filters.ChoiceFilter(choices=MentorState.choices, label=_("State"), empty_label=_("All states"))
    group = filters.ModelChoiceFilter(
        queryset=OccupationGroup.objects.order_by("code"),
        field_name="occupation__group",
        label=_("Field"),
        empty_label=_("All fields"),
    )
    language = filters.ChoiceFilter(
        method="by_language", choices=_spoken, label=_("Language"), empty_label=_("All languages")
    )
    free = filters.ChoiceFilter(method="by_places", choices=FREE, label=_("Places"), empty_label=_("Free or not"))

    class Meta:
        model = Mentor
        fields: list[str] = []
        words = ("employer", "position", "about")

    def by_language(self, rows: Any, name: str, value: str) -> Any:
        """Keep those who speak a language."""
        return rows.filter(languages__has_key=value)

    def by_places(self, rows: Any, name: str, value: str) -> Any:
        """Keep those who can take somebody now, or whose places are all taken."""
        if value == "yes":
            return rows.filter(state=MentorState.AVAILABLE, capacity__gt=F("active_load"))
        return rows.filter(capacity=F("active_load"))
