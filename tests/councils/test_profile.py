"""A council's public page: where it is found, what it tells, and what it keeps to itself."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from councils.models import Body, Council, DatePrecision
from councils.states import ReflectionState, Stage
from tests import factories as make
from tests.councils.reading import text_of

pytestmark = pytest.mark.django_db


# Addresses


@pytest.mark.parametrize("page", ["", "history/", "start-here/", "stories/"])
def test_the_address_of_the_other_language_leads_to_the_right_one(client, halifax, page) -> None:
    response = client.get(f"/en/councils/halifax-fr/{page}?a=1")
    assert (response.status_code, response["Location"]) == (301, f"/en/councils/halifax/{page}?a=1")
    assert response["Cache-Control"] == "no-cache"


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
    assert response["Cache-Control"] == "no-cache"
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


def test_a_body_counts_its_seats_and_names_only_people_who_agreed(client, halifax) -> None:
    body = make.BodyFactory(council=halifax, name_en="Champions", kind=Body.Kind.CHAMPIONS, is_published=True)
    make.BodyFactory(council=halifax, name_en="Secret board")
    agreed, silent = make.UserFactory(name="Agreed Person"), make.UserFactory(name="Silent Person")
    for person in (agreed, silent):
        make.MembershipFactory(person=person, council=halifax, is_public=True, title_en="Chair", title_fr="Présidence")
        make.SeatFactory(body=body, person=person, name="")
    make.ConsentFactory(person=agreed)
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

    make.ConsentFactory(person=term("shown"))
    make.ConsentFactory(person=term("private", is_public=False))
    make.ConsentFactory(person=term("former", ends_on=date(2022, 1, 1)))
    make.ConsentFactory(person=term("future", starts_on=timezone.localdate() + timedelta(days=1)))
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
