"""The administration of mentoring: every table is there, nothing is deleted, and no state is moved by hand."""

import pytest
from django.apps import apps
from django.urls import reverse

from allies.kit.audit import Entry
from allies.kit.scope import across
from councils.admin import lists
from councils.admin.base import ReadOnlyAdmin
from councils.admin.sentences import SENTENCES
from councils.admin.site import site
from mentoring.admin.base import Outward
from mentoring.models import Application, FollowUp, Intake, Mentor, Pair, Programme
from tests.factories import mentoring as make
from tests.mentoring_world import add_mentoring

pytestmark = pytest.mark.django_db
OWN = list(apps.get_app_config("mentoring").get_models())
IDS = [model.__name__ for model in OWN]
HANDED_OUT = [model for model in OWN if isinstance(site._registry.get(model), Outward)]


def address(model, page, *args) -> str:
    return reverse(f"admin:mentoring_{model._meta.model_name}_{page}", args=args)


@pytest.fixture
def full(world):
    with across():
        return add_mentoring(world)


@pytest.fixture
def admin(signed_in):
    return signed_in("admin")


def test_every_table_of_mentoring_is_there() -> None:
    assert {model for model in OWN if model not in site._registry} == set()


@pytest.mark.parametrize("model", OWN, ids=IDS)
def test_each_list_is_shown_searched_and_has_no_deletion(admin, model) -> None:
    found = admin.get(address(model, "changelist"), {"q": "hali"})
    assert found.status_code == 200
    assert b"delete_selected" not in found.content


def test_each_record_opens_with_its_history_and_stays(admin, full) -> None:
    for model in OWN:
        row = full.things[model.__name__]
        assert admin.get(address(model, "change", row.pk)).status_code == 200
        assert admin.get(address(model, "history", row.pk)).status_code == 200
        assert admin.post(address(model, "delete", row.pk), {"post": "yes"}).status_code == 403
        with across():
            assert model._default_manager.filter(pk=row.pk).exists()


def test_each_list_is_shown_with_its_rows(admin, full) -> None:
    for model in OWN:
        shown = admin.get(address(model, "changelist"))
        assert len(shown.context["cl"].result_list) > 1


def test_no_state_load_or_step_is_written_by_hand(admin, full) -> None:
    changed = [model for model in OWN if not isinstance(site._registry[model], ReadOnlyAdmin)]
    for model in changed:
        page = admin.get(address(model, "change", full.things[model.__name__].pk)).content.decode()
        for name in ("state", "active_load", "paused_until", "handbook_at", "submitted_at", "person", "mentor"):
            assert f' name="{name}"' not in page


def test_every_rule_that_a_form_of_mentoring_can_break_has_its_sentence() -> None:
    editable = [model for model in OWN if not isinstance(site._registry[model], ReadOnlyAdmin)]
    assert len(editable) > 4
    rules = {rule.name for model in editable for rule in model._meta.constraints}
    assert rules - set(SENTENCES) == set()


def post_mentor(admin, mentor, **more):
    facts = {
        "kinds": "one_to_one",
        "capacity": mentor.capacity,
        "occupation": mentor.occupation_id,
        "years": mentor.years,
        "languages": '{"en": 12}',
        "goals": ",".join(mentor.goals),
        "availability": ",".join(mentor.availability),
        "mode": mentor.mode,
    }
    return admin.post(address(Mentor, "change", mentor.pk), facts | more)


def test_a_mentor_is_corrected_and_the_change_is_noted_by_name(admin, full) -> None:
    mentor = full.things["Mentor"]
    assert post_mentor(admin, mentor, years="13", employer="Fundy Bank").status_code == 302
    entry = Entry.objects.get(action="admin.changed")
    assert entry.tenant_id == full.halifax.pk
    assert {"employer", "years"} <= set(entry.fields)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"capacity": "0"}, "There are more mentees now than that."),
        ({"languages": '{"en": "well"}'}, "Write languages with a level from 1 to 12"),
        ({"languages": '["en"]'}, "Write languages with a level from 1 to 12"),
        ({"goals": "fame"}, "fame"),
    ],
)
def test_what_the_database_refuses_is_a_sentence_on_the_form(admin, full, facts, sentence) -> None:
    answer = post_mentor(admin, full.things["Mentor"], **facts)
    assert answer.status_code == 200
    assert sentence in answer.content.decode()


@pytest.mark.parametrize("model", [Application, Mentor, Pair])
def test_people_and_pairs_are_not_added_here(admin, full, model) -> None:
    assert admin.get(address(model, "add")).status_code == 403


@pytest.mark.parametrize("model", HANDED_OUT, ids=lambda model: model.__name__)
def test_lists_are_handed_out_with_a_note_of_who_took_them(admin, full, model) -> None:
    answer = admin.post(address(model, "export"), {"format": "0"})
    assert answer.status_code == 200
    assert full.halifax.slug_en in answer.content.decode("utf-8-sig")
    assert Entry.objects.filter(action="admin.exported").count() == 1


def test_the_tables_that_people_ask_for_are_handed_out() -> None:
    assert {Application, Intake, Mentor, Pair, Programme} == set(HANDED_OUT)


@pytest.mark.parametrize("number", [1, 3, 50])
def test_the_list_of_mentors_takes_the_same_queries_however_long(
    admin, world, number, django_assert_num_queries
) -> None:
    with across():
        for _ in range(number):
            make.MentorFactory(council=world.halifax, available=True)
    admin.get(address(Mentor, "changelist"))
    with django_assert_num_queries(6):
        admin.get(address(Mentor, "changelist"))


def test_a_search_looks_for_words_in_names_addresses_and_occupations_together(admin, world) -> None:
    with across():
        two = [
            make.ApplicationFactory(ready=True, person__name=name, person__email=email, intake__programme=programme)
            for programme in [make.ProgrammeFactory(council=world.halifax)]
            for name, email in (("Zoé Côté", "zc@people.example"), ("Zoé Roy", "other@people.example"))
        ]
        title = two[0].occupation.title_en.split()[0]
    for words, found in {"zoe": two, "zoe cote": two[:1], "roy ZC@": [], f"other@ {title}": two[1:]}.items():
        page = admin.get(address(Application, "changelist"), {"q": words})
        assert set(page.context["cl"].result_list) == set(found), words


def test_only_the_first_matches_of_a_search_are_listed_and_the_page_says_so(admin, world, monkeypatch) -> None:
    monkeypatch.setattr(lists, "MOST", 2)
    with across():
        for name in ("Wanda", "Xu", "Yi"):
            make.MentorFactory(council=world.halifax, person__name=f"Guide {name}")
    page = admin.get(address(Mentor, "changelist"), {"q": "guide"})
    assert len(page.context["cl"].result_list) == 2
    assert "Only the first 2 matches are listed." in page.text
    assert "Only the first" not in admin.get(address(Mentor, "changelist"), {"q": "wanda"}).text


def test_the_administration_offers_the_councils_that_have_programmes(admin, world) -> None:
    with across():
        make.FollowUpFactory(pair__programme__council=world.halifax)
    page = admin.get(address(FollowUp, "changelist")).text
    assert page.count("pair__programme__council__id__exact=") == 0
    with across():
        make.ProgrammeFactory(council=world.calgary)
    page = admin.get(address(FollowUp, "changelist")).text
    assert page.count("pair__programme__council__id__exact=") == 2
