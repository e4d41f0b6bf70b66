"""Orientation and the handbook: seats, who came, talks one to one, and who is ready after all three steps."""

from itertools import permutations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from allies.kit import scope
from allies.kit.access import Denied
from allies.kit.refusals import Refused
from councils.services.editing import Faulty, fingerprints
from mentoring.models import Application, Orientation
from mentoring.services import orientation, screening
from mentoring.states import ApplicationState as S
from tests import factories
from tests.factories import mentoring as make
from tests.mentoring.coordinating import SCORES, applicant, place, session, told

ACCEPTED = {"state": S.SCREENED, "screened_at": make.NOW}


@pytest.fixture
def here(world):
    with scope.within(world.halifax):
        yield place(world)


def state(person):
    return Application.objects.get(pk=person.pk).state


def attended(here, *people):
    """A session that is over, in which these people sat."""
    over = session(here, hours=-3)
    return over, [make.OrientationFactory(session=over, application=person) for person in people]


def screen(person, here):
    screening.hold_interview(person, scores=SCORES, note="", recommendation="accept", by=here.by)


def orient(person, here):
    over, (seat,) = attended(here, person)
    orientation.record_attendance(over, came={seat.pk}, by=here.by)


def read(person, here):
    orientation.read_handbook(person, by=person.person)


@pytest.mark.parametrize(
    "order", list(permutations([screen, orient, read])), ids=lambda o: "-".join(s.__name__ for s in o)
)
def test_a_person_is_ready_after_all_three_steps_in_any_order_and_not_before(here, order):
    person = applicant(here)
    for step in order:
        assert state(person) in (S.ELIGIBLE, S.SCREENED)
        step(person, here)
    assert state(person) == S.READY
    assert told(person).count("ready") == 1


@pytest.mark.parametrize("step", ["screened_at", "oriented_at", "handbook_at"])
def test_the_database_lets_nobody_be_ready_before(here, step):
    facts = dict.fromkeys(["screened_at", "oriented_at", "handbook_at"], make.NOW) | {step: None}
    person = applicant(here, **facts)
    with pytest.raises(IntegrityError, match="before_screening_and_orientation"), transaction.atomic():
        Application.objects.filter(pk=person.pk).update(state=S.READY)


def test_who_did_not_say_in_which_occupation_is_not_ready_yet(here):
    person = applicant(here, occupation=None, oriented_at=make.NOW, handbook_at=make.NOW)
    screen(person, here)
    assert state(person) == S.SCREENED


def test_a_seat_is_taken_and_given_up(here):
    person, ahead = applicant(here, **ACCEPTED), session(here)
    seat = orientation.sign_up(ahead, application=person, by=person.person)
    assert told(person) == ["orientation_booked"]
    with pytest.raises(Refused, match="a seat already"):
        orientation.sign_up(session(here, hours=50), application=person, by=person.person)
    orientation.give_up_seat(seat, by=person.person)
    assert not Orientation.objects.exists()


def test_a_full_session_takes_nobody_more(here):
    ahead, first, second = session(here, seats=1), applicant(here), applicant(here)
    orientation.sign_up(ahead, application=first, by=first.person)
    with pytest.raises(Refused, match="is full"):
        orientation.sign_up(ahead, application=second, by=second.person)


def test_a_session_that_has_begun_takes_nobody_more(here):
    person = applicant(here)
    with pytest.raises(Refused, match="has begun"):
        orientation.sign_up(session(here, hours=-1), application=person, by=person.person)


@pytest.mark.parametrize("where", [S.NEEDS_EVIDENCE, S.INELIGIBLE, S.DECLINED])
def test_orientation_is_for_people_on_their_way(here, where):
    person = applicant(here, state=where)
    with pytest.raises(Refused, match="eligible and not matched"):
        orientation.sign_up(session(here), application=person, by=person.person)


def test_nobody_takes_a_seat_for_somebody_else(here):
    with pytest.raises(Denied):
        orientation.sign_up(session(here), application=applicant(here), by=here.by)


def test_a_mentor_takes_a_seat_and_is_oriented_by_coming(here):
    mentor, over = make.MentorFactory(council=here.council), session(here, hours=-3)
    ahead = session(here)
    seat = orientation.sign_up_mentor(ahead, mentor=mentor, by=mentor.person)
    seat.session = over
    seat.save()
    orientation.record_attendance(over, came={seat.pk}, by=here.by)
    mentor.refresh_from_db()
    assert mentor.oriented_on == over.starts_at.date()


def test_attendance_counts_who_came_and_who_did_not(here):
    came, missed = applicant(here, **ACCEPTED), applicant(here, **ACCEPTED)
    over, seats = attended(here, came, missed)
    assert orientation.record_attendance(over, came={seats[0].pk}, by=here.by) == 1
    assert list(over.people.order_by("came").values_list("came", flat=True)) == [False, True]
    assert Application.objects.get(pk=missed.pk).oriented_at is None
    assert told(came) == ["handbook"]


def test_a_wrong_tick_is_taken_back_until_the_person_is_ready(here):
    person = applicant(here)
    over, (seat,) = attended(here, person)
    orientation.record_attendance(over, came={seat.pk}, by=here.by)
    orientation.record_attendance(over, came=set(), by=here.by)
    assert Application.objects.get(pk=person.pk).oriented_at is None
    orientation.record_attendance(over, came={seat.pk}, by=here.by)
    read(person, here)
    screen(person, here)
    with pytest.raises(Refused, match="can't be taken back"):
        orientation.record_attendance(over, came=set(), by=here.by)
    seat.refresh_from_db()
    assert seat.came is True


def test_nobody_came_to_what_has_not_begun(here):
    with pytest.raises(Refused, match="not begun"):
        orientation.record_attendance(session(here), came=set(), by=here.by)


def test_a_talk_between_two_is_an_orientation_with_a_note(here):
    person = applicant(here, handbook_at=make.NOW, **ACCEPTED)
    with pytest.raises(Faulty):
        orientation.record_one_to_one(person, note=" ", by=here.by)
    orientation.record_one_to_one(person, note="By phone, an hour.", by=here.by)
    assert state(person) == S.READY
    with pytest.raises(Refused):
        orientation.record_one_to_one(person, note="Again.", by=here.by)


def test_the_handbook_is_read_once(here):
    person = applicant(here)
    assert orientation.read_handbook(person, by=person.person) is False
    with pytest.raises(Refused, match="already"):
        orientation.read_handbook(person, by=person.person)
    with pytest.raises(Denied):
        orientation.read_handbook(applicant(here), by=person.person)


def test_people_with_a_seat_are_told_of_a_new_place(here):
    person, ahead = applicant(here), session(here)
    orientation.sign_up(ahead, application=person, by=person.person)
    seen = fingerprints(ahead, orientation.FIELDS)
    orientation.edit_session(ahead, facts={"where": "Harbour 2"}, seen=seen, by=here.by)
    orientation.edit_session(ahead, facts={"host": "A bank"}, seen=seen, by=here.by)
    assert told(person) == ["orientation_booked", "orientation_moved"]
    with pytest.raises(Faulty):
        orientation.edit_session(ahead, facts={"seats": 0}, seen=seen, by=here.by)


def test_an_applicant_takes_a_seat_and_reads_the_handbook_on_their_own_pages(here, client):
    person, ahead = applicant(here, **ACCEPTED), session(here)
    client.force_login(person.person)
    url = reverse("mentoring:my-orientation", args=[person.pk])
    joined = client.post(f"{url}join/", {"chosen": ahead.pk}, follow=True)
    assert joined.context["seat"].session == ahead
    assert client.post(f"{url}leave/", follow=True).context["seat"] is None
    book = reverse("mentoring:my-handbook", args=[person.pk])
    assert client.post(book).status_code == 422
    assert "That is on record" in client.post(book, {"read": "on"}, follow=True).content.decode()
    other = make.ApplicationFactory(intake=here.intake, person=factories.UserFactory(), submitted=True)
    assert client.get(reverse("mentoring:my-handbook", args=[other.pk])).status_code == 404


def test_a_coordinator_ticks_who_came_on_the_page(here, signed_in):
    person = applicant(here, handbook_at=make.NOW, **ACCEPTED)
    over, (seat,) = attended(here, person)
    url = reverse("mentoring:orientation-show", kwargs={"council": here.council.slug_en, "pk": over.pk})
    browser = signed_in("coordinator")
    assert "Recorded: 1 person came." in browser.post(url, {"came": [seat.pk]}, follow=True).content.decode()
    assert browser.post(url, {"came": ["elsewhere"]}).status_code == 422
    assert state(person) == S.READY
