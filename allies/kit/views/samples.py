"""What the page of parts shows: one invented example for each state of each part."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import django_tables2 as tables
from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from allies.kit import charts
from allies.kit.models import JobState
from allies.kit.states import draw
from allies.kit.ui.budget import Budget, Slice
from allies.kit.ui.tables import Table


class SampleForm(forms.Form):
    """A form with every kind of control."""

    name = forms.CharField(label=_("Name"), help_text=_("As on a business card."))
    email = forms.EmailField(label=_("E-mail address"))
    start = forms.DateField(label=_("Start"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    amount = forms.DecimalField(label=_("Amount in dollars"), required=False, min_value=0, decimal_places=2)
    size = forms.ChoiceField(
        label=_("Size"), choices=[("", "–"), ("s", _("Under 100")), ("l", _("100 and over"))], required=False
    )
    ways = forms.MultipleChoiceField(
        label=_("Ways"),
        choices=[("m", _("Mentoring")), ("i", _("Internship"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    role = forms.ChoiceField(
        label=_("Role"), choices=[("c", _("Coordinator")), ("d", _("Director"))], widget=forms.RadioSelect
    )
    file = forms.FileField(label=_("File"), required=False, help_text=_("PDF or Word, up to 10 MB."))
    story = forms.CharField(label=_("Story"), widget=forms.Textarea(attrs={"data-words": 150}), required=False)
    agreed = forms.BooleanField(label=_("I have read the notice"))


class PairForm(forms.Form):
    """A form with a bilingual pair that is complete and one whose French is behind."""

    title_en = forms.CharField(label=_("Title in English"), required=False)
    title_fr = forms.CharField(label=_("Title in French"), required=False)
    lead_en = forms.CharField(label=_("Summary in English"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    lead_fr = forms.CharField(label=_("Summary in French"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    pairs = {"title": _("Title"), "lead": _("Summary")}


class NarrowForm(forms.Form):
    """What narrows the example of a list."""

    q = forms.CharField(label=_("Search"), required=False, widget=forms.TextInput(attrs={"type": "search"}))
    role = forms.ChoiceField(
        label=_("Role"), choices=[("", _("All roles")), ("c", _("Coordinator")), ("d", _("Director"))], required=False
    )


class SampleTable(Table):
    """An example of a list."""

    name = tables.Column(verbose_name=_("Name"), linkify=lambda: "#lists")
    state = tables.TemplateColumn("{% load ui %}{% tag value 'wait' %}", verbose_name=_("State"), orderable=False)
    days = tables.Column(verbose_name=_("Days"), attrs={"th": {"class": "num"}, "td": {"class": "num"}})
    caption = _("People who wait")
    empty_text = _("Nobody waits. People appear here as soon as they apply.")


def samples(query: Any) -> dict[str, Any]:
    """Give the page of parts everything it shows."""
    french = "Les bâtisseurs de ponts"
    rows = [
        {"name": "Amira H.", "state": gettext("Waiting"), "days": 12},
        {"name": "Tomasz K.", "state": gettext("Waiting"), "days": 31},
    ]
    path = [("draft", gettext("Draft")), ("submitted", gettext("Submitted")), ("published", gettext("Published"))]
    return {
        "plain_form": SampleForm(prefix="a"),
        "bad_form": SampleForm(
            {"b-name": "", "b-email": "amira at example", "b-start": "31/31/2026", "b-amount": "-5"}, prefix="b"
        ),
        "pair_form": PairForm(
            initial={"title_en": "The bridge builders", "title_fr": french, "lead_en": "Only English so far."}
        ),
        "filter": SimpleNamespace(form=NarrowForm(query), is_active=bool(query)),
        "table": SampleTable(rows, order_by="-days", request=SimpleNamespace(GET=query)),
        "empty_table": SampleTable([]),
        "page": Paginator(range(60), 25).page(2),
        "steps": draw(path, "submitted"),
        "items": [
            {"what": gettext("Published"), "by": "Amira H.", "when": "2026-11-02", "url": "#process"},
            {"what": gettext("Submitted"), "by": "Daniel R.", "when": "2026-10-28", "detail": gettext("Two photos")},
            {"what": gettext("Draft"), "when": "2026-10-12"},
        ],
        "jobs": [_job(state) for state in JobState],
        "day": date(2010, 5, 6),
        "crumbs": [(gettext("Councils"), "/"), ("Halifax", None)],
        "links": [(gettext("Open"), "#words", True), (gettext("Closed"), "#lists", False)],
        **_figures(),
    }


def _figures() -> dict[str, Any]:
    paid, promised, asked = gettext("paid"), gettext("promised"), gettext("ticked for this meeting")
    parts = Slice(paid, Decimal(124_000), "paid"), Slice(promised, Decimal(152_000), "promised")
    rates = [
        ("A", 2019, 61.5),
        ("A", 2020, 58.0),
        ("A", 2021, 63.25),
        ("B", 2019, 66),
        ("B", 2020, 64.5),
        ("B", 2021, 65),
    ]
    return {
        "budget": Budget(Decimal(400_000), (*parts, Slice(asked, Decimal(68_000), "asked"))),
        "over": Budget(Decimal(400_000), (*parts, Slice(asked, Decimal(168_500), "asked"))),
        "one": SimpleNamespace(
            name="Amira H.", lines=[gettext("Structural engineer, 9 years"), gettext("Arabic, French 9, English 8")]
        ),
        "other": SimpleNamespace(
            name="Daniel R.", lines=[gettext("Senior bridge engineer, 14 years"), gettext("English, French 7")]
        ),
        "reasons": [
            {"label": gettext("Occupation"), "points": 240, "most": 300},
            {"label": gettext("Languages in common"), "points": 180, "most": 200},
            {"label": gettext("Goals"), "points": 150, "most": 150},
        ],
        "bars": charts.bars(
            gettext("Councils by province"),
            gettext("An invented example"),
            gettext("councils"),
            [("Ontario", 7), ("Alberta", 2), ("Québec", 1)],
            head=gettext("Province"),
        ),
        "lines": charts.lines(
            gettext("Employment rate in two groups"),
            gettext("An invented example"),
            "%",
            [(name, f"{year}-01-01", rate) for name, year, rate in rates],
            head=gettext("Year"),
        ),
        "groups": charts.groups(
            gettext("Meetings by year and kind"),
            gettext("An invented example"),
            gettext("meetings"),
            [
                ("2024", gettext("In person"), 12),
                ("2024", gettext("Online"), 30),
                ("2025", gettext("In person"), 21),
                ("2025", gettext("Online"), 24),
            ],
            head=gettext("Year"),
        ),
    }


def _job(state: JobState) -> SimpleNamespace:
    ended = state in (JobState.DONE, JobState.FAILED, JobState.CANCELLED)
    return SimpleNamespace(
        pk="00000000-0000-0000-0000-000000000000",
        state=state,
        get_state_display=state.label,
        ended=ended,
        total=0 if state == JobState.QUEUED else 12,
        done=5,
        percent=41,
        doing_text=gettext("Reading rows") if state == JobState.RUNNING else "",
        cancel_asked=False,
        result_url="#process" if state == JobState.DONE else "",
        reason=gettext("Row 7, column VALUE: write a number.") if state == JobState.FAILED else "",
    )
