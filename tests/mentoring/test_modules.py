"""Soft-skills modules: a programme's ordered list, and what a pair ticks off of it."""

import pytest
import time_machine
from django.urls import reverse

from allies.kit import audit, scope
from allies.kit.access import Denied
from allies.kit.refusals import Refused
from councils.services.editing import Faulty
from mentoring.models import Mentor, Module, ModuleDone
from mentoring.queries.modules import checklist
from mentoring.queries.pairs import pairs_at, pairs_of
from mentoring.services import modules, programmes
from tests.councils.reading import text_of
from tests.factories import mentoring as make
from tests.factories import modules as modular
from tests.mentoring.pairing import NOW, TODAY, browser, own, staff, two

pytestmark = pytest.mark.django_db
WORDS = {"title_en": "Say no", "title_fr": "Dire non", "task_en": "Practise.", "task_fr": "Exercez-vous."}


@pytest.fixture(autouse=True)
def in_spring():
    with time_machine.travel(NOW, tick=True), scope.across():
        yield


@pytest.fixture
def at():
    made = two()
    made.listed = [modular.ModuleFactory(programme=made.pair.programme, position=n) for n in (1, 2, 3)]
    return made


def order(at):
    return list(Module.objects.filter(programme=at.pair.programme).order_by("position"))


# ------------------------------------------------------------------ the list of a programme


def test_a_new_programme_begins_with_eight_modules_in_both_languages(at):
    facts = {"name_en": "Bridges", "name_fr": "Passerelles", "kind": "one_to_one"}
    made = programmes.add_programme(at.pair.programme.council, facts=facts, by=at.coordinator)
    found = list(made.modules.order_by("position"))
    assert [module.position for module in found] == list(range(1, 9))
    assert all(module.title_fr and module.task_fr and module.title_fr != module.title_en for module in found)
    with pytest.raises(Refused, match="modules already"):
        modules.take_usual(made, by=at.coordinator)


def test_a_programme_without_modules_takes_the_usual_ones(at):
    bare = make.ProgrammeFactory(council=at.pair.programme.council)
    assert modules.take_usual(bare, by=at.coordinator) == bare.modules.count() == 8


def test_a_module_is_added_at_the_end_and_named_once(at):
    made = modules.add(at.pair.programme, facts=WORDS, by=at.coordinator)
    assert order(at) == [*at.listed, made]
    with pytest.raises(Faulty) as again:
        modules.add(at.pair.programme, facts=WORDS, by=at.coordinator)
    assert set(again.value.errors) == {"title_en"}


def test_modules_change_places_and_the_ends_stay(at):
    first, second, third = at.listed
    modules.move(third, up=True, by=at.coordinator)
    assert order(at) == [first, third, second]
    modules.move(first, up=True, by=at.coordinator)
    modules.move(second, up=False, by=at.coordinator)
    assert order(at) == [first, third, second]
    assert audit.Entry.objects.filter(action="mentoring.module_moved").count() == 1


def test_a_retired_module_stays_where_it_was_done_and_comes_back_at_the_end(at):
    first, second, third = at.listed
    modules.tick(at.pair, module=first, by=at.mentee)
    modules.retire(first, by=at.coordinator)
    modules.retire(second, by=at.coordinator)
    found = checklist(at.pair)
    assert [(item.module, item.done is not None) for item in found.items] == [(first, True), (third, False)]
    with pytest.raises(Refused, match="not on your programme"):
        modules.tick(at.pair, module=second, by=at.mentee)
    modules.restore(second, by=at.coordinator)
    assert order(at)[-1] == second


def test_only_staff_keep_the_list(at):
    for person in (at.mentor, at.mentee):
        with pytest.raises(Denied):
            modules.add(at.pair.programme, facts=WORDS, by=person)
        with pytest.raises(Denied):
            modules.retire(at.listed[0], by=person)


# ------------------------------------------------------------------ the checklist of a pair


def test_either_of_the_two_ticks_off_and_takes_back(at):
    first, second, _third = at.listed
    modules.tick(at.pair, module=first, by=at.mentee)
    modules.tick(at.pair, module=second, by=at.mentor)
    assert set(ModuleDone.objects.values_list("module", "ticked_by", "done_on")) == {
        (first.pk, at.mentee.pk, TODAY),
        (second.pk, at.mentor.pk, TODAY),
    }
    assert modules.tick(at.pair, module=first, by=at.mentor) == []
    modules.untick(at.pair, module=first, by=at.mentor)
    assert list(ModuleDone.objects.values_list("module", flat=True)) == [second.pk]
    with pytest.raises(Refused, match="not ticked"):
        modules.untick(at.pair, module=first, by=at.mentee)
    with pytest.raises(Denied):
        modules.tick(at.pair, module=first, by=at.coordinator)


def test_a_module_of_another_programme_is_not_theirs(at):
    with pytest.raises(Refused):
        modules.tick(at.pair, module=modular.ModuleFactory(), by=at.mentee)
    foreign = modular.ModuleFactory()
    assert browser(at.mentee).post(own(at, "module-tick", module=foreign.pk)).status_code == 404


def test_a_mentors_tick_counts_for_the_whole_group_a_mentees_for_themselves(at):
    group = at.pair.pk
    Mentor.objects.update(capacity=6)
    type(at.pair).objects.filter(pk=at.pair.pk).update(group=group)
    application = make.ApplicationFactory(intake=at.pair.application.intake, ready=True)
    other = make.PairFactory(application=application, mentor=at.pair.mentor, active=True, group=group)
    at.pair.refresh_from_db()
    assert len(modules.tick(at.pair, module=at.listed[0], by=at.mentor)) == 2
    assert len(modules.tick(other, module=at.listed[1], by=other.mentee_person)) == 1
    counted = {at.pair.pk: (1, 3), other.pk: (2, 3)}
    assert {row.pk: (row.modules_ticked, row.modules_total) for row in pairs_of(at.mentor)} == counted
    council = at.pair.programme.council
    assert {row.pk: (row.modules_ticked, row.modules_total) for row in pairs_at(council)} == counted


def test_progress_counts_retired_modules_only_where_they_were_done(at):
    make.SessionFactory.create_batch(2, pair=at.pair)
    modules.tick(at.pair, module=at.listed[0], by=at.mentee)
    for module in at.listed[:2]:
        modules.retire(module, by=at.coordinator)
    (row,) = pairs_of(at.mentee)
    assert (row.modules_ticked, row.modules_total) == (1, 2)


# ------------------------------------------------------------------ pages


def test_the_two_tick_on_their_page_and_the_coordinator_sees_how_far_they_are(at):
    client = browser(at.mentee)
    assert "0 of 3 done" in text_of(client, own(at))
    client.post(own(at, "module-tick", module=at.listed[0].pk))
    page = text_of(client, own(at))
    assert "1 of 3 done" in page
    assert "Done on April 27, 2026, ticked off by Amara Diallo" in page
    desk = browser(at.coordinator)
    assert "1 of 3 done" in text_of(desk, staff(at, "pair-staff", pk=at.pair.pk))
    assert "1 of 3" in text_of(desk, staff(at, "pair-list"))
    client.post(own(at, "module-untick", module=at.listed[0].pk))
    assert "0 of 3 done" in text_of(client, own(at))


def test_the_staffs_page_adds_edits_orders_and_retires(at):
    desk, programme = browser(at.coordinator), at.pair.programme
    desk.post(staff(at, "module-add", pk=programme.pk), WORDS)
    made = Module.objects.get(title_en="Say no")
    empty = desk.post(staff(at, "module-add", pk=programme.pk), WORDS | {"task_fr": ""})
    assert (empty.status_code, set(empty.context["form"].errors)) == (422, {"task_fr"})
    form = desk.get(staff(at, "module-edit", pk=made.pk)).context["form"]
    seen = form["seen"].value()
    desk.post(staff(at, "module-edit", pk=made.pk), WORDS | {"title_en": "Say no kindly", "seen": seen})
    desk.post(staff(at, "module-move", pk=made.pk), {"to": "up"})
    desk.post(staff(at, "module-retire", pk=at.listed[0].pk))
    page = desk.get(staff(at, "module-list", pk=programme.pk))
    assert [module.title for module in page.context["offered"]] == [
        at.listed[1].title,
        "Say no kindly",
        at.listed[2].title,
    ]
    assert page.context["retired"] == [at.listed[0]]
    desk.post(staff(at, "module-restore", pk=at.listed[0].pk))
    assert (
        reverse("mentoring:module-list", args=[programme.council.slug, programme.pk])
        in desk.get(staff(at, "coordinate-programme-show", pk=programme.pk)).content.decode()
    )
