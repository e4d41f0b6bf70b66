"""The first step of an application: about you and your work."""

from functools import cache
from typing import Any, ClassVar

from babel import Locale
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allies.kit.bilingual import alphabetical, current_language, other_language
from councils.models import Sector
from councils.queries.occupations import fold
from mentoring.forms.apply import WorkYears, said, yes_no
from mentoring.forms.occupations import OccupationFields
from mentoring.models import Application, Employment, ResidenceStatus

MOST_COUNTRIES = 10
# Codes of what is no country: unions, currencies, tests.
_NO_COUNTRY = frozenset({"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"})


@cache
def _countries(language: str) -> dict[str, str]:
    names = Locale.parse(f"{language}_CA").territories
    return {code: name for code, name in names.items() if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRY}


def by_name(*tables: dict[str, str]) -> dict[str, str]:
    """Turn tables from code to name into one from name to code, however it is typed."""
    return {fold(name): code for table in tables for code, name in table.items()}


class StepForm(forms.Form):
    """One step of a draft: it shows what was kept, and gathers what can be kept, however unfinished it is."""

    own: ClassVar[tuple[str, ...]] = ()
    # Asked for before the application is sent, so not called optional; a draft may leave them open.
    asked: ClassVar[tuple[str, ...]] = ()
    use_required_attribute = False

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        self.application = application
        self.programme = application.intake.programme
        super().__init__(*args, initial=self.kept(application), **kwargs)
        self._ask(needed=True)

    def _ask(self, *, needed: bool) -> None:
        for name in self.asked:
            if name in self.fields:
                self.fields[name].required = needed

    def full_clean(self) -> None:
        """Take what there is: what is missing is told before sending."""
        self._ask(needed=False)
        super().full_clean()
        self._ask(needed=True)

    def kept(self, application: Application) -> dict[str, Any]:
        """What the draft holds, as the fields show it."""
        return {name: getattr(application, name) for name in self.own}

    @property
    def facts(self) -> dict[str, Any]:
        """What can be kept: every answer that makes sense, also while others do not."""
        return {name: self.cleaned_data[name] for name in self.own if name in self.cleaned_data}


class WorkForm(StepForm, OccupationFields, WorkYears):
    """About you and your work."""

    own = (
        *("status", "is_job_ready", "employment", "employer", "occupation", "industry"),
        *("years", "last_worked", "countries"),
    )
    asked = ("status", "is_job_ready", "employment", "occupation_words", "years", "last_worked")
    status = forms.ChoiceField(
        label=gettext_lazy("Your status in Canada"),
        choices=ResidenceStatus.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    industry = forms.ModelChoiceField(
        queryset=Sector.objects.none(),
        label=gettext_lazy("Industry"),
        required=False,
        empty_label=gettext_lazy("Any"),
    )
    is_job_ready = yes_no(
        gettext_lazy("Could you start a job in your field now?"),
        yes=gettext_lazy("Yes"),
        no=gettext_lazy("No, I need a licence, a course or something else first"),
        unsure=gettext_lazy("I am not sure"),
        required=False,
    )
    employment = forms.ChoiceField(
        label=gettext_lazy("Do you work today?"),
        choices=Employment.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    employer = forms.CharField(
        label=gettext_lazy("Where do you work today?"),
        help_text=gettext_lazy("So that nobody from the same workplace becomes your mentor by accident."),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    countries = forms.CharField(
        label=gettext_lazy("In which countries have you worked?"),
        help_text=gettext_lazy("With commas between them, for example: India, Kuwait."),
        required=False,
        max_length=300,
    )
    field_order = (
        *("status", "occupation_words", "occupation", "years", "last_worked", "is_job_ready"),
        *("employment", "employer", "industry", "countries"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["industry"].queryset = Sector.objects.order_by(alphabetical("title"))
        self.fields["occupation_words"].label = _("Which occupation do you look for?")

    def kept(self, application: Application) -> dict[str, Any]:
        """Show yes and no as words, the occupation by its title and countries by their names."""
        names = _countries(current_language())
        chosen = application.occupation
        return {
            **super().kept(application),
            # A draft that was never saved has not said "unsure" either.
            "is_job_ready": said(application.is_job_ready) if application.status else "",
            "occupation": chosen.pk if chosen else "",
            "occupation_words": chosen.title if chosen else "",
            "countries": ", ".join(names.get(code, code) for code in application.countries),
        }

    def clean_countries(self) -> list[str]:
        """Turn names of countries, in either language, into codes."""
        here = current_language()
        known = by_name(_countries(other_language(here)), _countries(here))
        typed = [part.strip() for part in self.cleaned_data["countries"].split(",") if part.strip()]
        if unknown := [part for part in typed if fold(part) not in known]:
            raise ValidationError(
                _("We don't know a country called “%(name)s”. Write its whole name.") % {"name": unknown[0]}
            )
        codes = list(dict.fromkeys(known[fold(part)] for part in typed))
        if len(codes) > MOST_COUNTRIES:
            raise ValidationError(_("At most ten countries: name those where you worked longest."))
        return codes
