"""Import and export of tables: CSV and Excel, tried out first, all rows or none, with an audit entry for each row."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from import_export.admin import ImportExportMixin
from import_export.formats.base_formats import CSV, XLSX
from import_export.forms import ExportForm
from import_export.results import RowResult
from import_export.tmp_storages import CacheStorage

from allies.kit import audit

WRITTEN = (RowResult.IMPORT_TYPE_NEW, RowResult.IMPORT_TYPE_UPDATE)


class Exchange(ImportExportMixin):
    """A table that can be handed in and out as a spreadsheet."""

    formats = (CSV, XLSX)
    export_form_class = ExportForm
    to_encoding = "utf-8-sig"
    skip_admin_log = True
    # Between the trial and the confirmation the file waits where every web process finds it.
    tmp_storage_class = CacheStorage

    def process_dataset(self, dataset: Any, form: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Write the rows and their audit entries together."""
        with transaction.atomic():
            result = super().process_dataset(dataset, form, request, **kwargs)
            if result.has_errors() or result.has_validation_errors():
                transaction.set_rollback(True)
                return result
            for row in result:
                if row.import_type in WRITTEN:
                    council = self.council_of(row.instance)
                    audit.record("admin.imported", row.instance, by=request.user, council=council)
        return result

    def get_export_data(self, file_format: Any, request: HttpRequest, queryset: QuerySet[Any], **kwargs: Any) -> Any:
        """Note who took a table along."""
        data = super().get_export_data(file_format, request, queryset, **kwargs)
        audit.record("admin.exported", by=request.user, reason=f"{self.opts.label_lower}: {queryset.count()}")
        return data
