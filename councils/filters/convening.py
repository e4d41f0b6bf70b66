"""How staff narrow the list of organisations."""

from typing import Any

import django_filters as filters
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from councils.filters.workspace import SEARCH, Narrowed
from councils.models import Organisation, Sector, StakeholderGroup

PRESENCE = [("here", _("At the table")), ("left", _("Left the table"))]


class OrganisationFilter(Narrowed):
    """Organisations by name, group, sector and whether they still sit at the table."""

    q = filters.CharFilter(method="by_words", label=_("Search"), max_length=100, widget=SEARCH)
    group = filters.ChoiceFilter(choices=StakeholderGroup.choices, label=_("Group"), empty_label=_("All groups"))
    sector = filters.ModelChoiceFilter(
        queryset=Sector.objects.order_by("code"), label=_("Sector"), empty_label=_("All sectors")
    )
    presence = filters.ChoiceFilter(
        method="by_presence", choices=PRESENCE, label=_("At the table"), empty_label=_("Now and before")
    )

    class Meta:
        model = Organisation
        fields: list[str] = []
        words = ("name_en", "name_fr")

    def by_presence(self, rows: Any, name: str, value: str) -> Any:
        """Keep those at the table today, or those that left."""
        gone = Q(left_on__lte=timezone.localdate())
        return rows.filter(gone) if value == "left" else rows.exclude(gone)
