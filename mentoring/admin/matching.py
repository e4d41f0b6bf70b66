"""Policies, runs and proposals: what the engine was asked, what it saw and what it found. None of it changes."""

from django.contrib import admin

from councils.admin.base import ReadOnlyAdmin
from councils.admin.site import site
from mentoring.admin.base import KEPT, named, of_council
from mentoring.models import MatchingRun, MatchPolicy, Proposal


@admin.register(MatchPolicy, site=site)
class MatchPolicyAdmin(ReadOnlyAdmin):
    """Versions of how pairs are weighed."""

    kept_because = KEPT
    council_path = "programme.council"
    list_display = ("programme", "version", "floor", "created_by", "created_at")
    list_filter = (of_council("programme__council"),)
    list_select_related = ("programme__council", "created_by")
    search_fields = ("programme__name_en__folded__contains", "programme__name_fr__folded__contains")
    ordered_by = ("programme", "-version")


@admin.register(MatchingRun, site=site)
class MatchingRunAdmin(ReadOnlyAdmin):
    """Runs of the engine."""

    kept_because = KEPT
    council_path = "intake.programme.council"
    list_display = ("intake", "state", "matched", "total", "worst", "asked_by", "asked_at", "published_at")
    list_filter = ("state", of_council("intake__programme__council"))
    list_select_related = ("intake__programme__council", "asked_by")
    search_fields = (
        *named("asked_by"),
        *("intake__name_en__folded__contains", "intake__name_fr__folded__contains", "input_hash"),
    )
    date_hierarchy = "asked_at"
    ordered_by = ("-asked_at", "pk")


@admin.register(Proposal, site=site)
class ProposalAdmin(ReadOnlyAdmin):
    """Pairs that were proposed, and what came of it."""

    kept_because = KEPT
    council_path = "application.intake.programme.council"
    list_display = ("application", "mentor", "origin", "state", "score", "expires_at", "made_at")
    list_filter = ("state", "origin", "is_pinned", of_council("application__intake__programme__council"))
    list_select_related = ("application__person", "mentor__person")
    search_fields = named("application__person", "mentor__person")
    date_hierarchy = "made_at"
    ordered_by = ("-made_at", "pk")
