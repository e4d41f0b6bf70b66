"""The pages about a council's people: who may open them, what they ask, what they keep."""

import re
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from allies.kit.scope import across
from councils.models import Membership
from councils.roles import Role
from tests import factories as make

TODAY = timezone.localdate()
DAY = timedelta(days=1)


def held(person, council, role=Role.COORDINATOR) -> Membership:
    with across():
        return Membership.objects.get(person=person, council=council, role=role)


def roles_of(person, council) -> list[tuple[str, date, date | None]]:
    with across():
        return list(
            Membership.objects.filter(person=person, council=council)
            .order_by("starts_on", "role")
            .values_list("role", "starts_on", "ends_on")
        )


@pytest.fixture
def director(world):
    """A browser in which the director is signed in, who has a password."""
    user = world.people["director"]
    user.set_password("three quiet rivers")
    user.save()
    client = Client()
    client.force_login(user)
    return client


def url(world, name, *args) -> str:
    return reverse(f"councils:{name}", args=[world.halifax.slug, *args])


def answered(client: Client, asked) -> object:
    """Give the password that a page asks for again, and go on."""
    assert asked.status_code == 302
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    path = parse_qs(urlsplit(asked["Location"]).query)["next"][0]
    return client.post(reverse("account_reauthenticate"), {"password": "three quiet rivers", "next": path})


@pytest.mark.parametrize("name", ["role-add", "invitation-new"])
def test_giving_a_role_asks_for_the_password_again(world, director, name) -> None:
    answered(director, director.get(url(world, name)))
    assert director.get(url(world, name)).status_code == 200


@pytest.mark.parametrize("name", ["role-edit", "role-end"])
def test_changing_a_role_asks_for_the_password_again(world, director, name) -> None:
    page = url(world, name, world.things["Membership"].pk)
    answered(director, director.get(page))
    assert director.get(page).status_code == 200


def test_a_form_sent_too_late_goes_on_after_the_password(world, director) -> None:
    form = {"person": world.people["board"].pk, "role": "partner", "starts_on": str(TODAY)}
    answered(director, director.post(url(world, "role-add"), form))
    assert (Role.PARTNER, TODAY, None) in roles_of(world.people["board"], world.halifax)


def test_people_of_another_council_can_not_be_chosen(world, director) -> None:
    answered(director, director.get(url(world, "role-add")))
    form = {"person": world.people["rival"].pk, "role": "partner", "starts_on": str(TODAY)}
    answer = director.post(url(world, "role-add"), form)
    assert answer.status_code == 422
    assert "not one of the available choices" in answer.content.decode()


def test_somebody_of_another_council_can_not_take_over(world, director) -> None:
    page = url(world, "role-end", held(world.people["coordinator"], world.halifax).pk)
    answered(director, director.get(page))
    answer = director.post(page, {"on": str(TODAY), "successor": world.people["rival"].pk})
    assert "not one of the available choices" in answer.content.decode()


def test_the_last_coordinator_is_named_next_to_the_form_and_what_was_typed_is_kept(world, director) -> None:
    page = url(world, "role-end", held(world.people["coordinator"], world.halifax).pk)
    answered(director, director.get(page))
    answer = director.post(page, {"on": str(TODAY + DAY)})
    assert answer.status_code == 422
    assert "name another coordinator first" in answer.content.decode()
    assert f'value="{TODAY + DAY}"' in answer.content.decode()


def test_a_role_of_another_council_is_not_found(world, director) -> None:
    answered(director, director.get(url(world, "role-add")))
    assert director.get(url(world, "role-edit", world.foreign["Membership"].pk)).status_code == 404


def test_a_day_that_is_none_is_named_and_kept(world, director) -> None:
    page = url(world, "role-edit", world.things["Membership"].pk)
    answered(director, director.get(page))
    answer = director.post(page, {"starts_on": "31/02/2026"})
    assert answer.status_code == 422
    assert 'value="31/02/2026"' in answer.content.decode()


def test_the_list_takes_the_same_number_of_queries_for_few_and_for_many(world, director) -> None:
    director.get(url(world, "people-list"))
    numbers = []
    for _round in range(3):
        with CaptureQueriesContext(connection) as counted:
            director.get(url(world, "people-list"))
        numbers.append(len(counted))
        make.MembershipFactory.create_batch(15, council=world.halifax, role=Role.BOARD)
    assert len(set(numbers)) == 1, numbers


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ["Board", "Coordinator", "Director", "Partner"]),
        ("q=DIRÉCTOR&standing=", ["Director"]),
        ("role=partner", ["Partner"]),
        ("standing=past", ["Gone"]),
        ("role=emperor&q=board", ["Board"]),
    ],
)
def test_the_list_is_narrowed(world, director, query, shown) -> None:
    make.MembershipFactory(person=make.UserFactory(name="Gone"), council=world.halifax, ends_on=TODAY)
    html = director.get(url(world, "people-list") + "?" + query).content.decode()
    names = re.findall(r'/people/[0-9a-f-]{36}/">([^<]+)</a>', html)
    assert [name for name in names if not name.startswith("Person ")] == shown


@pytest.mark.parametrize("column", ["person", "role", "starts_on", "ends_on"])
def test_the_list_is_sorted_both_ways(world, director, column) -> None:
    seen = [
        re.findall(
            r'/people/([0-9a-f-]{36})/"',
            director.get(url(world, "people-list") + f"?sort={sign}{column}").content.decode(),
        )
        for sign in ("", "-")
    ]
    assert len(seen[0]) == len(seen[1]) > 1


def test_a_filter_value_that_means_nothing_is_left_out_and_said_so(world, director) -> None:
    html = director.get(url(world, "people-list") + "?role=emperor").content.decode()
    assert "Left out, because the value means nothing here: Role." in html


def test_a_council_warns_of_the_day_when_its_coordinator_leaves(world, director) -> None:
    with across():
        Membership.objects.filter(person=world.people["coordinator"]).update(ends_on=date(2099, 5, 6))
    html = director.get(url(world, "people-list")).content.decode()
    assert "From May 6, 2099 on this council has no coordinator" in html


def test_a_person_gives_up_a_role_of_their_own(world, signed_in) -> None:
    membership = held(world.people["board"], world.halifax, Role.BOARD)
    client, page = signed_in("board"), reverse("councils:my-role-end", args=[membership.pk])
    assert client.get(page).status_code == 200
    assert client.post(page, {"on": str(TODAY)}).status_code == 302
    assert roles_of(world.people["board"], world.halifax)[0][2] == TODAY


def test_nobody_gives_up_the_role_of_another(world, signed_in) -> None:
    membership = held(world.people["board"], world.halifax, Role.BOARD)
    page = reverse("councils:my-role-end", args=[membership.pk])
    assert signed_in("partner").post(page, {"on": str(TODAY)}).status_code == 404
