"""What the portal keeps about its own work, for reading only; sign-in's own tables without their secrets."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from allies.kit import audit
from allies.kit.audit import Entry
from allies.kit.models import Erasure, Job, Letter, StoredFile, Unsent
from councils.admin.base import ReadOnlyAdmin
from councils.admin.site import site
from councils.models import User


class TraceAdmin(ReadOnlyAdmin):
    """Traces of the portal's own work."""

    kept_because = _("The portal keeps this table itself, for as long as the register of data says.")
    council_path = ""


class KnownValues(admin.AllValuesFieldListFilter):
    """A filter by the values that an indexed column of the audit trail holds, found without reading the trail."""

    def __init__(self, field: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(field, *args, **kwargs)
        self.lookup_choices = audit.known(field.name)


@admin.register(Entry, site=site)
class EntryAdmin(TraceAdmin):
    """The audit trail."""

    kept_because = _("The audit trail is sealed: nothing in it is changed or deleted, here or in the database.")
    list_display = ("position", "at", "actor", "action", "target_type", "target_id")
    list_filter = (("action", KnownValues), ("target_type", KnownValues))
    list_select_related = ("actor",)
    # What the search finds is written below; the names of the columns only make the box appear.
    search_fields = ("target_id", "action", "actor__name", "actor__email", "request_id")
    date_hierarchy = "at"
    ordered_by = ("-position",)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Entry], search_term: str
    ) -> tuple[QuerySet[Entry], bool]:
        """Keep the entries that every word fits."""
        for word in search_term.replace("\x00", " ").split():
            people = User.objects.filter(Q(name__folded__contains=word) | Q(email__folded__contains=word))
            queryset = audit.naming(queryset, word, people)
        return queryset, False


@admin.register(Job, site=site)
class JobAdmin(TraceAdmin):
    """Long work that somebody started."""

    list_display = ("kind", "state", "owner", "done", "total", "created_at", "finished_at")
    list_filter = ("state", "kind")
    list_select_related = ("owner",)
    search_fields = ("kind", "owner__name__unaccent", "owner__email")
    date_hierarchy = "created_at"
    ordered_by = ("-created_at",)


@admin.register(Unsent, site=site)
class UnsentAdmin(TraceAdmin):
    """Tasks that wait for the broker."""

    list_display = ("name", "queue", "created_at")
    list_filter = ("name",)
    search_fields = ("name",)
    ordered_by = ("-created_at",)


@admin.register(StoredFile, site=site)
class StoredFileAdmin(TraceAdmin):
    """What is known about files; their content is only given out where it belongs."""

    list_display = ("name", "kind", "size", "owner", "created_at")
    list_filter = ("kind",)
    list_select_related = ("owner",)
    search_fields = ("name__unaccent", "=sha256", "owner__name__unaccent")
    date_hierarchy = "created_at"
    ordered_by = ("-created_at",)
    fields = ("name", "kind", "size", "sha256", "owner", "tenant_id", "created_at")


@admin.register(Letter, site=site)
class LetterAdmin(TraceAdmin):
    """E-mails on their way; what they say is not shown, for some carry a link that opens a door."""

    list_display = ("template", "to", "language", "state", "tries", "created_at", "sent_at")
    list_filter = ("state", "template", "language")
    search_fields = ("template", "to", "person__name__unaccent")
    date_hierarchy = "created_at"
    ordered_by = ("-created_at",)
    fields = ("template", "to", "person", "language", "state", "tries", "reason", "created_at", "tried_at", "sent_at")


@admin.register(Erasure, site=site)
class ErasureAdmin(TraceAdmin):
    """Who was erased, by identifier only."""

    list_display = ("subject_id", "at", "reason")
    search_fields = ("=subject_id",)
    date_hierarchy = "at"
    ordered_by = ("-at",)


@admin.register(EmailAddress, site=site)
class EmailAddressAdmin(TraceAdmin):
    """Addresses that people sign in with; each person manages their own."""

    list_display = ("email", "user", "verified", "primary")
    list_filter = ("verified", "primary")
    list_select_related = ("user",)
    search_fields = ("email", "user__name__unaccent")
    ordered_by = ("email",)


@admin.register(Authenticator, site=site)
class AuthenticatorAdmin(TraceAdmin):
    """Second factors: that there is one, and never its secret."""

    list_display = ("user", "type", "created_at", "last_used_at")
    list_filter = ("type",)
    list_select_related = ("user",)
    search_fields = ("user__name__unaccent", "user__email")
    fields = ("user", "type", "created_at", "last_used_at")
    ordered_by = ("-created_at",)


@admin.register(UserSession, site=site)
class UserSessionAdmin(TraceAdmin):
    """Who is signed in where; the key that would open the session is not shown."""

    list_display = ("user", "ip", "created_at", "last_seen_at")
    list_select_related = ("user",)
    search_fields = ("user__name__unaccent", "user__email", "=ip")
    fields = ("user", "ip", "user_agent", "created_at", "last_seen_at")
    ordered_by = ("-last_seen_at",)
