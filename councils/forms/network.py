"""What national staff are asked when they keep the registry."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from allies.kit.bilingual import alphabetical
from councils.models import Council, DatePrecision, HostType, Place
from councils.queries.network import living
from councils.states import STAGES, Stage


class DayInput(forms.DateInput):
    """The browser's own picker of dates."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class Shaped(forms.BaseForm):
    """A form drawn in an order of its own: "name" is one field, ("name",) a text in both languages."""

    shape: ClassVar[tuple[str | tuple[str], ...]] = ()

    @property
    def parts(self) -> Iterator[dict[str, Any]]:
        """What to draw, one after the other."""
        for part in self.shape:
            yield {"pair": part[0]} if isinstance(part, tuple) else {"field": self[part]}


def prose(rows: int = 3) -> forms.Textarea:
    """A field for several lines."""
    return forms.Textarea(attrs={"rows": rows})


class DatedForm(Shaped, forms.Form):
    """A step that happened on a day, known more or less exactly, for a reason given in both languages."""

    on = forms.DateField(label=_("Date"), widget=DayInput(), initial=timezone.localdate)
    precision = forms.ChoiceField(
        label=_("The date is known"), choices=DatePrecision.choices, initial=DatePrecision.DAY
    )
    reason_en = forms.CharField(label=_("Reason in English"), max_length=500, widget=prose())
    reason_fr = forms.CharField(label=_("Reason in French"), max_length=600, widget=prose())
    pairs: ClassVar[dict[str, Any]] = {"reason": _("Reason")}

    def clean_on(self) -> Any:
        """Take no day that is still to come."""
        if self.cleaned_data["on"] > timezone.localdate():
            raise ValidationError(_("This date is in the future: record the step once it has happened."))
        return self.cleaned_data["on"]


class StageForm(DatedForm):
    """Where a council moves to."""

    to = forms.ChoiceField(label=_("New stage"), widget=forms.RadioSelect)
    seen = forms.CharField(widget=forms.HiddenInput)
    shape = ("to", "on", "precision", ("reason",), "seen")

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = STAGES[Stage(council.stage)] - {Stage.MERGED}
        self.fields["to"].choices = [(stage.value, stage.label) for stage in Stage if stage in here]  # type: ignore[attr-defined]
        self.fields["seen"].initial = council.stage


class MergeForm(DatedForm):
    """Whom a council merges into: another council, or a body outside the network."""

    successor = forms.ModelChoiceField(
        queryset=Council.objects.none(),
        label=_("Council that it merges into"),
        required=False,
        empty_label=_("A body outside the network"),
    )
    successor_en = forms.CharField(label=_("Outside body, in English"), max_length=160, required=False)
    successor_fr = forms.CharField(label=_("Outside body, in French"), max_length=160, required=False)
    shape = ("successor", ("successor",), "on", "precision", ("reason",))
    pairs: ClassVar[dict[str, Any]] = {
        "reason": _("Reason"),
        "successor": _("Or: the body outside the network that takes over"),
    }

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successor"].queryset = living(council)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        facts = super().clean() or {}
        named = [name for name in ("successor_en", "successor_fr") if facts.get(name)]
        if facts.get("successor") and named:
            self.add_error("successor", _("Choose a council or name an outside body, not both."))
        elif not facts.get("successor") and "successor" not in self.errors:
            for name in ("successor_en", "successor_fr"):
                if name not in named:
                    self.add_error(name, _("Choose a council above, or name the outside body in both languages."))
        return facts


class NameForm(Shaped, forms.Form):
    """A name and an address in each language."""

    name_en = forms.CharField(label=_("Name in English"), max_length=160)
    name_fr = forms.CharField(label=_("Name in French"), max_length=160)
    acronym = forms.CharField(label=_("Acronym"), max_length=20, required=False)
    slug_en = forms.SlugField(
        label=_("Address in English"),
        max_length=60,
        required=False,
        help_text=_("Small letters, digits and hyphens. Left empty, it is made from the name."),
    )
    slug_fr = forms.SlugField(
        label=_("Address in French"),
        max_length=60,
        required=False,
        help_text=_("Small letters, digits and hyphens. Left empty, it is made from the name."),
    )
    pairs: ClassVar[dict[str, Any]] = {"name": _("Name"), "slug": _("Web address"), "reason": _("Reason")}

    def clean(self) -> dict[str, Any]:
        """Make the addresses that were left empty, and keep them in small letters."""
        facts = super().clean() or {}
        for language in ("en", "fr"):
            name, slug = facts.get(f"name_{language}", ""), facts.get(f"slug_{language}", "")
            if f"slug_{language}" not in self.errors and name:
                facts[f"slug_{language}"] = (slug.lower() or slugify(name))[:60].strip("-")
                if not facts[f"slug_{language}"]:
                    self.add_error(f"slug_{language}", _("Write an address: none can be made from the name."))
        return facts


class RenameForm(NameForm):
    """The new name, and since when."""

    on = forms.DateField(label=_("First day of the new name"), widget=DayInput(), initial=timezone.localdate)
    precision = forms.ChoiceField(
        label=_("The date is known"), choices=DatePrecision.choices, initial=DatePrecision.DAY
    )
    was_mistake = forms.BooleanField(
        label=_("The present name was a mistake: don't list it among the former names"), required=False
    )
    shape = (("name",), "acronym", ("slug",), "on", "precision", "was_mistake")


class CouncilForm(NameForm):
    """A council or place that enters the registry."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Council.Kind.choices, initial=Council.Kind.COUNCIL)
    place = forms.ModelChoiceField(queryset=Place.objects.none(), label=_("City or region of its seat"))
    population = forms.ChoiceField(label=_("Population"), choices=Council.Population.choices, required=False)
    host_type = forms.ChoiceField(
        label=_("Type of host"), choices=[("", _("Not recorded")), *HostType.choices], required=False
    )
    works_in_english = forms.BooleanField(label=_("Works in English"), required=False, initial=True)
    works_in_french = forms.BooleanField(label=_("Works in French"), required=False)
    on = forms.DateField(label=_("Date of the enquiry"), widget=DayInput(), initial=timezone.localdate)
    precision = forms.ChoiceField(
        label=_("The date is known"), choices=DatePrecision.choices, initial=DatePrecision.DAY
    )
    reason_en = forms.CharField(label=_("How it began, in English"), max_length=500, widget=prose())
    reason_fr = forms.CharField(label=_("How it began, in French"), max_length=600, widget=prose())
    pairs: ClassVar[dict[str, Any]] = {**NameForm.pairs, "reason": _("How it began")}
    shape = (
        *("kind", ("name",), "acronym", ("slug",), "place", "population", "host_type"),
        *("works_in_english", "works_in_french", "on", "precision", ("reason",)),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = Place.objects.select_related("province").order_by(alphabetical("name"))
        field = self.fields["place"]
        field.queryset = Place.objects.all()  # type: ignore[attr-defined]
        field.choices = [("", "---------"), *((p.pk, f"{p.name} ({p.province_id})") for p in places)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for a language of work."""
        facts = super().clean()
        if not (facts.get("works_in_english") or facts.get("works_in_french")):
            self.add_error("works_in_english", _("Choose at least one language of work."))
        return facts
