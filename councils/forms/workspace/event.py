"""The form of an event."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from allies.kit.bilingual import alphabetical
from councils.forms.workspace.base import BilingualForm, ProseField
from councils.models import Event, Place
from councils.services.events import FIELDS


class EventForm(BilingualForm):
    """An event: what, where and when, in both languages."""

    own = FIELDS
    rows = {"summary": 5}

    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    summary_en = ProseField(required=False, max_length=800, widget=forms.Textarea)
    summary_fr = ProseField(required=False, max_length=1000, widget=forms.Textarea)

    class Meta:
        model = Event
        fields = FIELDS
        labels = {"precision": _("How exact are these dates?")}
        help_texts = {
            "ends_on": _("Leave empty for an event of one day."),
            "precision": _("If only the month is known, choose any day in it."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = Place.objects.order_by(alphabetical("name"))  # type: ignore[attr-defined]
        self.fields["place"].empty_label = _("Online, or not decided")  # type: ignore[attr-defined]
