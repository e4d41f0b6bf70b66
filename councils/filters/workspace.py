"""How staff narrow the lists of their workspace; a value that means nothing here is left out, and said so."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from councils.models import Event, LocalProgramme, Registration
from councils.states import StoryState

SHOWN = [("public", _("Public")), ("draft", _("Draft")), ("ended", _("Ended"))]


# A field for words, in which a list narrows as one types.
SEARCH = forms.TextInput(attrs={"type": "search", "autocomplete": "off"})


class Narrowed(filters.FilterSet):
    """A filter that says which of its values it could not use."""

    @property
    def ignored(self) -> list[str]:
        """The labels of the filters whose value means nothing here."""
        return [str(self.form.fields[name].label) for name in self.form.errors if name in self.form.fields]

    @property
    def is_active(self) -> bool:
        """Whether anything narrows the list."""
        return any(self.data.get(name) for name in self.form.fields)

    def by_words(self, rows: Any, name: str, value: str) -> Any:
        """Keep the rows whose name in either language holds every word, accents or not."""
        for word in value.split():
            hit = Q()
            for column in self.Meta.words:  # type: ignore[attr-defined]
                hit |= Q(**{f"{column}__unaccent__icontains": word})
            rows = rows.filter(hit)
        return rows


class ProgrammeFilter(Narrowed):
    """Programmes by name, kind and whether they are public, drafts or over."""

    q = filters.CharFilter(method="by_words", label=_("Search"), max_length=100, widget=SEARCH)
    kind = filters.ChoiceFilter(choices=LocalProgramme.Kind.choices, label=_("Kind"), empty_label=_("All kinds"))
    state = filters.ChoiceFilter(method="by_state", choices=SHOWN, label=_("State"), empty_label=_("All states"))

    class Meta:
        model = LocalProgramme
        fields: list[str] = []
        words = ("name_en", "name_fr")

    def by_state(self, rows: Any, name: str, value: str) -> Any:
        """Keep those in a state; a programme that ended is neither public nor a draft here."""
        if value == "ended":
            return rows.filter(ended_on__isnull=False)
        return rows.filter(ended_on=None, is_published=value == "public")


class EventFilter(Narrowed):
    """Events by title, kind and whether they are public."""

    q = filters.CharFilter(method="by_words", label=_("Search"), max_length=100, widget=SEARCH)
    kind = filters.ChoiceFilter(choices=Event.Kind.choices, label=_("Kind"), empty_label=_("All kinds"))
    state = filters.ChoiceFilter(method="by_state", choices=SHOWN[:2], label=_("State"), empty_label=_("All states"))

    class Meta:
        model = Event
        fields: list[str] = []
        words = ("title_en", "title_fr")

    def by_state(self, rows: Any, name: str, value: str) -> Any:
        """Keep the public ones or the drafts."""
        return rows.filter(is_published=value == "public")


class RegistrationFilter(Narrowed):
    """Who signed up for an event, by name, as what, and what became of them."""

    q = filters.CharFilter(method="by_words", label=_("Search"), max_length=100, widget=SEARCH)
    role = filters.ChoiceFilter(choices=Registration.Role.choices, label=_("Comes as"), empty_label=_("All roles"))
    state = filters.ChoiceFilter(choices=Registration.State.choices, label=_("State"), empty_label=_("All states"))

    class Meta:
        model = Registration
        fields: list[str] = []
        words = ("name", "organisation")


class StoryFilter(Narrowed):
    """Stories by where they stand."""

    state = filters.ChoiceFilter(choices=StoryState.choices, label=_("State"), empty_label=_("All states"))

    class Meta:
        fields: list[str] = []
        words: tuple[str, ...] = ()
