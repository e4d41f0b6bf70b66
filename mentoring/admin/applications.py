"""Applications and what came of them: verdicts, referrals, interviews, orientation."""

from django.contrib import admin
from django.http import HttpRequest

from councils.admin.base import ReadOnlyAdmin, ReadOnlyInline, RecordAdmin
from councils.admin.site import site
from mentoring.admin.base import KEPT, MOVED, LanguagesForm, Outward, handed_out, named, of_council
from mentoring.models import Application, EligibilityCheck, Interview, Orientation, Referral

STEPS = (
    *("submitted_at", "eligible_at", "screened_at", "oriented_at", "handbook_at", "ready_at", "proposed_at"),
    *("matched_at", "closed_at"),
)


class EligibilityCheckInline(ReadOnlyInline):
    model = EligibilityCheck
    fields = ("at", "verdict", "override_reason")
    readonly_fields = fields
    ordering = ("at",)


@admin.register(Application, site=site)
class ApplicationAdmin(Outward, RecordAdmin):
    """Applications: a wrong answer may be corrected; whose it is, and where it stands, may not."""

    form = LanguagesForm
    kept_because = MOVED
    council_path = "intake.programme.council"
    resource_classes = (
        handed_out(
            Application,
            *("intake__programme__council__slug_en", "intake__programme__slug", "intake__name_en", "state"),
            *("status", "employment", "years", "occupation", "industry", "mode", "place"),
            *("heard_by", "heard_from", *STEPS),
        ),
    )
    list_display = ("person", "intake", "state", "occupation", "submitted_at", "saved_at")
    list_filter = ("state", "status", "employment", of_council("intake__programme__council"))
    list_select_related = ("person", "intake__programme__council", "occupation")
    search_fields = (
        *named("person"),
        "occupation__title_en__folded__contains",
        "occupation__title_fr__folded__contains",
    )
    date_hierarchy = "submitted_at"
    autocomplete_fields = ("occupation", "industry", "place")
    readonly_fields = (
        *("intake", "person", "state", "waiting_intakes", "paused_until", "decision_note", "withdrawn_reason", "cv"),
        *("started_at", "saved_at", *STEPS),
    )
    ordered_by = ("-saved_at", "pk")
    inlines = (EligibilityCheckInline,)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """People apply themselves, or a council enters them from a partner's list."""
        return False


@admin.register(EligibilityCheck, site=site)
class EligibilityCheckAdmin(ReadOnlyAdmin):
    """What the rules said, and who decided otherwise with which reason."""

    kept_because = KEPT
    council_path = "application.intake.programme.council"
    list_display = ("application", "verdict", "rules", "at", "overridden_by")
    list_filter = ("verdict", of_council("application__intake__programme__council"))
    list_select_related = ("application__person", "rules__programme", "overridden_by")
    search_fields = (*named("application__person"), "override_reason__folded__contains")
    date_hierarchy = "at"
    ordered_by = ("-at", "pk")


@admin.register(Referral, site=site)
class ReferralAdmin(ReadOnlyAdmin):
    """Who was handed on to which service."""

    kept_because = KEPT
    council_path = "application.intake.programme.council"
    list_display = ("application", "service", "partner", "outcome", "made_by", "made_at")
    list_filter = ("outcome", of_council("application__intake__programme__council"))
    list_select_related = ("application__person", "partner", "made_by")
    search_fields = (*named("application__person"), "service__folded__contains")
    date_hierarchy = "made_at"
    ordered_by = ("-made_at", "pk")


@admin.register(Interview, site=site)
class InterviewAdmin(ReadOnlyAdmin):
    """Screening interviews."""

    kept_because = KEPT
    council_path = "application.intake.programme.council"
    list_display = ("application", "slot", "state", "held_by", "held_at", "recommendation")
    list_filter = ("state", "recommendation", of_council("application__intake__programme__council"))
    list_select_related = ("application__person", "slot__programme", "held_by")
    search_fields = named("application__person", "held_by")
    date_hierarchy = "held_at"
    ordered_by = ("-held_at", "pk")


@admin.register(Orientation, site=site)
class OrientationAdmin(ReadOnlyAdmin):
    """Who was oriented, and how."""

    kept_because = KEPT
    list_display = ("__str__", "council", "session", "came", "recorded_by", "signed_up_at")
    list_filter = ("came", of_council("council"))
    list_select_related = (
        *("application__person", "mentor__person", "council", "recorded_by"),
        *("session__intake__programme",),
    )
    search_fields = named("application__person", "mentor__person")
    date_hierarchy = "signed_up_at"
    ordered_by = ("-signed_up_at", "pk")
