"""A form that speaks two languages side by side and notices what a colleague wrote meanwhile."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.forms.models import construct_instance
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from allies.kit.bilingual import LANGUAGES
from councils.queries.translation import TEXTS, Side, missing, sides_behind
from councils.services.editing import fingerprint, fingerprints, plain, value_of


class ProseField(forms.CharField):
    """Text of several lines, with one way of ending a line whatever the browser sends."""

    def to_python(self, value: Any) -> str:
        """Normalise line ends before the length is checked."""
        return plain(super().to_python(value) or "")


class DayInput(forms.DateInput):
    """The browser's own date picker."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


@dataclass(frozen=True, slots=True)
class Pair:
    """One text in both languages, as the form shows it side by side."""

    text: str
    label: str
    en: BoundField
    fr: BoundField
    behind: Side | None
    theirs_en: str = ""
    theirs_fr: str = ""

    @property
    def is_long(self) -> bool:
        """Written in several lines."""
        return isinstance(self.en.field.widget, forms.Textarea)


class BilingualForm(forms.ModelForm):
    """A form over a model with bilingual texts; services judge what it gathers.

    `own` names the model's fields whose fingerprints the form remembers; `stands_for` maps those that are gathered
    by a field of another name.
    """

    own: ClassVar[tuple[str, ...]] = ()
    stands_for: ClassVar[Mapping[str, str]] = {}
    rows: ClassVar[Mapping[str, int]] = {}
    hints: ClassVar[Mapping[str, Any]] = {}

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, since: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.since = since or {}
        self.theirs: dict[str, str] = {}
        self.sides: dict[str, Side] = {}
        self._missing: dict[str, str] = {}
        if not self.instance._state.adding:
            # Read before the form writes what was typed into the instance.
            self.sides = {side.text: side for side in sides_behind(self.instance, self.since)}
            self._missing = missing(self.instance)
            self.fields["seen"].initial = json.dumps(fingerprints(self.instance, self.own))
        for name, field in self.fields.items():
            text, _line, language = name.rpartition("_")
            if language in LANGUAGES:
                # So that a browser checks the spelling in the right language.
                field.widget.attrs["lang"] = f"{language}-CA"
                field.label = capfirst(self.instance._meta.get_field(name).verbose_name)
                if text in self.rows:
                    field.widget.attrs["rows"] = self.rows[text]
            elif isinstance(field, forms.DateField):
                field.widget = DayInput()
            if name in self.hints:
                field.help_text = self.hints[name]

    def clean(self) -> dict[str, Any]:
        """Leave uniqueness and the database's rules to the service."""
        return self.cleaned_data

    def _post_clean(self) -> None:
        """Judge each field by its model; what several fields must be together, the service says in words."""
        self.instance = construct_instance(self, self.instance, self._meta.fields, self._meta.exclude)
        try:
            self.instance.clean_fields(exclude=self._get_validation_exclusions())
        except ValidationError as errors:
            self._update_errors(errors)

    @property
    def facts(self) -> dict[str, Any]:
        """What was gathered, by the names of the model's fields."""
        return {name: self.cleaned_data[name] for name in self.own if name in self.cleaned_data}

    @property
    def shown(self) -> dict[str, str]:
        """The fingerprints that the form showed when it was opened; none if they don't make sense."""
        try:
            found = json.loads(self.cleaned_data.get("seen") or "{}")
        except ValueError:
            return {}
        return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}

    def pair(self, text: str, label: Any = "") -> Pair:
        """One text in both languages."""
        return Pair(
            text=text,
            label=capfirst(str(label or self._name_of(text))),
            en=self[f"{text}_en"],
            fr=self[f"{text}_fr"],
            behind=self.sides.get(text),
            theirs_en=self.theirs.get(f"{text}_en", ""),
            theirs_fr=self.theirs.get(f"{text}_fr", ""),
        )

    def _name_of(self, text: str) -> str:
        return str(TEXTS[type(self.instance)].labels[text])

    @property
    def before_publishing(self) -> list[BoundField]:
        """The fields to fill in before the item can be published, as it stands in the database."""
        return [] if self.instance._state.adding else [self[name] for name in self._missing if name in self.fields]

    def compare(self, theirs: Mapping[str, Any], standing: Any) -> None:
        """Show what a colleague wrote next to what was typed here; the next save knows of it."""
        for name, value in theirs.items():
            field = self.stands_for.get(name, name)
            said = self._in_words(name, value)
            if isinstance(self.fields[field].widget, forms.Textarea):
                self.theirs[field] = said or _("nothing")
                sentence = _(
                    "A colleague changed this meanwhile: their text stands below yours. Take from it, then save."
                )
            else:
                sentence = _(
                    "A colleague wrote here meanwhile: “%(text)s”. Yours is kept: change it or save it as it is."
                )
            self.add_error(field, sentence % {"text": said or _("nothing")})
        remembered = dict(self.shown)
        remembered.update({name: fingerprint(value_of(standing, name)) for name in theirs})
        self.data = self.data.copy()
        self.data["seen"] = json.dumps(remembered)

    def _in_words(self, name: str, value: Any) -> str:
        field = self.instance._meta.get_field(name)
        if field.many_to_many or field.is_relation:
            keys = value if isinstance(value, list) else [value]
            return ", ".join(str(row) for row in field.related_model._default_manager.filter(pk__in=keys))
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        return str(dict(field.flatchoices).get(value, value) if field.flatchoices else value or "")

    def hidden(self) -> Iterator[tuple[str, str]]:
        """All that was typed, as pairs to send again from another page."""
        for name in self.fields:
            values = self.data.getlist(name) if hasattr(self.data, "getlist") else [self.data.get(name, "")]
            for value in values:
                yield name, value
