"""The register of facts: conflicting values are kept, one is shown, nothing half is published."""

import pytest

from allies.kit.access import Denied
from allies.kit.audit import Entry
from allies.kit.refusals import Refused
from councils.models import Fact, FactValue
from councils.queries.facts_register import disputed, naming, register
from councils.roles import Role
from councils.services import facts as service
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper():
    return make.MembershipFactory(council=None, role=Role.NATIONAL_STAFF).person


@pytest.fixture
def figure():
    return make.FactFactory(label_en="Delegates", label_fr="Personnes déléguées")


def value(figure, keeper, text="150", **facts):
    facts = {"source": make.SourceFactory(), "locator": "p. 2", "text_en": text, "text_fr": text, **facts}
    return service.add_value(figure, by=keeper, **facts)


def actions() -> list[str]:
    return list(Entry.objects.order_by("position").values_list("action", flat=True))


def test_the_first_value_is_shown_and_the_next_ones_stand_beside_it(figure, keeper) -> None:
    first, second = value(figure, keeper), value(figure, keeper, "130")
    assert (first.is_shown, second.is_shown) == (True, False)
    assert actions() == ["councils.value_added"] * 2


def test_choosing_another_value_keeps_the_reason_and_hides_the_first(figure, keeper) -> None:
    first, second = value(figure, keeper), value(figure, keeper, "130")
    service.show_value(second, note_en="The later report.", note_fr="Le rapport plus récent.", by=keeper)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.is_shown, second.is_shown, second.note_fr) == (False, True, "Le rapport plus récent.")
    entry = Entry.objects.get(action="councils.value_shown")
    assert (entry.target_id, entry.reason) == (str(second.pk), "The later report.")


def test_a_choice_without_its_reason_in_both_languages_is_refused(figure, keeper) -> None:
    value(figure, keeper)
    second = value(figure, keeper, "130")
    with pytest.raises(Refused, match="both languages"):
        service.show_value(second, note_en="Later.", note_fr="", by=keeper)
    assert FactValue.objects.get(is_shown=True).text_en == "150"


def test_sources_disagree_when_they_say_different_things(figure, keeper) -> None:
    value(figure, keeper), value(figure, keeper)
    other = make.FactFactory(label_en="Communities")
    value(other, keeper, "18"), value(other, keeper, "12")
    make.FactFactory()
    assert list(disputed(Fact.objects.all())) == [other]
    assert {row.pk: row.different for row in register()} == {
        figure.pk: 1,
        other.pk: 2,
        Fact.objects.exclude(pk__in=[figure.pk, other.pk]).get().pk: 0,
    }


def test_the_register_is_searched_without_accents(figure) -> None:
    make.FactFactory()
    assert list(naming(register(), "deleguees PERSONNES")) == [figure]


def test_a_figure_is_published_once_it_shows_a_value(figure, keeper) -> None:
    with pytest.raises(Refused, match="Choose the value"):
        service.publish_figure(figure, by=keeper)
    value(figure, keeper)
    service.publish_figure(figure, by=keeper)
    assert Fact.objects.get(pk=figure.pk).is_published is True
    with pytest.raises(Refused, match="already published"):
        service.publish_figure(figure, by=keeper)
    service.take_back_figure(figure, by=keeper)
    assert Fact.objects.get(pk=figure.pk).is_published is False


def test_half_a_definition_is_neither_published_nor_added_to_a_published_figure(figure, keeper) -> None:
    value(figure, keeper)
    service.publish_figure(figure, by=keeper)
    with pytest.raises(Refused, match="definition in both languages"):
        service.edit_figure(figure, definition_en="People in the room.", by=keeper)
    assert Fact.objects.get(pk=figure.pk).definition_en == ""
    other = make.FactFactory(definition_fr="Dans la salle.")
    value(other, keeper)
    with pytest.raises(Refused, match="definition in both languages"):
        service.publish_figure(other, by=keeper)


def test_only_an_unpublished_figure_is_deleted(figure, keeper) -> None:
    value(figure, keeper)
    service.publish_figure(figure, by=keeper)
    with pytest.raises(Refused, match="is kept"):
        service.delete_figure(figure, by=keeper)
    service.take_back_figure(figure, by=keeper)
    key = figure.pk
    service.delete_figure(figure, by=keeper)
    assert not Fact.objects.filter(pk=key).exists()
    assert Entry.objects.get(action="councils.figure_deleted").target_id == str(key)


def test_the_same_statement_of_a_source_is_taken_once(figure, keeper) -> None:
    source = make.SourceFactory()
    value(figure, keeper, source=source)
    with pytest.raises(Refused, match="already in the register"):
        value(figure, keeper, source=source)
    assert figure.values.count() == 1


def test_new_figures_and_sources_get_a_key_of_their_own(keeper) -> None:
    names = {"label_en": "People matched", "label_fr": "Personnes jumelées"}
    assert [service.add_figure(by=keeper, **names).key for _ in range(3)] == [
        "people-matched",
        "people-matched-2",
        "people-matched-3",
    ]
    titles = {"title_en": "A " + "very " * 20 + "long report", "title_fr": "Un rapport"}
    keys = [service.add_source(by=keeper, **titles).key for _ in range(2)]
    assert len(set(keys)) == 2
    assert max(map(len, keys)) <= 40


def test_an_edit_records_the_names_of_what_changed_and_not_the_words(figure, keeper) -> None:
    service.edit_figure(figure, label_en="Delegates counted", label_fr=figure.label_fr, by=keeper)
    entry = Entry.objects.get()
    assert (entry.action, entry.fields, entry.reason) == ("councils.figure_edited", ["label_en"], "")


@pytest.mark.parametrize("role", [Role.COACH, Role.FUNDER, Role.COMMITTEE])
def test_other_national_roles_change_no_figure(figure, role) -> None:
    person = make.MembershipFactory(council=None, role=role).person
    with pytest.raises(Denied):
        service.edit_figure(figure, label_en="x", by=person)
    assert Fact.objects.get(pk=figure.pk).label_en == "Delegates"
