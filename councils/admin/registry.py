"""Councils, their former names and addresses, and the steps of their lives."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from councils.admin.base import CleanForm, ReadOnlyAdmin, ReadOnlyInline, RecordAdmin
from councils.admin.exchange import Exchange
from councils.admin.lists import WithRecords
from councils.admin.resources import CouncilResource
from councils.admin.site import site
from councils.models import Council, FormerName, RetiredSlug, StageChange

LIFE = _("Stage, name, address and mergers change on the network's pages, where each step is dated and explained.")


class FormerNameInline(admin.TabularInline):
    model = FormerName
    form = CleanForm
    extra = 0
    can_delete = False


class StageChangeInline(ReadOnlyInline):
    model = StageChange
    fields = ("from_stage", "to_stage", "on", "precision", "reason_en", "reason_fr")
    readonly_fields = fields
    ordering = ("on", "created_at")


class RetiredSlugInline(ReadOnlyInline):
    model = RetiredSlug
    fields = ("slug",)


@admin.register(Council, site=site)
class CouncilAdmin(Exchange, RecordAdmin):
    """Councils: everything but their life, which has its own pages."""

    resource_classes = (CouncilResource,)
    council_path = ""
    list_display = ("name", "stage", "kind", "province", "host_type", "population", "is_published", "changed_at")
    list_filter = ("stage", "kind", "is_published", "host_type", "population", "province")
    list_select_related = ("province",)
    search_fields = (
        *("name_en__unaccent", "name_fr__unaccent", "acronym", "host_en__unaccent", "host_fr__unaccent"),
        *("place__name_en__unaccent", "place__name_fr__unaccent", "slug_en", "slug_fr"),
    )
    ordered_by = ("~name", "pk")
    autocomplete_fields = ("place",)
    readonly_fields = (
        *(
            "name_en",
            "name_fr",
            "acronym",
            "slug_en",
            "slug_fr",
            "stage",
            "merged_into",
            "successor_en",
            "successor_fr",
        ),
        *("life", "created_at", "changed_at"),
    )
    fieldsets = (
        (None, {"fields": ("life", ("name_en", "name_fr", "acronym"), ("slug_en", "slug_fr"), "kind", "is_published")}),
        (
            _("Life"),
            {
                "fields": (
                    ("stage", "merged_into"),
                    ("successor_en", "successor_fr"),
                    ("started_on", "started_precision"),
                )
            },
        ),
        (
            _("Where it works"),
            {
                "fields": (
                    ("province", "place"),
                    ("region_en", "region_fr"),
                    "population",
                    ("works_in_english", "works_in_french"),
                    ("partnership_en", "partnership_fr"),
                )
            },
        ),
        (_("Host"), {"fields": (("host_en", "host_fr"), ("host_type", "legal_form"))}),
        (_("In words"), {"fields": (("summary_en", "summary_fr"), ("history_en", "history_fr"))}),
        (_("Contact and look"), {"fields": ("website", "contact_email", "contact_phone", "accent")}),
        (
            _("What it does"),
            {
                "fields": (
                    ("is_catalyst", "is_clearinghouse", "raises_awareness", "is_facilitator"),
                    ("joins_national_match", "joins_campaigns", "joins_advocacy"),
                )
            },
        ),
        (_("Record"), {"fields": (("created_at", "changed_at"),)}),
    )
    inlines = (FormerNameInline, RetiredSlugInline, StageChangeInline)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Councils enter the registry on the network's pages."""
        return False

    def council_of(self, obj: Any) -> Any:
        """A council belongs to itself."""
        return obj

    @admin.display(description=_("life"))
    def life(self, obj: Council) -> SafeString:
        """Lead to the page where a council's life is kept."""
        address = reverse("councils:network-council", args=[obj.slug])
        return format_html('{} <a href="{}">{}</a>', LIFE, address, _("Open the record"))

    @admin.display(description=_("name"))
    def name(self, obj: Council) -> str:
        """The name in the reader's language."""
        return obj.name


@admin.register(FormerName, site=site)
class FormerNameAdmin(RecordAdmin):
    """Names that councils bore; one that was entered by mistake may go."""

    list_display = ("__str__", "council", "starts_on", "ends_on")
    list_filter = (("council", WithRecords),)
    list_select_related = ("council",)
    search_fields = (
        "name_en__unaccent",
        "name_fr__unaccent",
        "council__name_en__unaccent",
        "council__name_fr__unaccent",
    )
    autocomplete_fields = ("council",)
    ordered_by = ("council", "ends_on")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let a name go that was never borne."""
        return True


@admin.register(RetiredSlug, site=site)
class RetiredSlugAdmin(ReadOnlyAdmin):
    """Addresses that lead on for ever."""

    kept_because = _("Old addresses lead to their council for ever: other sites link to them.")
    list_display = ("slug", "council")
    list_select_related = ("council",)
    search_fields = ("slug", "council__name_en__unaccent", "council__name_fr__unaccent")
    ordered_by = ("slug",)


@admin.register(StageChange, site=site)
class StageChangeAdmin(RecordAdmin):
    """Steps of councils' lives; their wording may be corrected, the steps themselves are made elsewhere."""

    list_display = ("council", "from_stage", "to_stage", "on", "precision", "by")
    list_filter = ("to_stage", ("council", WithRecords))
    list_select_related = ("council", "by")
    search_fields = ("council__name_en__unaccent", "council__name_fr__unaccent", "reason_en", "reason_fr")
    date_hierarchy = "on"
    readonly_fields = ("council", "from_stage", "to_stage", "on", "by", "created_at")
    ordered_by = ("-on", "-created_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Steps are made on the network's pages."""
        return False
