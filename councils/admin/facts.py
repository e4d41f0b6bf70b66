"""Figures with their sources, and imported labour-market tables."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from councils.admin.base import CleanForm, DraftsMayGo, ReadOnlyAdmin, RecordAdmin
from councils.admin.exchange import Exchange
from councils.admin.lists import WithRecords
from councils.admin.resources import FactResource, FactValueResource
from councils.admin.site import site
from councils.models import Fact, FactValue, LabourFigure, LabourTable, Source


@admin.register(Source, site=site)
class SourceAdmin(RecordAdmin):
    """Documents that figures come from."""

    council_path = ""
    list_display = ("__str__", "key", "publisher", "year")
    list_filter = ("year",)
    search_fields = ("key", "title_en__unaccent", "title_fr__unaccent", "publisher__unaccent")
    ordered_by = ("-year", "key")


class FactValueInline(admin.StackedInline):
    model = FactValue
    form = CleanForm
    extra = 0
    can_delete = False
    autocomplete_fields = ("source",)
    readonly_fields = ("is_shown",)


@admin.register(Fact, site=site)
class FactAdmin(Exchange, DraftsMayGo, RecordAdmin):
    """Figures; the shown value is chosen, and figures are published, in the register of facts."""

    resource_classes = (FactResource,)
    list_display = ("__str__", "key", "council", "on_home", "position", "is_published")
    list_filter = ("is_published", "on_home", ("council", WithRecords))
    list_select_related = ("council",)
    search_fields = ("key", "label_en__unaccent", "label_fr__unaccent", "council__name_en__unaccent")
    autocomplete_fields = ("council",)
    readonly_fields = ("is_published",)
    ordered_by = ("position", "key")
    inlines = (FactValueInline,)


@admin.register(FactValue, site=site)
class FactValueAdmin(Exchange, DraftsMayGo, RecordAdmin):
    """What each source says."""

    kept_because = _("Conflicting values are kept beside the one that is shown.")
    resource_classes = (FactValueResource,)
    council_path = "fact.council"
    list_display = ("fact", "text_en", "text_fr", "source", "as_of", "is_shown")
    list_filter = ("is_shown", ("source", WithRecords))
    list_select_related = ("fact", "source")
    search_fields = ("fact__label_en__unaccent", "fact__label_fr__unaccent", "text_en__unaccent", "text_fr__unaccent")
    autocomplete_fields = ("fact", "source")
    readonly_fields = ("is_shown",)
    ordered_by = ("fact__key", "pk")

    def is_draft(self, obj: FactValue) -> bool:
        """Whether the figure is unpublished and shows another value."""
        return not obj.fact.is_published and not obj.is_shown


@admin.register(LabourTable, site=site)
class LabourTableAdmin(RecordAdmin):
    """Tables of Statistics Canada; their titles may be corrected, their figures come from imports."""

    kept_because = _("Importing a table again replaces its figures.")
    council_path = ""
    list_display = ("__str__", "product", "rows", "imported_at")
    search_fields = ("product", "title_en__unaccent", "title_fr__unaccent")
    readonly_fields = ("product", "imported_at", "rows", "sha256")
    date_hierarchy = "imported_at"
    ordered_by = ("product",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Tables are imported on the network's pages."""
        return False


@admin.register(LabourFigure, site=site)
class LabourFigureAdmin(ReadOnlyAdmin):
    """Cells of imported tables."""

    council_path = ""
    list_display = ("table", "geography", "period", "categories", "unit", "value", "status")
    list_filter = (("table", WithRecords),)
    list_select_related = ("table",)
    search_fields = ("geography__unaccent",)
    # As the index has it: a city after the other, each with its tables.
    ordered_by = ("place", "table", "period", "pk")
