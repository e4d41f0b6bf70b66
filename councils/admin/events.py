"""What councils do: programmes and events."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from councils.admin.base import DraftsMayGo, RecordAdmin
from councils.admin.exchange import Exchange
from councils.admin.lists import WithRecords
from councils.admin.resources import LocalProgrammeResource
from councils.admin.site import site
from councils.models import Event, LocalProgramme, Registration

COUNCIL = ("council", WithRecords)


@admin.register(LocalProgramme, site=site)
class LocalProgrammeAdmin(Exchange, DraftsMayGo, RecordAdmin):
    """What councils run."""

    resource_classes = (LocalProgrammeResource,)
    list_display = ("__str__", "council", "kind", "started_on", "ended_on", "is_pilot", "is_published")
    list_filter = ("kind", "is_pilot", "is_published", COUNCIL)
    list_select_related = ("council",)
    search_fields = (
        "name_en__unaccent",
        "name_fr__unaccent",
        "council__name_en__unaccent",
        "council__name_fr__unaccent",
    )
    autocomplete_fields = ("council", "delivered_by")
    ordered_by = ("~name", "pk")


@admin.register(Event, site=site)
class EventAdmin(DraftsMayGo, RecordAdmin):
    """Gatherings."""

    list_display = ("__str__", "council", "kind", "starts_on", "ends_on", "takes_signups", "is_published")
    list_filter = ("kind", "takes_signups", "is_published", COUNCIL)
    list_select_related = ("council",)
    search_fields = (
        "title_en__unaccent",
        "title_fr__unaccent",
        "council__name_en__unaccent",
        "council__name_fr__unaccent",
    )
    autocomplete_fields = ("council", "place", "hosts")
    date_hierarchy = "starts_on"
    ordered_by = ("-starts_on", "pk")


@admin.register(Registration, site=site)
class RegistrationAdmin(RecordAdmin):
    """Who signed up for events, and who came."""

    kept_because = _("Registrations are counted: withdraw one instead; names are erased a year after the event.")
    council_path = "event.council"
    list_display = ("__str__", "event", "role", "organisation", "state", "signed_up_at")
    list_filter = ("state", "role", ("event__council", WithRecords))
    list_select_related = ("event", "person")
    search_fields = ("name__unaccent", "email__unaccent", "event__title_en__unaccent", "event__title_fr__unaccent")
    autocomplete_fields = ("person",)
    readonly_fields = ("event", "state", "signed_up_at", "withdrawn_at", "recorded_at")
    date_hierarchy = "signed_up_at"
    ordered_by = ("-signed_up_at", "pk")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """People sign up on the event's page, where places are counted; a council's staff note who came besides."""
        return False
