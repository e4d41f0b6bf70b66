"""A network brings its members along: its address is carried to the application, and the council knows who it was."""

import pytest
from django.urls import reverse

from allies.kit.scope import across
from mentoring.models import Application
from tests import factories
from tests.councils.reading import text_of
from tests.mentoring.applying import open_intake
from tests.mentoring.pairing import browser

pytestmark = pytest.mark.django_db

ANSWERS = {
    "status": "permanent",
    "is_job_ready": "yes",
    "employment": "unemployed",
    "years": "6",
    "last_worked": "2026",
    "level": "9",
    "has_time": "yes",
}


@pytest.fixture
def at():
    with across():
        intake = open_intake()
        council = intake.programme.council
        intake.network = factories.OrganisationFactory(
            council=council, name_en="Engineers", group="immigrant_network", is_public=True
        )
    return intake


def address(at, name, **query) -> str:
    where = {"slug": at.programme.council.slug_en, "programme": at.programme.slug}
    return reverse(f"mentoring:{name}", kwargs=where, query=query or None)


def test_the_page_of_a_network_gives_the_address_to_share(client, at) -> None:
    told = text_of(client, reverse("councils:immigrant-network", args=[at.network.pk]))
    assert at.programme.name in told
    page = client.get(reverse("councils:immigrant-network", args=[at.network.pk])).content.decode()
    assert address(at, "open-programme", by=at.network.pk) in page


def test_the_sender_is_carried_from_the_programme_to_the_draft(at) -> None:
    person = factories.UserFactory()
    client, by = browser(person), at.network.pk
    told = text_of(client, address(at, "open-programme", by=by))
    assert "Engineers sent you here." in told
    assert address(at, "eligibility", by=by) in client.get(address(at, "open-programme", by=by)).content.decode()
    checked = client.post(address(at, "eligibility", by=by), ANSWERS)
    assert address(at, "apply-now", by=by) in checked.content.decode()
    answer = client.post(address(at, "apply-now", by=by), ANSWERS)
    assert answer.headers["Location"].endswith(f"?by={by}")
    assert "Engineers sent you here." in text_of(client, answer.headers["Location"])
    assert client.post(answer.headers["Location"]).status_code == 302
    with across():
        draft = Application.objects.get(person=person)
        assert (draft.heard_by, draft.heard_org) == ("network", at.network)


@pytest.mark.parametrize("named", ["nobody", "00000000-0000-0000-0000-000000000000", "foreign", "employer"])
def test_an_address_that_names_no_sender_of_this_council_is_passed_over(at, named) -> None:
    with across():
        others = {
            "foreign": factories.OrganisationFactory(group="immigrant_network", is_public=True),
            "employer": factories.OrganisationFactory(council=at.programme.council, is_public=True),
        }
    by = others[named].pk if named in others else named
    person = factories.UserFactory()
    assert "sent you here" not in text_of(browser(person), address(at, "open-programme", by=by))
    begin = reverse("mentoring:apply-begin", args=[at.pk], query={"by": by})
    assert browser(person).post(begin).status_code == 302
    with across():
        draft = Application.objects.get(person=person)
        assert (draft.heard_by, draft.heard_org) == ("", None)
