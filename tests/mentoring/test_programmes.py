"""A council's mentoring programmes: both languages before the public, versions of rules and weights."""

import pytest
from django.urls import reverse

from allies.kit import audit, scope
from allies.kit.access import Denied
from allies.kit.refusals import Refused
from councils.services.editing import Faulty, Overtaken, fingerprints
from mentoring.matching.policy import WEIGHED
from mentoring.models import EligibilityRules, MatchPolicy, Programme
from mentoring.services import programmes
from tests import factories
from tests.mentoring.coordinating import place

FACTS = {"kind": "one_to_one", "name_en": "Career Mentoring", "name_fr": "Mentorat professionnel"}
WEIGHTS = {criterion.value: "medium" for criterion in WEIGHED}


@pytest.fixture
def here(world):
    with scope.within(world.halifax):
        yield place(world)


def test_a_programme_begins_as_a_draft_at_an_address_made_of_its_name(here):
    first = programmes.add_programme(here.council, facts=FACTS, by=here.by)
    second = programmes.add_programme(here.council, facts={**FACTS, "name_fr": "Autre"}, by=here.by)
    assert (first.slug, first.is_published) == ("career-mentoring", False)
    assert second.slug == "career-mentoring-2"
    assert audit.about(first).get().action == "mentoring.programme_added"


def test_only_the_councils_staff_add_programmes(here, world):
    for actor in ("board", "rival", "stranger"):
        with pytest.raises(Denied):
            programmes.add_programme(here.council, facts=FACTS, by=world.people[actor])


def test_nothing_is_published_in_one_language(here):
    programme = programmes.add_programme(here.council, facts={**FACTS, "summary_en": "Six talks."}, by=here.by)
    with pytest.raises(Faulty) as caught:
        programmes.publish_programme(programme, by=here.by)
    assert set(caught.value.errors) == {"summary_fr"}


def test_a_public_programme_keeps_both_languages(here):
    seen = fingerprints(here.programme, programmes.FIELDS)
    with pytest.raises(Faulty):
        programmes.edit_programme(here.programme, facts={"summary_fr": ""}, seen=seen, by=here.by)


def test_a_colleagues_words_are_not_overwritten(here, world):
    seen = fingerprints(here.programme, programmes.FIELDS)
    programmes.edit_programme(here.programme, facts={"name_en": "Theirs"}, seen=seen, by=world.people["director"])
    with pytest.raises(Overtaken):
        programmes.edit_programme(here.programme, facts={"name_en": "Mine"}, seen=seen, by=here.by)


def test_a_group_has_a_sensible_size(here):
    seen = fingerprints(here.programme, programmes.FIELDS)
    with pytest.raises(Faulty) as caught:
        programmes.edit_programme(here.programme, facts={"group_most": 3}, seen=seen, by=here.by)
    assert set(caught.value.errors) == {"group_most"}


def test_a_programme_with_an_open_intake_stays_public(here):
    with pytest.raises(Refused, match="An intake is open"):
        programmes.unpublish_programme(here.programme, by=here.by)


def test_new_rules_are_a_new_version_and_the_old_one_stays(here):
    facts = {"statuses": ["permanent"], "least_years": 2, "recent_years": 6, "least_level": 8}
    rules = programmes.write_rules(here.programme, facts=facts, by=here.by)
    assert rules.version == 2
    assert list(EligibilityRules.objects.order_by("version").values_list("version", "least_level")) == [(1, 7), (2, 8)]
    with pytest.raises(Refused, match="as they stand"):
        programmes.write_rules(here.programme, facts=facts, by=here.by)


def test_new_weights_are_a_new_version_that_says_who_wrote_it(here):
    one = programmes.write_policy(here.programme, weights=WEIGHTS, floor=100, by=here.by)
    two = programmes.write_policy(here.programme, weights={**WEIGHTS, "occupation": "must"}, floor=100, by=here.by)
    assert (one.version, two.version, two.created_by) == (1, 2, here.by)
    assert MatchPolicy.objects.get(version=1).weights["occupation"] == "medium"


def test_something_has_to_count(here):
    with pytest.raises(Refused, match="At least one criterion"):
        programmes.write_policy(here.programme, weights=dict.fromkeys(WEIGHTS, "off"), floor=0, by=here.by)


def test_a_programme_is_written_in_its_form_and_published(world, signed_in):
    browser, at = signed_in("coordinator"), {"council": world.halifax.slug_en}
    organisation = factories.OrganisationFactory(council=world.halifax)
    typed = {
        **FACTS,
        "language": "en",
        "hours": 24,
        "weeks": 17,
        "group_least": 4,
        "group_most": 6,
        "offer_days": 5,
        "delivered_by": organisation.name,
    }
    sent = browser.post(reverse("mentoring:coordinate-programme-add", kwargs=at), typed)
    with scope.within(world.halifax):
        programme = Programme.objects.get(slug="career-mentoring")
    assert sent.url == reverse("mentoring:coordinate-programme-show", kwargs={**at, "pk": programme.pk})
    held_back = browser.post(reverse("mentoring:coordinate-programme-publish", kwargs={**at, "pk": programme.pk}))
    assert held_back.url == reverse("mentoring:coordinate-programme-edit", kwargs={**at, "pk": programme.pk})
    page = browser.get(held_back.url)
    assert [field.name for field in page.context["form"].before_publishing] == ["summary_en", "summary_fr"]
    assert page.context["form"]["delivered_by"].value() == organisation.name
    # Another that is called so in French makes no difference to what stands there.
    factories.OrganisationFactory(council=world.halifax, name_fr=organisation.name_en)
    seen = page.context["form"]["seen"].value()
    kept = browser.post(held_back.url, typed | {"hours": 30, "seen": seen})
    assert kept.status_code == 302
    with scope.within(world.halifax):
        programme = Programme.objects.get()
    assert (programme.hours, programme.delivered_by) == (30, organisation)


def test_the_weights_that_were_chosen_come_back_in_the_form(world, signed_in):
    with scope.within(world.halifax):
        here = place(world)
    url = reverse(
        "mentoring:coordinate-programme-weights", kwargs={"council": world.halifax.slug_en, "pk": here.programme.pk}
    )
    browser = signed_in("coordinator")
    assert browser.get(url).context["form"]["occupation"].value() == "high"
    assert browser.post(url, {**WEIGHTS, "occupation": "must", "floor": 250}).status_code == 302
    form = browser.get(url).context["form"]
    assert (form["occupation"].value(), form["floor"].value()) == ("must", 250)
    assert browser.post(url, {**WEIGHTS, "occupation": "absolutely", "floor": 0}).status_code == 422
