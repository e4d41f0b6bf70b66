"""National staff see a council's personal data for a stated reason, for a while, on record."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from allies.kit import audit
from allies.kit.access import Denied, can
from allies.kit.refusals import Refused
from councils.models import StaffSession
from councils.services.staff_session import end_session, look_at, open_session
from tests import factories as make

REASON = "A member asked us to correct an address."


def opened(world, minutes=15, council=None) -> StaffSession:
    return open_session(council or world.halifax, reason=REASON, minutes=minutes, by=world.people["national"])


def url(world, name, *args, council=None) -> str:
    return reverse(f"councils:{name}", args=[(council or world.halifax).slug, *args])


def test_without_a_session_national_staff_see_how_many_but_nobody_by_name(world, signed_in) -> None:
    html = signed_in("national").get(url(world, "people-list")).content.decode()
    assert "<strong>1</strong> Executive director" in html
    assert "director@people.example" not in html
    assert ">Director<" not in html
    assert url(world, "session-open") in html


def test_with_a_session_they_see_names(world, signed_in) -> None:
    opened(world)
    html = signed_in("national").get(url(world, "people-list")).content.decode()
    assert f'href="{url(world, "person-show", world.people["director"].pk)}">Director</a>' in html


def test_a_record_leads_to_the_reason_and_back(world, signed_in) -> None:
    client, record = signed_in("national"), url(world, "person-show", world.people["director"].pk)
    asked = client.get(record)
    assert asked.status_code == 302
    answer = client.post(asked["Location"], {"reason": REASON, "minutes": "15", "next": record})
    assert answer["Location"] == record
    assert client.get(record).status_code == 200


def test_the_way_back_never_leads_to_another_site(world, signed_in) -> None:
    form = {"reason": REASON, "minutes": "15", "next": "https://elsewhere.example/"}
    answer = signed_in("national").post(url(world, "session-open"), form)
    assert answer["Location"] == url(world, "people-list")


@pytest.mark.parametrize(
    "form",
    [{"reason": "", "minutes": "15"}, {"reason": "short", "minutes": "15"}, {"reason": REASON, "minutes": "600"}],
)
def test_a_reason_and_a_length_that_is_offered_are_needed(world, signed_in, form) -> None:
    assert signed_in("national").post(url(world, "session-open"), form).status_code == 422
    assert not StaffSession.objects.exists()


@pytest.mark.parametrize("minutes", [0, -5, 61])
def test_no_session_is_longer_than_an_hour(world, minutes) -> None:
    with pytest.raises(Refused, match="one hour"):
        opened(world, minutes)


def test_a_session_opens_one_council_only(world) -> None:
    opened(world)
    assert can(world.people["national"], "councils.see_people", world.halifax)
    assert not can(world.people["national"], "councils.see_people", world.calgary)


def test_a_session_opens_nothing_to_anybody_else(world) -> None:
    opened(world)
    assert not can(world.people["admin"], "councils.see_people", world.halifax)


def test_a_session_ends_by_itself(world) -> None:
    opened(world, 15)
    with time_machine.travel(timezone.now() + timedelta(minutes=15, seconds=1)):
        assert not can(world.people["national"], "councils.see_people", world.halifax)


def test_a_session_ends_early_by_the_button(world, signed_in) -> None:
    opened(world)
    signed_in("national").post(url(world, "session-end"))
    assert not can(world.people["national"], "councils.see_people", world.halifax)


def test_nobody_ends_the_session_of_another(world) -> None:
    with pytest.raises(Denied):
        end_session(opened(world), by=world.people["admin"])


def test_a_second_session_does_not_lengthen_the_first(world) -> None:
    opened(world)
    with pytest.raises(Refused, match="still running"):
        opened(world, 60)


@pytest.mark.parametrize("actor", ["director", "coordinator", "coach", "committee", "funder", "stranger"])
def test_nobody_but_the_registrys_staff_opens_a_session(world, actor) -> None:
    with pytest.raises(Denied):
        open_session(world.halifax, reason=REASON, minutes=15, by=world.people[actor])


def test_opening_and_ending_are_on_record_with_the_reason(world) -> None:
    session = opened(world)
    end_session(session, by=world.people["national"])
    assert [(e.action, e.reason) for e in audit.about(session)] == [
        ("councils.session_ended", ""),
        ("councils.session_opened", REASON),
    ]


def test_the_banner_shows_while_the_session_runs_and_not_after(world, signed_in) -> None:
    client, page = signed_in("national"), reverse("councils:role-list")
    assert "You see personal data of" not in client.get(page).content.decode()
    session = opened(world)
    assert "You see personal data of Halifax Council until" in client.get(page).content.decode()
    end_session(session, by=world.people["national"])
    assert "You see personal data of" not in client.get(page).content.decode()


# ------------------------------------------------------------------ who opened a record


def openings(person) -> list[tuple[object, str]]:
    return [(e.actor, e.reason) for e in audit.about(person).filter(action="people.opened")]


def test_a_record_opened_by_national_staff_is_written_down_with_the_reason(world, signed_in) -> None:
    opened(world)
    signed_in("national").get(url(world, "person-show", world.people["director"].pk))
    assert openings(world.people["director"]) == [(world.people["national"], REASON)]


def test_a_record_opened_by_a_colleague_is_written_down_too(world, signed_in) -> None:
    signed_in("coordinator").get(url(world, "person-show", world.people["director"].pk))
    assert openings(world.people["director"]) == [(world.people["coordinator"], "")]


def test_looking_at_oneself_is_nobodys_business(world, signed_in) -> None:
    signed_in("director").get(url(world, "person-show", world.people["director"].pk))
    assert openings(world.people["director"]) == []


def test_a_refused_look_is_not_written_down(world, signed_in) -> None:
    signed_in("national").get(url(world, "person-show", world.people["director"].pk))
    assert openings(world.people["director"]) == []
    with pytest.raises(Denied):
        look_at(world.people["director"], world.halifax, by=world.people["board"])


def test_a_person_of_another_council_has_no_record_here(world, signed_in) -> None:
    assert signed_in("director").get(url(world, "person-show", world.people["rival"].pk)).status_code == 404


def test_a_form_sent_after_the_session_ended_changes_nothing_and_says_so(world, signed_in) -> None:
    with_role = make.MembershipFactory(council=world.halifax)
    client = signed_in("national")
    answer = client.post(url(world, "role-end", with_role.pk), {"on": "2026-01-01"}, follow=True)
    assert "nothing was changed" in answer.content.decode()
    with_role.refresh_from_db()
    assert with_role.ends_on is None
