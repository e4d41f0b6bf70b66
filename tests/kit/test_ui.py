"""The parts of a page: what each one draws, and what it leaves to the reader who asks."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import resolve
from django.utils import translation

from allies.kit.ui import context
from allies.kit.ui.budget import Budget, Slice
from allies.kit.ui.filters import chosen
from allies.kit.ui.tables import Table


class Narrow(forms.Form):
    q = forms.CharField(label="Search", required=False)
    role = forms.ChoiceField(label="Role", required=False, choices=[("", "All"), ("d", "Director")])
    place = forms.MultipleChoiceField(label="Place", required=False, choices=[("h", "Halifax"), ("c", "Calgary")])


class Sample(forms.Form):
    name = forms.CharField(label="Name", help_text="As on a card.")
    phone = forms.CharField(label="Phone", required=False)
    role = forms.ChoiceField(label="Role", choices=[("c", "Coordinator")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="Agreed")
    title_en = forms.CharField(label="Title in English", required=False)
    title_fr = forms.CharField(label="Title in French", required=False)


def draw(source: str, **context) -> str:
    request = RequestFactory().get(context.pop("path", "/"))
    return Template("{% load ui %}" + source).render(Context({"request": request, **context}))


def ask(address: str):
    return RequestFactory().get(address).GET


def test_a_field_ties_its_help_and_its_error_to_the_control() -> None:
    html = draw("{{ form.name.as_field_group }}", form=Sample({"name": ""}))
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html


def test_only_what_may_be_left_out_is_marked() -> None:
    form = Sample()
    assert "(optional)" not in draw("{{ form.name.as_field_group }}", form=form)
    assert "(optional)" in draw("{{ form.phone.as_field_group }}", form=form)


def test_choices_stand_in_a_fieldset_named_by_the_question() -> None:
    html = draw("{{ form.role.as_field_group }}", form=Sample({}))
    assert "<fieldset" in html
    assert "<legend>Role</legend>" in html


def test_the_summary_of_errors_takes_the_focus_and_leads_to_each_field() -> None:
    html = draw("{{ form }}", form=Sample({"name": "<b>"}))
    assert "2 answers need another look" in html
    assert "data-takes-focus" in html
    assert '<a href="#id_role">Role</a>' in html
    assert '<a href="#id_agreed">Agreed</a>' in html
    assert "<b>" not in html


def test_a_form_without_errors_has_no_summary() -> None:
    assert "data-takes-focus" not in draw("{{ form }}", form=Sample())


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        ({"title_en": "Yes"}, "French is behind"),
        ({"title_fr": "Oui"}, "English is behind"),
        ({"title_en": "Yes", "title_fr": "Oui"}, ""),
        ({}, ""),
    ],
)
def test_a_pair_says_which_side_is_behind(texts, words) -> None:
    html = draw('{% pair form "title" %}', form=Sample(initial=texts))
    assert ("is behind" in html) == bool(words)
    assert words in html
    assert html.count('lang="en-CA"') == html.count('lang="fr-CA"') == 1


def test_each_filter_in_use_can_be_taken_away_by_itself() -> None:
    query = ask("/?q=amira&role=d&place=h&place=c&page=3")
    found = chosen(filterset(query), query)
    assert [(c.label, c.value, c.without) for c in found] == [
        ("Search", "amira", "?role=d&place=h&place=c"),
        ("Role", "Director", "?q=amira&place=h&place=c"),
        ("Place", "Halifax, Calgary", "?q=amira&role=d"),
    ]


def filterset(query) -> SimpleNamespace:
    return SimpleNamespace(form=Narrow(query))


def test_a_value_that_means_nothing_is_no_chip() -> None:
    query = ask("/?role=king&q=")
    assert chosen(filterset(query), query) == []
    assert draw("{% chips filter %}", filter=filterset(query)).strip() == ""


def test_a_chip_says_in_words_that_it_takes_away() -> None:
    query = ask("/?q=<b>")
    html = draw("{% chips filter %}", path="/list/?q=<b>", filter=filterset(query))
    assert 'href="/list/?"' in html
    assert "(remove)" in html
    assert "<b>" not in html


def test_a_list_that_shares_its_address_keeps_its_own_pages() -> None:
    assert draw("{% page_query 2 %}", path="/?q=a") == "?q=a&amp;page=2"
    assert draw('{% page_query 2 "old-page" %}', path="/?page=4") == "?page=4&amp;old-page=2"


def test_a_budget_lays_its_parts_side_by_side() -> None:
    budget = Budget(Decimal(400), (Slice("paid", Decimal(100), "paid"), Slice("asked", Decimal(200), "asked")))
    assert [(part.start, part.width) for part in budget] == [(0, 25), (25, 50)]
    assert (budget.left, budget.is_over, budget.end) == (100, False, 100)


def test_a_budget_asked_for_too_much_shows_where_it_ends() -> None:
    budget = Budget(Decimal(400), (Slice("paid", Decimal(300), "paid"), Slice("asked", Decimal(200), "asked")))
    assert [(part.start, part.width) for part in budget] == [(0, 60), (60, 40)]
    assert (budget.missing, budget.is_over, budget.end) == (100, True, 80)
    html = draw("{% budget budget %}", budget=budget)
    assert "$100</b> too much" in html
    assert 'class="over" x="80.0"' in html


def test_an_empty_budget_divides_by_nothing() -> None:
    budget = Budget(Decimal(0), ())
    assert (list(budget), budget.left, budget.end) == ([], 0, 0)


def test_numbers_inside_a_drawing_are_never_written_in_french() -> None:
    budget = Budget(Decimal(3), (Slice("versés", Decimal(1), "paid"),))
    with translation.override("fr"):
        html = draw("{% budget budget %}", budget=budget)
    assert 'width="33.333"' in html


def test_words_in_the_other_language_say_so() -> None:
    assert draw('{% spoken "fr" %}conseil{% endspoken %}') == '<span lang="fr-CA">conseil</span>'
    assert draw('{% spoken "en" %}council{% endspoken %}') == "council"
    assert draw('{% spoken "fr" %}{{ x }}{% endspoken %}', x="<b>") == '<span lang="fr-CA">&lt;b&gt;</span>'


def test_a_term_and_its_meaning_find_each_other() -> None:
    html = draw("{% explain x %}<i>y</i>{% endexplain %}", x="<b>")
    target = html.split('popovertarget="')[1].split('"')[0]
    assert f'id="{target}" popover' in html
    assert "&lt;b&gt;" in html
    assert html == draw("{% explain x %}<i>y</i>{% endexplain %}", x="<b>")


def test_a_pair_card_names_both_people_and_says_each_reason_in_numbers() -> None:
    html = draw(
        "{% match one other 1000 reasons %}<button>Approve</button>{% endmatch %}",
        one={"name": "A <b>", "lines": ["Engineer"]},
        other={"name": "B", "lines": []},
        reasons=[{"label": "Languages", "points": 180, "most": 200}],
    )
    assert "A &lt;b&gt;" in html
    assert "180 of 200" in html
    assert 'aria-label="Score 1,000 of 1,000"' in html
    assert "<button>Approve</button>" in html


def test_tabs_mark_the_page_that_is_open() -> None:
    html = draw("{% tabs links %}", links=[("Open", "/a/", True), ("Closed", "/b/", False)])
    assert html.count('aria-current="page"') == 1
    assert '<a href="/a/" aria-current="page">Open</a>' in html


def test_a_step_that_is_done_says_so_in_words() -> None:
    steps = [SimpleNamespace(label="Draft", standing="done"), SimpleNamespace(label="Sent", standing="now")]
    html = draw("{% stepper steps %}", steps=steps)
    assert "(done)" in html
    assert html.count('aria-current="step"') == 1


def test_a_table_says_what_to_do_when_it_is_empty() -> None:
    class Waiting(Table):
        empty_text = "Nobody waits."

    class InMeta(Table):
        class Meta(Table.Meta):
            empty_text = "Nobody here."

    assert Waiting([]).empty_text == "Nobody waits."
    assert InMeta([]).empty_text == "Nobody here."
    assert Waiting([], empty_text="Nobody fits.").empty_text == "Nobody fits."


def test_a_page_names_its_own_address_and_that_of_its_other_language(settings) -> None:
    settings.ALLIES_BASE_URL = "https://allies.example"
    request = RequestFactory().get("/en/councils/?q=a&page=2")
    request.resolver_match = resolve(request.path)
    facts = context.site(request)
    assert facts["canonical"] == "https://allies.example/en/councils/"
    assert facts["alternates"] == [
        ("en", "https://allies.example/en/councils/"),
        ("fr", "https://allies.example/fr/conseils/"),
    ]
    assert facts["language_switch"] == "/fr/conseils/?q=a&page=2"


@pytest.mark.parametrize(("here", "there"), [("/en/nowhere/?page=2", "/fr/nowhere/?page=2"), ("/nowhere", "/nowhere")])
def test_the_page_of_a_wrong_address_is_there_in_the_other_language_too(here, there) -> None:
    request = RequestFactory().get(here)
    request.resolver_match = None
    assert context.site(request)["language_switch"] == there


def test_the_language_switch_lands_where_a_view_says_its_address_differs() -> None:
    request = RequestFactory().get("/en/councils/quebec/?page=2")
    request.resolver_match = None
    request.alternates = {"en": "/en/councils/quebec/", "fr": "/fr/conseils/le-quebec/"}
    assert context.site(request)["language_switch"] == "/fr/conseils/le-quebec/?page=2"
