"""The pages of whom a council convenes: nothing typed is lost, nothing foreign taken in, names stay among members."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone, translation

from allies.kit import audit, scope
from councils.models import Attendance, Meeting, Organisation, Seat, StaffSession
from tests import factories as make
from tests.councils.test_workspace_forms import typed

in_2026 = time_machine.travel(datetime(2026, 6, 1, 12, tzinfo=UTC), tick=True)


def url(name, world, **more):
    return reverse(f"councils:{name}", kwargs={"council": world.halifax.slug_en, **more})


def page_of(name, world, model):
    return url(name, world, pk=world.things[model].pk)


@pytest.fixture
def coordinator(signed_in):
    return signed_in("coordinator")


@pytest.fixture
def national(signed_in):
    return signed_in("national")


@pytest.fixture
def session(world):
    """A staff session in which national staff see Halifax's people."""
    now = timezone.now()
    StaffSession.objects.create(
        person=world.people["national"],
        council=world.halifax,
        reason="Asked for help.",
        starts_at=now,
        ends_at=now + timedelta(minutes=30),
    )


def text_of(response):
    return response.content.decode()


def test_a_form_saved_as_it_was_shown_changes_nothing(world, coordinator):
    with scope.within(world.halifax):
        Organisation.objects.update(joined_on=date(2020, 1, 1), contact_name="Ana Roy")
    for name, model in (
        ("organisation-edit", "Organisation"),
        ("body-edit", "Body"),
        ("seat-edit", "Seat"),
        ("meeting-edit", "Meeting"),
        ("minutes-edit", "Meeting"),
        ("attendance-edit", "Meeting"),
    ):
        thing = world.things[model]
        with scope.across():
            before = type(thing).objects.filter(pk=thing.pk).values().get()
        page = coordinator.get(page_of(name, world, model))
        form = page.context.get("seat_form") or page.context["form"]
        # Hours are shown and read in the council's time zone.
        with scope.within(world.halifax):
            sent = typed(form)
        assert coordinator.post(page_of(name, world, model), sent).status_code == 302, name
        with scope.across():
            assert type(thing).objects.filter(pk=thing.pk).values().get() == before, name


def test_foreign_keys_of_another_council_are_no_choice(world, coordinator):
    foreign = world.foreign
    stranger = world.people["rival"]
    page = page_of("seat-edit", world, "Seat")
    for field, value in (("organisation", foreign["Organisation"].pk), ("person", stranger.pk)):
        sent = {**typed(coordinator.get(page).context["seat_form"]), field: value}
        refused = coordinator.post(page, sent)
        assert refused.status_code == 422
        assert "not one of the available choices" in str(refused.context["form"].errors[field])
    for name, model in (
        ("organisation-show", "Organisation"),
        ("body-show", "Body"),
        ("seat-edit", "Seat"),
        ("meeting-show", "Meeting"),
        ("meeting-calendar", "Meeting"),
    ):
        assert coordinator.get(url(name, world, pk=foreign[model].pk)).status_code == 404, name


def test_attendance_of_another_councils_seat_is_not_asked_and_not_taken(world, coordinator):
    address = page_of("attendance-edit", world, "Meeting")
    alien = str(world.foreign["Seat"].pk)
    page = coordinator.get(address)
    assert alien not in page.context["form"].fields
    sent = {**typed(page.context["form"]), alien: "present"}
    assert coordinator.post(address, sent).status_code == 302
    with scope.across():
        assert Attendance.objects.filter(seat=world.foreign["Seat"]).count() == 1


def test_a_refused_form_keeps_what_was_typed(world, coordinator):
    sent = {"name_en": "halifax Bank", "name_fr": "Banque", "group": "employer", "note": "Kept."}
    refused = coordinator.post(url("organisation-add", world), sent)
    assert refused.status_code == 422
    assert "listed already" in text_of(refused)
    assert "Kept." in text_of(refused)
    sent = {"starts_at": "2026-07-06T10:00", "ends_at": "2026-07-06T09:00", "count": "1", "place_en": "City hall"}
    refused = coordinator.post(page_of("meeting-add", world, "Body"), sent)
    assert refused.status_code == 422
    assert "ends before it starts" in text_of(refused)
    assert "City hall" in text_of(refused)


def test_hours_are_those_of_the_councils_city(world, coordinator):
    sent = {"starts_at": "2026-07-06T08:00", "ends_at": "2026-07-06T09:30", "count": "1"}
    assert coordinator.post(page_of("meeting-add", world, "Body"), sent).status_code == 302
    with scope.within(world.halifax):
        made = Meeting.objects.get(starts_at=datetime(2026, 7, 6, 11, tzinfo=UTC))
    assert "July 6, 2026, 8:00\xa0a.m. – 9:30\xa0a.m." in text_of(
        coordinator.get(url("meeting-show", world, pk=made.pk))
    )
    with translation.override("fr"):
        french = url("meeting-show", world, pk=made.pk)
    assert "6 juillet 2026, 8 h 00 – 9 h 30" in text_of(coordinator.get(french)).replace("\u202f", " ").replace(
        "\xa0", " "
    )


def test_what_a_colleague_wrote_meanwhile_is_shown_and_the_next_save_knows_of_it(world, coordinator):
    address = page_of("seat-edit", world, "Seat")
    sent = {**typed(coordinator.get(address).context["seat_form"]), "part": "chair"}
    with scope.within(world.halifax):
        Seat.objects.filter(pk=world.things["Seat"].pk).update(part="secretary")
    refused = coordinator.post(address, sent)
    assert refused.status_code == 422
    assert "“Secretary”" in text_of(refused)
    assert coordinator.post(address, typed(refused.context["form"])).status_code == 302
    world.things["Seat"].refresh_from_db()
    assert world.things["Seat"].part == "chair"


def test_attendance_that_a_colleague_recorded_meanwhile_is_shown_too(world, coordinator):
    address, seat = page_of("attendance-edit", world, "Meeting"), world.things["Seat"]
    sent = {**typed(coordinator.get(address).context["form"]), str(seat.pk): "absent"}
    with scope.across():
        Attendance.objects.filter(seat=seat).update(answer="regrets")
    refused = coordinator.post(address, sent)
    assert refused.status_code == 422
    assert "“Regrets”" in text_of(refused)
    assert coordinator.post(address, typed(refused.context["form"])).status_code == 302
    with scope.across():
        assert Attendance.objects.get(seat=seat).answer == "absent"


def test_a_seat_is_kept_by_somebody_whose_role_has_ended(world, coordinator):
    person = make.UserFactory(name="Former member")
    seat = make.SeatFactory(body=world.things["Body"], person=person, name="")
    address = url("seat-edit", world, pk=seat.pk)
    sent = {**typed(coordinator.get(address).context["seat_form"]), "part": "chair"}
    assert coordinator.post(address, sent).status_code == 302
    assert "Former member" not in text_of(coordinator.get(page_of("seat-add", world, "Body")))


@in_2026
def test_the_reason_of_a_refusal_is_on_the_page(world, coordinator):
    refused = coordinator.post(page_of("minutes-approve", world, "Meeting"), {"on": "2026-02-01"})
    assert refused.status_code == 422
    assert "Write the minutes first." in text_of(refused)
    left = page_of("organisation-leave", world, "Organisation")
    assert coordinator.post(left, {"left_on": "2026-05-01"}).status_code == 302
    again = coordinator.post(left, {"left_on": "2026-05-02"})
    assert again.status_code == 422
    assert "left the table already" in text_of(again)


def test_names_and_minutes_are_for_members_of_the_council(world, signed_in):
    body, meeting = page_of("body-show", world, "Body"), page_of("meeting-show", world, "Meeting")
    with scope.within(world.halifax):
        Meeting.objects.update(minutes_en="Ana Roy spoke.", minutes_fr="Ana Roy a parlé.")
    name = world.things["Seat"].name
    for who, sees in (
        ("coordinator", True),
        ("board", True),
        ("partner", False),
        ("funder", False),
        ("national", False),
    ):
        client = signed_in(who)
        assert (name in text_of(client.get(body))) is sees, who
        assert (name in text_of(client.get(meeting))) is sees, who
        assert ("Ana Roy" in text_of(client.get(meeting))) is sees, who


def test_national_staff_state_a_reason_and_then_see_names(world, national):
    body = page_of("body-show", world, "Body")
    assert reverse("councils:session-open", args=["halifax"]) in text_of(national.get(body))
    asked = national.get(page_of("seat-add", world, "Body"))
    assert asked.status_code == 302
    assert asked["Location"].startswith(reverse("councils:session-open", args=["halifax"]))


def test_during_a_session_national_staff_see_names(world, national, session):
    assert world.things["Seat"].name in text_of(national.get(page_of("body-show", world, "Body")))
    assert national.get(page_of("seat-add", world, "Body")).status_code == 200
    held = make.SeatFactory(body=world.things["Body"], person=world.people["board"], name="")
    assert national.get(url("seat-edit", world, pk=held.pk)).status_code == 200
    opened = audit.about(world.people["board"]).get()
    assert (opened.action, opened.actor_id, opened.reason) == (
        "people.opened",
        world.people["national"].pk,
        "Asked for help.",
    )


def test_whom_to_talk_to_is_hidden_even_as_a_fingerprint(world, national, coordinator):
    with scope.within(world.halifax):
        Organisation.objects.update(contact_name="Ana Roy", contact_email="ana@fundy.example")
    show, edit = (page_of(name, world, "Organisation") for name in ("organisation-show", "organisation-edit"))
    assert "Ana Roy" in text_of(coordinator.get(show))
    assert "contact_name" in typed(coordinator.get(edit).context["form"])["seen"]
    assert "Ana Roy" not in text_of(national.get(show))
    sent = typed(national.get(edit).context["form"])
    assert "contact" not in str(sent)
    assert national.post(edit, {**sent, "contact_name": "Nobody", "website": "https://x.example/"}).status_code == 302
    with scope.within(world.halifax):
        standing = Organisation.objects.get(pk=world.things["Organisation"].pk)
    assert (standing.contact_name, standing.website) == ("Ana Roy", "https://x.example/")


def test_rules_over_several_fields_are_told_in_words(world, coordinator):
    for name, model, facts, sentence in (
        ("seat-add", "Body", {"part": "chair", "starts_on": "2026-01-01"}, "Choose a person of the portal or write"),
        ("seat-edit", "Seat", {"starts_on": "2026-01-01", "ends_on": "2025-01-01"}, "The term ends before it starts."),
        ("body-edit", "Body", {"kind": "sector"}, "A sector working group needs its sector."),
        ("organisation-edit", "Organisation", {"joined_on": "2026-01-02", "left_on": "2026-01-01"}, "lies before the"),
    ):
        address = page_of(name, world, model)
        page = coordinator.get(address)
        sent = {**typed(page.context.get("seat_form") or page.context["form"]), **facts}
        refused = coordinator.post(address, sent)
        assert refused.status_code == 422, name
        assert sentence in text_of(refused), name
        assert "Constraint" not in text_of(refused), name
