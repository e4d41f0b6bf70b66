"""The forms of whom a council convenes: organisations, bodies, seats and meetings."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes.forms import SafeModelChoiceField

from allies.kit.bilingual import alphabetical
from councils.forms.workspace.base import BilingualForm, DayInput, ProseField
from councils.models import Attendance, Body, Meeting, Membership, Organisation, Seat, User
from councils.services import bodies, meetings, organisations, seats
from councils.services.editing import fingerprints


class OrganisationForm(BilingualForm):
    """An organisation at the table; the person to talk to is asked only of those who may see personal data."""

    own = organisations.FIELDS

    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")

    class Meta:
        model = Organisation
        fields = organisations.FIELDS
        labels = {
            "is_member": _("This is a member agency"),
            "is_public": _("Show it on the council's page"),
            "contact_is_public": _("This person agrees to be shown to the public, in the directory of networks"),
        }
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, sees_people: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not sees_people:
            for name in organisations.PERSONAL:
                del self.fields[name]
            # Not even a fingerprint of what is hidden leaves the portal.
            if not self.instance._state.adding:
                asked = [name for name in self.own if name in self.fields]
                self.fields["seen"].initial = json.dumps(fingerprints(self.instance, asked))


class LeaveForm(forms.Form):
    """The day on which an organisation left."""

    left_on = forms.DateField(label=_("Left on"), widget=DayInput)


class ListForm(forms.Form):
    """A list of organisations to look at."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "CSV (UTF-8) or XLSX, at most 2 MB. Columns: name_en, name_fr, group; optional: website, "
            "contact_name, contact_email, is_member, joined_on. A downloaded list has them in place."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )


class TakeInForm(forms.Form):
    """The word to take in a list that was looked at; `seal` says what it was seen to change."""

    seal = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)


class BodyForm(BilingualForm):
    """A body: what it is for, in both languages, and how often it meets."""

    own = bodies.FIELDS
    rows = {"purpose": 4}

    purpose_en = ProseField(required=False, max_length=600, widget=forms.Textarea)
    purpose_fr = ProseField(required=False, max_length=700, widget=forms.Textarea)

    class Meta:
        model = Body
        fields = bodies.FIELDS
        help_texts = {
            "sector": _("Needed for a sector working group."),
            "ends_on": _("The first day without the body. Leave empty while it works. Terms end with it."),
        }


class SeatForm(BilingualForm):
    """Who holds a seat: a person of the portal, or somebody known by name."""

    own = seats.FIELDS

    person = forms.ModelChoiceField(
        queryset=User.objects.none(),
        label=_("Person"),
        required=False,
        empty_label=_("Somebody else"),
        help_text=_("Somebody with a role at this council. For anybody else, write the name below."),
    )
    organisation = SafeModelChoiceField(
        queryset=Organisation.objects.none(),
        label=_("Organisation"),
        required=False,
        empty_label=_("None"),
        help_text=_("Whom the holder speaks for. It counts for the balance of the body."),
    )

    class Meta:
        model = Seat
        fields = seats.FIELDS
        help_texts = {"ends_on": _("The first day without the seat. Leave empty for an open term.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Who holds the seat may have no role here any more, and keeps it all the same.
        known = Q(pk__in=Membership.objects.current().values("person")) | Q(pk=self.instance.person_id)
        self.fields["person"].queryset = User.objects.filter(known).order_by("name", "pk")  # type: ignore[attr-defined]
        table = Organisation.objects.order_by(alphabetical("name"), "pk")
        self.fields["organisation"].queryset = table  # type: ignore[attr-defined]
        if self.instance._state.adding:
            self.initial["starts_on"] = timezone.localdate()


class EndSeatForm(forms.Form):
    """The first day without the seat; it stands on a page beside the seat's own form."""

    ends_on = forms.DateField(label=_("First day without the seat"), widget=DayInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="end_%s", **kwargs)


class MomentInput(forms.DateTimeInput):
    """The browser's own picker of day and hour."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class MeetingForm(BilingualForm):
    """When and where a body meets, on what; hours are those of the council's city."""

    own = meetings.FIELDS
    rows = {"agenda": 5}

    starts_at = forms.DateTimeField(label=_("Starts"), widget=MomentInput)
    ends_at = forms.DateTimeField(label=_("Ends"), widget=MomentInput)
    online_url = forms.URLField(label=_("Online link"), required=False, assume_scheme="https")
    agenda_en = ProseField(required=False, widget=forms.Textarea, help_text=_("One item a line"))
    agenda_fr = ProseField(required=False, widget=forms.Textarea, help_text=_("One item a line"))
    count = forms.IntegerField(
        label=_("How many meetings"),
        min_value=1,
        max_value=meetings.MOST_IN_A_SERIES,
        initial=1,
        help_text=_("More than one follow each other in the body's rhythm, on the same weekday at the same hour."),
    )

    class Meta:
        model = Meeting
        fields = ("starts_at", "ends_at", "place_en", "place_fr", "online_url", "agenda_en", "agenda_fr")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            morning = timezone.localtime().replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=7)
            self.initial["starts_at"] = morning
            self.initial["ends_at"] = morning + timedelta(minutes=90)
        else:
            del self.fields["count"]

    def clean_ends_at(self) -> datetime:
        """Refuse an end before the start."""
        start, end = self.cleaned_data.get("starts_at"), self.cleaned_data["ends_at"]
        if start and end <= start:
            raise forms.ValidationError(_("The meeting ends before it starts."))
        return end  # type: ignore[no-any-return]


class MinutesForm(BilingualForm):
    """The minutes in both languages."""

    own = meetings.MINUTES
    rows = {"minutes": 16}

    minutes_en = ProseField(required=False, widget=forms.Textarea, help_text=_("Markdown"))
    minutes_fr = ProseField(required=False, widget=forms.Textarea, help_text=_("Markdown"))

    class Meta:
        model = Meeting
        fields = meetings.MINUTES


class ApproveForm(forms.Form):
    """The day on which the body approved the minutes."""

    on = forms.DateField(label=_("Approved on"), widget=DayInput)


class AttendanceForm(forms.Form):
    """Who came: one question for each seat held on the day; it remembers the answers that it showed."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, sitting: Iterable[Seat], answers: Mapping[Any, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sitting = {str(seat.pk): seat for seat in sitting}
        choices = [("", _("Not recorded")), *Attendance.Answer.choices]
        for key, seat in self.sitting.items():
            self.fields[key] = forms.ChoiceField(
                label=str(seat), choices=choices, required=False, initial=answers.get(seat.pk, "")
            )
        self.fields["seen"].initial = json.dumps({key: answers.get(seat.pk, "") for key, seat in self.sitting.items()})

    @property
    def answers(self) -> dict[Seat, str]:
        """The answer for each seat."""
        return {seat: self.cleaned_data[key] for key, seat in self.sitting.items()}

    @property
    def shown(self) -> dict[str, str]:
        """The answers that the form showed when it was opened; none if they don't make sense."""
        try:
            found = json.loads(self.cleaned_data.get("seen") or "{}")
        except ValueError:
            return {}
        return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}

    def remember(self, answers: Mapping[Any, str]) -> None:
        """Take the answers that were told to the person as seen: the next save knows of them."""
        told = {key: answers.get(seat.pk, "") for key, seat in self.sitting.items() if key in self.errors}
        self.data = self.data.copy()
        self.data["seen"] = json.dumps({**self.shown, **told})
