"""Mentors, and pairs that must not be made."""

from django.contrib import admin
from django.http import HttpRequest

from councils.admin.base import ReadOnlyAdmin, RecordAdmin
from councils.admin.site import site
from mentoring.admin.base import MOVED, LanguagesForm, Outward, handed_out, named, of_council
from mentoring.models import Exclusion, Mentor


@admin.register(Mentor, site=site)
class MentorAdmin(Outward, RecordAdmin):
    """Mentors: what they offer may be corrected; the load is counted by the database."""

    form = LanguagesForm
    kept_because = MOVED
    resource_classes = (
        handed_out(
            Mentor,
            *("council__slug_en", "person__name", "person__email", "state", "occupation", "industry", "years"),
            *("capacity", "active_load", "mode", "place", "employer", "position", "oriented_on", "joined_at"),
        ),
    )
    list_display = ("person", "council", "state", "occupation", "capacity", "active_load", "joined_at")
    list_filter = ("state", "mode", "serves_network", of_council("council"))
    list_select_related = ("person", "council", "occupation")
    search_fields = (
        *named("person"),
        *("employer__folded__contains", "position__folded__contains"),
        *("occupation__title_en__folded__contains", "occupation__title_fr__folded__contains"),
    )
    date_hierarchy = "joined_at"
    autocomplete_fields = ("occupation", "industry", "place")
    readonly_fields = (
        *("council", "person", "state", "active_load", "handbook_at", "oriented_on", "paused_until"),
        *("staff_of", "invited_by", "exception", "joined_at", "saved_at"),
    )
    ordered_by = ("-joined_at", "pk")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """People volunteer themselves, or a council enters them from a partner's list."""
        return False


@admin.register(Exclusion, site=site)
class ExclusionAdmin(ReadOnlyAdmin):
    """Who must not be paired with whom, and why; lifted on the mentor's page."""

    kept_because = MOVED
    list_display = ("mentee", "mentor", "council", "kind", "made_by", "made_at")
    list_filter = ("kind", of_council("council"))
    list_select_related = ("mentee", "mentor__person", "council", "made_by")
    search_fields = (*named("mentee", "mentor__person"), "reason__folded__contains")
    date_hierarchy = "made_at"
    ordered_by = ("-made_at", "pk")
