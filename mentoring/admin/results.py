"""Yearly targets, and reports of results that stay as they were written."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from councils.admin.base import ReadOnlyAdmin, RecordAdmin
from councils.admin.site import site
from mentoring.admin.base import named, of_council
from mentoring.models import ResultReport, YearTarget

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
