"""What the two people of a pair, and the staff, fill in."""

import uuid
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from councils.forms.workspace.base import DayInput
from mentoring.lengths import spell
from mentoring.models import Goal, Pair, PairGoal, Pulse, Session
from mentoring.services.pairs import LONGEST_HOLD
from mentoring.services.sessions import LEAST, MOST, NOT_OVER

PRESETS = (30, 45, 60, 90, 120)


class TimeInput(forms.TimeInput):
    """A time of the day as browsers ask for it."""

    input_type = "time"

    def __init__(self, **attrs: Any) -> None:
        super().__init__(attrs=attrs or None, format="%H:%M")


class SessionForm(forms.Form):
    """A meeting in five touches: when, how long, how, what about."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    day = forms.DateField(label=_("Day"), widget=DayInput)
    start = forms.TimeField(label=_("From"), widget=TimeInput)
    preset = forms.TypedChoiceField(label=_("How long"), coerce=int, widget=forms.RadioSelect)
    minutes = forms.IntegerField(
        label=_("Another length, in minutes"),
        required=False,
        min_value=LEAST,
        max_value=MOST,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "step": 5}),
    )
    how = forms.ChoiceField(label=_("How you met"), choices=Session.How.choices, widget=forms.RadioSelect)
    topic = forms.CharField(label=_("What it was about"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        now = timezone.localtime()
        start = (now - timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)
        usual = {
            "token": uuid.uuid4(),
            "day": start.date(),
            "start": start.time(),
            "preset": 60,
            "how": Session.How.VIDEO,
        }
        kwargs["initial"] = usual | kwargs.get("initial", {})
        super().__init__(*args, use_required_attribute=False, **kwargs)
        preset: Any = self.fields["preset"]
        preset.choices = [(minutes, spell(minutes)) for minutes in PRESETS]
        self.fields["day"].widget.attrs["max"] = now.date().isoformat()

    def clean_day(self) -> date:
        """Refuse a day to come here, where the sentence stands next to it."""
        day: date = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise forms.ValidationError(NOT_OVER)
        return day

    @property
    def facts(self) -> dict[str, Any]:
        """What was gathered, as the service takes it; a length that was written goes before one that was chosen."""
        said = self.cleaned_data
        day, start = said["day"], said["start"]
        return {
            "token": said["token"],
            "starts_at": timezone.make_aware(datetime.combine(day, start)),
            "minutes": said.get("minutes") or said["preset"],
            "how": said["how"],
            "topic": said["topic"],
        }


class GatheringForm(SessionForm):
    """A meeting of a group: the same, and who was there."""

    present = forms.MultipleChoiceField(
        label=_("Who was there"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The meeting counts for each of them, and each of them confirms it."),
    )

    def __init__(self, *args: Any, members: list[Pair], **kwargs: Any) -> None:
        kwargs["initial"] = {"present": [str(pair.pk) for pair in members]} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        present: Any = self.fields["present"]
        present.choices = [(str(pair.pk), str(pair.mentee_person)) for pair in members]

    @property
    def facts(self) -> dict[str, Any]:
        """What was gathered, as the service takes it."""
        return {**super().facts, "present": [uuid.UUID(key) for key in self.cleaned_data["present"]]}


class GoalForm(forms.ModelForm):
    """A goal of the two."""

    class Meta:
        model = PairGoal
        fields = ("kind", "target")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, use_required_attribute=False, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = [("", "---------"), *Goal.choices]
        self.fields["target"].help_text = _(
            "So that both of you know when you are there, for example: meet five people."
        )


class ObjectionForm(forms.Form):
    """What is not right about a meeting."""

    objection = forms.CharField(label=_("What is not right?"), max_length=300, required=False)


class PulseForm(forms.Form):
    """Two questions and a word that only the coordinator reads."""

    fit = forms.ChoiceField(label=_("Do the two of you fit?"), choices=Pulse.Fit.choices, widget=forms.RadioSelect)
    rating = forms.TypedChoiceField(
        label=_("How helpful is it so far?"),
        coerce=int,
        choices=[(5, _("5 – very")), (4, "4"), (3, "3"), (2, "2"), (1, _("1 – not at all"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("A word to the coordinator"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The other one of you never sees it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, use_required_attribute=False, **kwargs)


class HelpForm(forms.Form):
    """A question to the coordinator."""

    note = forms.CharField(
        label=_("What would help?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The council's staff read this here; it is deleted once they have been in touch with you."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, use_required_attribute=False, **kwargs)


class HoldForm(forms.Form):
    """Until when a pair pauses."""

    until = forms.DateField(label=_("On hold until"), widget=DayInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, use_required_attribute=False, **kwargs)
        today = timezone.localdate()
        self.fields["until"].widget.attrs |= {
            "min": (today + timedelta(days=1)).isoformat(),
            "max": (today + LONGEST_HOLD).isoformat(),
        }


class EndForm(forms.Form):
    """Why a pair ends before its time."""

    reason = forms.ChoiceField(
        label=_("Why does it end?"), choices=Pair.EndReason.choices[1:], widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("In your own words"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, use_required_attribute=False, **kwargs)


class ReplaceForm(EndForm):
    """Why two people are parted; the goals being reached is no reason for that."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reason: Any = self.fields["reason"]
        reason.choices = [choice for choice in reason.choices if choice[0] != Pair.EndReason.GOALS_REACHED]
        self.fields["note"].required = True
        self.fields["note"].help_text = _("The two don't see it on their page.")


class CompleteForm(forms.Form):
    """Why the staff count a pair as completed."""

    note = forms.CharField(
        label=_("Why this counts as completed"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, use_required_attribute=False, **kwargs)
