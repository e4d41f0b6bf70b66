"""What national staff are asked about readiness, figures, sources and labour-market tables."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from councils.forms.network import DayInput, Shaped, prose
from councils.models import Council, Fact, FactValue, Readiness, Source


class ReadinessForm(Shaped, forms.ModelForm):
    """Six scores from 0 to 3, and a note."""

    shape = ("on", *Readiness.QUESTIONS, "note")

    class Meta:
        model = Readiness
        fields = ["on", *Readiness.QUESTIONS, "note"]
        widgets = {"on": DayInput(), "note": prose(4)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate
        for question in Readiness.QUESTIONS:
            self.fields[question] = forms.TypedChoiceField(
                label=str(self.fields[question].label),
                choices=[(score.value, f"{score.value} – {score.label}") for score in Readiness.Score],
                coerce=int,
                widget=forms.RadioSelect,
            )

    def clean_on(self) -> Any:
        """Take no day that is still to come."""
        if self.cleaned_data["on"] > timezone.localdate():
            raise ValidationError(_("This date is in the future: score what you see today."))
        return self.cleaned_data["on"]

    def validate_constraints(self) -> None:
        """Leave the constraints to the service, which says them as sentences."""

    def _post_clean(self) -> None:
        """Leave the instance alone: the service makes it."""


class SourceForm(Shaped, forms.ModelForm):
    """A document that figures come from."""

    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    shape = (("title",), "publisher", "year", "website")
    pairs: ClassVar[dict[str, Any]] = {"title": _("Title")}

    class Meta:
        model = Source
        fields = ["title_en", "title_fr", "publisher", "year", "website"]


class FigureForm(Shaped, forms.ModelForm):
    """What a figure counts, and where it is shown."""

    shape = (("label",), ("definition",), "council", "on_home", "position")
    pairs: ClassVar[dict[str, Any]] = {"label": _("What it counts"), "definition": _("Definition and limits")}

    class Meta:
        model = Fact
        fields = ["label_en", "label_fr", "definition_en", "definition_fr", "council", "on_home", "position"]
        widgets = {"definition_en": prose(), "definition_fr": prose()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["council"].queryset = Council.objects.by_name()  # type: ignore[attr-defined]
        self.fields["council"].empty_label = _("The whole network")  # type: ignore[attr-defined]
        self.fields["position"].help_text = _("Smaller numbers stand first.")


class ValueForm(Shaped, forms.ModelForm):
    """What one source says about a figure."""

    shape = ("source", "locator", ("text",), "number", "base", "as_of", "precision", ("note",))
    pairs: ClassVar[dict[str, Any]] = {"text": _("Value as it is shown"), "note": _("Note")}

    class Meta:
        model = FactValue
        fields = [
            *("source", "locator", "text_en", "text_fr", "number", "base", "as_of", "precision"),
            *("note_en", "note_fr"),
        ]
        widgets = {"as_of": DayInput()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sources: QuerySet[Source] = Source.objects.order_by("-year", "key")
        self.fields["source"].queryset = sources  # type: ignore[attr-defined]
        self.fields["text_en"].help_text = _("For example “1,250” or “4 in 10”.")
        self.fields["text_fr"].help_text = _("For example “1 250” or “4 sur 10”, as French writes it.")
        self.fields["number"].help_text = _("The same value as a plain number, for charts.")


class ShowForm(Shaped, forms.Form):
    """Why this value is shown and the others are not."""

    note_en = forms.CharField(label=_("Reason in English"), max_length=300)
    note_fr = forms.CharField(label=_("Reason in French"), max_length=340)
    shape = (("note",),)
    pairs: ClassVar[dict[str, Any]] = {"note": _("Why this value is shown")}


class LabourForm(Shaped, forms.Form):
    """A table of Statistics Canada as it is downloaded."""

    upload = forms.FileField(
        label=_("Full-table CSV file"),
        help_text=_("Unpack the ZIP file of Statistics Canada and choose the table, in English or in French."),
    )
    product = forms.RegexField(
        r"^[0-9]{2}-[0-9]{2}-[0-9]{4}-[0-9]{2}$",
        label=_("Table number"),
        help_text=_("For example 14-10-0083-01."),
        error_messages={"invalid": _("Write the number like 14-10-0083-01.")},
    )
    title_en = forms.CharField(label=_("Title in English"), max_length=250, required=False)
    title_fr = forms.CharField(label=_("Title in French"), max_length=280, required=False)
    shape = ("upload", "product", ("title",))
    pairs: ClassVar[dict[str, Any]] = {"title": _("Title (the first time only)")}
