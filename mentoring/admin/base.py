"""What the tables of mentoring have in common: a way out as a spreadsheet, and languages that make sense."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from import_export.admin import ExportMixin
from import_export.formats.base_formats import CSV, XLSX
from import_export.forms import ExportForm
from import_export.resources import ModelResource

from allies.kit import audit
from councils.admin.base import CleanForm
from councils.admin.lists import WithRecords
from councils.admin.resources import SafeResource

MOVED = _("States move on the pages of mentoring, where each step is checked and whoever it concerns is told.")
KEPT = _("Records of mentoring are kept: results are counted from them. People have their data erased from “My data”.")


def of_council(path: str) -> tuple[str, type[admin.FieldListFilter]]:
    """A filter by the council at the end of a path, of which only those with records are offered."""
    return (path, WithRecords)


def named(*paths: str) -> tuple[str, ...]:
    """Search in names and addresses of people, without regard to accents."""
    return tuple(f"{path}__{field}__folded__contains" for path in paths for field in ("name", "email"))


def handed_out(kept: type, *names: str) -> type[ModelResource]:
    """The columns of a table as a spreadsheet shows them; cells that a spreadsheet would run are made harmless."""

    class Handed(SafeResource):
        class Meta:
            model = kept
            fields = names

    return Handed


class Outward(ExportMixin):
    """A table that can be handed out as a spreadsheet; nothing of mentoring is taken in here."""

    formats = (CSV, XLSX)
    export_form_class = ExportForm
    to_encoding = "utf-8-sig"
    skip_admin_log = True

    def get_export_data(self, file_format: Any, request: HttpRequest, queryset: QuerySet[Any], **kwargs: Any) -> Any:
        """Note who took a table along."""
        data = super().get_export_data(file_format, request, queryset, **kwargs)
        audit.record("admin.exported", by=request.user, reason=f"{self.opts.label_lower}: {queryset.count()}")
        return data


class LanguagesForm(CleanForm):
    """A record of somebody who speaks languages."""

    def clean_languages(self) -> Any:
        """Take languages by their codes, each with a level from 1 to 12."""
        found = self.cleaned_data["languages"]
        sound = isinstance(found, dict) and all(
            isinstance(code, str) and len(code) <= 3 and type(level) is int and 1 <= level <= 12
            for code, level in found.items()
        )
        if not sound:
            raise ValidationError(_('Write languages with a level from 1 to 12, like {"en": 12, "fr": 7}.'))
        return found
