"""People, what they may do and what they agreed to."""

from typing import Any

from allauth.account.forms import ResetPasswordForm
from allauth.account.models import EmailAddress
from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from allies.kit import audit
from allies.kit.access import Denied
from allies.kit.refusals import Refused
from councils.admin.base import CleanForm, ReadOnlyAdmin, RecordAdmin
from councils.admin.lists import WithRecords
from councils.admin.site import site
from councils.models import Consent, Invitation, Membership, StaffSession, User
from councils.roles import AT_A_COUNCIL, NATIONAL, Role
from councils.services.roles import TERM_FIELDS, change_role, give_role


class PersonForm(CleanForm):
    """Facts about a person; nobody locks themselves out."""

    def clean_is_active(self) -> bool:
        """Refuse to close the account that is doing it."""
        if not self.cleaned_data["is_active"] and self.instance.pk == self.actor.pk:
            raise forms.ValidationError(_("You can't close your own account here: ask another administrator."))
        return bool(self.cleaned_data["is_active"])

    def clean_email(self) -> str:
        """Keep addresses in lower case."""
        return str(self.cleaned_data["email"]).strip().lower()


@admin.register(User, site=site)
class UserAdmin(RecordAdmin):
    """People; each chooses their own password, which nobody else ever sees, not even hashed."""

    form = PersonForm
    kept_because = _(
        "People are not deleted: they have their data erased from “My data”, which keeps the history whole."
    )
    council_path = ""
    list_display = ("name", "email", "language", "is_active", "joined_at")
    list_filter = ("is_active", "language", "memberships__role")
    search_fields = ("name__folded__contains", "email__folded__contains")
    date_hierarchy = "joined_at"
    ordered_by = ("name", "pk")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Ask for a name, an address and a language; the rest comes later."""
        first = ("email", "name", "language")
        return (*first, "phone", "is_active", "joined_at", "last_login", "erased_at") if obj else first

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Leave the address to the person, who proves that it is theirs."""
        return ("email", "joined_at", "last_login", "erased_at") if obj else ()

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Leave erased people alone."""
        return obj is None or obj.erased_at is None

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Let the form know who is acting."""
        form = super().get_form(request, obj, change, **kwargs)
        form.actor = request.user
        return form

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Create a person without a password and write them how to choose one."""
        if change:
            super().save_model(request, obj, form, change)
            return
        obj.set_unusable_password()
        obj.save(force_insert=True)
        EmailAddress.objects.create(user=obj, email=obj.email, primary=True, verified=False)
        letter = ResetPasswordForm({"email": obj.email})
        if letter.is_valid():
            letter.save(request)
        messages.info(request, _("We are writing to %(email)s how to choose a password.") % {"email": obj.email})

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """Note that a person's record was opened: they may ask who did."""
        person = self.get_object(request, object_id)
        if request.method == "GET" and person is not None and person.pk != request.user.pk:
            audit.record("people.opened", person, by=request.user, reason="administration")
        return super().change_view(request, object_id, *args, **kwargs)

    change_view.gate = "admin.open"  # type: ignore[attr-defined]


class MembershipForm(forms.ModelForm):
    """A role: tried out by the same rules as everywhere else before it is saved."""

    def clean(self) -> dict[str, Any]:
        """Give or change the role and take it back, to hear what speaks against it."""
        found = super().clean() or {}
        if self.instance._state.adding and "role" in found:
            role, council = Role(found["role"]), found.get("council")
            if role in AT_A_COUNCIL and council is None:
                self.add_error("council", _("This role is held at a council."))
            if role in NATIONAL and council is not None:
                self.add_error("council", _("This role is held in the network: leave the council empty."))
        if not self.errors:
            try:
                with transaction.atomic():
                    self.act(found)
                    transaction.set_rollback(True)
            except (Refused, Denied) as refusal:
                self.add_error(None, str(refusal.reason))
        return found

    def act(self, facts: dict[str, Any]) -> Membership:
        """Give the role, or change the one that is held."""
        term = {name: facts[name] for name in TERM_FIELDS if name in facts}
        if self.instance._state.adding:
            return give_role(facts.get("council"), facts["person"], Role(facts["role"]), by=self.actor, **term)
        return change_role(Membership.objects.get(pk=self.instance.pk), by=self.actor, **term)

    def _post_clean(self) -> None:
        """Leave the rules to the service."""


@admin.register(Membership, site=site)
class MembershipAdmin(RecordAdmin):
    """Who holds which role, where and for how long."""

    form = MembershipForm
    kept_because = _("A role that was held stays on record: write the first day without it.")
    list_display = ("person", "role", "council", "starts_on", "ends_on", "is_public")
    list_filter = ("role", "is_public", "is_founder", ("council", WithRecords))
    list_select_related = ("person", "council")
    search_fields = (
        "person__name__folded__contains",
        "person__email",
        "council__name_en__unaccent",
        "council__name_fr__unaccent",
    )
    autocomplete_fields = ("person", "council")
    date_hierarchy = "starts_on"
    ordered_by = ("-starts_on", "pk")
    fields = ("person", "role", "council", "starts_on", "ends_on", "title_en", "title_fr", "is_founder", "is_public")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Another person, role or council is another membership."""
        return ("person", "role", "council") if obj else ()

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Let the form know who is acting."""
        form = super().get_form(request, obj, change, **kwargs)
        form.actor = request.user
        return form

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Membership:
        """Let the service write."""
        form.save_m2m = lambda: None
        return form.act(form.cleaned_data)

    def save_model(self, request: HttpRequest, obj: Membership, form: Any, change: bool) -> None:
        """Nothing is left to save."""

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> None:
        """The service has noted it."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> None:
        """The service has noted it."""


@admin.register(Invitation, site=site)
class InvitationAdmin(ReadOnlyAdmin):
    """Offers of a role; they are sent and taken back on the pages for people."""

    list_display = ("email", "role", "council", "invited_by", "created_at", "expires_at", "accepted_at", "revoked_at")
    list_filter = ("role", ("council", WithRecords))
    list_select_related = ("council", "invited_by")
    search_fields = ("email", "council__name_en__unaccent", "council__name_fr__unaccent")
    date_hierarchy = "created_at"
    ordered_by = ("-created_at",)


@admin.register(Consent, site=site)
class ConsentAdmin(ReadOnlyAdmin):
    """What people agreed to, in their own name only."""

    council_path = ""
    list_display = ("person", "purpose", "wording", "language", "given_at", "withdrawn_at")
    list_filter = ("purpose", "language")
    list_select_related = ("person",)
    search_fields = ("person__name__folded__contains", "person__email")
    date_hierarchy = "given_at"
    ordered_by = ("-given_at",)


@admin.register(StaffSession, site=site)
class StaffSessionAdmin(ReadOnlyAdmin):
    """When national staff looked at a council's personal data, and why."""

    list_display = ("person", "council", "reason", "starts_at", "ends_at")
    list_filter = (("council", WithRecords),)
    list_select_related = ("person", "council")
    search_fields = ("person__name__folded__contains", "reason__unaccent", "council__name_en__unaccent")
    date_hierarchy = "starts_at"
    ordered_by = ("-starts_at",)
