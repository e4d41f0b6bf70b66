"""The steps of an application after the first: language and time, and what one looks for."""

from functools import cache
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_scopes.forms import SafeModelChoiceField

from allies.kit.bilingual import alphabetical, current_language, other_language
from councils.forms.workspace.base import ProseField
from councils.models import Organisation, Place
from councils.queries.occupations import fold
from councils.services.reference import language_names
from mentoring.eligibility import LANGUAGE_NAMES
from mentoring.forms.apply import LEVELS, said, yes_no
from mentoring.forms.apply_work import StepForm, WorkForm, by_name
from mentoring.models import Application, Goal, Heard, Mode, Slot
from mentoring.queries import tongues
from mentoring.queries.heard import HOW, senders

MORE_LANGUAGES = (1, 2, 3)
SKILLS = {
    "level_listening": gettext_lazy("Listening"),
    "level_speaking": gettext_lazy("Speaking"),
    "level_reading": gettext_lazy("Reading"),
    "level_writing": gettext_lazy("Writing"),
}


@cache
def _languages(language: str) -> dict[str, str]:
    return language_names(language)


class LanguageForm(StepForm):
    """Language and time."""

    own = (*Application.LEVELS, "level_evidence", "languages", "has_time", "availability", "mode", "place")
    asked = (*Application.LEVELS, "level_evidence", "has_time", "availability", "mode")
    level_evidence = forms.ChoiceField(
        label=gettext_lazy("How do you know?"),
        choices=[choice for choice in Application.Evidence.choices if choice[0]],
        widget=forms.RadioSelect,
        required=False,
    )
    other_official = forms.TypedChoiceField(coerce=int, empty_value=None, required=False)
    has_time = yes_no(
        "",
        yes=gettext_lazy("Yes"),
        no=gettext_lazy("No, not at present"),
        unsure=gettext_lazy("I am not sure"),
        required=False,
    )
    availability = forms.MultipleChoiceField(
        label=gettext_lazy("When could you meet a mentor?"),
        choices=Slot.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    mode = forms.ChoiceField(
        label=gettext_lazy("Where would you like to meet?"),
        choices=Mode.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    place = forms.ModelChoiceField(
        queryset=Place.objects.none(),
        label=gettext_lazy("Your city"),
        help_text=gettext_lazy("The nearest one on the list. Not needed if you want to meet online only."),
        required=False,
        empty_label="---------",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = Place.objects.order_by(alphabetical("name"))
        sentences = {level: str(words) for level, words in LEVELS}
        levels = [("", _("I don't know")), *((n, _level(n, sentences)) for n in range(1, 13))]
        for name, label in SKILLS.items():
            self.fields[name] = forms.TypedChoiceField(
                label=label, choices=levels, coerce=int, empty_value=None, required=False
            )
        spoken = [("", _("Not, or hardly")), *((level, str(words)) for level, words in tongues.LEVELS.items())]
        other = other_language(self.programme.language)
        self.fields["other_official"].label = capfirst(tongues.name_of(other))
        self.fields["other_official"].choices = spoken
        for n in MORE_LANGUAGES:
            self.fields[f"language_{n}"] = forms.CharField(
                label=_("Another language"),
                required=False,
                max_length=60,
                widget=forms.TextInput(attrs={"list": "languages", "autocomplete": "off"}),
            )
            self.fields[f"spoken_{n}"] = forms.TypedChoiceField(
                label=_("How well?"), choices=spoken[1:], coerce=int, empty_value=None, required=False
            )
        self.fields["has_time"].label = _("Do you have time for %(hours)s hours within %(weeks)s weeks?") % {
            "hours": self.programme.hours,
            "weeks": self.programme.weeks,
        }
        self._ask(needed=True)

    def kept(self, application: Application) -> dict[str, Any]:
        """Show languages in their rows, best first."""
        language = self.programme.language
        other = other_language(language)
        languages = {code: level for code, level in application.languages.items() if code != language}
        rows = sorted(((level, code) for code, level in languages.items() if code != other), reverse=True)
        shown: dict[str, Any] = {"other_official": _nearest(languages.get(other))}
        for n, (level, code) in zip(MORE_LANGUAGES, rows, strict=False):
            shown |= {f"language_{n}": tongues.name_of(code), f"spoken_{n}": _nearest(level)}
        answered = application.has_time is not None or bool(application.availability)
        return {**super().kept(application), **shown, "has_time": said(application.has_time) if answered else ""}

    @property
    def language_name(self) -> str:
        """The programme's language, as it stands within a sentence."""
        return str(LANGUAGE_NAMES[self.programme.language])

    @property
    def skills(self) -> list[forms.BoundField]:
        """The four levels in the programme's language."""
        return [self[name] for name in SKILLS]

    @property
    def more(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The rows for other languages."""
        return [(self[f"language_{n}"], self[f"spoken_{n}"]) for n in MORE_LANGUAGES]

    def language_list(self) -> list[str]:
        """The names offered while typing."""
        return [name for _code, name in tongues.choices()]

    def clean(self) -> dict[str, Any]:
        """Gather all languages with their levels: the programme's own counts by its weakest skill."""
        data, language = self.cleaned_data, self.programme.language
        told = [data[name] for name in Application.LEVELS if data.get(name) is not None]
        languages = {language: min(told)} if told else {}
        if data.get("other_official"):
            languages[other_language(language)] = data["other_official"]
        here = current_language()
        known = by_name(_languages(other_language(here)), _languages(here))
        for n in MORE_LANGUAGES:
            typed = (data.get(f"language_{n}") or "").strip()
            if not typed:
                continue
            code = known.get(fold(typed))
            if code is None:
                self.add_error(f"language_{n}", _("We don't know this language: choose it from the list."))
            elif code not in languages:
                languages[code] = data.get(f"spoken_{n}") or 12
        data["languages"] = languages
        return data


def _level(level: int, sentences: dict[int, str]) -> str:
    if level in (5, 6, 7, 8):
        return sentences[level]
    return {
        4: _("4: short everyday talk"),
        9: _("9: difficult subjects with ease"),
        12: _("12: like a first language"),
    }.get(level, str(level))


def _nearest(level: int | None) -> int | str:
    """The level in words that stands for a level."""
    return max((known for known in tongues.LEVELS if known <= level), default=4) if level else ""


class WishForm(StepForm):
    """What you look for."""

    own = ("goals", "about", "heard_by", "heard_org", "heard_from")
    asked = ("goals",)
    goals = forms.MultipleChoiceField(
        label=gettext_lazy("What would you like to work on with a mentor?"),
        help_text=gettext_lazy("Choose what matters most; two or three are enough."),
        choices=Goal.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    about = ProseField(
        label=gettext_lazy("In your own words"),
        help_text=gettext_lazy("What have you done so far, and where would you like to be in two years?"),
        max_length=1500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    heard_by = forms.ChoiceField(
        label=gettext_lazy("How did you hear of us?"), choices=[("", "---------"), *Heard.choices], required=False
    )
    heard_org = SafeModelChoiceField(
        queryset=Organisation.objects.none(),
        label=gettext_lazy("Which organisation or network?"),
        required=False,
        empty_label=gettext_lazy("None of these"),
    )
    heard_from = forms.CharField(
        label=gettext_lazy("Who told you about us?"),
        help_text=gettext_lazy("A name, if you like, so that we can thank them."),
        max_length=120,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisation: Any = self.fields["heard_org"]
        organisation.queryset = senders(self.programme.council)

    def kept(self, application: Application) -> dict[str, Any]:
        """Show the organisation by its key."""
        return {**super().kept(application), "heard_org": application.heard_org_id}

    def clean(self) -> dict[str, Any]:
        """Whoever names an organisation has said how they heard of us."""
        found = super().clean() or self.cleaned_data
        if (organisation := found.get("heard_org")) and not found.get("heard_by"):
            found["heard_by"] = HOW[organisation.group]
        return found


STEPS: dict[int, type[StepForm]] = {1: WorkForm, 2: LanguageForm, 3: WishForm}
