"""The six questions of the eligibility check, and the small forms around an application."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from councils.forms.workspace.base import DayInput, ProseField
from councils.models import Council, Organisation
from mentoring.eligibility import Answers
from mentoring.models import Application, Employment, Programme, ResidenceStatus

YES_NO = {"yes": True, "no": False, "unsure": None}
# The lowest CLB or NCLC level for which each sentence is true.
LEVELS = (
    (4, _("1 to 4: I manage short everyday talk, in shops or with neighbours")),
    (5, _("5: I follow slow, clear speech about things that I know")),
    (6, _("6: I manage simple tasks and short phone calls at work")),
    (7, _("7: I take part in most conversations at work and write short e-mails")),
    (8, _("8: I take part in meetings and write reports with few mistakes")),
    (9, _("9 or more: I speak and write about difficult subjects with ease")),
)
EARLIEST = 1950
COUNCIL = "council"


def yes_no(label: Any, *, yes: Any, no: Any, unsure: Any, required: bool = True, **more: Any) -> forms.TypedChoiceField:
    """A question with three answers: true, false and None."""
    return forms.TypedChoiceField(
        label=label,
        choices=[("yes", yes), ("no", no), ("unsure", unsure)],
        coerce=YES_NO.__getitem__,
        empty_value=None,
        widget=forms.RadioSelect,
        required=required,
        **more,
    )


def said(value: bool | None) -> str:
    """Which of the three answers stands for a value that was kept."""
    return "unsure" if value is None else "yes" if value else "no"


class WorkYears(forms.Form):
    """How long somebody worked in their field, and until when."""

    years = forms.IntegerField(
        label=_("How many years have you worked in your field, in all countries together?"),
        help_text=_("An estimate is enough. Leave it empty if you don't know."),
        min_value=0,
        max_value=60,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": 0, "max": 60}),
    )
    last_worked = forms.IntegerField(
        label=_("In which year did you last work in your field?"),
        help_text=_("For example 2024. If you work in it now, write this year."),
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    def clean_last_worked(self) -> int | None:
        """Take a year of a working life."""
        year: int | None = self.cleaned_data["last_worked"]
        this_year = timezone.localdate().year
        if year is not None and not EARLIEST <= year <= this_year:
            raise forms.ValidationError(
                _("Write a year between %(first)s and %(last)s.") % {"first": EARLIEST, "last": this_year}
            )
        return year


class CheckForm(WorkYears):
    """Six questions, of which nothing is kept."""

    status = forms.ChoiceField(
        label=_("What is your status in Canada?"), choices=ResidenceStatus.choices, widget=forms.RadioSelect
    )
    is_job_ready = yes_no(
        _("Could you start a job in your field now?"),
        yes=_("Yes"),
        no=_("No, I need a licence, a course or something else first"),
        unsure=_("I am not sure"),
    )
    employment = forms.ChoiceField(label=_("Do you work today?"), choices=Employment.choices, widget=forms.RadioSelect)
    level = forms.TypedChoiceField(
        choices=[*LEVELS, ("unknown", _("I don't know"))],
        coerce=lambda value: None if value == "unknown" else int(value),
        empty_value=None,
        widget=forms.RadioSelect,
    )
    has_time = yes_no(
        "",
        yes=_("Yes"),
        no=_("No, not at present"),
        unsure=_("I am not sure"),
    )

    field_order = ("status", "is_job_ready", "employment", "years", "last_worked", "level", "has_time")

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        french = programme.language == "fr"
        self.fields["level"].label = _("How good is your French?") if french else _("How good is your English?")
        self.fields["level"].help_text = _(
            "The numbers are levels of the Canadian Language Benchmarks (CLB; NCLC for French). Choose the sentence "
            "that fits the skill that is hardest for you: listening, speaking, reading or writing."
        )
        self.fields["has_time"].label = _("Do you have time for %(hours)s hours within %(weeks)s weeks?") % {
            "hours": programme.hours,
            "weeks": programme.weeks,
        }
        self.fields["has_time"].help_text = _("That is an hour or two a week. You and your mentor choose when.")

    @property
    def answers(self) -> Answers:
        """The answers as the rules read them."""
        said = self.cleaned_data
        return Answers(
            status=said["status"],
            is_job_ready=said["is_job_ready"],
            employment=said["employment"],
            years=said["years"],
            last_worked=said["last_worked"],
            levels=(said["level"],),
            has_time=said["has_time"],
        )

    @property
    def facts(self) -> dict[str, Any]:
        """The answers as a draft keeps them: the one level stands for all four skills until the person says more."""
        said = dict(self.cleaned_data)
        level = said.pop("level")
        evidence = Application.Evidence.SELF if level is not None else Application.Evidence.NONE
        return {**said, **dict.fromkeys(Application.LEVELS, level), "level_evidence": str(evidence)}

    @property
    def sent(self) -> list[tuple[str, str]]:
        """What was typed, to be sent again by the next page's button."""
        return [(name, str(self.data.get(name, ""))) for name in self.fields]


class CvForm(forms.Form):
    """A CV to hand in; its content is checked by the store."""

    cv = forms.FileField(
        label=_("Your CV"),
        help_text=_("PDF or Word (DOCX). Only you, the coordinator and the interviewer can open it."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx"}),
        required=False,
    )


class WithdrawForm(forms.Form):
    """Why somebody leaves."""

    reason = forms.CharField(
        label=_("Why do you leave?"),
        help_text=_("A few words are enough, for example “I found a job”. The coordinator reads them."),
        max_length=300,
    )

    def __init__(self, *args: Any, needs_reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = needs_reason


class PauseForm(forms.Form):
    """Until when somebody waits."""

    until = forms.DateField(
        label=_("Until when?"), help_text=_("That day is the last one of your pause."), widget=DayInput
    )


class HelpForm(forms.Form):
    """Which service somebody wants to be introduced to."""

    partner = forms.ChoiceField(label=_("Which service?"), widget=forms.RadioSelect)
    note = ProseField(
        label=_("What would help you most?"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    agrees = forms.BooleanField(
        label=_("You may give the service my name and my e-mail address, so that it writes to me."), required=False
    )

    def __init__(self, *args: Any, services: Iterable[Organisation], council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.services = {str(service.pk): service for service in services}
        itself = _("%(council)s itself") % {"council": council.name}
        self.fields["partner"].choices = [(pk, service.name) for pk, service in self.services.items()] + [
            (COUNCIL, itself)
        ]

    def clean_partner(self) -> Organisation | None:
        """Turn the choice into the organisation; None is the council itself."""
        return self.services.get(self.cleaned_data["partner"])
