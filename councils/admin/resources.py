"""The columns of each table that can be handed in and out; other rows are named by their codes and addresses."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from import_export import fields, resources, widgets

from allies.kit.export import neutralise
from councils.admin.sentences import faults
from councils.models import Council, Fact, FactValue, LocalProgramme, Organisation, Place, Province, Sector, Source


class Named(widgets.ForeignKeyWidget):
    """Find another row by its code; a code that nothing has is an error of its cell."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """Give the row, or say that there is none."""
        try:
            return super().clean(value, row, **kwargs)
        except self.model.DoesNotExist:
            raise ValueError(
                _("There is no %(kind)s “%(value)s”.") % {"kind": self.model._meta.verbose_name, "value": value}
            ) from None


def named(name: str, model: type[Model], by: str) -> fields.Field:
    """A column that names another row."""
    return fields.Field(column_name=name, attribute=name, widget=Named(model, by))


class PlainDiff(resources.Diff):
    """What changes in each cell, marked up without the style attributes that the site refuses."""

    def as_html(self) -> list[SafeString]:
        """Strike out what was, and mark what comes."""
        cells = zip(self.left, self.right, strict=True)
        return [escape(now) if was == now else self._changed(was, now) for was, now in cells]

    @staticmethod
    def _changed(was: str, now: str) -> SafeString:
        return format_html("{}{}", format_html("<del>{}</del> ", was) if was else "", format_html("<ins>{}</ins>", now))


class SafeResource(resources.ModelResource):
    """Rows checked against every rule of the database before one of them is written."""

    class Meta:
        abstract = True

    def get_diff_class(self) -> type[resources.Diff]:
        """Show changes in plain marks."""
        return PlainDiff

    def export_field(self, field: Any, instance: Model, **kwargs: Any) -> Any:
        """Hand out no cell that a spreadsheet would run."""
        return neutralise(super().export_field(field, instance, **kwargs))

    def get_instance(self, instance_loader: Any, row: Any) -> Model | None:
        """Find the row that a line is about; a code in it that nothing has is told with its column later."""
        try:
            return super().get_instance(instance_loader, row)
        except ValueError:
            return None

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        """Take the apostrophe off again that an export put before a cell."""
        for name, value in row.items():
            if isinstance(value, str) and value.startswith("'") and neutralise(value[1:]) == value:
                row[name] = value[1:]

    def validate_instance(
        self, instance: Model, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        """Say what is wrong with a row, field by field, and which rule it would break."""
        found = dict(import_validation_errors or {})
        try:
            instance.full_clean(exclude=set(found), validate_unique=validate_unique, validate_constraints=False)
        except ValidationError as error:
            found = error.update_error_dict(found)
        if not found and (broken := faults(instance)):
            found = {"__all__": [ValidationError(text) for text in broken]}
        if found:
            raise ValidationError(found)


class Settings:
    """What all tables have in common."""

    clean_model_instances = True
    skip_unchanged = True
    report_skipped = True
    use_transactions = True


class OrganisationResource(SafeResource):
    council = named("council", Council, "slug_en")
    sector = named("sector", Sector, "code")

    class Meta(Settings):
        model = Organisation
        import_id_fields = ("council", "name_en")
        fields = (
            *("council", "name_en", "name_fr", "group", "sector", "website", "contact_name", "contact_email"),
            *("contact_is_public", "focus", "about_en", "about_fr"),
            *("is_member", "is_public", "joined_on", "left_on", "note"),
        )


class LocalProgrammeResource(SafeResource):
    council = named("council", Council, "slug_en")

    class Meta(Settings):
        model = LocalProgramme
        import_id_fields = ("council", "name_en")
        fields = (
            *("council", "kind", "name_en", "name_fr", "summary_en", "summary_fr", "started_on", "started_precision"),
            *("ended_on", "is_pilot", "website", "is_published"),
        )


class PlaceResource(SafeResource):
    province = named("province", Province, "code")

    class Meta(Settings):
        model = Place
        import_id_fields = ("code",)
        fields = ("code", "cma", "name_en", "name_fr", "province", "timezone", "latitude", "longitude")


class FactResource(SafeResource):
    council = named("council", Council, "slug_en")

    class Meta(Settings):
        model = Fact
        import_id_fields = ("key",)
        fields = ("key", "council", "label_en", "label_fr", "definition_en", "definition_fr", "on_home", "position")


class FactValueResource(SafeResource):
    fact = named("fact", Fact, "key")
    source = named("source", Source, "key")

    class Meta(Settings):
        model = FactValue
        import_id_fields = ("fact", "source", "locator", "text_en")
        fields = (
            *("fact", "source", "locator", "text_en", "text_fr", "number", "base", "as_of", "precision"),
            *("note_en", "note_fr"),
        )


class CouncilResource(SafeResource):
    """The profiles of councils that are in the registry; their life is kept elsewhere."""

    class Meta(Settings):
        model = Council
        import_id_fields = ("slug_en",)
        fields = (
            *("slug_en", "region_en", "region_fr", "population", "works_in_english", "works_in_french"),
            *("host_en", "host_fr", "host_type", "legal_form", "started_on", "started_precision"),
            *("partnership_en", "partnership_fr", "summary_en", "summary_fr", "history_en", "history_fr"),
            *("website", "contact_email", "contact_phone", "accent", "is_published"),
        )

    def validate_instance(self, instance: Model, *args: Any, **kwargs: Any) -> None:
        """Take no council in by spreadsheet."""
        if instance._state.adding:
            raise ValidationError(_("No council has this address: add the council on the network's pages first."))
        super().validate_instance(instance, *args, **kwargs)
