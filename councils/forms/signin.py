"""allauth's forms in the portal's words: a label above each field, no placeholder in it, hints where they help."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from councils.models import User

_PASSWORD_RULE = _("At least 10 characters. A few words you remember are better than one that is hard to type.")
_CODE_HINT = _("The six digits that your authenticator app shows, or one of your recovery codes.")


class _InOurWords(forms.Form):
    """Replace labels and hints, and drop placeholders, which vanish as soon as somebody types."""

    labels: dict[str, Any] = {}
    hints: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")
        if "code" in self.fields:
            self.fields["code"].widget.attrs.update(inputmode="numeric", autocapitalize="off", spellcheck="false")


class LoginForm(_InOurWords, account.LoginForm):
    """Sign in with an address and a password."""

    labels = {"login": _("E-mail address"), "password": _("Password")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class SignupForm(_InOurWords, account.SignupForm):
    """Make an account."""

    field_order = ["name", "email", "password1"]
    labels = {"email": _("E-mail address"), "password1": _("Password"), "name": _("Your name")}
    hints = {
        "email": _("We write to this address to confirm that it is yours."),
        "password1": _PASSWORD_RULE,
    }

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """Make the account; a known address takes as long as a new one, so that the time tells nobody about it."""
        if self.account_already_exists:
            User().set_password(self.cleaned_data["password1"])
        found: tuple[User | None, HttpResponse | None] = super().try_save(request)
        return found


class AddEmailForm(_InOurWords, account.AddEmailForm):
    """Add an address."""

    labels = {"email": _("Another e-mail address")}


class ResetPasswordForm(_InOurWords, account.ResetPasswordForm):
    """Ask for a letter with a link to a new password."""

    labels = {"email": _("E-mail address")}


class ChangePasswordForm(_InOurWords, account.ChangePasswordForm):
    """Change the password."""

    labels = {
        "oldpassword": _("Current password"),
        "password1": _("New password"),
        "password2": _("New password, once more"),
    }
    hints = {"password1": _PASSWORD_RULE}


class ResetPasswordKeyForm(_InOurWords, account.ResetPasswordKeyForm):
    """Choose a new password after a letter."""

    labels = {"password1": _("New password"), "password2": _("New password, once more")}
    hints = {"password1": _PASSWORD_RULE}


class ReauthenticateForm(_InOurWords, account.ReauthenticateForm):
    """Show once more who one is."""

    labels = {"password": _("Password")}


class CodeForm(_InOurWords, mfa.AuthenticateForm):
    """Give the code of the second step at sign-in."""

    labels = {"code": _("Code")}
    hints = {"code": _CODE_HINT}


class CodeAgainForm(_InOurWords, mfa.ReauthenticateForm):
    """Give the code of the second step later on."""

    labels = {"code": _("Code")}
    hints = {"code": _CODE_HINT}


class ActivateForm(_InOurWords, ActivateTOTPForm):
    """Connect an authenticator app."""

    labels = {"code": _("Code that the app shows")}
    hints = {"code": _("Six digits that change every 30 seconds.")}


class AddKeyForm(_InOurWords, AddWebAuthnForm):
    """Add a passkey or a security key."""

    labels = {"name": _("Name of the key"), "passwordless": _("Sign in with this key alone")}
    hints = {
        "name": _("So that you recognise it, for example “My phone”."),
        "passwordless": _("The device then asks for your finger, your face or its PIN, and you need no password here."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A passkey is what most people come for; a plain security key is the exception.
        self.fields["passwordless"].initial = True


class EditKeyForm(_InOurWords, EditWebAuthnForm):
    """Rename a key."""

    labels = {"name": _("Name of the key")}
