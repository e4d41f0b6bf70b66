"""The first page of a workspace: what waits, what changed, and who comes in."""

import ast
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from allies.kit import audit, scope
from councils.models import Council, Membership
from councils.queries.changes import DEEDS, entries_of, in_words
from councils.queries.workspace import waiting
from councils.roles import Role
from councils.services import profile, programmes
from councils.services.editing import fingerprints
from councils.states import ReflectionState, Stage, StoryState
from tests import factories as make


def url(name, world, **more):
    return reverse(f"councils:{name}", kwargs={"council": world.halifax.slug_en, **more})


@pytest.fixture
def coordinator(signed_in):
    return signed_in("coordinator")


def test_it_counts_what_waits_and_nothing_of_another_council(world):
    with scope.within(world.halifax):
        day = timezone.localdate()
    for council in (world.halifax, world.calgary):
        make.LocalProgrammeFactory(council=council)
        make.LocalProgrammeFactory(council=council, ended_on=date(2020, 1, 1))
        make.EventFactory(council=council)
        make.StoryFactory(council=council)
        make.StoryFactory(council=council, state=StoryState.SUBMITTED)
        make.MembershipFactory(council=council, role=Role.BOARD, ends_on=day + timedelta(days=60))
        make.MembershipFactory(council=council, role=Role.BOARD, ends_on=day + timedelta(days=61))
        sent, ended = timezone.now() - timedelta(days=9), timezone.now() - timedelta(days=1)
        make.InvitationFactory(council=council, created_at=sent, expires_at=ended)
        body = make.BodyFactory(council=council)
        soon = timezone.now() + timedelta(days=2)
        make.MeetingFactory(body=body, starts_at=soon, ends_at=soon + timedelta(hours=1))
        make.MeetingFactory(
            body=body,
            starts_at=soon + timedelta(days=1),
            ends_at=soon + timedelta(days=2),
            cancelled_at=timezone.now(),
        )
    with scope.within(world.halifax):
        found = waiting(world.halifax)
    assert found.drafts == {"programme": 1, "event": 1, "story": 1}
    assert found.stories_submitted == 1
    assert [term.ends_on for term in found.roles_ending] == [day + timedelta(days=60)]
    assert (found.invitations, found.invitations_expired) == (1, 1)
    assert len(found.meetings) == 1
    assert "Employers" not in found.missing_groups
    assert len(found.missing_groups) == 9


@pytest.mark.parametrize(
    ("stage", "state", "due"),
    [
        (Stage.OPERATING, None, True),
        (Stage.OPERATING, ReflectionState.DRAFT, True),
        (Stage.OPERATING, ReflectionState.SUBMITTED, False),
        (Stage.START_UP, None, True),
        (Stage.ENQUIRY, None, False),
        (Stage.CLOSED, None, False),
    ],
)
def test_a_reflection_is_due_each_year_of_a_working_council(world, stage, state, due):
    Council.objects.filter(pk=world.halifax.pk).update(stage=stage)
    world.halifax.refresh_from_db()
    if state:
        make.ReflectionFactory(council=world.halifax, year=timezone.localdate().year, state=state)
    with scope.within(world.halifax):
        assert waiting(world.halifax).reflection_due is due


def test_the_first_page_links_each_count(world, coordinator):
    make.StoryFactory(council=world.halifax, state=StoryState.SUBMITTED)
    page = coordinator.get(url("workspace-home", world))
    assert f'href="{url("workspace-story-list", world)}?state=submitted"' in page.content.decode()


def test_readers_see_no_counts_of_work(world, signed_in):
    make.StoryFactory(council=world.halifax, state=StoryState.SUBMITTED)
    page = signed_in("board").get(url("workspace-home", world))
    assert "?state=submitted" not in page.content.decode()


def test_changes_are_told_with_who_what_and_which_fields(world):
    by = world.people["coordinator"]
    seen = fingerprints(world.halifax, profile.FIELDS)
    profile.edit_profile(world.halifax, facts={"acronym": "HIC"}, seen=seen, by=by)
    with scope.within(world.halifax):
        programmes.unpublish_programme(world.things["LocalProgramme"], by=by)
        changes = in_words(entries_of(world.halifax), with_people=True)
    assert [(change.who, change.deed, change.what, change.fields) for change in changes] == [
        ("Coordinator", "took a programme off the public site", str(world.things["LocalProgramme"]), ()),
        ("Coordinator", "changed the profile", "", ("acronym",)),
    ]


def test_names_of_people_are_told_only_to_those_who_may_see_them(world):
    term = world.things["Membership"]
    audit.record("councils.role_given", term, by=world.people["director"], council=world.halifax)
    with scope.within(world.halifax):
        assert in_words(entries_of(world.halifax), with_people=True)[0].what == str(term)
        assert in_words(entries_of(world.halifax), with_people=False)[0].what == ""


def test_every_act_that_a_service_records_has_words(settings):
    recorded = set()
    for path in (settings.BASE_DIR / "councils" / "services").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "record" and node.args:
                recorded |= {
                    part.value
                    for part in ast.walk(node.args[0])
                    if isinstance(part, ast.Constant) and isinstance(part.value, str) and "." in part.value
                }
    assert len(recorded) > 40
    assert recorded - set(DEEDS) == set()


@pytest.mark.parametrize(
    ("who", "code"), [("rival", 404), ("stranger", 404), ("board", 403), ("coach", 403), ("coordinator", 200)]
)
def test_strangers_find_nothing_and_members_are_told_why_not(world, signed_in, who, code):
    answer = signed_in(who).get(url("profile-edit", world))
    assert answer.status_code == code
    if code == 403:
        assert "Only this council&#x27;s director and coordinators change its pages." in answer.content.decode()


def test_an_item_of_another_council_is_not_found_under_ones_own(world, coordinator):
    for name, kind in (
        ("programme-edit", "LocalProgramme"),
        ("workspace-event-edit", "Event"),
        ("workspace-story-show", "Story"),
    ):
        assert coordinator.get(url(name, world, pk=world.foreign[kind].pk)).status_code == 404


def test_the_switch_of_language_leads_to_the_same_page(world, coordinator):
    with translation.override("fr"):
        french = reverse("councils:profile-edit", args=[world.halifax.slug_fr])
    assert french.startswith("/fr/espace/")
    assert f'href="{french}"' in coordinator.get(url("profile-edit", world)).content.decode()


def test_a_director_whose_role_ended_is_a_stranger(world, signed_in):
    with scope.across():
        Membership.objects.filter(person=world.people["director"]).update(ends_on=timezone.localdate())
    assert signed_in("director").get(url("workspace-home", world)).status_code == 404


def test_each_part_of_the_workspace_is_linked_once(world, coordinator):
    links = [link.label for link in coordinator.get(url("workspace-home", world)).context["sections"]]
    assert len(links) == len(set(links)) >= 11
