"""Yearly targets, reports of results that stay as they were written, and plans that are their owners' alone."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from councils.admin.base import ReadOnlyAdmin, RecordAdmin
from councils.admin.site import site
from mentoring.admin.base import named, of_council
from mentoring.models import PlanStep, ResultReport, YearTarget

_PROGRAMME = ("programme__name_en__folded__contains", "programme__name_fr__folded__contains")


@admin.register(YearTarget, site=site)
class YearTargetAdmin(RecordAdmin):
    """What programmes aim at in a year: numbers may be corrected."""

    council_path = "programme.council"
    list_display = ("programme", "year", "matches", "completed")
    list_filter = ("year", of_council("programme__council"))
    list_select_related = ("programme__council",)
    search_fields = _PROGRAMME
    autocomplete_fields = ("programme",)
    ordered_by = ("-year", "programme", "pk")


@admin.register(ResultReport, site=site)
class ResultReportAdmin(ReadOnlyAdmin):
    """Reports of results: the database refuses to change or remove one."""

    kept_because = _("A report stays as it was written, so that whoever quotes it can be checked.")
    list_display = ("subject", "council", "until", "frozen_by", "frozen_at")
    list_filter = (of_council("council"),)
    list_select_related = ("council", "frozen_by")
    search_fields = ("subject_en__folded__contains", "subject_fr__folded__contains", *named("frozen_by"), "rows_hash")
    date_hierarchy = "frozen_at"
    ordered_by = ("-frozen_at", "pk")


@admin.register(PlanStep, site=site)
class PlanStepAdmin(ReadOnlyAdmin):
    """Steps of people's own plans: that there is one, not what it says."""

    kept_because = _("A plan is its owner's alone, who changes it on the page of the pair.")
    council_path = "pair.programme.council"
    exclude = ("text",)
    list_display = ("pair", "added_on", "by_when", "done_on")
    list_filter = (of_council("pair__programme__council"),)
    list_select_related = ("pair__programme__council", "pair__mentee_person", "pair__mentor_person")
    search_fields = named("pair__mentee_person")
    date_hierarchy = "added_on"
    ordered_by = ("-added_on", "pk")
