"""How allauth speaks and writes in this portal."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from allies.kit import mail
from allies.kit.bilingual import current_language
from councils.addresses import whole
from councils.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Keep the name and language given at sign-up, and write through the portal's own post."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": gettext_lazy("This account is closed."),
        "cannot_remove_primary_email": gettext_lazy("This is your main address: make another one the main one first."),
        "duplicate_email": gettext_lazy("This address is already one of yours."),
        "email_password_mismatch": gettext_lazy("The address and the password don't go together."),
        "email_taken": gettext_lazy("This address belongs to another account."),
        "enter_current_password": gettext_lazy("This is not your current password."),
        "incorrect_code": gettext_lazy("This code is not right. Codes change every 30 seconds: take the newest one."),
        "incorrect_password": gettext_lazy("This is not your password."),
        "too_many_login_attempts": gettext_lazy("Too many failed attempts. Please wait five minutes, then try again."),
        "unverified_primary_email": gettext_lazy("Confirm the address before you make it your main one."),
        "same_as_current": gettext_lazy("Write something other than what is there now."),
        "rate_limited": gettext_lazy("That was too often. Please wait a moment, then try again."),
    }

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Save a new account with its name and the language of the page it was made on."""
        user.name = form.cleaned_data["name"].strip()
        user.language = current_language()
        return super().save_user(request, user, form, commit)  # type: ignore[no-any-return]

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Lead to the portal's own address, never to one that a request claims."""
        return whole(reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})).replace(
            "UID-KEY", key
        )

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """Lead to the portal's own address, never to one that a request claims."""
        return whole(reverse("account_confirm_email", args=[emailconfirmation.key]))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write in the language of the person, where the address belongs to one, and queue the letter."""
        person = context.get("user") or self._owner(email)
        language = getattr(person, "language", "") or current_language()
        with translation.override(language):
            facts = {
                "email": email,
                "site_name": str(settings.SITE_NAME),
                "timestamp": timezone.localtime(),
                **context,
                "user": person,
            }
            subject = " ".join(render_to_string(f"{template_prefix}_subject.txt", facts).split())
            body = render_to_string(f"{template_prefix}_message.txt", facts).strip()
        mail.send("councils/account", to=email, language=language, context={"subject": subject, "body": body})

    @staticmethod
    def _owner(email: str) -> User | None:
        address = EmailAddress.objects.select_related("user").filter(email__iexact=email).first()
        return address.user if address else None


class MfaAdapter(DefaultMFAAdapter):
    """Speak of second steps in the portal's own words."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "add_email_blocked": gettext_lazy("Remove your second step before you add an address, then set it up again."),
        "cannot_delete_authenticator": gettext_lazy("This second step can't be removed."),
        "cannot_generate_recovery_codes": gettext_lazy("Set up a second step first."),
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "unverified_email": gettext_lazy("Confirm your e-mail address first."),
    }

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:  # noqa: A002
        """Propose a name for a new passkey or security key."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("My key") if number == 1 else _("Key %(number)d") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Name the portal, not its address, where a device lists its passkeys."""
        return {**super().get_public_key_credential_rp_entity(), "name": str(settings.SITE_NAME)}
