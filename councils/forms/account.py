"""What the portal asks of a person who makes an account."""

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from councils.models import User


class SignupForm(forms.Form):
    """The question added to allauth's sign-up page."""

    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )

    def signup(self, request: HttpRequest, user: User) -> None:
        """Do nothing more: the adapter keeps the name."""
