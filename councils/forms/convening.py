"""The forms of whom a council convenes: organisations, bodies, seats and meetings."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes.forms import SafeModelChoiceField

from allies.kit.bilingual import column
from councils.forms.workspace.base import BilingualForm, DayInput, ProseField
from councils.models import Attendance, Body, Council, Meeting, Membership, Organisation, Seat, User
from councils.services import bodies, meetings, organisations


class OrganisationForm(BilingualForm):
    """An organisation at the table; the person to talk to is asked only of those who may see personal data."""

    own = organisations.FIELDS

    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")

    class Meta:
        model = Organisation
        fields = organisations.FIELDS
        labels = {"is_member": _("This is a member agency"), "is_public": _("Show it on the council's page")}
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, sees_people: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not sees_people:
            del self.fields["contact_name"], self.fields["contact_email"]


class LeaveForm(forms.Form):
    """The day on which an organisation left."""

    left_on = forms.DateField(label=_("Left on"), widget=DayInput)


class ImportForm(forms.Form):
    """A list of organisations to take in."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "CSV (UTF-8) or XLSX, at most 2 MB. Columns: name_en, name_fr, group; optional: website, "
            "contact_name, contact_email, is_member, joined_on."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )


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
            "ends_on": _("Leave empty while the body works. Open terms end with it."),
        }


class SeatForm(forms.ModelForm):
    """Who holds a seat: a person of the portal, or somebody known by name."""

    organisation = SafeModelChoiceField(queryset=Organisation.objects.none(), label=_("Organisation"), required=False)

    class Meta:
        model = Seat
        fields = bodies.SEAT_FIELDS
        widgets = {"starts_on": DayInput, "ends_on": DayInput}
        help_texts = {
            "person": _("Somebody with a role at this council. Leave empty and write a name for anybody else."),
            "ends_on": _("The first day without the seat. Leave empty for an open term."),
        }

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = Membership.objects.current().values("person")
        self.fields["person"].queryset = User.objects.filter(pk__in=members).order_by("name", "pk")  # type: ignore[attr-defined]
        self.fields["organisation"].queryset = Organisation.objects.order_by(column("name"), "pk")  # type: ignore[attr-defined]
        if self.instance._state.adding:
            self.fields["starts_on"].initial = timezone.localdate

    def clean(self) -> dict[str, Any]:
        """Leave the database's rules to the service."""
        return self.cleaned_data

    def _post_clean(self) -> None:
        """Keep the instance as it stands: the service writes it."""

    @property
    def facts(self) -> dict[str, Any]:
        """What was gathered."""
        return {name: self.cleaned_data[name] for name in bodies.SEAT_FIELDS}


class EndSeatForm(forms.Form):
    """The first day without the seat."""

    ends_on = forms.DateField(label=_("First day without the seat"), widget=DayInput)


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
            self.fields["starts_at"].initial = morning
            self.fields["ends_at"].initial = morning + timedelta(minutes=90)
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
    """Who came: one question for each seat held on the day."""

    def __init__(self, *args: Any, seats: Iterable[Seat], answers: dict[Any, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = {str(seat.pk): seat for seat in seats}
        choices = [("", _("Not recorded")), *Attendance.Answer.choices]
        for key, seat in self.seats.items():
            self.fields[key] = forms.ChoiceField(
                label=str(seat), choices=choices, required=False, initial=answers.get(seat.pk, "")
            )

    @property
    def answers(self) -> dict[Seat, str]:
        """The answer for each seat."""
        return {seat: self.cleaned_data[key] for key, seat in self.seats.items()}
