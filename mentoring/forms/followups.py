"""The questions of a follow-up, and the steps of a plan afterwards."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from councils.forms.workspace.base import DayInput
from mentoring.models import FollowUp
from mentoring.services.followups import LATER_ON as LATER

_YES_NO = [("yes", _("Yes")), ("no", _("No"))]


# Who works is asked from then on whether it is where they worked so many months before.
_MONTHS = {FollowUp.Wave.MONTH_6: 3, FollowUp.Wave.MONTH_12: 6}


class FollowUpForm(forms.Form):
    """Five short questions, two of them only for those who work; a sixth after six and twelve months."""

    work = forms.ChoiceField(
        label=_("What are you doing now?"), choices=FollowUp.Work.choices, widget=forms.RadioSelect
    )
    hours = forms.IntegerField(
        label=_("How many hours a week do you work?"),
        help_text=_("About. Leave it empty if you don't work."),
        required=False,
        min_value=1,
        max_value=100,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    in_field = forms.TypedChoiceField(
        label=_("Is this work in your field?"),
        help_text=_("Skip this if you don't work."),
        choices=_YES_NO,
        coerce=lambda answer: answer == "yes",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    earnings = forms.ChoiceField(
        label=_("What do you earn in a year, before tax?"),
        choices=FollowUp.Earnings.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    contacts = forms.IntegerField(
        label=_("How many people of your profession did you get to know through mentoring?"),
        help_text=_("People whom you could call or write to."),
        required=False,
        min_value=0,
        max_value=500,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, wave: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if wave in LATER:
            months = _MONTHS[FollowUp.Wave(wave)]
            label = _("Is it the same employer as %(months)s months ago?") % {"months": months}
            employer = forms.ChoiceField(
                label=label,
                help_text=_("Or your own business, if you work for yourself. Skip this if you don't work."),
                choices=FollowUp.Employer.choices,
                required=False,
                widget=forms.RadioSelect,
            )
            self.fields = {**dict(list(self.fields.items())[:3]), "employer": employer, **self.fields}
        if wave == FollowUp.Wave.START:
            self.fields["contacts"].label = _("How many people of your profession do you know here?")


class PlanForm(forms.Form):
    """One step of one's own plan."""

    text = forms.CharField(
        label=_("What do you want to do next?"),
        help_text=_("Such as: take the exam for my licence, ask for a talk about my pay."),
        max_length=200,
    )
    by_when = forms.DateField(label=_("By when?"), required=False, widget=DayInput())
