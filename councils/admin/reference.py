"""Reference tables from official classifications; `manage.py load_reference` fills them."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from councils.admin.base import ReadOnlyAdmin, RecordAdmin
from councils.admin.exchange import Exchange
from councils.admin.resources import PlaceResource
from councils.admin.site import site
from councils.models import (
    LanguageLevel,
    Occupation,
    OccupationGroup,
    OccupationTitle,
    Place,
    Province,
    Sector,
    Teer,
)
from councils.queries.occupations import fold

OFFICIAL = _("This table follows an official classification: it is loaded from the published file.")


class OfficialAdmin(ReadOnlyAdmin):
    """A table of an official classification."""

    kept_because = OFFICIAL
    council_path = ""


@admin.register(Province, site=site)
class ProvinceAdmin(OfficialAdmin):
    """Provinces and territories."""

    list_display = ("__str__", "code", "iso", "sgc", "is_territory")
    list_filter = ("is_territory",)
    search_fields = ("code", "name_en__unaccent", "name_fr__unaccent")
    ordered_by = ("~name",)


@admin.register(Place, site=site)
class PlaceAdmin(Exchange, RecordAdmin):
    """Places where councils sit."""

    kept_because = _("Councils, events and figures stand on places.")
    council_path = ""
    resource_classes = (PlaceResource,)
    list_display = ("__str__", "code", "province", "cma", "timezone")
    list_filter = ("province", "timezone")
    list_select_related = ("province",)
    search_fields = ("code", "cma", "name_en__unaccent", "name_fr__unaccent")
    autocomplete_fields = ("province",)
    ordered_by = ("~name", "code")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Keep the code that other rows point to."""
        return ("code",) if obj else ()


@admin.register(Sector, site=site)
class SectorAdmin(OfficialAdmin):
    """Sectors of NAICS."""

    list_display = ("__str__", "code")
    search_fields = ("code", "title_en__unaccent", "title_fr__unaccent")
    ordered_by = ("code",)


@admin.register(LanguageLevel, site=site)
class LanguageLevelAdmin(OfficialAdmin):
    """Levels of the CLB and the NCLC."""

    list_display = ("__str__", "ielts_listening", "ielts_reading", "ielts_writing", "ielts_speaking")
    search_fields = ("=level", "stage_en__unaccent", "stage_fr__unaccent")
    ordered_by = ("level",)


@admin.register(OccupationGroup, site=site)
class OccupationGroupAdmin(OfficialAdmin):
    """Broad categories of NOC 2021."""

    list_display = ("__str__", "code")
    search_fields = ("code", "title_en__unaccent", "title_fr__unaccent")
    ordered_by = ("code",)


@admin.register(Teer, site=site)
class TeerAdmin(OfficialAdmin):
    """Categories of training, education, experience and responsibilities."""

    list_display = ("__str__", "code")
    search_fields = ("=code", "title_en__unaccent", "title_fr__unaccent")
    ordered_by = ("code",)


@admin.register(Occupation, site=site)
class OccupationAdmin(OfficialAdmin):
    """Unit groups of NOC 2021."""

    list_display = ("code", "title_en", "title_fr", "group", "teer")
    list_filter = ("group", "teer")
    list_select_related = ("group", "teer")
    search_fields = ("^code", "title_en__unaccent", "title_fr__unaccent")
    ordered_by = ("code",)


@admin.register(OccupationTitle, site=site)
class OccupationTitleAdmin(RecordAdmin):
    """Job titles that people search by; one that misleads may go."""

    council_path = ""
    list_display = ("title", "language", "occupation")
    list_filter = ("language",)
    list_select_related = ("occupation",)
    search_fields = ("folded", "^occupation__code")
    autocomplete_fields = ("occupation",)
    readonly_fields = ("folded",)
    ordered_by = ("folded", "pk")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing stands on a title."""
        return True

    def save_model(self, request: HttpRequest, obj: OccupationTitle, form: Any, change: bool) -> None:
        """Keep the folded title in step."""
        obj.folded = fold(obj.title)
        super().save_model(request, obj, form, change)
