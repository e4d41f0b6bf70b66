"""A council's public page: where it is found, what it tells, and what it keeps to itself."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from django.utils import timezone

from councils.models import Body, Consent, Council, DatePrecision, LabourFigure, LabourTable, Story
from councils.states import ReflectionState, Stage
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def halifax():
    return make.CouncilFactory(
        slug_en="halifax",
        slug_fr="halifax-fr",
        name_en="Halifax Council",
        name_fr="Conseil de Halifax",
        place=make.PlaceFactory(code="halifax"),
    )


def text_of(client, url="/en/councils/halifax/") -> str:
    response = client.get(url)
    assert response.status_code == 200
    plain = re.sub(r"<(script|style).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", plain)).split())


# Addresses


@pytest.mark.parametrize("page", ["", "history/", "start-here/", "stories/"])
def test_the_address_of_the_other_language_leads_to_the_right_one(client, halifax, page) -> None:
    response = client.get(f"/en/councils/halifax-fr/{page}?a=1")
    assert (response.status_code, response["Location"]) == (301, f"/en/councils/halifax/{page}?a=1")


def test_a_french_page_has_its_french_address(client, halifax) -> None:
    response = client.get("/fr/conseils/halifax/")
    assert (response.status_code, response["Location"]) == (301, "/fr/conseils/halifax-fr/")


def test_the_switch_and_the_search_engines_are_told_the_other_address(client, halifax) -> None:
    page = client.get("/en/councils/halifax/history/").content.decode()
    assert re.search(r'class="lang" href="([^"]+)"', page)[1] == "/fr/conseils/halifax-fr/historique/"
    assert re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)"', page) == [
        ("en-CA", "http://localhost:8000/en/councils/halifax/history/"),
        ("fr-CA", "http://localhost:8000/fr/conseils/halifax-fr/historique/"),
    ]


def test_an_address_of_before_leads_on(client, halifax) -> None:
    halifax.retired_slugs.create(slug="ghp")
    assert client.get("/en/councils/ghp/")["Location"] == "/en/councils/halifax/"
    assert client.get("/fr/conseils/ghp/")["Location"] == "/fr/conseils/halifax-fr/"


def test_the_own_address_comes_before_one_that_another_council_left(client, halifax) -> None:
    other = make.CouncilFactory(slug_en="other", slug_fr="halifax")
    assert "Halifax Council" in text_of(client)
    assert other.name_fr in text_of(client, "/fr/conseils/halifax/")


@pytest.mark.parametrize("page", ["", "history/", "start-here/", "stories/", "feed.atom", "contacts.vcf"])
def test_an_unpublished_council_is_not_there_under_any_address(client, halifax, page) -> None:
    halifax.retired_slugs.create(slug="ghp")
    Council.objects.update(is_published=False)
    for slug in ("halifax", "halifax-fr", "ghp"):
        assert client.get(f"/en/councils/{slug}/{page}").status_code == 404


# Mergers


@pytest.fixture
def merged(halifax):
    return make.CouncilFactory(
        slug_en="dartmouth", slug_fr="dartmouth-fr", name_en="Dartmouth", stage=Stage.MERGED, merged_into=halifax
    )


def test_a_merged_council_leads_to_the_one_it_joined_which_says_so(client, merged) -> None:
    response = client.get("/en/councils/dartmouth/")
    assert (response.status_code, response["Location"]) == (301, "/en/councils/halifax/?from=dartmouth")
    assert "You looked for Dartmouth, which is now part of this council." in text_of(client, response["Location"])
    assert "You looked for" not in text_of(client)
    assert "You looked for" not in text_of(client, "/en/councils/halifax/?from=<script>")


def test_the_history_of_a_merged_council_stays_readable(client, merged) -> None:
    merged.stage_changes.create(
        from_stage=Stage.OPERATING,
        to_stage=Stage.MERGED,
        on=date(2011, 8, 1),
        reason_en="Joined with Halifax.",
        reason_fr="Fusion avec Halifax.",
    )
    text = text_of(client, "/en/councils/dartmouth/history/")
    assert "Merged · August 1, 2011 Joined with Halifax." in text
    assert "This council is now part of Halifax Council." in text
    assert "1ᵉʳ août 2011 Fusion avec Halifax." in text_of(client, "/fr/conseils/dartmouth-fr/historique/")


def test_a_chain_of_mergers_leads_to_its_end(client, merged, halifax) -> None:
    last = make.CouncilFactory(slug_en="nova", slug_fr="nova-fr")
    Council.objects.filter(pk=halifax.pk).update(stage=Stage.MERGED, merged_into=last)
    assert client.get("/en/councils/dartmouth/")["Location"] == "/en/councils/nova/?from=dartmouth"


def test_mergers_in_a_circle_end_at_the_page_itself(client, merged, halifax) -> None:
    Council.objects.filter(pk=halifax.pk).update(stage=Stage.MERGED, merged_into=merged)
    assert client.get("/en/councils/dartmouth/").status_code == 200


def test_a_merger_into_a_hidden_council_does_not_name_it(client, merged, halifax) -> None:
    Council.objects.filter(pk=halifax.pk).update(is_published=False)
    text = text_of(client, "/en/councils/dartmouth/")
    assert "This council was merged and no longer works under this name." in text
    assert "Halifax Council" not in text


def test_a_merger_outside_the_network_is_told_on_the_page(client) -> None:
    make.CouncilFactory(slug_en="kw", stage=Stage.MERGED, successor_en="The Partnership", successor_fr="Le Partenariat")
    assert "This council is now part of The Partnership, outside the network." in text_of(client, "/en/councils/kw/")
    assert "please ask there" in text_of(client, "/en/councils/kw/start-here/")


# What it tells


def test_the_facts_of_a_council(client, halifax) -> None:
    Council.objects.update(
        acronym="GHP",
        host_en="The Chamber",
        host_type="chamber",
        legal_form="incorporated",
        region_en="Halifax Regional Municipality",
        population="100k_500k",
        started_on=date(2008, 5, 1),
        started_precision=DatePrecision.MONTH,
        works_in_french=True,
        is_catalyst=True,
        partnership_en="Halifax LIP",
        contact_phone="902 555-0100",
    )
    halifax.former_names.create(
        name_en="Task Force", name_fr="Groupe de travail", ends_on=date(2008, 1, 1), precision=DatePrecision.YEAR
    )
    text = text_of(client)
    for fact in (
        "Halifax Council GHP",
        "Host The Chamber Chamber of commerce",
        "Legal form Legal entity of its own",
        "Started May 2008",
        "Region served Halifax Regional Municipality",
        "Population 100,000 to 500,000",
        "Works in English and French",
        "Catalyst Starts programmes and finds who can run them.",
        "Local immigration partnership Halifax LIP",
        "Former names Task Force until 2008",
        "902 555-0100",
    ):
        assert fact in text
    assert "Démarré" not in text


@pytest.mark.parametrize(
    ("precision", "english", "french"),
    [("year", "2011", "2011"), ("month", "August 2011", "août 2011"), ("day", "August 1, 2011", "1ᵉʳ août 2011")],
)
def test_a_date_is_written_as_exactly_as_it_is_known(client, halifax, precision, english, french) -> None:
    halifax.stage_changes.create(
        to_stage=Stage.OPERATING, on=date(2011, 8, 1), precision=precision, reason_en="Began.", reason_fr="Début."
    )
    assert f"Operating · {english} Began." in text_of(client)
    assert f"· {french} Début." in text_of(client, "/fr/conseils/halifax-fr/")


def test_what_a_council_stays_out_of_is_said_plainly(client, halifax) -> None:
    assert "It does not take part" not in text_of(client)
    Council.objects.update(joins_national_match=False, joins_campaigns=False)
    text = text_of(client)
    assert "It does not take part in the national Mentor Match: its mentoring data stays with it." in text
    assert "It does not take part in national campaigns." in text
    assert "national advocacy" not in text


def test_a_stalled_council_is_not_drawn_as_if_it_had_operated(client, halifax) -> None:
    Council.objects.update(stage=Stage.STALLED)
    halifax.stage_changes.create(to_stage=Stage.START_UP, on=date(2008, 1, 1), reason_en="a", reason_fr="a")
    halifax.stage_changes.create(
        from_stage=Stage.START_UP, to_stage=Stage.STALLED, on=date(2009, 1, 1), reason_en="b", reason_fr="b"
    )
    page = client.get("/en/councils/halifax/").content.decode()
    stepper = re.search(r'<ol class="stepper">(.*?)</ol>', page, re.DOTALL)[1]
    assert re.findall(r'<li class="(\w+)"', stepper) == ["done", "done", "done", "now"]
    assert "Operating" not in stepper


def test_programmes_name_the_partners_that_may_be_named(client, halifax) -> None:
    shown = make.OrganisationFactory(council=halifax, name_en="YMCA", is_public=True)
    hidden = make.OrganisationFactory(council=halifax, name_en="Quiet agency")
    programme = make.LocalProgrammeFactory(council=halifax, name_en="Mentor Match", is_published=True)
    programme.delivered_by.add(shown, hidden)
    make.LocalProgrammeFactory(council=halifax, name_en="Secret pilot")
    text = text_of(client)
    assert "Mentor Match" in text
    assert "Delivered by YMCA" in text
    assert "Quiet agency" not in text
    assert "Secret pilot" not in text


def agree(person):
    Consent.objects.create(person=person, purpose=Consent.Purpose.PUBLIC_CONTACT, wording="1", language="en")


def test_a_body_counts_its_seats_and_names_only_people_who_agreed(client, halifax) -> None:
    body = make.BodyFactory(council=halifax, name_en="Champions", kind=Body.Kind.CHAMPIONS, is_published=True)
    make.BodyFactory(council=halifax, name_en="Secret board")
    agreed, silent = make.UserFactory(name="Agreed Person"), make.UserFactory(name="Silent Person")
    for person in (agreed, silent):
        make.MembershipFactory(person=person, council=halifax, is_public=True, title_en="Chair", title_fr="Présidence")
        make.SeatFactory(body=body, person=person, name="")
    agree(agreed)
    make.SeatFactory(body=body, name="Name Only", email="name@only.example")
    make.SeatFactory(body=body, name="Long Gone", ends_on=date(2021, 1, 1))
    text = text_of(client)
    assert "3 seats Agreed Person (Member)" in text
    for hidden in ("Silent Person", "Name Only", "name@only.example", "Long Gone", "Secret board"):
        assert hidden not in text


def test_contacts_are_people_in_office_who_agreed(client, halifax) -> None:
    def term(name, **facts):
        person = make.UserFactory(name=name, email=f"{name}@people.example", phone="902 555-1111")
        titles = {"title_en": "Director", "title_fr": "Direction"}
        make.MembershipFactory(person=person, council=halifax, **{"is_public": True, **titles, **facts})
        return person

    agree(term("shown"))
    agree(term("private", is_public=False))
    agree(term("former", ends_on=date(2022, 1, 1)))
    agree(term("future", starts_on=timezone.localdate() + timedelta(days=1)))
    term("silent")
    page = client.get("/en/councils/halifax/").content.decode()
    assert "shown@people.example" in page
    for hidden in ("private", "former", "future", "silent"):
        assert f"{hidden}@people.example" not in page
    assert "555-1111" not in page


def test_the_latest_published_reflection_shows_success_and_challenge_and_nothing_else(client, halifax) -> None:
    both = {"biggest_success_fr": "f", "biggest_challenge_fr": "f", "biggest_challenge_en": "Money"}
    make.ReflectionFactory(
        council=halifax,
        year=2010,
        state=ReflectionState.PUBLISHED,
        biggest_success_en="Fifty *matches*",
        recommendations_en="For the network only",
        **both,
    )
    make.ReflectionFactory(
        council=halifax, year=2009, state=ReflectionState.PUBLISHED, biggest_success_en="Older", **both
    )
    make.ReflectionFactory(
        council=halifax, year=2011, state=ReflectionState.SUBMITTED, biggest_success_en="Unread", **both
    )
    text = text_of(client)
    assert "Looking back on 2010 Biggest success Fifty matches Biggest challenge Money" in text
    for hidden in ("Older", "Unread", "For the network only"):
        assert hidden not in text


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
        agree(person)
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
    with django_assert_num_queries(17):
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
