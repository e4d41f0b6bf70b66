"""The lists of whom a council convenes: as quick with fifty rows as with one; searched, exported and imported."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from allies.kit import scope
from allies.kit.models import StoredFile
from councils.models import Organisation, StaffSession
from tests import factories as make

LIST = b"name_en,name_fr,group\nFundy Bank,Banque Fundy,employer\n"


def url(name, world, **more):
    return reverse(f"councils:{name}", kwargs={"council": world.halifax.slug_en, **more})


def page_of(name, world, model):
    return url(name, world, pk=world.things[model].pk)


@pytest.fixture
def coordinator(signed_in):
    return signed_in("coordinator")


def text_of(response):
    return response.content.decode()


def more_organisations(world, count):
    for _ in range(count):
        make.OrganisationFactory(council=world.halifax, sector=make.SectorFactory())


def more_bodies(world, count):
    for _ in range(count):
        body = make.BodyFactory(council=world.halifax, kind="sector", sector=make.SectorFactory())
        make.SeatFactory(body=body)
        make.MeetingFactory(body=body, starts_at=timezone.now() + timedelta(days=9))


def more_seats_and_meetings(world, count):
    body = world.things["Body"]
    for n in range(count):
        seat = make.SeatFactory(
            body=body, name="", person=make.UserFactory(), organisation=world.things["Organisation"]
        )
        make.SeatFactory(body=body, ends_on=date(2021, 1, 1), organisation=world.things["Organisation"])
        make.AttendanceFactory(meeting=world.things["Meeting"], seat=seat)
        make.MeetingFactory(body=body, starts_at=timezone.now() + timedelta(days=9 + n))


# The person, the council, the person's roles, the menu of workspaces; the session comes from the cache.
FRAME = 4
# A download has no menu.
BARE = FRAME - 1
QUERIES = {
    "organisation-list": (more_organisations, None, FRAME + 5),
    "body-list": (more_bodies, None, FRAME + 3),
    "body-show": (more_seats_and_meetings, "Body", FRAME + 8),
    "meeting-show": (more_seats_and_meetings, "Meeting", FRAME + 3),
    "attendance-edit": (more_seats_and_meetings, "Meeting", FRAME + 3),
    "organisation-csv": (more_organisations, None, BARE + 1),
    "body-calendar": (more_seats_and_meetings, "Body", BARE + 2),
}


def read(response):
    """Read a download to its end, so that its file is closed."""
    return b"".join(response.streaming_content) if response.streaming else response.content


def counted(client, address):
    read(client.get(address))
    with CaptureQueriesContext(connection) as found:
        response = client.get(address)
        read(response)
    assert response.status_code == 200
    return len(found)


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_a_page_asks_the_same_number_of_queries_for_1_3_and_50_rows(world, coordinator, name):
    more, model, expected = QUERIES[name]
    address = page_of(name, world, model) if model else url(name, world)
    found = []
    for count in (1, 2, 47):
        more(world, count)
        found.append(counted(coordinator, address))
    assert found == [expected] * 3


def test_the_list_is_searched_without_accents_and_an_unknown_filter_is_told(world, coordinator):
    make.OrganisationFactory(council=world.halifax, name_en="Montréal Bank", group="labour")
    found = text_of(coordinator.get(url("organisation-list", world), {"q": "montreal", "group": "labour"}))
    assert "Montréal Bank" in found
    assert "halifax Bank" not in found
    odd = coordinator.get(url("organisation-list", world), {"group": "nobody", "presence": "perhaps"})
    assert odd.status_code == 200
    assert "means nothing here" in text_of(odd)
    assert "halifax Bank" in text_of(odd)


def test_the_list_names_the_groups_that_are_missing(world, coordinator):
    page = coordinator.get(url("organisation-list", world))
    assert "Employers" not in page.context["missing"]
    assert {"Labour", "Occupation regulators"} <= set(map(str, page.context["missing"]))


def test_an_export_follows_the_filter_and_hides_people_from_those_who_may_not_see_them(world, signed_in, coordinator):
    national = signed_in("national")
    now = timezone.now()
    session = StaffSession.objects.create(
        person=world.people["national"],
        council=world.halifax,
        reason="Asked for help.",
        starts_at=now,
        ends_at=now + timedelta(minutes=30),
    )
    make.OrganisationFactory(council=world.halifax, name_en="Union", group="labour", contact_name="Ana Roy")
    address = url("organisation-csv", world) + "?group=labour"

    def lines(client):
        return read(client.get(address)).decode("utf-8-sig").splitlines()

    assert "Ana Roy" in lines(coordinator)[1]
    assert len(lines(coordinator)) == 2
    assert "Ana Roy" in lines(national)[1]
    session.delete()
    assert "contact_name" not in lines(national)[0]
    assert "Ana Roy" not in lines(national)[1]


def test_a_list_is_sent_once_looked_at_and_taken_in(world, coordinator):
    sent = coordinator.post(url("organisation-import", world), {"file": SimpleUploadedFile("list.csv", LIST)})
    assert sent.status_code == 302
    page = coordinator.get(sent["Location"])
    assert "Fundy Bank" in text_of(page)
    taken = coordinator.post(sent["Location"], {"seal": page.context["plan"].seal})
    assert taken["Location"] == url("organisation-list", world)
    assert "Fundy Bank" in text_of(coordinator.get(taken["Location"]))
    assert coordinator.get(sent["Location"]).status_code == 404


def test_a_list_may_be_forgotten(world, coordinator):
    sent = coordinator.post(url("organisation-import", world), {"file": SimpleUploadedFile("list.csv", LIST)})
    assert coordinator.post(sent["Location"], {"forget": "1"}).status_code == 302
    assert not StoredFile.objects.exists()
    with scope.within(world.halifax):
        assert Organisation.objects.count() == 1


def test_a_faulty_list_is_told_by_row_and_column_and_a_stale_one_is_shown_anew(world, coordinator):
    upload = SimpleUploadedFile("list.csv", LIST + b"Union,,nobody\n")
    refused = coordinator.post(url("organisation-import", world), {"file": upload})
    assert refused.status_code == 422
    assert "list.csv, row 3, column group" in text_of(refused)
    sent = coordinator.post(url("organisation-import", world), {"file": SimpleUploadedFile("list.csv", LIST)})
    stale = coordinator.post(sent["Location"], {"seal": "old"})
    assert stale.status_code == 422
    assert "Meanwhile somebody changed" in text_of(stale)
    make.OrganisationFactory(council=world.halifax, name_en="fundy bank", left_on=date(2019, 1, 1))
    assert "Fundy Bank" in text_of(coordinator.get(sent["Location"]))
