"""How the list of a council's people is narrowed; a value that means nothing is left out, and said so."""

from typing import Any

import django_filters as filters
from django import forms
from django.utils.translation import gettext_lazy as _

from councils.models import Membership
from councils.queries.people import COMING, CURRENT, PAST
from councils.roles import AT_A_COUNCIL, Role


class PeopleFilter(filters.FilterSet):
    """Names, roles and whether the role runs."""

    q = filters.CharFilter(
        field_name="person__name",
        lookup_expr="folded__contains",
        label=_("Name"),
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    role = filters.ChoiceFilter(
        choices=[(role.value, role.label) for role in Role if role in AT_A_COUNCIL],
        label=_("Role"),
        empty_label=_("All roles"),
    )
    standing = filters.ChoiceFilter(
        choices=[(CURRENT, _("Current")), (COMING, _("Not begun")), (PAST, _("Past"))],
        label=_("Term"),
        empty_label=_("All terms"),
    )

    class Meta:
        model = Membership
        fields: list[str] = []

    @property
    def ignored(self) -> list[str]:
        """The labels of the filters whose value means nothing here."""
        return [str(self.form.fields[name].label) for name in self.form.errors if name in self.form.fields]

    @property
    def is_active(self) -> bool:
        """Whether anything narrows the list."""
        return any(self.data.get(name) for name in self.filters)


def people_filter(data: Any, queryset: Any) -> PeopleFilter:
    """The filter over what the address asks for; today's roles where it asks for nothing."""
    return PeopleFilter(data or {"standing": CURRENT}, queryset=queryset)
