"""The network's programmes as models: what is told of them, where they stand, and a new one that begins with one."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from allies.kit import audit, scope
from allies.kit.access import Denied
from allies.kit.refusals import Refused
from councils.models import StakeholderGroup
from mentoring.matching.policy import WEIGHED
from mentoring.models import Programme
from mentoring.queries import catalogue
from mentoring.queries.catalogue import Standing
from mentoring.queries.programmes import newest_rules
from mentoring.services.models import begin_with, settings_of
from tests import factories
from tests.factories import mentoring as make
from tests.mentoring.cohorts import answers, mentored


@pytest.fixture
def city(world):
    """A municipal programme of Calgary with results, rules and weights of its own."""
    with scope.across():
        partner = factories.OrganisationFactory(council=world.calgary, group=StakeholderGroup.MUNICIPAL)
        programme = make.ProgrammeFactory(
            council=world.calgary, is_published=True, delivered_by=partner, kind="group", hours=30, weeks=20
        )
        make.EligibilityRulesFactory(programme=programme, version=1)
        make.EligibilityRulesFactory(programme=programme, version=2, least_years=5, least_level=8)
        make.MatchPolicyFactory(programme=programme, weights={"occupation": "must"}, floor=300)
        mentored(make.IntakeFactory(programme=programme, state="running"), answers(yes=12, no=8, silent=3))
        return programme


def test_a_model_tells_its_honest_results_and_where_it_stands(world, city) -> None:
    found = catalogue.models()[0]
    assert (found.programme, found.standing, found.completed, found.ended) == (city, Standing.RUNNING, 23, 23)
    ((when, share),) = found.told[0].shares
    assert (str(when), share.yes, share.answered) == ("After 12 months", 12, 20)


def test_a_programme_with_few_answers_tells_nothing_nor_does_the_one_beside_it(world, city) -> None:
    with scope.across():
        beside = make.ProgrammeFactory(council=world.calgary, is_published=True)
        mentored(make.IntakeFactory(programme=beside), answers(yes=2, no=1))
    assert {model.programme: model.has_results for model in catalogue.models()} == {city: False, beside: False}


def test_models_are_narrowed_by_kind_language_and_who_delivers_them(world, city) -> None:
    with scope.across():
        own = make.ProgrammeFactory(council=world.halifax, is_published=True, language="fr")
        make.ProgrammeFactory(council=world.halifax)
    names = lambda **wanted: [model.programme for model in catalogue.models(**wanted)]  # noqa: E731
    assert names() == [city, own]
    assert (names(kind="group"), names(language="fr"), names(partner="municipal")) == ([city], [own], [city])
    assert (names(partner="council"), names(kind="executive")) == ([own], [])


def test_programmes_are_counted_by_province_also_those_being_set_up(world, city) -> None:
    today = timezone.localdate()
    with scope.across():
        make.ProgrammeFactory(council=world.halifax)
        opened = make.ProgrammeFactory(council=world.halifax, is_published=True)
        after = {name: today + timedelta(days=day) for day, name in enumerate(("match_by", "starts_on", "ends_on"))}
        make.IntakeFactory(programme=opened, state="open", opens_on=date(2026, 1, 5), closes_on=today, **after)
    found = {str(region.province): region.counts for region in catalogue.regions()}
    assert found == {str(world.calgary.province): [0, 1, 0, 0], str(world.halifax.province): [1, 0, 0, 1]}


def test_a_new_programme_takes_over_settings_rules_and_weights(world, city) -> None:
    director, facts = world.people["director"], settings_of(city) | {"name_en": "Ours", "name_fr": "Le nôtre"}
    with scope.within(world.halifax):
        added = begin_with(world.halifax, model=city, facts=facts, by=director)
        programme = Programme.objects.get(pk=added.pk)
        rules, policy = newest_rules(programme), programme.policies.get()
        entry = audit.about(programme).first()
    assert (programme.council, programme.is_published, programme.delivered_by) == (world.halifax, False, None)
    assert (programme.kind, programme.hours, programme.weeks, programme.name) == ("group", 30, 20, "Ours")
    assert (rules.version, rules.least_years, rules.least_level) == (1, 5, 8)
    assert (policy.version, policy.floor, policy.weights["occupation"]) == (1, 300, "must")
    assert set(policy.weights) == {criterion.value for criterion in WEIGHED}
    assert (entry.action, city.name_en in entry.reason) == ("mentoring.model_used", True)


def test_only_staff_begin_with_a_model_and_only_with_a_public_one(world, city) -> None:
    with scope.within(world.halifax):
        with pytest.raises(Denied):
            begin_with(world.halifax, model=city, facts=settings_of(city), by=world.people["rival"])
        with scope.across():
            Programme.objects.filter(pk=city.pk).update(is_published=False)
        with pytest.raises(Refused, match="no longer open"):
            begin_with(world.halifax, model=city, facts=settings_of(city), by=world.people["director"])


def test_the_form_begins_with_the_model_and_adds_a_draft(world, city, signed_in) -> None:
    coordinator = signed_in("coordinator")
    path = reverse("mentoring:model-begin", args=["halifax", city.pk])
    page = coordinator.get(path)
    assert 'value="30"' in page.text
    sent = {name: value for name, value in settings_of(city).items() if value is not False}
    assert coordinator.post(path, sent | {"name_en": ""}).status_code == 422
    assert coordinator.post(path, sent).status_code == 302
    with scope.within(world.halifax):
        assert Programme.objects.get().hours == 30


@pytest.mark.parametrize("count", [1, 8])
def test_the_page_asks_the_same_number_of_queries_however_many(
    world, signed_in, count, django_assert_num_queries
) -> None:
    with scope.across():
        for _number in range(count):
            programme = make.ProgrammeFactory(council=world.calgary, is_published=True)
            mentored(make.IntakeFactory(programme=programme), answers(yes=2))
    coordinator, path = signed_in("coordinator"), reverse("mentoring:model-list", args=["halifax"])
    coordinator.get(path)
    with django_assert_num_queries(10):
        page = coordinator.get(path, {"kind": "nonsense"})
    assert [len(rows) for _kind, rows in page.context["kinds"]] == [count]
    assert page.context["filter"].ignored == ["Kind"]
