"""The five questions of a follow-up."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mentoring.models import FollowUp

_YES_NO = [("yes", _("Yes")), ("no", _("No"))]


class FollowUpForm(forms.Form):
    """Five short questions; two of them only for those who work."""

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
        if wave == FollowUp.Wave.START:
            self.fields["contacts"].label = _("How many people of your profession do you know here?")
