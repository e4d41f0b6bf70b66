"""Who sits at the councils' tables: organisations, bodies, seats, meetings and attendance."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from councils.admin.base import CleanForm, RecordAdmin
from councils.admin.exchange import Exchange
from councils.admin.lists import WithRecords
from councils.admin.resources import OrganisationResource
from councils.admin.site import site
from councils.models import Attendance, Body, Meeting, Organisation, Seat

COUNCIL = ("council", WithRecords)


@admin.register(Organisation, site=site)
class OrganisationAdmin(Exchange, RecordAdmin):
    """Organisations at the tables."""

    kept_because = _("An organisation that leaves keeps its place in the history: write the day it left the table.")
    resource_classes = (OrganisationResource,)
    list_display = ("__str__", "council", "group", "sector", "is_public", "joined_on", "left_on")
    list_filter = ("group", "is_public", "is_member", COUNCIL)
    list_select_related = ("council", "sector")
    search_fields = (
        *("name_en__folded__contains", "name_fr__folded__contains"),
        *("contact_name__folded__contains", "contact_email__folded__contains"),
    )
    autocomplete_fields = ("council", "sector")
    ordered_by = ("~name", "pk")


class SeatInline(admin.TabularInline):
    model = Seat
    form = CleanForm
    extra = 0
    can_delete = False
    autocomplete_fields = ("person", "organisation")


@admin.register(Body, site=site)
class BodyAdmin(RecordAdmin):
    """Boards, committees, working groups and tables."""

    kept_because = _("A body that stops meeting keeps its history: write its last day.")
    list_display = ("__str__", "council", "kind", "cadence", "starts_on", "ends_on", "is_published")
    list_filter = ("kind", "cadence", "is_published", COUNCIL)
    list_select_related = ("council",)
    search_fields = ("name_en__unaccent", "name_fr__unaccent", "council__name_en__unaccent")
    autocomplete_fields = ("council", "sector")
    ordered_by = ("~name", "pk")
    inlines = (SeatInline,)


@admin.register(Seat, site=site)
class SeatAdmin(RecordAdmin):
    """Seats in bodies."""

    kept_because = _("A seat that was held stays on record: write its last day.")
    council_path = "body.council"
    list_display = ("__str__", "body", "part", "organisation", "starts_on", "ends_on")
    list_filter = ("part", ("body__council", WithRecords))
    list_select_related = ("body", "person", "organisation")
    search_fields = ("name__unaccent", "person__name__unaccent", "body__name_en__unaccent", "body__name_fr__unaccent")
    autocomplete_fields = ("body", "person", "organisation")
    date_hierarchy = "starts_on"
    ordered_by = ("-starts_on", "pk")


@admin.register(Meeting, site=site)
class MeetingAdmin(RecordAdmin):
    """Meetings and their minutes."""

    kept_because = _("A meeting that does not take place is cancelled, so that calendars hear of it.")
    council_path = "body.council"
    list_display = ("body", "starts_at", "ends_at", "minutes_approved_on", "cancelled_at")
    list_filter = (("body__council", WithRecords),)
    list_select_related = ("body",)
    search_fields = ("body__name_en__unaccent", "body__name_fr__unaccent", "agenda_en__unaccent", "agenda_fr__unaccent")
    autocomplete_fields = ("body",)
    readonly_fields = ("sequence", "changed_at")
    date_hierarchy = "starts_at"
    ordered_by = ("-starts_at",)


@admin.register(Attendance, site=site)
class AttendanceAdmin(RecordAdmin):
    """Who came."""

    council_path = "meeting.body.council"
    list_display = ("meeting", "seat", "answer")
    list_filter = ("answer", ("meeting__body__council", WithRecords))
    list_select_related = ("meeting__body", "seat__person")
    search_fields = ("seat__name__unaccent", "seat__person__name__unaccent", "meeting__body__name_en__unaccent")
    autocomplete_fields = ("meeting", "seat")
    ordered_by = ("-meeting__starts_at", "pk")
