"""What councils tell: reflections, stories, and checklists of readiness."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from councils.admin.base import DraftsMayGo, RecordAdmin
from councils.admin.lists import WithRecords
from councils.admin.site import site
from councils.models import Readiness, Reflection, Story
from councils.states import StoryState

COUNCIL = ("council", WithRecords)


@admin.register(Reflection, site=site)
class ReflectionAdmin(RecordAdmin):
    """Yearly reflections; they are handed in and published from the council's workspace."""

    list_display = ("council", "year", "state", "submitted_at", "changed_at")
    list_filter = ("state", "year", COUNCIL)
    list_select_related = ("council",)
    search_fields = ("council__name_en__unaccent", "council__name_fr__unaccent", "biggest_success_en__unaccent")
    autocomplete_fields = ("council",)
    readonly_fields = ("state", "submitted_at", "changed_at")
    ordered_by = ("-year", "council", "pk")


@admin.register(Story, site=site)
class StoryAdmin(DraftsMayGo, RecordAdmin):
    """Stories; they are published and withdrawn from the council's workspace."""

    kept_because = _("A story that was published or withdrawn is kept with its consent.")
    list_display = ("__str__", "council", "state", "consent_given_on", "consent_withdrawn_on", "published_at")
    list_filter = ("state", COUNCIL)
    list_select_related = ("council",)
    search_fields = ("title_en__unaccent", "title_fr__unaccent", "subject__unaccent")
    autocomplete_fields = ("council", "told_by", "consent_recorded_by", "photo")
    readonly_fields = ("state", "published_at", "changed_at")
    date_hierarchy = "published_at"
    ordered_by = ("-changed_at",)

    def is_draft(self, obj: Story) -> bool:
        """Whether nobody outside has read the story."""
        return obj.state == StoryState.DRAFT


@admin.register(Readiness, site=site)
class ReadinessAdmin(RecordAdmin):
    """Checklists of readiness."""

    list_display = ("council", "on", "by", "total")
    list_filter = (COUNCIL,)
    list_select_related = ("council", "by")
    search_fields = ("council__name_en__unaccent", "council__name_fr__unaccent", "note__unaccent")
    autocomplete_fields = ("council", "by")
    date_hierarchy = "on"
    ordered_by = ("-on", "pk")

    @admin.display(description=_("score out of 18"))
    def total(self, obj: Readiness) -> int:
        """The sum of the scores."""
        return obj.total
