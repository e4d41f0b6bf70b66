"""Forms of matching: why a pair is set aside, a pair by hand, why an offer is declined."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from councils.forms.workspace.base import ProseField
from mentoring.forms.named import PersonField
from mentoring.models import Intake, Programme
from mentoring.queries.runs import free_mentors, ready_people, waiting_in


class ReasonForm(forms.Form):
    """Why, in a few words."""

    reason = ProseField(max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, label: Any, help_text: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label, self.fields["reason"].help_text = label, help_text


class HandForm(forms.Form):
    """A mentee and a mentor whom somebody wants to bring together."""

    application = PersonField(
        of="person", label=_("Mentee"), help_text=_("Name or e-mail address of somebody who is ready to be matched.")
    )
    mentor = PersonField(
        of="person", label=_("Mentor"), help_text=_("Name or e-mail address of a mentor with a free place.")
    )

    def __init__(self, *args: Any, intake: Intake, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["application"].rows = ready_people(intake)  # type: ignore[attr-defined]
        self.fields["mentor"].rows = free_mentors(intake)  # type: ignore[attr-defined]


class InviteForm(forms.Form):
    """One more mentee for a group."""

    application = PersonField(
        of="person", label=_("Mentee"), help_text=_("Name or e-mail address of somebody who is ready to be matched.")
    )

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, prefix="invite", **kwargs)
        self.fields["application"].rows = waiting_in(programme)  # type: ignore[attr-defined]

    @property
    def possible(self) -> bool:
        """Whether anybody waits."""
        return bool(self.fields["application"].rows.exists())  # type: ignore[attr-defined]


class ChoiceForm(forms.Form):
    """Which pairs of a run are offered, where the intake has fewer places than the run has pairs."""

    pairs = forms.MultipleChoiceField(label=_("Whom to ask"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, choices: list[tuple[str, Any]], chosen: list[str], **kwargs: Any) -> None:
        super().__init__(*args, initial={"pairs": chosen}, **kwargs)
        pairs: Any = self.fields["pairs"]
        pairs.choices = choices
