"""The form of a council's profile."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from councils.forms.workspace.approximate import ApproximateDateField, written
from councils.forms.workspace.base import BilingualForm, ProseField
from councils.models import Council
from councils.services.profile import FIELDS


class ProfileForm(BilingualForm):
    """What a council says about itself, in both languages."""

    own = FIELDS
    stands_for = {"started_on": "started", "started_precision": "started"}
    rows = {"summary": 6, "history": 16}

    started = ApproximateDateField(label=_("Started"), required=False)
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    summary_en = ProseField(required=False, max_length=600, widget=forms.Textarea)
    summary_fr = ProseField(required=False, max_length=700, widget=forms.Textarea)
    history_en = ProseField(required=False, max_length=20_000, widget=forms.Textarea)
    history_fr = ProseField(required=False, max_length=24_000, widget=forms.Textarea)

    class Meta:
        model = Council
        fields = tuple(name for name in FIELDS if not name.startswith("started_"))
        labels = {
            "works_in_english": _("English"),
            "works_in_french": _("French"),
            "is_catalyst": _("Catalyst: brings the right people together and gets things going"),
            "is_clearinghouse": _("Clearinghouse and referral: knows who offers what, and sends people there"),
            "raises_awareness": _("Awareness: shows employers and the public why immigrant talent counts"),
            "is_facilitator": _("Facilitator: helps others to run programmes and to work together"),
            "joins_national_match": _("National Mentor Match"),
            "joins_campaigns": _("National campaigns"),
            "joins_advocacy": _("National advocacy"),
        }
        widgets = {"accent": forms.TextInput(attrs={"type": "color"})}
        help_texts = {
            "acronym": _("The same in both languages, for example HIO."),
            "accent": _(
                "Marks your page. It has to be dark enough to read on light paper; the dark scheme lightens it."
            ),
            "contact_email": _("An address of the council, not of a person. Everybody can read it."),
            "contact_phone": _("A number of the council, not of a person. Everybody can read it."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["started"].initial = written(self.instance.started_on, self.instance.started_precision)

    def clean(self) -> dict[str, Any]:
        """Carry the start over to the council, for the preview."""
        started_on, precision = self.cleaned_data.get("started") or (None, self.instance.started_precision)
        self.instance.started_on, self.instance.started_precision = started_on, precision
        return super().clean()

    @property
    def facts(self) -> dict[str, Any]:
        """What was gathered; the start is a date and how exact it is."""
        started_on, precision = self.cleaned_data["started"]
        return {**super().facts, "started_on": started_on, "started_precision": precision}
