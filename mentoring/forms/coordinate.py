"""The forms of a coordinator: programmes, rules, weights and intakes."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from allies.kit.bilingual import alphabetical
from councils.forms.workspace.base import BilingualForm, ProseField
from councils.models import Organisation
from mentoring.forms.named import OrganisationField
from mentoring.kinds import usual_weights
from mentoring.matching.policy import WEIGHED, Criterion, Weight
from mentoring.models import EligibilityRules, Intake, MatchPolicy, Programme, ResidenceStatus
from mentoring.services import intakes, programmes

CRITERIA = {
    Criterion.OCCUPATION: (_("Occupation"), _("How close the two occupations are in the national classification.")),
    Criterion.TEER: (_("Level of training"), _("Whether the two jobs ask for a similar training and responsibility.")),
    Criterion.INDUSTRY: (_("Industry"), _("Whether both work in the same industry.")),
    Criterion.YEARS: (_("Experience"), _("Whether the mentor has five to fifteen years more of it.")),
    Criterion.LANGUAGES: (_("Languages"), _("How well both speak a language that they share.")),
    Criterion.GOALS: (_("Goals"), _("Whether the mentor helps with what the mentee wants to work on.")),
    Criterion.AVAILABILITY: (_("Times to meet"), _("How many times of the week suit both.")),
    Criterion.PLACE: (_("Place"), _("Whether they can meet in the same city, or online.")),
    Criterion.SENIORITY: (_("Seniority"), _("Whether the mentor stands a step or two above.")),
}
WEIGHTS = {
    Weight.MUST: _("Must"),
    Weight.HIGH: _("High"),
    Weight.MEDIUM: _("Medium"),
    Weight.LOW: _("Low"),
    Weight.OFF: _("Off"),
}


class ProgrammeForm(BilingualForm):
    """A mentoring programme: what it is in both languages, how long, who delivers it."""

    own = programmes.FIELDS
    rows = {"summary": 5}

    delivered_by = OrganisationField(
        label=_("Delivery partner"),
        required=False,
        help_text=_("Name of an organisation on the council's list. Empty: the council itself."),
    )
    summary_en = ProseField(required=False, max_length=800, widget=forms.Textarea)
    summary_fr = ProseField(required=False, max_length=900, widget=forms.Textarea)

    class Meta:
        model = Programme
        fields = tuple(name for name in programmes.FIELDS if name != "delivered_by")
        labels = {"hours": _("Hours together"), "offer_days": _("Working days to answer a proposal")}
        help_texts = {
            "group_least": _("Counts for groups only."),
            "group_most": _("Counts for groups only."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partner: Any = self.fields["delivered_by"]
        # Which organisations there are is known only inside a council's scope.
        partner.choose_from(Organisation.objects.order_by(alphabetical("name"), "pk"), self.instance.delivered_by)


class RulesForm(forms.ModelForm):
    """Who qualifies; saving writes a new version."""

    statuses = forms.MultipleChoiceField(
        label=_("Statuses that qualify"),
        choices=ResidenceStatus.choices[:-1],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Who says “Something else” is asked by a coordinator."),
    )

    class Meta:
        model = EligibilityRules
        fields = programmes.RULE_FIELDS
        help_texts = {
            "least_level": _("Canadian Language Benchmarks or their French counterpart, 1 to 12, in all four skills."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (least, most) in {"least_years": (0, 30), "recent_years": (1, 30), "least_level": (1, 12)}.items():
            self.fields[name] = forms.IntegerField(
                label=self.fields[name].label,
                help_text=self.fields[name].help_text,
                min_value=least,
                max_value=most,
            )

    def _post_clean(self) -> None:
        """Leave the version and its place among others to the service."""


class WeightsForm(forms.Form):
    """How much each criterion counts; saving writes a new version."""

    floor = forms.IntegerField(
        label=_("Least score"),
        min_value=0,
        max_value=1000,
        initial=0,
        help_text=_("Of 1000. A weaker pair is never proposed: the mentee waits instead."),
    )

    def __init__(self, *args: Any, kind: str, latest: MatchPolicy | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(weight.name.lower(), label) for weight, label in WEIGHTS.items()]
        standing = latest.weights if latest else {}
        weights = usual_weights(kind)
        for criterion in WEIGHED:
            label, meaning = CRITERIA[criterion]
            usual = weights[criterion].name.lower() if latest is None else "off"
            self.fields[criterion.value] = forms.ChoiceField(
                label=label,
                help_text=meaning,
                choices=choices,
                initial=standing.get(criterion.value, usual),
            )
        if latest:
            self.fields["floor"].initial = latest.floor

    @property
    def criteria(self) -> Iterator[forms.BoundField]:
        """The fields of the criteria, in the order in which people read them."""
        return (self[criterion.value] for criterion in WEIGHED)

    @property
    def weights(self) -> dict[str, str]:
        """What was chosen for each criterion."""
        return {criterion.value: self.cleaned_data[criterion.value] for criterion in WEIGHED}


class IntakeForm(BilingualForm):
    """An intake: its name in both languages, its days in their order, and its places."""

    own = intakes.FIELDS

    class Meta:
        model = Intake
        fields = intakes.FIELDS
        help_texts = {"match_by": _("Applicants are told that they know their mentor by this day.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.state in intakes.PLACES_ONLY and not self.instance._state.adding:
            for name in self.fields.keys() - {"places", "seen"}:
                del self.fields[name]
        self.fields["places"].widget.attrs["min"] = 1

    @property
    def is_whole(self) -> bool:
        """Whether all of the intake can be changed, not its places alone."""
        return "opens_on" in self.fields
