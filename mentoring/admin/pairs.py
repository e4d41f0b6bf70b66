"""Pairs and all that the two keep there, and how people were doing afterwards."""

from django.contrib import admin

from councils.admin.base import ReadOnlyAdmin, ReadOnlyInline
from councils.admin.site import site
from mentoring.admin.base import KEPT, MOVED, Outward, handed_out, named, of_council
from mentoring.models import FollowUp, ModuleDone, Pair, PairGoal, Pulse, Session

COUNCIL = "pair__programme__council"
TWO = ("pair__mentee_person", "pair__mentor_person")


class SessionInline(ReadOnlyInline):
    model = Session
    fields = ("starts_at", "ends_at", "how", "state")
    readonly_fields = fields
    ordering = ("starts_at",)


@admin.register(Pair, site=site)
class PairAdmin(Outward, ReadOnlyAdmin):
    """Pairs: they begin, pause and end on their pages, where the places are counted and the two are told."""

    kept_because = MOVED
    council_path = "programme.council"
    resource_classes = (
        handed_out(
            Pair,
            *("programme__council__slug_en", "programme__slug", "state", "made_at", "started_on", "planned_end_on"),
            *("ended_on", "end_reason"),
        ),
    )
    list_display = ("mentee_person", "mentor_person", "programme", "state", "started_on", "planned_end_on", "ended_on")
    list_filter = ("state", "end_reason", of_council("programme__council"))
    list_select_related = ("mentee_person", "mentor_person", "programme__council")
    search_fields = named("mentee_person", "mentor_person")
    date_hierarchy = "made_at"
    ordered_by = ("-made_at", "pk")
    inlines = (SessionInline,)


class OfPair(ReadOnlyAdmin):
    """What a pair keeps."""

    kept_because = KEPT
    council_path = "pair.programme.council"
    list_select_related = ("pair__mentee_person", "pair__mentor_person")
    search_fields = named(*TWO)


@admin.register(PairGoal, site=site)
class PairGoalAdmin(OfPair):
    """Goals, and how far they are."""

    list_display = ("pair", "kind", "progress", "added_at", "reached_on")
    list_filter = ("kind", of_council(COUNCIL))
    date_hierarchy = "added_at"
    ordered_by = ("-added_at", "pk")


@admin.register(ModuleDone, site=site)
class ModuleDoneAdmin(OfPair):
    """Soft-skills modules that pairs have done."""

    list_display = ("pair", "module", "done_on", "ticked_by")
    list_filter = (of_council(COUNCIL),)
    list_select_related = (*OfPair.list_select_related, "module", "ticked_by")
    date_hierarchy = "done_on"
    ordered_by = ("-done_on", "pk")


@admin.register(Session, site=site)
class SessionAdmin(OfPair):
    """Meetings that were logged."""

    list_display = ("pair", "starts_at", "ends_at", "how", "state", "logged_at", "settled_at")
    list_filter = ("state", "how", of_council(COUNCIL))
    date_hierarchy = "starts_at"
    ordered_by = ("-starts_at", "pk")


@admin.register(Pulse, site=site)
class PulseAdmin(OfPair):
    """How it went, in the words of one of the two."""

    list_display = ("pair", "person", "wave", "fit", "rating", "answered_at")
    list_filter = ("wave", "fit", "rating", of_council(COUNCIL))
    list_select_related = (*OfPair.list_select_related, "person")
    date_hierarchy = "answered_at"
    ordered_by = ("-answered_at", "pk")


@admin.register(FollowUp, site=site)
class FollowUpAdmin(OfPair):
    """What people told three, six and twelve months later."""

    list_display = ("pair", "wave", "due_on", "state", "asked", "answered_on", "way")
    list_filter = ("wave", "state", "way", of_council(COUNCIL))
    date_hierarchy = "due_on"
    ordered_by = ("-due_on", "pk")
