"""What is asked when a role is given, changed, ended or offered, and when a staff session is opened."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from councils.models import Council, Invitation, Membership, User
from councils.queries.people import people_at
from councils.roles import AT_A_COUNCIL, Role
from councils.services.staff_session import LENGTHS

# Nothing is chosen beforehand: a role is given on purpose.
ROLES = [("", _("Choose a role")), *((role.value, role.label) for role in Role if role in AT_A_COUNCIL)]


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class TermForm(forms.ModelForm):
    """The term, the job title and the marks of a role."""

    class Meta:
        model = Membership
        fields = ["starts_on", "ends_on", "title_en", "title_fr", "is_public", "is_founder"]
        labels = {
            "starts_on": _("From"),
            "ends_on": _("Until"),
            "title_en": _("Job title in English"),
            "title_fr": _("Job title in French"),
            "is_public": _("Show name and job title on the council's page"),
            "is_founder": _("Founding member"),
        }
        help_texts = {
            "ends_on": _("The first day without the role. Leave it empty if no end is planned."),
            "is_public": _("An e-mail address and phone number are shown only if the person agrees to it."),
        }
        widgets = {"starts_on": _day(), "ends_on": _day()}

    def clean(self) -> dict[str, Any]:
        """Tell next to the field what the database would refuse."""
        facts: dict[str, Any] = super().clean() or self.cleaned_data
        start, end = facts.get("starts_on"), facts.get("ends_on")
        if start and end and end < start:
            self.add_error("ends_on", _("A role can't end before it starts."))
        if facts.get("is_public"):
            for name in ("title_en", "title_fr"):
                if not facts.get(name):
                    self.add_error(name, _("Write the job title in both languages to show it on the council's page."))
        return facts

    def validate_constraints(self) -> None:
        """Leave the constraints to the service, which says them as sentences."""


class RoleForm(TermForm):
    """Give a role to somebody who is already known at the council."""

    person = forms.ModelChoiceField(
        label=_("Person"),
        queryset=User.objects.none(),
        help_text=_("People who hold or held a role here. Invite anybody else by e-mail."),
    )
    role = forms.ChoiceField(label=_("Role"), choices=ROLES)

    field_order = ["person", "role"]

    def __init__(self, *args: Any, council: Council, giver: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people: Any = self.fields["person"]
        people.queryset = people_at(council).exclude(pk=giver.pk)
        self.initial.setdefault("starts_on", timezone.localdate())


class EndForm(forms.Form):
    """When a role ends, and who takes over."""

    on = forms.DateField(label=_("First day without the role"), widget=_day(), help_text=_("Today means: from now on."))
    successor = forms.ModelChoiceField(
        label=_("Who takes over"),
        queryset=User.objects.none(),
        required=False,
        help_text=_("Gets the same role from that day. A council that operates always has a coordinator."),
    )

    def __init__(self, *args: Any, membership: Membership, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.membership = membership
        self.initial.setdefault("on", max(timezone.localdate(), membership.starts_on))
        others: Any = self.fields["successor"]
        if membership.role == Role.COORDINATOR and membership.person_id != actor.pk and membership.council:
            others.queryset = people_at(membership.council).exclude(pk__in=[membership.person_id, actor.pk])
        else:
            del self.fields["successor"]

    def clean_on(self) -> date:
        """A role ends after it started, and before the end it has."""
        on: date = self.cleaned_data["on"]
        if on < self.membership.starts_on:
            raise ValidationError(_("The role starts later than that."))
        if self.membership.ends_on and on >= self.membership.ends_on:
            raise ValidationError(_("The role ends before that day already."))
        return on


class InvitationForm(forms.ModelForm):
    """Whom to invite to which role."""

    role = forms.ChoiceField(label=_("Role"), choices=ROLES)

    class Meta:
        model = Invitation
        fields = ["email", "role", "language", "title_en", "title_fr", "until"]
        labels = {
            "email": _("E-mail address"),
            "language": _("Language of the letter"),
            "title_en": _("Job title in English"),
            "title_fr": _("Job title in French"),
            "until": _("The role ends on"),
        }
        help_texts = {
            "email": _("Only somebody who signs in with this address can accept."),
            "until": _("The first day without the role. Leave it empty if no end is planned."),
        }
        widgets = {
            "language": forms.RadioSelect,
            "until": _day(),
            "email": forms.EmailInput(attrs={"autocomplete": "off"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language: Any = self.fields["language"]
        language.choices = [pair for pair in language.choices if pair[0]]

    def clean_until(self) -> date | None:
        """An offer of a role that is over helps nobody."""
        until: date | None = self.cleaned_data["until"]
        if until and until <= timezone.localdate():
            raise ValidationError(_("Choose a day in the future."))
        return until

    def validate_constraints(self) -> None:
        """Leave the constraints to the service, which says them as sentences."""


class SessionForm(forms.Form):
    """Why national staff need to see personal data, and for how long."""

    reason = forms.CharField(
        label=_("Reason"),
        min_length=10,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What you need to find out, and for whom. The people whose records you open can read it."),
    )
    minutes = forms.TypedChoiceField(
        label=_("For how long"),
        coerce=int,
        choices=[(n, format_lazy(_("{n} minutes"), n=n)) for n in LENGTHS],
        initial=LENGTHS[0],
        widget=forms.RadioSelect,
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)
