"""Screening: times that don't overlap, booked once, changed and cancelled by the applicant, and what follows."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from allies.kit import mail, scope
from allies.kit.access import Denied
from allies.kit.models import Letter
from allies.kit.refusals import Refused
from councils.services.editing import Faulty
from mentoring.models import Application, Interview, InterviewSlot
from mentoring.services import screening
from mentoring.states import ApplicationState as S
from mentoring.states import InterviewState
from tests import factories
from tests.factories import mentoring as make
from tests.mentoring.coordinating import SCORES, applicant, begun, place, slot, told

TOMORROW = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=1)


@pytest.fixture
def here(world):
    with scope.within(world.halifax):
        yield place(world)


@pytest.fixture
def person(here):
    return applicant(here)


def offer(here, **more):
    facts = {"interviewer": here.by, "starts_at": TOMORROW, "minutes": 45, "times": 3, "where": "Main Street 1"}
    return screening.offer_times(here.programme, **{**facts, "by": here.by, **more})


def state(person):
    return Application.objects.get(pk=person.pk).state


def hold(person, here, recommendation="accept", **more):
    return screening.hold_interview(
        person, scores=SCORES, note="Knows the trade.", recommendation=recommendation, by=here.by, **more
    )


def test_times_follow_each_other_in_a_row(here):
    starts = [time.starts_at for time in offer(here)]
    assert starts == [TOMORROW, TOMORROW + timedelta(minutes=45), TOMORROW + timedelta(minutes=90)]


def test_nobody_interviews_two_people_at_once(here):
    offer(here)
    with pytest.raises(Faulty, match="taken at that time") as caught:
        offer(here, starts_at=TOMORROW + timedelta(minutes=100), times=1)
    assert set(caught.value.errors) == {"starts_at"}
    offer(here, starts_at=TOMORROW + timedelta(minutes=135), times=1)
    assert InterviewSlot.objects.count() == 4


def test_only_the_councils_staff_interview(here, world):
    with pytest.raises(Faulty, match="own staff"):
        offer(here, interviewer=world.people["board"])
    with pytest.raises(Denied):
        offer(here, by=world.people["board"])


def test_no_time_is_offered_in_the_past(here):
    with pytest.raises(Faulty, match="has passed"):
        offer(here, starts_at=timezone.now() - timedelta(hours=1))


def test_an_applicant_books_a_time_and_is_told(here, person):
    screening.book(person, slot=slot(here), by=person.person)
    assert state(person) == S.BOOKED
    assert told(person) == ["interview_booked"]


def test_the_interviewer_hears_of_a_booking_and_of_its_end(here, person):
    interview = screening.book(person, slot=slot(here), by=person.person)
    screening.cancel_interview(interview, by=person.person)
    letters = Letter.objects.filter(person=here.by, template="mentoring/interviewer").order_by("created_at")
    assert [letter.context["kind"] for letter in letters] == ["booked", "given_back"]
    assert str(person.person) in mail.render(letters[0]).subject


def test_nobody_books_for_somebody_else(here, person):
    with pytest.raises(Denied):
        screening.book(person, slot=slot(here), by=factories.UserFactory())


def test_a_time_is_booked_once(here, person):
    time = slot(here)
    screening.book(person, slot=time, by=person.person)
    other = applicant(here)
    with pytest.raises(Refused, match="Somebody else"):
        screening.book(other, slot=time, by=other.person)
    assert state(other) == S.ELIGIBLE


def test_another_time_takes_the_place_of_the_first_which_is_free_again(here, person):
    first, second = slot(here), slot(here, hours=30)
    screening.book(person, slot=first, by=person.person)
    screening.book(person, slot=second, by=person.person)
    assert Interview.objects.get(application=person, state=InterviewState.BOOKED).slot == second
    other = applicant(here)
    screening.book(other, slot=first, by=other.person)
    assert state(other) == S.BOOKED


@pytest.mark.parametrize("hours", [-1, -30])
def test_a_time_that_has_passed_is_not_booked(here, person, hours):
    with pytest.raises(Refused, match="can't be booked"):
        screening.book(person, slot=slot(here, hours=hours), by=person.person)


def test_a_time_of_another_programme_is_not_booked(here, person):
    other = make.InterviewSlotFactory(
        programme=make.ProgrammeFactory(council=here.council), starts_at=TOMORROW, interviewer=here.by
    )
    with pytest.raises(Refused, match="can't be booked"):
        screening.book(person, slot=other, by=person.person)


def test_a_cancelled_interview_leaves_the_person_eligible(here, person):
    interview = screening.book(person, slot=slot(here), by=person.person)
    screening.cancel_interview(interview, by=person.person)
    assert state(person) == S.ELIGIBLE
    assert told(person)[-1] == "interview_cancelled"


def test_the_council_cancels_with_an_excuse(here, person):
    interview = screening.book(person, slot=slot(here), by=person.person)
    screening.cancel_interview(interview, by=here.by)
    assert told(person)[-1] == "interview_cancelled_by_us"
    with pytest.raises(Denied):
        screening.cancel_interview(interview, by=factories.UserFactory())


def test_an_interview_that_has_begun_is_not_cancelled(here, person):
    interview = begun(screening.book(person, slot=slot(here), by=person.person))
    with pytest.raises(Refused, match="has begun"):
        screening.cancel_interview(interview, by=person.person)


def test_who_does_not_come_may_book_again_twice(here, person):
    for missed in range(3):
        interview = screening.book(person, slot=slot(here, hours=24 + missed), by=person.person)
        interview = begun(interview)
        InterviewSlot.objects.filter(pk=interview.slot_id).update(
            starts_at=timezone.now() - timedelta(days=missed + 1), ends_at=timezone.now() - timedelta(days=missed + 0.9)
        )
        screening.record_no_show(interview, by=here.by)
        assert state(person) == S.ELIGIBLE
    assert told(person)[-1] == "interview_missed_often"
    with pytest.raises(Refused, match="several interviews"):
        screening.book(person, slot=slot(here), by=person.person)


def test_nobody_missed_what_has_not_begun(here, person):
    interview = screening.book(person, slot=slot(here), by=person.person)
    with pytest.raises(Refused, match="not begun"):
        screening.record_no_show(interview, by=here.by)


@pytest.mark.parametrize(
    ("recommendation", "outcome", "letter"),
    [("accept", S.SCREENED, "screened"), ("wait", S.WAITLISTED, "waitlisted"), ("decline", S.DECLINED, "declined")],
)
def test_an_interview_leads_on(here, person, recommendation, outcome, letter):
    begun(screening.book(person, slot=slot(here), by=person.person))
    interview = hold(person, here, recommendation, told="The intake is full.")
    interview.refresh_from_db()
    assert (interview.state, interview.held_by, interview.communication) == (InterviewState.HELD, here.by, 4)
    assert (state(person), told(person)[-1]) == (outcome, letter)


@pytest.mark.parametrize("recommendation", ["wait", "decline"])
def test_nobody_is_put_off_without_a_reason(here, person, recommendation):
    with pytest.raises(Faulty) as caught:
        hold(person, here, recommendation, told=" ")
    assert set(caught.value.errors) == {"told"}
    assert state(person) == S.ELIGIBLE


def test_an_interview_without_a_booked_time_is_recorded_too(here, person):
    assert hold(person, here).slot is None
    assert state(person) == S.SCREENED


def test_an_interview_is_not_recorded_before_its_time(here, person):
    screening.book(person, slot=slot(here), by=person.person)
    with pytest.raises(Refused, match="booked for later"):
        hold(person, here)


def test_the_last_of_the_three_steps_makes_a_person_ready(here):
    person = applicant(here, oriented_at=make.NOW, handbook_at=make.NOW)
    hold(person, here)
    person.refresh_from_db()
    assert (person.state, told(person)) == (S.READY, ["ready"])
    assert person.ready_at is not None


def test_a_booked_time_is_not_taken_back_and_a_free_one_is(here, person):
    booked, free = slot(here), slot(here, hours=30)
    interview = screening.book(person, slot=booked, by=person.person)
    with pytest.raises(Refused, match="is booked"):
        screening.withdraw_time(booked, by=here.by)
    screening.withdraw_time(free, by=here.by)
    screening.cancel_interview(interview, by=person.person)
    screening.withdraw_time(booked, by=here.by)
    assert not InterviewSlot.objects.exists()


def test_the_hour_stands_in_the_letter_in_the_persons_language(here):
    person = applicant(here, person=factories.UserFactory(language="fr"))
    screening.book(person, slot=slot(here), by=person.person)
    letter = mail.render(Letter.objects.get(person=person.person, template="mentoring/step"))
    assert letter.subject.startswith("Votre entrevue")
    assert " h " in letter.subject


def test_an_applicant_books_and_cancels_on_their_own_page(here, client):
    person, free, taken = applicant(here), slot(here), slot(here, hours=30)
    other = applicant(here)
    screening.book(other, slot=taken, by=other.person)
    client.force_login(person.person)
    url = reverse("mentoring:my-interview", args=[person.pk])
    assert list(client.get(url).context["times"]) == [free]
    booked = client.post(f"{url}book/", {"chosen": free.pk}, follow=True)
    assert "Your interview is booked" in booked.content.decode()
    assert client.post(f"{url}book/", {"chosen": "nonsense"}, follow=True).context["interview"].slot == free
    gone = client.post(f"{url}cancel/", follow=True)
    assert gone.context["interview"] is None
    assert client.get(reverse("mentoring:my-interview", args=[other.pk])).status_code == 404
    assert state(person) == S.ELIGIBLE
