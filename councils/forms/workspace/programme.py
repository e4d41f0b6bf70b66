"""The form of a local programme."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from allies.kit.bilingual import alphabetical
from councils.forms.workspace.approximate import ApproximateDateField, written
from councils.forms.workspace.base import BilingualForm, DayInput, ProseField
from councils.models import LocalProgramme, Organisation
from councils.services.programmes import FIELDS


class ProgrammeForm(BilingualForm):
    """A programme: what it is, in both languages, with whom, since when."""

    own = FIELDS
    stands_for = {"started_on": "started", "started_precision": "started"}
    rows = {"summary": 5}

    delivered_by = forms.ModelMultipleChoiceField(
        # Which organisations there are is known only inside a council's scope.
        queryset=None,
        label=_("Delivery partners"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The council convenes; these organisations at its table deliver."),
    )
    started = ApproximateDateField(label=_("Started"), required=False)
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    summary_en = ProseField(required=False, max_length=600, widget=forms.Textarea)
    summary_fr = ProseField(required=False, max_length=700, widget=forms.Textarea)

    class Meta:
        model = LocalProgramme
        fields = (
            "kind",
            "name_en",
            "name_fr",
            "summary_en",
            "summary_fr",
            "is_pilot",
            "website",
            "ended_on",
        )
        labels = {"is_pilot": _("This is a pilot"), "ended_on": _("Ended")}
        help_texts = {"ended_on": _("Leave empty while the programme runs.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["delivered_by"].queryset = Organisation.objects.order_by(alphabetical("name"), "pk")  # type: ignore[attr-defined]
        if not self.instance._state.adding:
            self.fields["delivered_by"].initial = list(self.instance.delivered_by.all())
        self.fields["started"].initial = written(self.instance.started_on, self.instance.started_precision)

    @property
    def facts(self) -> dict[str, Any]:
        """What was gathered; the start is a date and how exact it is."""
        started_on, precision = self.cleaned_data["started"]
        return {**super().facts, "started_on": started_on, "started_precision": precision}


class EndForm(forms.Form):
    """The day on which a programme ended."""

    ended_on = forms.DateField(label=_("Ended on"), widget=DayInput)
