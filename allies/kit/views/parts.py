"""The page of all the site's parts in every state, for those who build and check it."""

from datetime import date
from types import SimpleNamespace

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from allies.kit import charts
from allies.kit.access import gate
from allies.kit.models import JobState
from allies.kit.states import draw


class SampleForm(forms.Form):
    """A form with every kind of control."""

    name = forms.CharField(label=_("Name"), help_text=_("As on a business card."))
    email = forms.EmailField(label=_("E-mail address"))
    start = forms.DateField(label=_("Start"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    size = forms.ChoiceField(label=_("Size"), choices=[("", "–"), ("s", _("Under 100")), ("l", _("100 and over"))], required=False)
    ways = forms.MultipleChoiceField(
        label=_("Ways"), choices=[("m", _("Mentoring")), ("i", _("Internship"))], widget=forms.CheckboxSelectMultiple, required=False
    )
    role = forms.ChoiceField(
        label=_("Role"), choices=[("c", _("Coordinator")), ("d", _("Director"))], widget=forms.RadioSelect, required=False
    )
    file = forms.FileField(label=_("File"), required=False)
    agreed = forms.BooleanField(label=_("I have read the notice"), required=False)
    title_en = forms.CharField(label=_("Title in English"), required=False)
    title_fr = forms.CharField(label=_("Title in French"), required=False)
    body = forms.CharField(label=_("Story"), widget=forms.Textarea(attrs={"data-words": 150}), required=False)


@gate("kit.parts")
@require_safe
def parts(request: HttpRequest) -> HttpResponse:
    """Show every part in every state."""
    path = [("draft", gettext("Draft")), ("submitted", gettext("Submitted")), ("published", gettext("Published"))]
    context = {
        "plain_form": SampleForm(prefix="a", initial={"title_en": "Only English"}),
        "bad_form": SampleForm({"b-name": "", "b-email": "not an address"}, prefix="b"),
        "steps": draw(path, "submitted"),
        "items": [
            {"what": gettext("Published"), "by": "Amira H.", "when": "2026-11-02"},
            {"what": gettext("Submitted"), "by": "Daniel R.", "when": "2026-10-28", "detail": gettext("Draft")},
        ],
        "day": date(2010, 5, 6),
        "page": Paginator(range(60), 25).page(2),
        "bars": charts.bars(gettext("Councils"), gettext("Number of councils in each province"), gettext("councils"), [("Ontario", 7), ("Alberta", 2)]),
        "lines": charts.lines(
            gettext("Employment rate"),
            gettext("An invented example"),
            "%",
            [("A", "2019-01-01", 61.5), ("A", "2020-01-01", 58.0), ("A", "2021-01-01", 63.25), ("B", "2019-01-01", 66), ("B", "2021-01-01", 65)],
        ),
        "jobs": [_job(state) for state in JobState],
        "crumbs": [(gettext("Councils"), "/"), ("Halifax", None)],
    }
    return render(request, "kit/parts.html", context)


def _job(state: JobState) -> SimpleNamespace:
    ended = state in (JobState.DONE, JobState.FAILED, JobState.CANCELLED)
    return SimpleNamespace(
        pk="00000000-0000-0000-0000-000000000000",
        state=state,
        get_state_display=state.label,
        ended=ended,
        total=12,
        done=5,
        percent=41,
        doing_text=gettext("Reading rows") if state == JobState.RUNNING else "",
        cancel_asked=False,
        result_url="",
        reason=gettext("Row 7, column VALUE: write a number.") if state == JobState.FAILED else "",
    )
