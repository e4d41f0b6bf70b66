"""How a coordinator narrows the worklist of applications."""

from datetime import timedelta
from typing import Any

import django_filters as filters
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from allies.kit.bilingual import alphabetical
from councils.filters.workspace import SEARCH
from councils.models import OccupationGroup
from mentoring.filters.words import ByWords
from mentoring.models import Application, Intake
from mentoring.queries.funnel import COMPLETED, CONDITIONS, STEPS, WAITS
from mentoring.states import ApplicationState

AGES = [("7", _("a week")), ("14", _("two weeks")), ("30", _("a month")), ("90", _("three months"))]


def _intakes(request: Any) -> Any:
    return Intake.objects.select_related("programme").order_by("-opens_on", "pk")


def _groups(request: Any) -> Any:
    return OccupationGroup.objects.order_by(alphabetical("title"))


class ApplicationFilter(ByWords):
    """Applications by words, intake, state, step reached, what they wait for, occupation and age."""

    q = filters.CharFilter(method="by_words", label=_("Search"), max_length=100, widget=SEARCH)
    intake = filters.ModelChoiceFilter(queryset=_intakes, label=_("Intake"), empty_label=_("All intakes"))
    state = filters.ChoiceFilter(
        choices=[choice for choice in ApplicationState.choices if choice[0] != ApplicationState.DRAFT],
        label=_("State"),
        empty_label=_("All states"),
    )
    waits = filters.ChoiceFilter(
        method="by_wait",
        choices=[(wait.name, wait.label) for wait in WAITS],
        label=_("What is to be done"),
        empty_label=_("Anything"),
    )
    reached = filters.ChoiceFilter(
        method="by_step",
        choices=[(step.name, step.label) for step in (*STEPS, COMPLETED)],
        label=_("Step reached"),
        empty_label=_("Any step"),
    )
    group = filters.ModelChoiceFilter(
        queryset=_groups, field_name="occupation__group", label=_("Occupation"), empty_label=_("All occupations")
    )
    age = filters.ChoiceFilter(method="by_age", choices=AGES, label=_("Waiting for more than"), empty_label="–")
    unknown = filters.ChoiceFilter(
        method="by_unknown",
        choices=[("1", _("Something is still to be shown"))],
        label=_("Eligibility"),
        empty_label=_("Any verdict"),
    )

    class Meta:
        model = Application
        fields: list[str] = []
        words = ("employer",)

    def by_wait(self, rows: Any, name: str, value: str) -> Any:
        """Keep those whom one thing keeps."""
        return rows.filter(CONDITIONS[value])

    def by_step(self, rows: Any, name: str, value: str) -> Any:
        """Keep those who reached a step, whatever came after."""
        if value == COMPLETED.name:
            return rows.filter(state=ApplicationState.COMPLETED)
        column = next(step.column for step in STEPS if step.name == value)
        return rows.filter(**{f"{column}__isnull": False})

    def by_age(self, rows: Any, name: str, value: str) -> Any:
        """Keep those who stand where they stand for longer."""
        return rows.filter(since__lt=timezone.now() - timedelta(days=int(value)))

    def by_unknown(self, rows: Any, name: str, value: str) -> Any:
        """Keep those of whom the rules don't know enough."""
        return rows.filter(Q(verdict="unknown") | Q(state=ApplicationState.NEEDS_EVIDENCE))
