"""The administration: for administrators only, over every table, with an audit trail and without dead ends."""

from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from allies.kit.audit import Entry
from allies.kit.models import Letter
from allies.kit.scope import across
from councils.admin.base import ReadOnlyAdmin
from councils.admin.sentences import SENTENCES
from councils.admin.site import site
from councils.models import Council, LocalProgramme, Membership, Organisation, Registration, User
from councils.roles import Role
from tests import factories as make

pytestmark = pytest.mark.django_db
OWN = [model for model in apps.get_models() if model._meta.app_label in ("councils", "kit")]
IDS = [model.__name__ for model in OWN]


def address(model, page, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@pytest.fixture
def admin(signed_in):
    return signed_in("admin")


@pytest.mark.parametrize("who", ["stranger", "mentee", "coordinator", "director", "coach", "funder", "national"])
@pytest.mark.parametrize(
    "path", ["/en/admin/", "/en/admin/councils/council/", "/en/admin/login/", "/fr/admin/nowhere/"]
)
def test_for_everybody_else_the_administration_does_not_exist(signed_in, who, path) -> None:
    answer = signed_in(who).get(path)
    assert answer.status_code == 404
    assert b"username" not in answer.content


def test_who_is_nobody_yet_is_led_to_the_portals_own_sign_in(db) -> None:
    answer = Client().get("/en/admin/councils/council/")
    assert (answer.status_code, answer["Location"]) == (302, "/en/account/login/?next=/en/admin/councils/council/")


def test_every_table_of_the_portal_is_there() -> None:
    assert {model for model in OWN if model not in site._registry} == set()


@pytest.mark.parametrize("model", OWN, ids=IDS)
def test_each_list_is_shown_searched_and_has_no_deletion(admin, model) -> None:
    found = admin.get(address(model, "changelist"), {"q": "hali"})
    assert found.status_code == 200
    assert b"delete_selected" not in found.content


@pytest.mark.parametrize("model", OWN, ids=IDS)
def test_each_record_opens_with_its_history(admin, world, model) -> None:
    with across():
        row = model._default_manager.first()
    if row is None:
        assert admin.get(address(model, "changelist")).status_code == 200
        return
    assert admin.get(address(model, "change", row.pk)).status_code == 200
    assert admin.get(address(model, "history", row.pk)).status_code == 200


@pytest.mark.parametrize("number", [1, 3, 50])
def test_the_list_of_councils_takes_the_same_queries_however_long(admin, django_assert_num_queries, number) -> None:
    for _ in range(number):
        make.CouncilFactory()
    admin.get(address(Council, "changelist"))
    with django_assert_num_queries(5):
        admin.get(address(Council, "changelist"))


def test_a_change_is_noted_by_the_names_of_its_fields_only(admin, world) -> None:
    organisation = world.things["Organisation"]
    form = {
        "council": organisation.council_id,
        "name_en": "Renamed Bank",
        "name_fr": organisation.name_fr,
        "group": "employer",
    }
    assert admin.post(address(Organisation, "change", organisation.pk), form).status_code == 302
    entry = Entry.objects.get(action="admin.changed")
    assert (entry.actor, entry.tenant_id, entry.fields) == (world.people["admin"], world.halifax.pk, ["name_en"])
    assert "Renamed Bank" not in str(entry.__dict__)
    shown = admin.get(address(Organisation, "history", organisation.pk)).content.decode()
    assert "admin.changed" in shown


def test_a_rule_of_the_database_is_a_sentence_on_the_form_and_not_an_error_page(admin, world) -> None:
    organisation = world.things["Organisation"]
    form = {
        "council": organisation.council_id,
        "name_en": "Bank",
        "name_fr": "Banque",
        "group": "employer",
        "joined_on": "2020-01-01",
        "left_on": "2019-01-01",
    }
    answer = admin.post(address(Organisation, "change", organisation.pk), form)
    assert "An organisation can&#x27;t leave before it joins." in answer.content.decode()
    assert "is violated" not in answer.content.decode()


def test_a_rule_about_a_field_outside_the_form_is_a_sentence_too(admin, world) -> None:
    story = world.things["Story"]
    form = {
        "council": story.council_id,
        "title_en": story.title_en,
        "title_fr": "",
        "body_en": story.body_en,
        "body_fr": story.body_fr,
        "subject": story.subject,
        "consent_given_on": "2026-01-01",
        "consent_recorded_by": story.consent_recorded_by_id,
    }
    answer = admin.post(address(type(story), "change", story.pk), form)
    assert "Write the name and the texts in both languages before it is published." in answer.content.decode()


def test_every_rule_that_a_form_can_break_has_its_sentence() -> None:
    # Roles are judged by the service, which has sentences of its own.
    editable = [
        model
        for model, made in site._registry.items()
        if not isinstance(made, ReadOnlyAdmin) and model is not Membership and model in OWN
    ]
    assert len(editable) > 10
    rules = {rule.name for model in editable for rule in model._meta.constraints}
    assert rules - set(SENTENCES) == set()


@pytest.mark.parametrize("model", [User, Council, Membership, Organisation, Entry], ids=lambda model: model.__name__)
def test_what_history_stands_on_is_not_deleted(admin, world, model) -> None:
    with across():
        row = model._default_manager.first() or Entry.objects.create(action="kit.tested")
        before = model._default_manager.count()
    assert admin.post(address(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    with across():
        assert model._default_manager.count() >= before


def test_only_drafts_are_deleted(admin, world) -> None:
    published = world.things["LocalProgramme"]
    draft = make.LocalProgrammeFactory(council=world.halifax)
    assert admin.post(address(LocalProgramme, "delete", published.pk), {"post": "yes"}).status_code == 403
    assert admin.post(address(LocalProgramme, "delete", draft.pk), {"post": "yes"}).status_code == 302
    with across():
        assert list(LocalProgramme.objects.filter(council=world.halifax)) == [published]
    assert Entry.objects.get(action="admin.deleted").target_id == str(draft.pk)


def test_a_person_is_created_without_a_password_and_written_to(admin) -> None:
    form = {"email": "New.Person@People.example", "name": "New Person", "language": "fr"}
    assert admin.post(address(User, "add"), form).status_code == 302
    person = User.objects.get(email="new.person@people.example")
    assert not person.has_usable_password()
    assert EmailAddress.objects.get(user=person).email == "new.person@people.example"
    assert [(letter.to, letter.language) for letter in Letter.objects.all()] == [("new.person@people.example", "fr")]


def test_a_persons_page_shows_no_password_hash_and_opening_it_is_noted(admin, world) -> None:
    mentee = world.people["mentee"]
    User.objects.filter(pk=mentee.pk).update(password="argon2$hash-of-a-password")
    shown = admin.get(address(User, "change", mentee.pk)).content.decode()
    assert mentee.email in shown
    assert "hash-of-a-password" not in shown
    entry = Entry.objects.get(action="people.opened")
    assert (entry.actor, entry.target_id) == (world.people["admin"], str(mentee.pk))


def test_administrators_do_not_lock_themselves_out(admin, world) -> None:
    me = world.people["admin"]
    answer = admin.post(address(User, "change", me.pk), {"name": me.name, "language": "en", "phone": ""})
    assert "You can&#x27;t close your own account here" in answer.content.decode()
    assert User.objects.get(pk=me.pk).is_active


def give(admin, **facts):
    facts = {"starts_on": "2026-01-01", "role": Role.COORDINATOR, **facts}
    return admin.post(address(Membership, "add"), {k: getattr(v, "pk", v) for k, v in facts.items()})


def test_a_role_is_given_by_the_same_rules_as_elsewhere(admin, world) -> None:
    person = make.UserFactory()
    assert give(admin, person=person, council=world.halifax).status_code == 302
    with across():
        assert list(person.memberships.values_list("role", "council_id")) == [("coordinator", world.halifax.pk)]
    assert Entry.objects.get(action="councils.role_given").actor == world.people["admin"]
    assert not Entry.objects.filter(action="admin.added").exists()


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"role": Role.COORDINATOR}, "This role is held at a council."),
        ({"role": Role.COACH, "council": True}, "leave the council empty"),
        ({"council": True, "ends_on": "2025-01-01"}, "A role can&#x27;t end before it starts."),
        ({"council": True, "is_public": "on"}, "Write the job title in both languages"),
        ({"council": True, "twice": True}, "already holds this role in that time"),
    ],
)
def test_a_role_that_breaks_a_rule_is_refused_in_words(admin, world, facts, sentence) -> None:
    person, facts = make.UserFactory(), dict(facts)
    if facts.get("council"):
        facts["council"] = world.halifax
    if facts.pop("twice", False):
        make.MembershipFactory(person=person, council=world.halifax)
    with across():
        before = Membership.objects.count()
    answer = give(admin, person=person, **facts)
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    with across():
        assert Membership.objects.count() == before


def test_the_last_coordinator_of_an_operating_council_keeps_the_role(admin, world) -> None:
    with across():
        held = Membership.objects.get(person=world.people["coordinator"])
    form = {"starts_on": "2020-01-01", "ends_on": timezone.localdate().isoformat()}
    answer = admin.post(address(Membership, "change", held.pk), form)
    assert "no coordinator" in answer.content.decode()
    with across():
        assert Membership.objects.get(pk=held.pk).ends_on is None


def test_a_councils_life_is_not_changed_here(admin, world) -> None:
    page = admin.get(address(Council, "change", world.halifax.pk)).content.decode()
    for name in ("stage", "merged_into", "slug_en", "name_en"):
        assert f'name="{name}"' not in page
    assert admin.get(address(Council, "add")).status_code == 403


def test_searches_make_no_difference_between_accents(admin) -> None:
    make.CouncilFactory(name_en="Québec table", slug_en="quebec-table")
    make.CouncilFactory(name_en="Other", slug_en="other")
    found = admin.get(address(Council, "changelist"), {"q": "quebec"})
    assert [council.slug_en for council in found.context["cl"].result_list] == ["quebec-table"]


def test_the_expiry_of_a_term_is_a_date_and_old_roles_stay(admin, world) -> None:
    ended = make.MembershipFactory(council=world.halifax, ends_on=date(2021, 1, 1))
    assert admin.post(address(Membership, "delete", ended.pk), {"post": "yes"}).status_code == 403
    later = timezone.localdate() + timedelta(days=400)
    with across():
        board = Membership.objects.get(person=world.people["board"])
    form = {"starts_on": "2020-01-01", "ends_on": later.isoformat(), "title_en": "", "title_fr": ""}
    assert admin.post(address(Membership, "change", board.pk), form).status_code == 302
    with across():
        assert Membership.objects.get(pk=board.pk).ends_on == later


def test_places_at_events_are_not_handed_out_here(admin, world) -> None:
    found = world.things["Registration"]
    assert admin.get(address(Registration, "add")).status_code == 403
    form = {"name": "Renamed", "email": found.email, "role": found.role, "language": "en", "state": "withdrawn"}
    assert admin.post(address(Registration, "change", found.pk), form).status_code == 302
    with across():
        found.refresh_from_db()
    assert (found.name, found.state) == ("Renamed", "signed_up")
