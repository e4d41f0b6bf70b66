"""The pages of national staff: lists that stay quick, forms that keep what was typed, files without formulas."""

from io import BytesIO

import openpyxl
import pytest

from allies.kit.audit import Entry
from councils.models import Council, Fact, FactValue, Readiness
from councils.states import ReflectionState, Stage
from tests import factories as make

pytestmark = pytest.mark.django_db
STEP = {"on": "2020-05-01", "precision": "day", "reason_en": "A reason.", "reason_fr": "Une raison."}


@pytest.fixture
def keeper(signed_in):
    return signed_in("national")


def crowd(number: int) -> None:
    """Councils with one of everything that a list shows."""
    source = make.SourceFactory()
    for n in range(number):
        council = make.CouncilFactory(slug_en=f"crowd-{n}", population="over_1m", host_type="chamber")
        make.MembershipFactory(council=council)
        make.ReadinessFactory(council=council, champion=0)
        make.ReflectionFactory(council=council, year=2025, value_en="Much", state=ReflectionState.SUBMITTED)
        fact = make.FactFactory(council=council)
        make.FactValueFactory(fact=fact, source=source, is_shown=True)


# What each page asks the database, whatever it lists; three of each are the person, the roles and the header.
QUERIES = {
    "/en/network/": 7,
    "/en/network/councils/": 6,
    "/en/network/readiness/": 5,
    "/en/network/reflections/?year=2025&question=value": 8,
    "/en/network/figures/": 7,
    "/en/network/sources/": 4,
}


@pytest.mark.parametrize("number", [1, 3, 50])
@pytest.mark.parametrize("path", QUERIES)
def test_a_list_asks_the_same_number_of_queries_however_long(keeper, django_assert_num_queries, path, number) -> None:
    crowd(number)
    keeper.get(path)
    with django_assert_num_queries(QUERIES[path]):
        assert keeper.get(path).status_code == 200


def test_counts_lead_to_the_councils_that_they_count(keeper, world) -> None:
    make.CouncilFactory(name_en="Silent town", stage=Stage.STALLED)
    page = keeper.get("/en/network/").content.decode()
    assert 'href="/en/network/councils/?needs=stalled"><b>1</b>' in page
    listed = keeper.get("/en/network/councils/?needs=stalled").content.decode()
    assert "Silent town" in listed
    assert "Halifax Council" not in listed


def test_councils_are_found_whatever_their_accents(keeper) -> None:
    make.CouncilFactory(name_en="Alliés Montréal", slug_en="montreal")
    make.CouncilFactory(name_en="Elsewhere", slug_en="elsewhere")
    page = keeper.get("/en/network/councils/?q=montreal").content.decode()
    assert "Alliés Montréal" in page
    assert "Elsewhere" not in page


@pytest.mark.parametrize(
    "path",
    [
        "/en/network/councils/?stage=nonsense&sort=drop&page=x",
        "/en/network/councils/?province=ZZ&needs=x",
        "/en/network/figures/?state=x&council=x&sort=-x",
        "/en/network/reflections/?year=1066&question=x&stage=x&like=x",
    ],
)
def test_an_unknown_filter_value_is_left_out_and_said_so(keeper, world, path) -> None:
    answer = keeper.get(path)
    assert answer.status_code == 200
    assert "were left out" in answer.content.decode()


def test_lists_are_taken_along_without_formulas_and_without_personal_data(keeper, world) -> None:
    make.CouncilFactory(name_en="=1+1", slug_en="formula")
    as_csv = b"".join(keeper.get("/en/network/councils/?format=csv").streaming_content).decode("utf-8-sig")
    assert "'=1+1" in as_csv
    assert as_csv.splitlines()[0].startswith("Council,Kind,Stage,Province,Population,Type of host")
    assert "@" not in as_csv
    content = b"".join(keeper.get("/en/network/councils/?format=xlsx&q=halifax").streaming_content)
    rows = list(openpyxl.load_workbook(BytesIO(content)).active.values)
    assert [row[0] for row in rows] == ["Council", "Halifax Council"]


def test_reflections_are_taken_along_in_both_languages(keeper, world) -> None:
    make.ReflectionFactory(
        council=world.halifax, year=2024, value_en="Much", value_fr="Beaucoup", state=ReflectionState.SUBMITTED
    )
    path = "/en/network/reflections/?year=2024&question=value&format=csv"
    lines = b"".join(keeper.get(path).streaming_content).decode("utf-8-sig").splitlines()
    assert "Halifax Council,2024,Value of the network,Much,Beaucoup" in lines


def test_a_draft_reflection_is_not_shown_to_the_network(keeper, world) -> None:
    make.ReflectionFactory(council=world.halifax, year=2024, value_en="Secret so far")
    make.ReflectionFactory(council=world.calgary, year=2024, value_en="Said aloud", state=ReflectionState.SUBMITTED)
    page = keeper.get("/en/network/reflections/?year=2024&question=value").content.decode()
    assert "Said aloud" in page
    assert "Secret so far" not in page


def test_a_step_is_recorded_and_a_refused_one_keeps_what_was_typed(keeper, world) -> None:
    path = "/en/network/councils/halifax/stage/"
    refused = keeper.post(path, {**STEP, "to": "stalled", "seen": "start_up", "reason_en": "Typed with care"})
    assert refused.status_code == 422
    assert "Someone else was faster" in refused.content.decode()
    assert "Typed with care" in refused.content.decode()
    assert keeper.post(path, {**STEP, "to": "stalled", "seen": "operating"}).status_code == 302
    world.halifax.refresh_from_db()
    assert world.halifax.stage == Stage.STALLED
    assert "Stalled" in keeper.get("/en/network/councils/halifax/").content.decode()


@pytest.mark.parametrize("to", ["operating", "merged", "enquiry", "nonsense"])
def test_only_the_stages_that_can_follow_are_offered(keeper, world, to) -> None:
    answer = keeper.post("/en/network/councils/halifax/stage/", {**STEP, "to": to, "seen": "operating"})
    assert answer.status_code == 422
    assert "is not one of the available choices" in answer.content.decode()


def test_a_merger_names_what_ends_and_happens_once(keeper, world) -> None:
    path = "/en/network/councils/halifax/merge/"
    page = keeper.get(path).content.decode()
    assert "5 roles at the council end today" in page
    assert "1 unanswered invitation is taken back" in page
    form = {**STEP, "successor": world.calgary.pk, "successor_en": "", "successor_fr": ""}
    assert keeper.post(path, form).status_code == 302
    world.halifax.refresh_from_db()
    assert world.halifax.merged_into == world.calgary
    again = keeper.post(path, form)
    assert again.status_code == 422
    assert "has already merged into Calgary Council." in again.content.decode()


def test_a_merger_asks_for_a_council_or_a_body(keeper, world) -> None:
    form = {**STEP, "successor": "", "successor_en": "Partnership", "successor_fr": ""}
    answer = keeper.post("/en/network/councils/halifax/merge/", form)
    assert answer.status_code == 422
    assert "name the outside body in both languages" in answer.content.decode()


def test_a_new_name_brings_a_new_address_and_the_old_one_stays_taken(keeper, world) -> None:
    names = {"name_en": "Port Council", "name_fr": "Conseil du port", "acronym": "", "slug_en": "", "slug_fr": ""}
    answer = keeper.post("/en/network/councils/halifax/rename/", {**names, "on": "2020-01-01", "precision": "day"})
    assert (answer.status_code, answer["Location"]) == (302, "/en/network/councils/port-council/")
    taken = keeper.post(
        "/en/network/councils/calgary/rename/",
        {
            **names,
            "name_en": "Calgary",
            "slug_en": "halifax",
            "slug_fr": "calgary-fr",
            "on": "2020-01-01",
            "precision": "day",
        },
    )
    assert taken.status_code == 422
    assert "once belonged to another council" in taken.content.decode()


def test_a_council_is_added_with_its_addresses_made_from_its_names(keeper, world) -> None:
    form = {
        "kind": "council",
        "name_en": "Régina Council",
        "name_fr": "Conseil de Régina",
        "place": world.calgary.place_id,
        "works_in_english": "on",
        **STEP,
    }
    answer = keeper.post("/en/network/councils/new/", form)
    assert answer["Location"] == "/en/network/councils/regina-council/"
    added = Council.objects.get(slug_fr="conseil-de-regina")
    assert (added.stage, added.province_id, added.is_published) == (Stage.ENQUIRY, "AB", False)


def test_readiness_is_scored_by_a_coach_and_read_by_the_councils_staff(signed_in, world) -> None:
    form = {"on": "2026-02-01", "note": "Nearly there.", **dict.fromkeys(Readiness.QUESTIONS, 3), "champion": 0}
    assert signed_in("coach").post("/en/workspace/halifax/readiness/new/", form).status_code == 302
    page = signed_in("coordinator").get("/en/workspace/halifax/readiness/").content.decode()
    assert "15 of 18" in page
    assert "Win a recognised business leader" in page
    assert "Find a local catalyst" not in page
    half = signed_in("coach").post("/en/workspace/halifax/readiness/new/", {**form, "demand": "", "note": "Kept"})
    assert half.status_code == 422
    assert "Kept" in half.content.decode()


def test_a_figure_goes_from_the_first_value_to_the_public_with_each_act_on_record(keeper) -> None:
    keeper.post("/en/network/figures/new/", {"label_en": "Delegates", "label_fr": "Délégués", "position": "1"})
    figure = Fact.objects.get()
    path = f"/en/network/figures/{figure.pk}/"
    refused = keeper.post(path + "publish/", follow=True)
    assert "Choose the value to show first." in refused.content.decode()
    first, second = make.SourceFactory(), make.SourceFactory()
    for source, text in ((first, "150"), (second, "130")):
        keeper.post(path + "values/new/", {"source": source.pk, "text_en": text, "text_fr": text, "precision": "year"})
    assert keeper.post(path + "publish/").status_code == 302
    page = keeper.get(path).content.decode()
    assert "Sources disagree" in page
    other = FactValue.objects.get(text_en="130")
    keeper.post(f"/en/network/values/{other.pk}/show/", {"note_en": "Later.", "note_fr": "Plus récent."})
    assert list(FactValue.objects.filter(is_shown=True)) == [other]
    kept = keeper.post(path + "delete/", follow=True)
    assert "A published figure is kept." in kept.content.decode()
    assert keeper.post(path + "take-back/").status_code == 302
    assert keeper.post(path + "delete/")["Location"] == "/en/network/figures/"
    assert not Fact.objects.exists()
    assert list(Entry.objects.order_by("position").values_list("action", flat=True)) == [
        "councils.figure_added",
        "councils.value_added",
        "councils.value_added",
        "councils.figure_published",
        "councils.value_shown",
        "councils.figure_taken_back",
        "councils.figure_deleted",
    ]


def test_the_same_statement_twice_is_an_error_of_the_form(keeper) -> None:
    value = make.FactValueFactory(locator="p. 2")
    form = {
        "source": value.source_id,
        "locator": "p. 2",
        "text_en": value.text_en,
        "text_fr": value.text_fr,
        "precision": "year",
    }
    answer = keeper.post(f"/en/network/figures/{value.fact_id}/values/new/", form)
    assert answer.status_code == 422
    assert "already in the register" in answer.content.decode()


def test_the_register_shows_the_figures_whose_sources_disagree(keeper) -> None:
    torn, calm = make.FactFactory(label_en="Torn figure"), make.FactFactory(label_en="Calm figure")
    make.FactValueFactory(fact=torn), make.FactValueFactory(fact=torn), make.FactValueFactory(fact=calm)
    page = keeper.get("/en/network/figures/?state=disputed").content.decode()
    assert "Torn figure" in page
    assert "Calm figure" not in page


def test_national_pages_name_nobody(keeper, world) -> None:
    for path in ("", "councils/", "councils/halifax/", "readiness/"):
        page = keeper.get(f"/en/network/{path}").content.decode()
        for name in ("coordinator", "director", "board", "mentee"):
            assert world.people[name].email not in page


def test_the_language_switch_keeps_the_council(keeper, world) -> None:
    page = keeper.get("/en/network/councils/halifax/").content.decode()
    assert 'href="/fr/reseau/conseils/halifax-fr/"' in page


def test_a_merged_councils_record_is_still_read_and_offers_no_further_step(keeper, world) -> None:
    Council.objects.filter(pk=world.halifax.pk).update(stage=Stage.MERGED, merged_into=world.calgary)
    page = keeper.get("/en/network/councils/halifax/").content.decode()
    assert "Merged into:" in page
    assert "/en/network/councils/halifax/stage/" not in page
