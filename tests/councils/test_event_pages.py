"""The pages of an event that people sign up for: public, behind the letter's link, and in the workspace."""

import csv
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from icalendar import Calendar
from openpyxl import load_workbook

from allies.kit import scope
from allies.kit.models import Letter
from councils.models import Event, Registration, StaffSession
from councils.services.registrations import token_of
from councils.views.public import registrations as views
from tests import factories as make
from tests.councils.test_workspace_forms import typed
from tests.factories.events import RegistrationFactory, SignUpEventFactory

State, Role = Registration.State, Registration.Role
SENT = {"name": "Amina Okoye", "email": "amina@people.example", "role": "newcomer", "organisation": "Night College"}


def public(name, event):
    return reverse(f"councils:{name}", args=[event.pk])


def url(name, world, event):
    return reverse(f"councils:workspace-event-{name}", args=[world.halifax.slug_en, event.pk])


def text_of(response):
    return response.content.decode()


@pytest.fixture
def event(world):
    return world.things["Event"]


@pytest.fixture
def over(world):
    return SignUpEventFactory(council=world.halifax, over=True, is_published=True)


@pytest.fixture
def coordinator(signed_in):
    return signed_in("coordinator")


# ---------------------------------------------------------------- the public pages


def test_the_event_says_when_who_hosts_and_leads_to_the_form_but_not_where(event, client) -> None:
    bank = make.OrganisationFactory(council=event.council, name_en="Harbour Bank")
    event.hosts.add(bank)
    with time_machine.travel(datetime(2026, 6, 1, 12, tzinfo=UTC)):
        starts = datetime(2026, 6, 9, 20, 30, tzinfo=UTC)
        Event._base_manager.filter(pk=event.pk).update(
            starts_on="2026-06-09", starts_at=starts, ends_at=starts + timedelta(hours=2), signup_until="2026-06-08"
        )
        page = text_of(client.get(public("event-read", event)))
    assert "June 9, 2026, 5:30\u00a0p.m. – 7:30\u00a0p.m." in page
    assert "Harbour Bank" in page
    assert public("event-sign-up", event) in page
    assert "Until June 8, 2026." in page
    assert "12 Harbour Street" not in page


@pytest.mark.parametrize(
    ("facts", "says"), [({"places": 1}, "This event is full"), ({"signup_until": "2026-01-01"}, "last day to sign up")]
)
def test_an_event_that_is_full_or_too_late_says_so_and_has_no_form(event, client, facts, says) -> None:
    Event._base_manager.filter(pk=event.pk).update(**facts)
    page = client.get(public("event-read", event))
    assert says in text_of(page)
    assert public("event-sign-up", event) not in text_of(page)
    form = client.get(public("event-sign-up", event))
    assert form.status_code == (200 if "places" in facts else 410)
    assert "<form method" not in text_of(form).partition("<main")[2]
    refused = client.post(public("event-sign-up", event), SENT)
    assert refused.status_code == (422 if "places" in facts else 410)
    if "places" in facts:
        assert "Night College" in text_of(refused)


def test_the_answer_is_the_same_whether_an_address_is_known(event, client) -> None:
    answers = [client.post(public("event-sign-up", event), SENT) for _ in range(2)]
    assert [(a.status_code, a.url) for a in answers] == [(302, public("event-signed-up", event))] * 2
    assert "A letter is on its way" in text_of(client.get(answers[0].url))
    with scope.across():
        assert Registration.objects.filter(email=SENT["email"]).count() == 1
    assert Letter.objects.filter(to=SENT["email"]).count() == 2


def test_the_language_of_the_page_is_that_of_the_letter(event, client) -> None:
    with translation.override("fr"):
        client.post(public("event-sign-up", event), SENT)
    letter = Letter.objects.get()
    assert (letter.language, letter.context["title"]) == ("fr", event.title_fr)
    assert letter.context["path"].startswith("/fr/")


def test_a_refused_form_keeps_what_was_typed(event, client) -> None:
    page = client.post(public("event-sign-up", event), SENT | {"email": "amina", "role": "guest"})
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"email", "role"}
    assert all(f'value="{SENT[name]}"' in text_of(page) for name in ("name", "organisation"))


def test_people_who_are_signed_in_find_the_form_filled_in(event, signed_in) -> None:
    page = text_of(signed_in("mentee").get(public("event-sign-up", event)))
    assert 'value="Mentee"' in page
    assert 'value="mentee@people.example"' in page


@pytest.mark.parametrize("rate", ["FROM_A_MACHINE", "TO_AN_ADDRESS"])
def test_who_sends_too_often_is_asked_to_wait_and_loses_nothing(event, client, monkeypatch, rate) -> None:
    monkeypatch.setattr(views, rate, "1/h")
    assert client.post(public("event-sign-up", event), SENT).status_code == 302
    page = client.post(public("event-sign-up", event), SENT | {"email": SENT["email"].upper()})
    assert page.status_code == 429
    assert int(page["Retry-After"]) > 3000
    assert "Night College" in text_of(page)
    assert Letter.objects.count() == 1


def test_a_draft_and_an_event_of_a_hidden_council_take_no_one(event, client) -> None:
    Event._base_manager.filter(pk=event.pk).update(is_published=False)
    assert client.post(public("event-sign-up", event), SENT).status_code == 404


def test_the_number_of_those_who_came_is_public_once_staff_says_so(over, client) -> None:
    for role in [Role.EMPLOYER] * 15 + [Role.NEWCOMER] * 45:
        RegistrationFactory(event=over, role=role, state=State.CAME, unnamed=True)
    assert "people came" not in text_of(client.get(public("event-read", over)))
    Event._base_manager.filter(pk=over.pk).update(tells_who_came=True)
    assert "60 people came, 15 of them employers." in text_of(client.get(public("event-read", over)))


# ---------------------------------------------------------------- behind the link of the letter


def test_the_link_shows_where_to_come_and_a_get_changes_nothing(world, client) -> None:
    found = world.things["Registration"]
    path = reverse("councils:registration-show", args=[token_of(found)])
    page = client.get(path)
    assert "12 Harbour Street" in text_of(page)
    assert (page["Cache-Control"], page["X-Robots-Tag"]) == ("no-store, private", "noindex, nofollow")
    event = Calendar.from_ical(client.get(path + "event.ics").content).walk("VEVENT")[0]
    assert "12 Harbour Street" in event["LOCATION"]
    assert client.post(path).status_code == 302
    assert "You have withdrawn" in text_of(client.get(path))
    assert client.get(path + "event.ics").status_code == 404


def test_the_link_withdraws_nobody_from_an_event_that_began(over, client) -> None:
    path = reverse("councils:registration-show", args=[token_of(RegistrationFactory(event=over))])
    assert client.post(path).status_code == 410
    assert client.get(path[:-2] + "/").status_code == 404


def test_the_link_says_when_an_event_is_off_and_lets_one_withdraw_all_the_same(world, event, client) -> None:
    with scope.across():
        Event.objects.filter(pk=event.pk).update(is_published=False)
    path = reverse("councils:registration-show", args=[token_of(world.things["Registration"])])
    page = text_of(client.get(path))
    assert "does not take place as announced" in page
    assert "Add to my calendar" not in page
    assert client.get(path + "event.ics").status_code == 404
    assert client.post(path).status_code == 302


# ---------------------------------------------------------------- the workspace


def test_a_place_is_given_back_from_the_list_after_a_question(world, event, coordinator) -> None:
    found = world.things["Registration"]
    step = reverse("councils:workspace-event-withdraw", args=[world.halifax.slug_en, event.pk, found.pk])
    assert step in text_of(coordinator.get(url("people", world, event)))
    assert found.email in text_of(coordinator.get(step))
    answer = coordinator.post(step, follow=True)
    assert f"The place of {found.name} is free again." in text_of(answer)
    assert step not in text_of(answer)
    assert coordinator.post(step).status_code == 404


def test_who_calls_an_event_off_is_told_first_how_many_hear_of_it(world, event, coordinator) -> None:
    page = reverse("councils:workspace-event-show", args=[world.halifax.slug_en, event.pk])
    assert "1 person has a place and gets a letter" in text_of(coordinator.get(page))


def test_the_list_asks_the_same_number_of_queries_for_1_3_and_50_rows(world, event, coordinator) -> None:
    found = {}
    for total, more in ((1, 0), (3, 2), (50, 47)):
        for _ in range(more):
            RegistrationFactory(event=event)
        for name in ("people", "attendance", "report"):
            coordinator.get(url(name, world, event))
            with CaptureQueriesContext(connection) as queries:
                assert coordinator.get(url(name, world, event)).status_code == 200
            found[name, total] = len(queries)
    frame = 4
    assert found == {
        **{("people", n): frame + 4 for n in (1, 3, 50)},
        **{("attendance", n): frame + 2 for n in (1, 3, 50)},
        **{("report", n): frame + 3 for n in (1, 3, 50)},
    }


def test_the_list_is_narrowed_by_role_and_downloaded_so_with_cells_that_no_spreadsheet_runs(
    world, event, coordinator
) -> None:
    RegistrationFactory(event=event, role=Role.EMPLOYER, name="=HYPERLINK(1)", organisation="@Bank")
    page = coordinator.get(url("people", world, event) + "?role=employer")
    assert len(page.context["table"].rows) == 1
    assert "left out: Comes as" in text_of(coordinator.get(url("people", world, event) + "?role=guest"))
    lines = b"".join(coordinator.get(url("people-csv", world, event) + "?role=employer").streaming_content)
    head, row = csv.reader(lines.decode("utf-8-sig").splitlines())
    assert head[:3] == ["Name", "Comes as", "Organisation"]
    assert row[:3] == ["'=HYPERLINK(1)", "Employer", "'@Bank"]
    book = load_workbook(
        BytesIO(b"".join(coordinator.get(url("people-xlsx", world, event)).streaming_content)), read_only=True
    )
    assert "'=HYPERLINK(1)" in [cells[0] for cells in book.active.iter_rows(values_only=True)]


def test_national_staff_read_numbers_at_once_and_names_after_stating_a_reason(world, event, signed_in) -> None:
    national, path = signed_in("national"), url("people", world, event)
    assert reverse("councils:session-open", args=[world.halifax.slug_en]) in national.get(path).url
    report = text_of(national.get(url("report", world, event)))
    assert "State a reason" in report
    now = timezone.now()
    StaffSession.objects.create(
        person=world.people["national"], council=world.halifax, reason="Help", ends_at=now + timedelta(minutes=9)
    )
    assert world.things["Registration"].name in text_of(national.get(path))


def test_who_came_is_ticked_told_and_published(world, over, coordinator) -> None:
    one, two = (RegistrationFactory(event=over, role=Role.EMPLOYER, organisation="Bank") for _ in range(2))
    page = coordinator.get(url("attendance", world, over))
    done = coordinator.post(url("attendance", world, over), typed(page.context["form"]) | {"came": [str(one.pk)]})
    assert done.url == url("report", world, over)
    with scope.across():
        assert dict(Registration.objects.filter(event=over).values_list("pk", "state")) == {
            one.pk: State.CAME,
            two.pk: State.ABSENT,
        }
    coordinator.post(url("unannounced", world, over), {"name": "Bo Li", "role": "employer", "organisation": "bank"})
    page = coordinator.get(url("report", world, over))
    assert page.context["organisations"] == [("Bank", 2)]
    assert "Fewer than 5 people came." in text_of(page)
    coordinator.post(url("tell", world, over))
    assert "Take it off the public page" in text_of(coordinator.get(url("report", world, over)))


def test_boxes_that_make_no_sense_change_nothing(world, over, coordinator) -> None:
    RegistrationFactory(event=over)
    for seen in ("nonsense", "[1]", '{"x": "came"}'):
        assert coordinator.post(url("attendance", world, over), {"seen": seen}).status_code == 302
    assert coordinator.post(url("attendance", world, over), {"came": ["x"]}).status_code == 422
    with scope.across():
        assert Registration.objects.get(event=over).state == State.SIGNED_UP


def test_hours_are_those_of_the_councils_city_and_hosts_of_its_table(world, event, coordinator) -> None:
    path = reverse("councils:workspace-event-edit", args=[world.halifax.slug_en, event.pk])
    form = coordinator.get(path).context["form"]
    bank = world.things["Organisation"]
    sent = typed(form) | {"from_hour": "17:30", "to_hour": "16:00", "hosts": [str(bank.pk)]}
    refused = coordinator.post(path, sent)
    assert (refused.status_code, set(refused.context["form"].errors)) == (422, {"to_hour"})
    assert coordinator.post(path, sent | {"to_hour": "19:00"}).status_code == 302
    with scope.across():
        event.refresh_from_db()
        assert list(event.hosts.all()) == [bank]
    with timezone.override("America/Halifax"):
        assert timezone.localtime(event.starts_at).strftime("%H:%M") == "17:30"
    untouched = typed(coordinator.get(path).context["form"])
    before = event.changed_at
    assert coordinator.post(path, untouched).status_code == 302
    event.refresh_from_db()
    assert event.changed_at == before
