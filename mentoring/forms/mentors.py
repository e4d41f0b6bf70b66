"""What mentors are asked, and what coordinators are asked about them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django_scopes.forms import SafeModelChoiceField

from allies.kit.bilingual import alphabetical
from allies.kit.ui.formats import day
from councils.forms.workspace.base import DayInput, ProseField
from councils.models import Organisation, Place, Sector
from mentoring.forms.employers import LEVELS
from mentoring.forms.named import PersonField
from mentoring.forms.occupations import OccupationFields
from mentoring.models import Exclusion, Goal, Mentor, Mode, OrientationSession, Programme, Slot
from mentoring.queries import tongues
from mentoring.queries.employers import terms_of, unmet
from mentoring.services.exclusions import BY_STAFF
from mentoring.services.mentors import FIELDS

OTHERS = ("1", "2")
_levels = lazy(lambda: [("", _("Not spoken")), *tongues.LEVELS.items()], list)
_spoken = lazy(lambda: [("", _("None")), *tongues.choices()], list)


def _level(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, choices=_levels, coerce=int, empty_value=0, required=False)


def _several(label: Any, choices: Iterable[Any], **more: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, choices=choices, widget=forms.CheckboxSelectMultiple, **more)


class OfferForm(OccupationFields):
    """What somebody offers as a mentor."""

    industry = forms.ModelChoiceField(
        queryset=Sector.objects.order_by("code"), label=_("Industry"), required=False, empty_label=_("No answer")
    )
    years = forms.IntegerField(label=_("Years of experience"), min_value=0, max_value=70)
    position = forms.CharField(label=_("Position"), max_length=120, required=False)
    seniority = forms.ChoiceField(label=_("Level"), choices=[("", _("No answer")), *LEVELS], required=False)
    employer = forms.CharField(label=_("Employer"), max_length=120, required=False)
    level_en = _level(_("English"))
    level_fr = _level(_("French"))
    other_1 = forms.ChoiceField(label=_("Another language"), choices=_spoken, required=False)
    level_1 = _level(_("Its level"))
    other_2 = forms.ChoiceField(label=_("One more language"), choices=_spoken, required=False)
    level_2 = _level(_("Its level"))
    kinds = _several(_("How you would like to mentor"), Programme.Kind.choices)
    goals = _several(_("What you can help with"), Goal.choices)
    availability = _several(_("When you can meet"), Slot.choices)
    mode = forms.ChoiceField(label=_("Where you can meet"), choices=Mode.choices, widget=forms.RadioSelect)
    place = forms.ModelChoiceField(
        queryset=Place.objects.none(), label=_("City"), required=False, empty_label=_("No answer")
    )
    capacity = forms.IntegerField(
        label=_("Mentees at a time"),
        min_value=1,
        max_value=12,
        help_text=_("Most mentors begin with one. A group needs four to six, as its programme says."),
    )
    serves_network = forms.BooleanField(label=_("I also mentor people of other councils, online"), required=False)
    about = ProseField(
        label=_("In your own words"),
        max_length=1500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What would you tell somebody who is new in your profession here? Mentees read this."),
    )

    def __init__(
        self, *args: Any, mentor: Mentor | None = None, employer: Organisation | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.mentor = mentor
        places: Any = self.fields["place"]
        places.queryset = Place.objects.order_by(alphabetical("name"), "pk")
        given, self.initial = self.initial, {"kinds": [Programme.Kind.ONE_TO_ONE], "mode": Mode.EITHER, "capacity": 1}
        if mentor is not None:
            self.initial = {name: getattr(mentor, name) for name in FIELDS if name not in ("occupation", "languages")}
            self.initial |= {"occupation": mentor.occupation_id, "occupation_words": mentor.occupation.title}
            self.initial |= self._languages(mentor.languages)
        self.initial |= given
        self._work_for(employer or (mentor.staff_of if mentor else None))

    def _work_for(self, employer: Organisation | None) -> None:
        """Fix the employer of somebody who mentors as one of its staff, and ask what its rules are about."""
        if employer is None:
            return
        self.fields["employer"].disabled = self.fields["employer"].required = True
        # Written once, in the language of that day: a later edit in the other one changes nothing.
        self.initial["employer"] = (self.mentor.employer if self.mentor else "") or employer.name[:120]
        self.fields["seniority"].required = bool(terms_of(employer).seniority)

    def _languages(self, spoken: Mapping[str, int]) -> dict[str, Any]:
        """What is spoken, by field; a level that an import brought is offered beside the usual ones."""
        found: dict[str, Any] = {}
        levels = {"level_en": spoken.get("en"), "level_fr": spoken.get("fr")}
        others = [(code, level) for code, level in spoken.items() if code not in ("en", "fr")]
        for number, (code, level) in zip(OTHERS, others, strict=False):
            found[f"other_{number}"] = code
            levels[f"level_{number}"] = level
        for name, level in levels.items():
            field: Any = self.fields[name]
            if level and level not in tongues.LEVELS:
                field.choices = [*field.choices, (level, tongues.level_of(level))]
        return {**found, **{name: level for name, level in levels.items() if level}}

    def clean(self) -> dict[str, Any]:
        """Gather the languages: a level for each, each once, and one of the two official ones."""
        found = super().clean() or self.cleaned_data
        # Those for which the form has no place stay.
        before = self.mentor.languages if self.mentor else {}
        spoken = dict([pair for pair in before.items() if pair[0] not in ("en", "fr")][len(OTHERS) :])
        for code, name in (("en", "level_en"), ("fr", "level_fr")):
            if found.get(name):
                spoken[code] = found[name]
        if not spoken.keys() & {"en", "fr"} and not {"level_en", "level_fr"} & self.errors.keys():
            self.add_error("level_en", _("Say how well you speak English, French or both."))
        for number in OTHERS:
            code, level = found.get(f"other_{number}"), found.get(f"level_{number}")
            if code and not level and f"level_{number}" not in self.errors:
                self.add_error(f"level_{number}", _("Say how well you speak it."))
            if code in spoken:
                self.add_error(f"other_{number}", _("This language stands there already."))
            elif code and level:
                spoken[code] = level
        found["languages"] = spoken
        return found

    @property
    def facts(self) -> dict[str, Any]:
        """What was gathered, by the names of the model's fields."""
        return {name: self.cleaned_data[name] for name in FIELDS if name in self.cleaned_data}

    def lines(self, *names: str) -> list[Any]:
        """Some of the fields, for a part of the page."""
        return [self[name] for name in names]

    @property
    def parts(self) -> list[tuple[Any, list[Any]]]:
        """The fields under their headings."""
        languages = ("level_en", "level_fr", "other_1", "level_1", "other_2", "level_2")
        return [
            (
                _("Your profession"),
                self.lines("occupation_words", "industry", "years", "position", "seniority", "employer"),
            ),
            (_("Your languages"), self.lines(*languages)),
            (_("How you can help"), self.lines("kinds", "goals", "capacity", "serves_network")),
            (_("When and where"), self.lines("availability", "mode", "place")),
            (_("About you"), self.lines("about")),
        ]


class StaffOfferForm(OfferForm):
    """What a mentor offers, changed by the council's staff, and why."""

    reason = forms.CharField(
        label=_("Why do you change this?"),
        max_length=300,
        help_text=_("The mentor is told that you changed it, and reads this."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, use_required_attribute=False, **kwargs)
        self.fields["occupation_words"].label = _("Occupation")

    @property
    def parts(self) -> list[tuple[Any, list[Any]]]:
        """The fields under headings that speak of somebody else, the reason last."""
        headings = (_("Profession"), _("Languages"), _("How the mentor helps"), _("When and where"), _("In own words"))
        fields = [fields for _heading, fields in super().parts]
        return [*zip(headings, fields, strict=True), (_("The reason"), self.lines("reason"))]


class PauseForm(forms.Form):
    """Until when a mentor takes no new mentees."""

    until = forms.DateField(
        label=_("Back on"), widget=DayInput, help_text=_("From that day you can be given a mentee again, by itself.")
    )


class SessionChoice(SafeModelChoiceField):
    """An orientation session by its day and its programme."""

    def label_from_instance(self, obj: Any) -> str:
        """Write the day first."""
        return f"{day(timezone.localtime(obj.starts_at).date())}, {obj.intake.programme.name}"


class ApproveForm(forms.Form):
    """How a volunteer was oriented, and that the handbook is known."""

    session = SessionChoice(
        queryset=OrientationSession.objects.none(),
        label=_("Oriented in a session"),
        required=False,
        empty_label=_("No, one to one"),
    )
    on = forms.DateField(label=_("Oriented one to one on"), widget=DayInput, required=False)
    note = forms.CharField(
        label=_("How it went"),
        max_length=300,
        required=False,
        help_text=_("For an orientation one to one, as executives have it."),
    )
    handbook_told = forms.BooleanField(label=_("We went through the handbook together"), required=False)
    exception = forms.CharField(label=_("Why the employer's rules don't apply"), max_length=300)

    def __init__(self, *args: Any, mentor: Mentor, sessions: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="approve_%s", **kwargs)
        if mentor.oriented_on:
            for name in ("session", "on", "note"):
                del self.fields[name]
        else:
            choice: Any = self.fields["session"]
            choice.queryset = sessions
        if mentor.handbook_at:
            del self.fields["handbook_told"]
        employer = mentor.staff_of
        if employer is None or not unmet(terms_of(employer), mentor.seniority, mentor.years):
            del self.fields["exception"]

    @property
    def facts(self) -> dict[str, Any]:
        """What was said, by the names that the service knows."""
        return {name: self.cleaned_data[name] for name in self.fields}


class ExcludeForm(forms.Form):
    """Whom a mentor must not be paired with, and why."""

    mentee = PersonField(
        label=_("Mentee"), help_text=_("Name or e-mail address of somebody who has applied to the council.")
    )
    kind = forms.ChoiceField(
        label=_("Kind of reason"), choices=[(kind.value, kind.label) for kind in BY_STAFF], initial=Exclusion.Kind.STAFF
    )
    reason = forms.CharField(label=_("Reason"), max_length=300)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="exclude_%s", **kwargs)
        mentee: Any = self.fields["mentee"]
        mentee.rows = people


class PeopleListForm(forms.Form):
    """A list of mentors or mentees to look at."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV (UTF-8) or XLSX, at most 2 MB and 500 people."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )
