"""Forms of matching: why a pair is set aside, a pair by hand, why an offer is declined."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from councils.forms.workspace.base import ProseField
from mentoring.models import Intake
from mentoring.queries.runs import free_mentors, ready_people


class ReasonForm(forms.Form):
    """Why, in a few words."""

    reason = ProseField(max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, label: Any, help_text: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label, self.fields["reason"].help_text = label, help_text


class HandForm(forms.Form):
    """A mentee and a mentor whom somebody wants to bring together."""

    application = forms.ModelChoiceField(queryset=None, label=_("Mentee"))
    mentor = forms.ModelChoiceField(queryset=None, label=_("Mentor"), help_text=_("Mentors with a free place."))

    def __init__(self, *args: Any, intake: Intake, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["application"].queryset = ready_people(intake)  # type: ignore[attr-defined]
        self.fields["mentor"].queryset = free_mentors(intake)  # type: ignore[attr-defined]
