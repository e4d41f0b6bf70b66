"""The forms of signing up for an event, and of who came to it."""

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from councils.models import Registration, User

ROLES = [("", _("Choose one")), *Registration.Role.choices]


class SignUpForm(forms.Form):
    """Who comes, as what; filled in for people who are signed in."""

    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("We write to it where and when to come."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    role = forms.ChoiceField(label=_("I come as"), choices=ROLES)
    organisation = forms.CharField(
        label=_("Organisation"),
        required=False,
        max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )

    def __init__(self, *args: Any, person: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if person is not None:
            self.initial = {"name": person.name, "email": person.email}


class UnannouncedForm(forms.Form):
    """Somebody who came without a place."""

    name = forms.CharField(label=_("Name"), max_length=120)
    role = forms.ChoiceField(label=_("Came as"), choices=ROLES)
    organisation = forms.CharField(label=_("Organisation"), required=False, max_length=160)
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        max_length=254,
        help_text=_("Finds somebody who is on the list already. Nothing is sent to it."),
    )


class WhoCameForm(forms.Form):
    """Who came: a box for each name, and what stood there when the form was opened."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    came = forms.MultipleChoiceField(label=_("Who came"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, expected: Iterable[Registration], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = list(expected)
        came: Any = self.fields["came"]
        came.choices = [(str(row.pk), _in_a_line(row)) for row in rows]
        came.initial = [str(row.pk) for row in rows if row.state == Registration.State.CAME]
        self.states = {str(row.pk): row.state for row in rows}
        self.fields["seen"].initial = json.dumps(self.states)

    @property
    def present(self) -> set[UUID]:
        """Whom the person ticked."""
        return {UUID(key) for key in self.cleaned_data["came"]}

    @property
    def shown(self) -> dict[UUID, str]:
        """The state of each name as the form showed it; nothing of what makes no sense."""
        try:
            found = json.loads(self.cleaned_data.get("seen") or "{}")
        except ValueError:
            return {}
        told = found if isinstance(found, dict) else {}
        return {UUID(key): str(state) for key, state in told.items() if key in self.states}


def _in_a_line(registration: Registration) -> str:
    parts = (registration.name, str(registration.get_role_display()), registration.organisation)
    return " · ".join(part for part in parts if part)
