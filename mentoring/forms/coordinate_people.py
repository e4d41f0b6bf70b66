"""The forms of a coordinator that are about people: interviews, orientation, decisions, referrals."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from allies.kit.bilingual import alphabetical
from councils.forms.convening import MomentInput
from councils.forms.workspace.base import BilingualForm
from councils.models import Organisation
from mentoring.forms.employers import employers_to_choose
from mentoring.forms.named import OrganisationField
from mentoring.models import Interview, Orientation, OrientationSession, Programme, Referral
from mentoring.queries.worklists import staff_of
from mentoring.services import orientation, screening
from mentoring.services.selection import WITH_WORDS, Act

# What each score means, so that two interviewers give the same one.
ANCHORS = {
    "goals_clear": (
        _("Clear about goals"),
        (
            (1, _("1 – has no goal yet")),
            (2, _("2 – has a wish, without steps towards it")),
            (3, _("3 – names a goal and some steps")),
            (4, _("4 – names goals, steps and what a mentor can add")),
        ),
    ),
    "field_ready": (
        _("Ready for the field"),
        (
            (1, _("1 – a licence or training is missing first")),
            (2, _("2 – could start in a job below the level")),
            (3, _("3 – could start in the field within months")),
            (4, _("4 – could start in the field today")),
        ),
    ),
    "communication": (
        _("Communication"),
        (
            (1, _("1 – a talk about work is hardly possible yet")),
            (2, _("2 – manages with help")),
            (3, _("3 – follows and explains well")),
            (4, _("4 – speaks about the profession with ease")),
        ),
    ),
    "commitment": (
        _("Commitment"),
        (
            (1, _("1 – has no time or no wish to meet regularly")),
            (2, _("2 – is unsure about the time")),
            (3, _("3 – has the time and means to come")),
            (4, _("4 – has prepared and plans around the meetings")),
        ),
    ),
}


class TimesForm(forms.Form):
    """Interview times to offer: one or several in a row."""

    programme = forms.ModelChoiceField(queryset=None, label=_("Programme"), empty_label=None)
    interviewer = forms.ModelChoiceField(queryset=None, label=_("Interviewer"), empty_label=None)
    starts_at = forms.DateTimeField(label=_("From"), widget=MomentInput)
    minutes = forms.IntegerField(label=_("Minutes for each"), min_value=10, max_value=180, initial=45)
    times = forms.IntegerField(label=_("How many in a row"), min_value=1, max_value=screening.MOST_TIMES, initial=4)
    where = forms.CharField(label=_("Where, or the link"), max_length=300)

    def __init__(self, *args: Any, council: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"].queryset = Programme.objects.order_by(alphabetical("name"), "pk")  # type: ignore[attr-defined]
        self.fields["interviewer"].queryset = staff_of(council)  # type: ignore[attr-defined]
        self.fields["interviewer"].initial = by.pk
        self.fields["starts_at"].initial = (timezone.localtime() + timedelta(days=2)).replace(
            hour=9, minute=0, second=0, microsecond=0
        )


class InterviewForm(forms.ModelForm):
    """What an interview showed and what follows from it."""

    told = forms.CharField(
        label=_("Reason that the person reads"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed for the waiting list and for a refusal. It is sent by mail."),
    )

    class Meta:
        model = Interview
        fields = (*Interview.SCORES, "note", "recommendation")
        widgets = {"note": forms.Textarea(attrs={"rows": 5})}
        labels = {"note": _("Notes"), "recommendation": _("What follows")}
        help_texts = {"note": _("Only the council's staff read them; the person may ask for them.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, choices) in ANCHORS.items():
            self.fields[name] = forms.TypedChoiceField(
                label=label, choices=choices, coerce=int, widget=forms.RadioSelect
            )
        self.fields["recommendation"] = forms.ChoiceField(
            label=_("What follows"),
            choices=[choice for choice in Interview.Recommendation.choices if choice[0]],
            widget=forms.RadioSelect,
        )
        self.order_fields([*Interview.SCORES, "note", "recommendation", "told"])

    def _post_clean(self) -> None:
        """Leave the row to the service, which may find a booked one."""

    @property
    def scores(self) -> dict[str, int]:
        """The four scores."""
        return {name: self.cleaned_data[name] for name in Interview.SCORES}


class SessionForm(BilingualForm):
    """An orientation session: when, where, with whom, for how many; hours are those of the council's city."""

    own = orientation.FIELDS

    starts_at = forms.DateTimeField(label=_("Starts"), widget=MomentInput)
    ends_at = forms.DateTimeField(label=_("Ends"), widget=MomentInput)
    host_organisation = OrganisationField(
        label=_("Hosting employer"),
        required=False,
        help_text=_("Its champion sees the day, how many seats are taken and which of its mentors come."),
    )

    class Meta:
        model = OrientationSession
        fields = orientation.FIELDS
        labels = {"where": _("Where, or the link")}
        help_texts = {
            "host": _("Whoever else welcomes the people, if it is no employer at the table."),
            "ends_at": _("About 2.5 hours."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        employer: Any = self.fields["host_organisation"]
        standing = self.initial["host_organisation"] = self.instance.host_organisation
        employer.choose_from(employers_to_choose(standing), standing)
        if self.instance._state.adding:
            morning = timezone.localtime().replace(hour=9, minute=30, second=0, microsecond=0) + timedelta(days=14)
            self.initial["starts_at"], self.initial["ends_at"] = morning, morning + timedelta(hours=2, minutes=30)

    def clean_ends_at(self) -> datetime:
        """Refuse an end before the start."""
        start, end = self.cleaned_data.get("starts_at"), self.cleaned_data["ends_at"]
        if start and end <= start:
            raise forms.ValidationError(_("The end lies before the beginning."))
        return end  # type: ignore[no-any-return]


class AttendanceForm(forms.Form):
    """Who came to a session."""

    came = forms.MultipleChoiceField(
        label=_("Who came"), required=False, widget=forms.CheckboxSelectMultiple, choices=()
    )

    def __init__(self, *args: Any, seats: Collection[Orientation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {True: _("%(name)s (mentor)"), False: "%(name)s"}
        self.fields["came"].choices = [  # type: ignore[attr-defined]
            (str(seat.pk), words[bool(seat.mentor_id)] % {"name": seat.application or seat.mentor}) for seat in seats
        ]
        self.fields["came"].initial = [str(seat.pk) for seat in seats if seat.came]


class OneToOneForm(forms.Form):
    """The note on an orientation between two."""

    note = forms.CharField(label=_("What you talked about"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class WordsForm(forms.Form):
    """What people read when something is decided about them, or a message to them."""

    words = forms.CharField(max_length=500, widget=forms.Textarea(attrs={"rows": 5}))

    def __init__(self, *args: Any, act: Act, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = _("Message") if act == Act.MESSAGE else _("Reason that the person reads")
        self.fields["words"].required = act in WITH_WORDS
        if act not in WITH_WORDS:
            del self.fields["words"]


class OverrideForm(forms.Form):
    """A person's decision in place of the rules'."""

    verdict = forms.ChoiceField(
        label=_("Your decision"),
        choices=[("pass", _("Qualifies")), ("fail", _("Does not qualify yet"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason that the person reads"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReferralForm(forms.Form):
    """To which service a person is introduced."""

    partner = OrganisationField(
        label=_("Partner"),
        required=False,
        help_text=_("Name of an organisation on the council's list. Leave it empty for any other service."),
    )
    service = forms.CharField(label=_("Service"), required=False, max_length=160)
    note = forms.CharField(
        label=_("Note for the person"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    introduce = forms.BooleanField(
        label=_("The person agrees: send the partner their name and e-mail address"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partner"].choose_from(Organisation.objects.order_by(alphabetical("name"), "pk"))  # type: ignore[attr-defined]


class FollowForm(forms.Form):
    """What came of a referral."""

    outcome = forms.ChoiceField(label=_("What came of it"), choices=Referral.Outcome.choices)


class HandbookForm(forms.Form):
    """The tick under the handbook."""

    read = forms.BooleanField(
        label=_("I have read the handbook and will keep to it"),
        error_messages={"required": _("Tick the box once you have read the handbook.")},
    )
