"""The real network: what the sources say is loaded as they say it, in both languages, and people's edits stay."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from allies.kit.scope import across
from councils.models import (
    Body,
    Council,
    Event,
    Fact,
    FactValue,
    LocalProgramme,
    Organisation,
    Reflection,
    RetiredSlug,
    Source,
    StageChange,
)
from councils.services.network_data import load_network

FOLDER = Path(settings.BASE_DIR) / "councils" / "data" / "network"
BILINGUAL = [*sorted(FOLDER.glob("*.toml")), FOLDER.parent / "demo.toml"]


@pytest.fixture
def network(network_once: None, db: None) -> Iterator[None]:
    """The network is loaded, and the test looks across all councils."""
    with across():
        yield


def texts(value: Any, key: str = "") -> list[tuple[str, str]]:
    """Every text of a data file with its key."""
    if isinstance(value, dict):
        return [found for k, v in value.items() for found in texts(v, k)]
    if isinstance(value, list):
        return [found for v in value for found in texts(v, key)]
    return [(key, value)] if isinstance(value, str) else []


# ---------------------------------------------------------------- the files


@pytest.mark.parametrize("path", BILINGUAL, ids=lambda p: p.stem)
def test_the_french_is_set_as_french(path: Path) -> None:
    wrong = [
        text
        for key, text in texts(tomllib.loads(path.read_text(encoding="utf-8")))
        if (key == "fr" or key.endswith("_fr"))
        and re.search(r"'|[^\s ] [;:!?»%$]|« |\"|[^\u00a0\s][;!?»](?:\s|$)", text)
    ]
    assert wrong == []


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda p: p.stem)
def test_no_file_of_the_network_holds_a_way_to_reach_a_person(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"[\w.]+@[\w.]+|\(?\d{3}\)?[ -]\d{3}-\d{4}", text)


# ---------------------------------------------------------------- what is loaded


def test_the_network_has_twelve_councils_and_five_supported_places(network: None) -> None:
    kinds = list(Council.objects.published().values_list("kind", flat=True))
    assert (kinds.count("council"), kinds.count("supported")) == (12, 5)


@pytest.mark.parametrize(
    ("slug", "life"),
    [
        ("british-columbia", ["exploring 2007", "start_up 2008", "operating 2009-02"]),
        ("edmonton", ["exploring 2007", "start_up 2008", "operating 2009"]),
        ("calgary", ["exploring 2007", "start_up 2009", "operating 2010-03"]),
        ("london-middlesex", ["start_up 2007-01", "operating 2008"]),
        ("kitchener-waterloo", ["start_up 2005", "operating 2006", "merged 2011-08-01"]),
        ("toronto", ["operating 2003"]),
        ("ottawa", ["operating 2006"]),
        ("montreal", ["exploring 2007", "start_up 2008", "operating 2009-01"]),
        ("new-brunswick", ["start_up 2008", "operating 2011-03"]),
        ("halifax", ["exploring 2007", "start_up 2008", "operating 2009-06"]),
        ("niagara", ["operating 2008"]),
        ("saskatoon", ["exploring 2008", "stalled 2011"]),
        ("charlottetown", ["enquiry 2011-10"]),
        ("sudbury", ["start_up 2011-10"]),
    ],
)
def test_each_council_has_the_life_that_the_sources_tell(network: None, slug: str, life: list[str]) -> None:
    council = Council.objects.get(slug_en=slug)
    length = {"year": 4, "month": 7, "day": 10}
    steps = [f"{s.to_stage} {s.on.isoformat()[: length[s.precision]]}" for s in council.stage_changes.order_by("on")]
    assert steps == life
    assert council.stage == life[-1].split()[0]


def test_hosts_stand_with_their_kind(network: None) -> None:
    hosts = dict(Council.objects.exclude(host_type="").values_list("slug_en", "host_type"))
    assert hosts == {
        "british-columbia": "foundation",
        "calgary": "independent",
        "halifax": "economic",
        "kitchener-waterloo": "chamber",
        "montreal": "elected",
        "new-brunswick": "multicultural",
        "ottawa": "united_way",
        "toronto": "foundation",
    }


def test_waterloo_names_the_partnership_that_it_joined(network: None) -> None:
    waterloo = Council.objects.called("kitchener-waterloo").get()
    assert waterloo.successor_en == "Waterloo Region Local Immigration Partnership"
    assert waterloo.merged_into is None


def test_london_keeps_its_former_name_with_dates(network: None) -> None:
    former = Council.objects.called("london-middlesex").get().former_names.get()
    assert (former.name_en, former.starts_on, former.ends_on) == (
        "London-Middlesex Immigrant Employment Task Force",
        date(2007, 1, 1),
        date(2008, 1, 1),
    )


def test_only_montreal_stays_out_of_national_work(network: None) -> None:
    out = Council.objects.filter(joins_national_match=False, joins_campaigns=False, joins_advocacy=False)
    assert [c.slug_en for c in out] == ["montreal"]
    assert Council.objects.filter(joins_national_match=True, joins_campaigns=True, joins_advocacy=True).count() == 16


def test_new_brunswick_works_in_both_languages_and_montreal_in_french(network: None) -> None:
    french = Council.objects.filter(works_in_french=True).order_by("slug_en")
    assert [(c.slug_en, c.works_in_english) for c in french] == [("montreal", False), ("new-brunswick", True)]


def test_ottawa_has_its_champions_and_five_working_groups_with_their_sectors(network: None) -> None:
    bodies = Body.objects.filter(council__slug_en="ottawa")
    assert bodies.get(kind="champions").starts_on == date(2007, 5, 1)
    groups = bodies.filter(kind="sector", cadence="monthly").values_list("sector_id", flat=True)
    assert sorted(groups) == ["51", "52", "54", "62", "91"]


def test_a_programme_names_who_delivers_it(network: None) -> None:
    waterloo = LocalProgramme.objects.filter(council__slug_en="kitchener-waterloo")
    delivered = {p.name_en: [o.name_en for o in p.delivered_by.all()] for p in waterloo}
    assert delivered["Mentorship"] == ["YMCA"]
    assert delivered["Internship Program"] == ["Conestoga College"]
    assert delivered["Immigrant loans"] == []


def test_eleven_councils_look_back_on_2011(network: None) -> None:
    assert Reflection.objects.filter(year=2011, state="published").count() == 11
    halifax = Reflection.objects.get(council__slug_en="halifax")
    assert "Connector" in halifax.favourite_story_fr
    for question in Reflection.QUESTIONS:
        assert bool(getattr(halifax, f"{question}_en")) == bool(getattr(halifax, f"{question}_fr"))


def test_everything_that_is_published_speaks_both_languages(network: None) -> None:
    gaps = []
    for model in (Council, Source, Fact, FactValue, StageChange, Organisation, Body, LocalProgramme, Reflection, Event):
        names = [f.name.removesuffix("_en") for f in model._meta.concrete_fields if f.name.endswith("_en")]
        gaps += [
            (model.__name__, str(row), name)
            for row in model.objects.all()
            for name in names
            if bool(getattr(row, f"{name}_en")) != bool(getattr(row, f"{name}_fr"))
        ]
    assert gaps == []


# ---------------------------------------------------------------- figures and their sources


@pytest.mark.parametrize(
    ("key", "shown", "others"),
    [
        (
            "exchange-2007-delegates",
            "130, from 18 city regions",
            {"about 150, from over 18 communities", "more than 150"},
        ),
        ("toronto-founded", "2003", {"2002", "2003"}),
        ("network-launched", "October 2007", {"2007, after the June exchange"}),
        ("skilled-in-suitable-work", "4 in 10", {"1 in 4"}),
        ("edmonton-mentoring-length", "24 hours over four months", {"three to four months"}),
        ("exchanges-held", "3", {"2"}),
        ("growth-through-immigration", "by 2031 (population)", {"by 2011 (labour market)"}),
        ("offers-to-councils", "7", {"5"}),
        ("montreal-lead-name", "Marcot", {"Marcotte"}),
        ("halifax-connector-grant", "partnership grant", {"innovation grant"}),
        ("ottawa-federal-programme-kind", "an internship", {"a mentorship"}),
        ("new-brunswick-first-matches", "March 2011", {"fall 2011 (planned)"}),
        ("halifax-jobs", "nearly 100", {"over 100"}),
    ],
)
def test_where_sources_disagree_all_values_stay_and_one_is_shown_with_a_reason(
    network: None, key: str, shown: str, others: set[str]
) -> None:
    values = FactValue.objects.filter(fact__key=key)
    chosen = values.get(is_shown=True)
    assert chosen.text_en == shown
    assert chosen.note_en
    assert set(values.filter(is_shown=False).values_list("text_en", flat=True)) == others


def test_each_figure_shows_exactly_one_value_with_its_source(network: None) -> None:
    assert Fact.objects.count() > 60
    for fact in Fact.objects.all():
        assert fact.values.filter(is_shown=True).count() == 1, fact.key
    assert Source.objects.count() == 5


def test_the_mentoring_outcome_agrees_with_itself(network: None) -> None:
    text = FactValue.objects.get(fact__key="mentoring-earnings").text_en
    before, after, rise = (int(n.replace(",", "")) for n in re.findall(r"[\d,]+", text))
    assert int((after / before - 1) * 100) == rise


# ---------------------------------------------------------------- loading again


def test_loading_again_creates_nothing(network: None) -> None:
    assert load_network()["created"] == 0


def test_what_people_changed_stays_and_is_not_loaded_twice(network: None) -> None:
    Council.objects.filter(slug_en="halifax").update(summary_en="Ours now.", slug_en="greater-halifax")
    RetiredSlug.objects.create(council=Council.objects.get(slug_en="greater-halifax"), slug="halifax")
    LocalProgramme.objects.filter(name_en="SmartBusiness").update(name_en="Smart Business visits")
    FactValue.objects.filter(fact__key="toronto-founded", is_shown=True).update(is_shown=False)
    FactValue.objects.filter(fact__key="toronto-founded", text_en="2002").update(is_shown=True)
    assert load_network()["created"] == 0
    assert Council.objects.get(slug_en="greater-halifax").summary_en == "Ours now."
    assert not LocalProgramme.objects.filter(name_en="SmartBusiness").exists()
    assert FactValue.objects.get(fact__key="toronto-founded", is_shown=True).text_en == "2002"


def test_what_is_missing_is_created_again(network: None) -> None:
    Fact.objects.filter(key="halifax-media").delete()
    assert load_network()["created"] == 2
    assert FactValue.objects.get(fact__key="halifax-media").is_shown


def test_overwriting_puts_texts_back_but_neither_stages_nor_addresses(network: None) -> None:
    Council.objects.filter(slug_en="niagara").update(summary_en="Ours now.", stage="stalled", slug_en="niagara-falls")
    FactValue.objects.filter(fact__key="toronto-founded", is_shown=True).update(is_shown=False)
    FactValue.objects.filter(fact__key="toronto-founded", text_en="2002").update(is_shown=True)
    done = load_network(overwrite=True)
    assert (done["created"], done["left"]) == (0, 0)
    niagara = Council.objects.get(slug_fr="niagara")
    assert niagara.summary_en.startswith("Launched in 2008")
    assert (niagara.stage, niagara.slug_en) == ("stalled", "niagara-falls")
    assert FactValue.objects.get(fact__key="toronto-founded", is_shown=True).text_en == "2003"
