"""How allauth speaks and writes in this portal."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import get_language

from councils.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Keep the name and language given at sign-up."""

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Save a new account with its name and the language of the page it was made on."""
        user.name = form.cleaned_data["name"].strip()
        user.language = "fr" if (get_language() or "en").startswith("fr") else "en"
        return super().save_user(request, user, form, commit)  # type: ignore[no-any-return]
