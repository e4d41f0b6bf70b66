"""The form of an event."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from allies.kit.bilingual import alphabetical
from councils.forms.workspace.base import BilingualForm, ProseField
from councils.models import Event, Organisation, Place
from councils.services.events import FIELDS


class HourInput(forms.TimeInput):
    """The browser's own picker of a time of day."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class EventForm(BilingualForm):
    """An event: what, where and when, in both languages, and whether people sign up; hours are the council's."""

    own = FIELDS
    stands_for = {"starts_at": "from_hour", "ends_at": "to_hour"}
    rows = {"summary": 5}

    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    summary_en = ProseField(required=False, max_length=800, widget=forms.Textarea)
    summary_fr = ProseField(required=False, max_length=1000, widget=forms.Textarea)
    from_hour = forms.TimeField(label=_("From"), required=False, widget=HourInput)
    to_hour = forms.TimeField(label=_("To"), required=False, widget=HourInput)
    hosts = forms.ModelMultipleChoiceField(
        # Which organisations there are is known only inside a council's scope.
        queryset=None,
        label=_("Hosts"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Organisations at the table that host the event. The public page names them, employers first."),
    )
    places = forms.IntegerField(
        label=_("Places"),
        required=False,
        min_value=1,
        max_value=10_000,
        help_text=_("Leave empty where all may come."),
    )

    class Meta:
        model = Event
        fields = tuple(name for name in FIELDS if name not in ("starts_at", "ends_at", "hosts"))
        labels = {
            "precision": _("How exact are these dates?"),
            "takes_signups": _("People sign up on the public page"),
            "signup_until": _("Last day to sign up"),
        }
        help_texts = {
            "ends_on": _("Leave empty for an event of one day."),
            "precision": _("If only the month is known, choose any day in it."),
            "where_en": _("Only those who sign up read it."),
            "where_fr": _("Only those who sign up read it."),
            "signup_until": _("Leave empty to take sign-ups until the event begins."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = Place.objects.order_by(alphabetical("name"))  # type: ignore[attr-defined]
        self.fields["place"].empty_label = _("Online, or not decided")  # type: ignore[attr-defined]
        self.fields["hosts"].queryset = Organisation.objects.order_by(alphabetical("name"), "pk")  # type: ignore[attr-defined]
        for name, moment in (("from_hour", self.instance.starts_at), ("to_hour", self.instance.ends_at)):
            self.fields[name].initial = timezone.localtime(moment).time() if moment else None
        if not self.instance._state.adding:
            self.fields["hosts"].initial = list(self.instance.hosts.all())

    @property
    def facts(self) -> dict[str, Any]:
        """What was gathered; an hour and its day are a moment in the council's time zone."""
        first, last = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        return {
            **super().facts,
            "starts_at": _moment(first, self.cleaned_data.get("from_hour")),
            "ends_at": _moment(last or first, self.cleaned_data.get("to_hour")),
        }


def _moment(day: date | None, hour: time | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, hour)) if day and hour else None
