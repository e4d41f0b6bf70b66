"""How the public narrows the directory of professional immigrant networks."""

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from allies.kit.bilingual import alphabetical
from councils.models import Council, Organisation, Sector
from councils.queries.published import immigrant_networks


def _councils() -> list[tuple[str, str]]:
    found = Council.objects.filter(organisations__in=immigrant_networks().order_by()).distinct()
    named = found.select_related("place").order_by(alphabetical("place__name"), "pk")
    return [(council.slug_en, council.place.name) for council in named]


def _sectors() -> list[tuple[str, str]]:
    found = Sector.objects.filter(pk__in=immigrant_networks().order_by().values("sector"))
    return [(sector.code, sector.title) for sector in found.order_by("code")]


class NetworkFilter(filters.FilterSet):
    """Words, a city, what members share, and their sector."""

    q = filters.CharFilter(
        method="by_words", label=_("Search"), max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    council = filters.ChoiceFilter(
        field_name="council__slug_en", choices=_councils, label=_("City"), empty_label=_("All cities")
    )
    focus = filters.ChoiceFilter(
        choices=[pair for pair in Organisation.Focus.choices if pair[0]],
        label=_("What its members share"),
        empty_label=_("Anything"),
    )
    sector = filters.ChoiceFilter(
        field_name="sector__code", choices=_sectors, label=_("Sector"), empty_label=_("All sectors")
    )

    class Meta:
        model = Organisation
        fields: list[str] = []

    @property
    def is_active(self) -> bool:
        """Whether anything narrows the list."""
        return self.form.is_valid() and any(self.form.cleaned_data.values())

    def by_words(self, networks: "QuerySet[Organisation]", _name: str, value: str) -> "QuerySet[Organisation]":
        """Keep the networks that every word fits, whatever its accents."""
        for word in value.split():
            fits = Q()
            for text in ("name_en", "name_fr", "about_en", "about_fr", "council__place__name_en"):
                fits |= Q(**{f"{text}__unaccent__icontains": word})
            networks = networks.filter(fits)
        return networks
