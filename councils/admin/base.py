"""What every page of the administration has: clean errors, an audit entry for each change, and no deletion."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied
from django.db import models
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from allies.kit import audit
from allies.kit.bilingual import column
from allies.kit.refusals import Refused
from councils.admin.lists import Found, searched
from councils.admin.sentences import faults

KEPT = _("Records of this kind are kept: the history of the network stands on them.")


ADDRESSES = {models.URLField: {"assume_scheme": "https"}}


class CleanForm(forms.ModelForm):
    """Say in a sentence what the database would refuse, also where fields of the rule are not on the form."""

    def _post_clean(self) -> None:
        super()._post_clean()
        if NON_FIELD_ERRORS in self._errors:
            rules = [rule.name for rule in self.instance._meta.constraints]
            told = [text for text in self._errors[NON_FIELD_ERRORS] if not any(name in text for name in rules)]
            del self._errors[NON_FIELD_ERRORS]
            if told:
                self.add_error(None, told)
        if not self._errors:
            for sentence in faults(self.instance):
                self.add_error(None, sentence)


class RecordAdmin(admin.ModelAdmin):
    """A table whose changes are audited; its rows are not deleted unless a subclass says when."""

    form = CleanForm
    formfield_overrides = ADDRESSES
    list_per_page = 50
    show_full_result_count = False
    view_on_site = False
    kept_because: str | Promise = KEPT
    council_path = "council"
    ordered_by: tuple[str, ...] = ()
    change_form_template = "admin/record_change_form.html"

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        """Order by name in the reader's language where names are bilingual: "~name" stands for that column."""
        return tuple(column(name[1:]) if name.startswith("~") else name for name in self.ordered_by)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[Found]:
        """List the first matches of a search."""
        return Found

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Search other tables by themselves."""
        return searched(queryset, self.get_search_fields(request), search_term), False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Keep records."""
        return False

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Delete nothing in bulk."""
        return {name: act for name, act in super().get_actions(request).items() if name != "delete_selected"}

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Explain why there is no button to delete."""
        obj = kwargs.get("obj") or context.get("original")
        kept = "" if self.has_delete_permission(request, obj) else self.kept_because
        return super().render_change_form(request, context | {"kept_because": kept}, *args, **kwargs)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show a refusal of a service as a message."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except Refused as refusal:
            messages.error(request, str(refusal.reason))
            return redirect(request.get_full_path())

    changeform_view.gate = "admin.open"  # type: ignore[attr-defined]

    def council_of(self, obj: Model) -> Any:
        """Find the council that a row belongs to, along `council_path`."""
        found: Any = obj
        for name in self.council_path.split(".") if self.council_path else ():
            found = getattr(found, name, None)
        return found if self.council_path else None

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        """Name the changed fields: names only, as the audit trail wants them."""
        names = list(form.changed_data)
        for formset in formsets or ():
            kind = formset.model._meta.model_name
            names += [f"{kind}.{name}" for one in formset.forms for name in one.changed_data]
        return names

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> None:
        """Note an addition in the audit trail."""
        self._note("admin.added", request, obj, message)

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> None:
        """Note a change in the audit trail."""
        self._note("admin.changed", request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Note deletions in the audit trail."""
        for obj in queryset:
            self._note("admin.deleted", request, obj, ())

    def _note(self, action: str, request: HttpRequest, obj: Model, names: Any) -> None:
        fields = [name.lower() for name in names] if isinstance(names, (list, tuple)) else []
        audit.record(action, obj, by=request.user, council=self.council_of(obj), fields=fields)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show what the audit trail says about a record, whoever changed it and where."""
        obj = self.get_object(request, object_id)
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        page = self.get_paginator(request, audit.about(obj), 50).get_page(request.GET.get("p"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("History: %(name)s") % {"name": obj},
            "module_name": str(self.opts.verbose_name_plural),
            "object": obj,
            "opts": self.opts,
            "entries": page,
        }
        return TemplateResponse(request, "admin/object_history.html", context)

    history_view.gate = "admin.open"  # type: ignore[attr-defined]


class ReadOnlyAdmin(RecordAdmin):
    """A table that is looked at here and changed elsewhere, or never."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Add nothing."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Change nothing."""
        return False


class ReadOnlyInline(admin.TabularInline):
    """Rows shown below the record that they belong to."""

    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Add nothing."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Change nothing."""
        return False


class DraftsMayGo:
    """Let a record be deleted until it is published; `is_draft` says when that is."""

    kept_because: str | Promise = _("What was published is kept. Take it back from publication before you delete it.")

    def is_draft(self, obj: Any) -> bool:
        """Whether nobody outside has seen the record."""
        return not obj.is_published

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Delete drafts only."""
        return obj is not None and self.is_draft(obj)
