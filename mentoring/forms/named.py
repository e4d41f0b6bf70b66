"""One row among thousands, by what people type for it: a list to choose from would fill the page."""

from abc import ABC, abstractmethod
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from councils.models import Organisation
from mentoring.queries.people import called

# So many are told where several fit.
MOST_TOLD = 5


class NamedField(forms.CharField, ABC):
    """A text that stands for one of the form's `rows`; refused where none or several fit."""

    rows: "QuerySet[Any]"

    def __init__(self, **more: Any) -> None:
        super().__init__(max_length=254, widget=forms.TextInput(attrs={"autocomplete": "off"}), **more)

    def clean(self, value: Any) -> Any:
        """Find the row: what is typed in full comes before what is typed in part."""
        words = " ".join(super().clean(value).split())
        if not words:
            return None
        for found in self.find(words):
            # Somebody who stands in several rows is one person all the same.
            told = {self.tell(row): row for row in reversed(list(found[: MOST_TOLD + 1]))}
            if len(told) == 1:
                return next(iter(told.values()))
            if told:
                names = ", ".join(sorted(told, key=str.casefold)[:MOST_TOLD])
                raise ValidationError(self.several(names, all_told=len(told) <= MOST_TOLD))
        raise ValidationError(self.nothing())

    @abstractmethod
    def find(self, words: str) -> "tuple[QuerySet[Any], QuerySet[Any]]":
        """The rows that are named so, and those of which all the words are true."""

    @abstractmethod
    def tell(self, row: Any) -> str:
        """Tell a row from those with a similar name."""

    @abstractmethod
    def several(self, names: str, *, all_told: bool) -> str:
        """Say that more than one fits, and what to do."""

    @abstractmethod
    def nothing(self) -> str:
        """Say that none fits, and what to do."""


class PersonField(NamedField):
    """A person by name or e-mail address; `of` leads from a row to the person where rows are not people."""

    def __init__(self, *, of: str = "", **more: Any) -> None:
        self.of = of
        super().__init__(**more)

    def find(self, words: str) -> "tuple[QuerySet[Any], QuerySet[Any]]":
        """Those whose name or address this is, and those in whose name or address every word stands."""
        found = self.rows.filter(**{f"{self.of or 'pk'}__in": called(words.split()).values("pk")})
        path = f"{self.of}__" if self.of else ""
        named = Q(**{f"{path}name__folded": words}) | Q(**{f"{path}email__iexact": words})
        return found.filter(named), found

    def tell(self, row: Any) -> str:
        """Write the name with the address."""
        person = getattr(row, self.of) if self.of else row
        return f"{person.name} ({person.email})"

    def several(self, names: str, *, all_told: bool) -> str:
        """Name them, and ask for the address."""
        if all_told:
            words = _("Several people fit: %(names)s. Type the e-mail address of the one you mean.")
        else:
            words = _("Many people fit, among them %(names)s. Type more of the name, or the e-mail address.")
        return words % {"names": names}

    def nothing(self) -> str:
        """Ask for another spelling."""
        return _("Nobody who can be chosen here is called so. Check the spelling, or type the e-mail address.")


class OrganisationField(NamedField):
    """An organisation by its name in either language."""

    # What the form showed: left as it is, it needs no search and fits even where another has the same name.
    standing: Organisation | None = None

    def choose_from(self, rows: "QuerySet[Organisation]", standing: Organisation | None = None) -> None:
        """Say which organisations there are to name, and which of them stands there."""
        self.rows, self.standing, self.initial = rows, standing, standing

    def clean(self, value: Any) -> Any:
        """Find the organisation, unless it is the one that stands there."""
        if self.standing is not None and str(value or "").strip() == self.standing.name.strip():
            return self.standing
        return super().clean(value)

    def prepare_value(self, value: Any) -> Any:
        """Write the name of the one that stands there."""
        return value.name if isinstance(value, Organisation) else value

    def find(self, words: str) -> "tuple[QuerySet[Any], QuerySet[Any]]":
        """Those that are called so, and those in whose name every word stands."""
        found = self.rows
        for word in words.split():
            found = found.filter(Q(name_en__folded__contains=word) | Q(name_fr__folded__contains=word))
        return found.filter(Q(name_en__folded=words) | Q(name_fr__folded=words)), found

    def tell(self, row: Any) -> str:
        """Write the name with the kind of organisation."""
        return f"{row.name} ({row.get_group_display()})"

    def several(self, names: str, *, all_told: bool) -> str:
        """Name them, and ask for the whole name."""
        if all_told:
            words = _("Several organisations fit: %(names)s. Type the whole name of the one you mean.")
        else:
            words = _("Many organisations fit, among them %(names)s. Type more of the name.")
        return words % {"names": names}

    def nothing(self) -> str:
        """Ask for another spelling."""
        return _("No organisation that can be chosen here is called so. Check the spelling, or type less of the name.")
