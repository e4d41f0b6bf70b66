"""A council's public page: its figures, what it tells, its labour market, and what a reading costs."""

import json
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from councils.models import Council, LabourFigure, LabourTable, Story
from councils.states import Stage
from tests import factories as make
from tests.councils.reading import text_of

pytestmark = pytest.mark.django_db


def figure(council, *, shown="150", other=None, published=True, **facts):
    fact = make.FactFactory(council=council, label_en="Delegates", is_published=published, **facts)
    make.FactValueFactory(
        fact=fact,
        text_en=shown,
        is_shown=True,
        base=1900,
        as_of=date(2007, 6, 1),
        precision="month",
        source=make.SourceFactory(title_en="The report", publisher="Caledon", year=2011),
        locator="p. 9",
    )
    if other:
        make.FactValueFactory(fact=fact, text_en=other, source=make.SourceFactory(title_en="The other report"))
    return fact


def test_a_figure_stands_with_its_source_and_readers_see_no_conflict(client, halifax) -> None:
    figure(halifax, other="130")
    figure(halifax, shown="99999", published=False)
    text = text_of(client)
    assert "150 Delegates" in text
    assert "Out of 1,900. As of June 2007." in text
    assert "The report , Caledon, 2011, p. 9." in text
    for hidden in ("130", "The other report", "Sources disagree", "99999"):
        assert hidden not in text


@pytest.mark.parametrize(
    ("actor", "sees"),
    [("stranger", False), ("coordinator", False), ("funder", False), ("national", True), ("admin", True)],
)
def test_those_who_keep_the_registry_see_where_sources_disagree(world, signed_in, actor, sees) -> None:
    figure(world.halifax, other="130")
    text = text_of(signed_in(actor), world.halifax.get_absolute_url())
    assert ("Sources disagree" in text) is sees
    assert ("130 – The other report" in text) is sees


def test_values_that_agree_are_no_conflict(world, signed_in) -> None:
    figure(world.halifax, other="150")
    assert "Sources disagree" not in text_of(signed_in("national"), world.halifax.get_absolute_url())


def test_stories_and_events_of_the_council_and_no_drafts(client, halifax) -> None:
    make.StoryFactory(council=halifax, published=True, title_en="Ana found work", subject="Ana Very Private")
    make.StoryFactory(council=halifax, title_en="Draft story")
    make.StoryFactory(published=True, title_en="Story of another council")
    day = timezone.localdate()
    make.EventFactory(council=halifax, title_en="Tomorrow", starts_on=day + timedelta(days=1), is_published=True)
    make.EventFactory(council=halifax, title_en="Long ago", starts_on=date(2010, 5, 6), is_published=True)
    make.EventFactory(council=halifax, title_en="Draft event")
    text = text_of(client)
    assert re.search(r"Coming up .*Tomorrow .*Past events .*Long ago", text)
    assert "Ana found work" in text
    for hidden in ("Draft story", "Story of another council", "Draft event", "Ana Very Private"):
        assert hidden not in text


def test_written_history_cannot_bring_markup(client, halifax) -> None:
    Council.objects.update(history_en="# Title\n\n<script>alert(1)</script> [x](javascript:alert(1)) **bold**")
    page = client.get("/en/councils/halifax/").content.decode()
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    assert "<strong>bold</strong>" in page


def test_the_data_block_names_the_council_and_the_way_to_it(client, halifax) -> None:
    page = client.get("/en/councils/halifax/").content.decode()
    blocks = [json.loads(b) for b in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)]
    assert [block["@type"] for block in blocks] == ["NGO", "BreadcrumbList"]
    assert [item["name"] for item in blocks[1]["itemListElement"]] == ["Home", "Councils", "Halifax Council"]


def test_the_citys_labour_market_is_a_chart_and_a_table(client, halifax) -> None:
    assert "The labour market" not in text_of(client)
    table = LabourTable.objects.create(
        product="14100083/en",
        title_en="Labour force of immigrants",
        title_fr="Population active immigrante",
        imported_at=datetime(2026, 5, 1, tzinfo=UTC),
        rows=2,
        sha256="0" * 64,
    )
    for year, value in ((2010, "11.5"), (2011, "9.25")):
        LabourFigure.objects.create(
            table=table,
            place=halifax.place,
            geography="Halifax",
            period=date(year, 1, 1),
            categories=["Unemployment rate"],
            unit="Percentage",
            value=value,
        )
    response = client.get("/en/councils/halifax/")
    assert response.content.decode().count('<svg xmlns="http://www.w3.org/2000/svg"') == 1
    text = text_of(client)
    assert "The labour market in Halifax" in text
    assert "Unemployment rate 9.25 Percentage" in text
    assert "Source: Statistics Canada, table 14100083, read on" in text


def test_where_to_begin_lists_what_newcomers_can_join(client, halifax) -> None:
    make.LocalProgrammeFactory(council=halifax, name_en="Mentor Match", is_published=True)
    make.LocalProgrammeFactory(council=halifax, name_en="Old match", is_published=True, ended_on=date(2012, 1, 1))
    make.LocalProgrammeFactory(council=halifax, name_en="Award", kind="recognition", is_published=True)
    text = text_of(client, "/en/councils/halifax/start-here/")
    assert "New to Halifax? Start here" in text
    assert "Mentor Match" in text
    assert "Old match" not in text
    assert "Award" not in text


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_a_profile_asks_the_database_the_same_number_of_times(client, halifax, rows, django_assert_num_queries) -> None:
    for number in range(rows):
        partner = make.OrganisationFactory(council=halifax, is_public=True)
        make.LocalProgrammeFactory(council=halifax, is_published=True).delivered_by.add(partner)
        body = make.BodyFactory(council=halifax, is_published=True)
        person = make.UserFactory()
        make.ConsentFactory(person=person)
        make.MembershipFactory(person=person, council=halifax, is_public=True, title_en="a", title_fr="a")
        make.SeatFactory(body=body, person=person, name="", organisation=partner)
        figure(halifax)
        make.StoryFactory(council=halifax, published=True)
        make.EventFactory(council=halifax, is_published=True)
        halifax.stage_changes.create(
            to_stage=Stage.OPERATING, on=date(2000 + number % 20, 1, 1), reason_en="a", reason_fr="a"
        )
        halifax.former_names.create(name_en="a", name_fr="a")
        make.CouncilFactory(stage=Stage.MERGED, merged_into=halifax)
    with django_assert_num_queries(18):
        response = client.get("/en/councils/halifax/")
    assert response.status_code == 200


def test_readers_get_no_cookie(client, halifax) -> None:
    for page in ("", "history/", "start-here/", "stories/"):
        response = client.get(f"/en/councils/halifax/{page}")
        assert response.cookies == {}
        assert response["Cache-Control"] == "no-cache"


def test_a_signed_in_reader_keeps_nothing(world, signed_in) -> None:
    response = signed_in("coordinator").get(world.halifax.get_absolute_url())
    assert response["Cache-Control"] == "no-store, private"


def test_a_withdrawn_story_is_gone_at_once(client, halifax) -> None:
    story = make.StoryFactory(council=halifax, published=True, title_en="Ana")
    assert "Ana" in text_of(client)
    Story._base_manager.filter(pk=story.pk).update(state="withdrawn", consent_withdrawn_on=date(2026, 1, 2))
    assert "Ana" not in text_of(client)
    assert client.get(f"/en/councils/halifax/stories/{story.pk}/").status_code == 404
