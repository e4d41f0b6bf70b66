"""Whoever opens somebody's record in mentoring is noted: the person may read who it was, and national staff say why."""

import pytest
from django.urls import reverse

from allies.kit.audit import Entry
from allies.kit.files import store
from allies.kit.scope import across
from councils.services.staff_session import open_session
from tests.mentoring.applying import pdf
from tests.mentoring_world import add_mentoring

pytestmark = pytest.mark.django_db
REASON = "A funder asks who waits longest."
# Each page, the row that it is about, and the people of that row.
PAGES = {
    "application-show": ("applicant", ("person",)),
    "applicant-cv": ("applicant", ("person",)),
    "pair-staff": ("Pair", ("mentee_person", "mentor_person")),
    "follow-up-call": ("FollowUp", ("pair.mentee_person",)),
    "mentor-show": ("Mentor", ("person",)),
}


@pytest.fixture
def full(world):
    with across():
        add_mentoring(world)
        applicant = world.things["applicant"]
        applicant.cv = store(pdf(), kinds=("pdf",), by=applicant.person, tenant_id=world.halifax.pk)
        applicant.save()
    return world


def opened(world, client, name) -> list:
    """Open a page, and give whose records are noted as opened, with the reason."""
    row = world.things[PAGES[name][0]]
    path = reverse(f"mentoring:{name}", kwargs={"council": world.halifax.slug_en, "pk": row.pk})
    page = client.get(path)
    assert page.status_code == 200
    if page.streaming:
        page.getvalue()
    return sorted(Entry.objects.filter(action="people.opened").values_list("target_id", "reason"))


def people_of(world, name) -> list[str]:
    key, paths = PAGES[name]
    found = []
    for path in paths:
        one = world.things[key]
        for part in path.split("."):
            one = getattr(one, part)
        found.append(str(one.pk))
    return sorted(found)


@pytest.mark.parametrize("name", PAGES)
def test_each_page_about_somebody_notes_that_it_was_opened(full, signed_in, name) -> None:
    found = opened(full, signed_in("coordinator"), name)
    assert found == [(person, "") for person in people_of(full, name)]


@pytest.mark.parametrize("name", ["application-show", "applicant-cv", "pair-staff"])
def test_the_reason_of_national_staff_stands_beside_it(full, signed_in, name) -> None:
    national = signed_in("national")
    open_session(full.halifax, reason=REASON, minutes=30, by=full.people["national"])
    assert opened(full, national, name) == [(person, REASON) for person in people_of(full, name)]
