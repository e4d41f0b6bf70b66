"""What the portal asks of people about themselves."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from councils.models import Consent, User


class SignupForm(forms.Form):
    """The question added to allauth's sign-up page."""

    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))

    def signup(self, request: HttpRequest, user: User) -> None:
        """Do nothing more: the adapter keeps the name."""


class ProfileForm(forms.ModelForm):
    """One's own name, phone number and language."""

    class Meta:
        model = User
        fields = ["name", "phone", "language"]
        labels = {"name": _("Your name"), "phone": _("Phone number"), "language": _("Language")}
        help_texts = {
            "phone": _("Your council's staff see it. The public sees it only if you agree to that under “My data”."),
            "language": _("The portal opens in this language and writes to you in it."),
        }
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "phone": forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
            "language": forms.RadioSelect,
        }

    def clean_phone(self) -> str:
        """Accept what people write as a number: digits with signs between them."""
        phone = str(self.cleaned_data["phone"]).strip()
        digits = sum(sign.isdigit() for sign in phone)
        if phone and (not 7 <= digits <= 20 or not set(phone.lower()) <= set("0123456789+()-. xextpost")):
            raise ValidationError(_("Write a phone number, for example 902 555-0147."))
        return phone


class ConsentForm(forms.Form):
    """Which purpose, and whether the person agrees from now on."""

    purpose = forms.ChoiceField(choices=Consent.Purpose.choices)
    agrees = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])


class ErasureForm(forms.Form):
    """The last question before an account is erased: nothing is ticked beforehand."""

    understood = forms.BooleanField(
        label=_("I understand that my account closes at once and that nobody can bring my data back."),
        error_messages={"required": _("Tick the box if you want your data erased.")},
    )
