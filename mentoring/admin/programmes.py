"""Programmes, their rules, intakes, and the times that people book."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from councils.admin.base import ReadOnlyAdmin, RecordAdmin
from councils.admin.site import site
from mentoring.admin.base import KEPT, MOVED, Outward, handed_out, named, of_council
from mentoring.models import EligibilityRules, Intake, InterviewSlot, Module, OrientationSession, Programme


@admin.register(Programme, site=site)
class ProgrammeAdmin(Outward, RecordAdmin):
    """Mentoring programmes; what they were named and asked for is on record."""

    kept_because = KEPT
    resource_classes = (
        handed_out(Programme, "council__slug_en", "kind", "slug", "name_en", "name_fr", "language", "hours", "weeks"),
    )
    list_display = ("__str__", "council", "kind", "language", "hours", "weeks", "is_published")
    list_filter = ("kind", "language", "is_published", of_council("council"))
    list_select_related = ("council",)
    search_fields = ("name_en__folded__contains", "name_fr__folded__contains", "slug")
    autocomplete_fields = ("council", "delivered_by")
    ordered_by = ("~name", "pk")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Another council is another programme."""
        return ("council",) if obj else ()


@admin.register(EligibilityRules, site=site)
class EligibilityRulesAdmin(ReadOnlyAdmin):
    """Versions of the rules: a new version is written on the programme's page, an old one never changes."""

    kept_because = KEPT
    council_path = "programme.council"
    list_display = ("programme", "version", "least_years", "recent_years", "least_level", "created_at")
    list_filter = (of_council("programme__council"),)
    list_select_related = ("programme__council",)
    search_fields = ("programme__name_en__folded__contains", "programme__name_fr__folded__contains")
    ordered_by = ("programme", "-version")


@admin.register(Module, site=site)
class ModuleAdmin(RecordAdmin):
    """Soft-skills modules: their words may be corrected; their order is set on the programme's page."""

    kept_because = KEPT
    council_path = "programme.council"
    list_display = ("title", "programme", "position", "is_retired")
    list_filter = ("is_retired", of_council("programme__council"))
    list_select_related = ("programme__council",)
    search_fields = ("title_en__folded__contains", "title_fr__folded__contains")
    autocomplete_fields = ("programme",)
    ordered_by = ("programme", "position")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Leave the order to the pages, and a module to its programme."""
        return ("programme", "position") if obj else ()


@admin.register(Intake, site=site)
class IntakeAdmin(Outward, RecordAdmin):
    """Cohorts: names, dates and places may be corrected."""

    kept_because = MOVED
    council_path = "programme.council"
    resource_classes = (
        handed_out(
            Intake,
            *("programme__council__slug_en", "programme__slug", "name_en", "name_fr", "state", "places"),
            *("opens_on", "closes_on", "match_by", "starts_on", "ends_on"),
        ),
    )
    list_display = ("name", "programme", "state", "opens_on", "closes_on", "starts_on", "places")
    list_filter = ("state", of_council("programme__council"))
    list_select_related = ("programme__council",)
    search_fields = (
        *("name_en__folded__contains", "name_fr__folded__contains"),
        *("programme__name_en__folded__contains", "programme__name_fr__folded__contains"),
    )
    date_hierarchy = "opens_on"
    autocomplete_fields = ("programme",)
    ordered_by = ("-opens_on", "pk")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Leave the state to the pages."""
        return ("programme", "state") if obj else ("state",)


@admin.register(InterviewSlot, site=site)
class InterviewSlotAdmin(ReadOnlyAdmin):
    """Times for interviews; they are offered and taken back by the interviewers."""

    council_path = "programme.council"
    list_display = ("programme", "interviewer", "starts_at", "ends_at", "where")
    list_filter = (of_council("programme__council"),)
    list_select_related = ("programme__council", "interviewer")
    search_fields = (*named("interviewer"), "where__folded__contains")
    date_hierarchy = "starts_at"
    ordered_by = ("-starts_at", "pk")


@admin.register(OrientationSession, site=site)
class OrientationSessionAdmin(RecordAdmin):
    """Orientation sessions: time, place and host may be corrected."""

    kept_because = KEPT
    council_path = "intake.programme.council"
    list_display = ("intake", "starts_at", "where", "host", "seats")
    list_filter = (of_council("intake__programme__council"),)
    list_select_related = ("intake__programme__council",)
    search_fields = ("where__folded__contains", "host__folded__contains", "intake__name_en__folded__contains")
    date_hierarchy = "starts_at"
    autocomplete_fields = ("intake",)
    # Chosen on the session's page, where only the council's own employers are offered.
    readonly_fields = ("host_organisation",)
    ordered_by = ("-starts_at", "pk")
