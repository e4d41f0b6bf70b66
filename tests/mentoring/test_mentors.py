"""Mentors: they volunteer, say what they offer, pause and stop; the council approves them."""

from datetime import timedelta

import pytest

from allies.kit import mail
from allies.kit.access import Denied
from allies.kit.audit import Entry
from allies.kit.models import Letter
from allies.kit.refusals import Refused
from allies.kit.scope import across
from councils.models import Membership
from councils.roles import Role
from councils.services.editing import Faulty
from councils.states import Stage
from mentoring.models import Mentor
from mentoring.services import mentors
from mentoring.states import MentorState
from tests import factories
from tests.factories import mentoring as make

pytestmark = pytest.mark.django_db
TOMORROW = timedelta(days=1)


@pytest.fixture(autouse=True)
def all_councils():
    with across():
        yield


@pytest.fixture
def person():
    return factories.UserFactory(name="Marta")


@pytest.fixture
def halifax(world):
    return world.halifax


def facts(**more):
    return {
        "occupation": factories.OccupationFactory(),
        "years": 9,
        "languages": {"en": 12},
        "kinds": ["one_to_one"],
        "goals": ["network"],
        "availability": ["saturday"],
        "mode": "either",
        "capacity": 2,
        **more,
    }


def fresh(mentor) -> Mentor:
    return Mentor.objects.get(pk=mentor.pk)


def with_mentees(count: int, **more) -> Mentor:
    mentor = make.MentorFactory(available=True, capacity=3, **more)
    for _ in range(count):
        intake = make.IntakeFactory(programme=make.ProgrammeFactory(council=mentor.council))
        make.PairFactory(application=make.ApplicationFactory(intake=intake, ready=True), mentor=mentor)
    return fresh(mentor)


# ------------------------------------------------------------------ volunteering


def test_whoever_volunteers_waits_for_the_council_and_holds_the_role_of_a_mentor(halifax, person) -> None:
    mentor = mentors.volunteer(halifax, facts=facts(), by=person)
    assert (mentor.state, mentor.capacity, mentor.person) == (MentorState.APPLIED, 2, person)
    held = Membership.objects.get(person=person)
    assert (held.role, held.council, held.ends_on) == (Role.MENTOR, None, None)
    assert set(Entry.objects.values_list("action", flat=True)) == {
        "mentoring.mentor_volunteered",
        "councils.role_given",
    }


def test_the_councils_coordinators_are_told_in_their_language(world, halifax, person) -> None:
    coordinator = world.people["coordinator"]
    coordinator.language = "fr"
    coordinator.save()
    mentor = mentors.volunteer(halifax, facts=facts(), by=person)
    letter = Letter.objects.get(template="mentoring/mentor_volunteered")
    assert (letter.to, letter.language) == (coordinator.email, "fr")
    assert letter.context["path"].startswith("/fr/")
    assert str(mentor.pk) in letter.context["path"]


def test_a_council_without_a_coordinator_hears_of_it_through_its_director(person) -> None:
    council = factories.CouncilFactory()
    director = factories.MembershipFactory(council=council, role=Role.DIRECTOR).person
    mentors.volunteer(council, facts=facts(), by=person)
    assert Letter.objects.get().to == director.email


def test_a_person_volunteers_once_at_a_council_and_also_elsewhere(world, person) -> None:
    mentors.volunteer(world.halifax, facts=facts(), by=person)
    with pytest.raises(Refused, match="already"):
        mentors.volunteer(world.halifax, facts=facts(), by=person)
    mentors.volunteer(world.calgary, facts=facts(), by=person)
    assert Mentor.objects.filter(person=person).count() == 2
    assert Membership.objects.filter(person=person).count() == 1


@pytest.mark.parametrize("gone", [{"stage": Stage.CLOSED}, {"is_published": False}])
def test_a_council_that_ended_or_is_not_public_takes_no_mentors(person, gone) -> None:
    council = factories.CouncilFactory(**gone)
    with pytest.raises(Refused, match="no new mentors"):
        mentors.volunteer(council, facts=facts(), by=person)
    assert not Mentor.objects.exists()


def test_whoever_stopped_may_begin_again_and_keeps_the_history(halifax, person) -> None:
    mentor = make.MentorFactory(council=halifax, person=person, available=True, state=MentorState.RETIRED)
    again = mentors.volunteer(halifax, facts=facts(years=20), by=person)
    assert again.pk == mentor.pk
    assert (fresh(mentor).state, fresh(mentor).years) == (MentorState.APPLIED, 20)


def test_a_field_that_is_not_offered_is_a_fault_of_the_code(halifax, person) -> None:
    with pytest.raises(ValueError, match="active_load"):
        mentors.volunteer(halifax, facts=facts(active_load=0), by=person)


# ------------------------------------------------------------------ the offer


def test_a_mentor_changes_the_offer_and_only_what_changed_is_noted() -> None:
    mentor = make.MentorFactory(available=True)
    changed = mentors.change_offer(mentor, facts={"years": 15, "languages": {"en": 12}}, by=mentor.person)
    assert changed == ["years"]
    assert Entry.objects.get(action="mentoring.mentor_changed").fields == ["years"]


def test_strangers_other_councils_and_staff_without_a_stated_reason_change_no_offer(world) -> None:
    mentor = make.MentorFactory(council=world.halifax, available=True)
    for name in ("stranger", "rival", "board", "national"):
        with pytest.raises(Denied):
            mentors.change_offer(mentor, facts={"years": 1}, reason="By phone.", by=world.people[name])


def test_staff_change_an_offer_with_a_reason_that_the_mentor_reads(world) -> None:
    mentor = make.MentorFactory(council=world.halifax, available=True)
    coordinator = world.people["coordinator"]
    with pytest.raises(Faulty) as refused:
        mentors.change_offer(mentor, facts={"years": 1}, reason=" ", by=coordinator)
    assert set(refused.value.errors) == {"reason"}
    facts = {"years": 9, "kinds": ["one_to_one", "group"], "capacity": 6}
    assert mentors.change_offer(mentor, facts=facts, reason="Told by phone.", by=coordinator) == sorted(facts)
    assert (fresh(mentor).years, fresh(mentor).capacity) == (9, 6)
    entry = Entry.objects.filter(action="mentoring.mentor_changed").get()
    assert (entry.actor, entry.reason) == (coordinator, "Told by phone.")
    letter = Letter.objects.get(template="mentoring/mentor_changed")
    assert (letter.person, letter.context["reason"]) == (mentor.person, "Told by phone.")


@pytest.mark.parametrize(("count", "sentence"), [(1, "1 mentee counts"), (2, "2 mentees count")])
def test_fewer_places_than_mentees_is_refused_with_their_number(count, sentence) -> None:
    mentor = with_mentees(count)
    with pytest.raises(Faulty, match=sentence) as refused:
        mentors.change_offer(mentor, facts={"capacity": count - 1}, by=mentor.person)
    assert set(refused.value.errors) == {"capacity"}
    assert fresh(mentor).capacity == 3
    mentors.change_offer(mentor, facts={"capacity": count}, by=mentor.person)
    assert fresh(mentor).capacity == count


def test_who_stopped_changes_nothing_any_more() -> None:
    mentor = make.MentorFactory(available=True, state=MentorState.RETIRED)
    with pytest.raises(Refused, match="no longer mentor"):
        mentors.change_offer(mentor, facts={"years": 1}, by=mentor.person)


def test_the_handbook_is_acknowledged_once_and_by_its_reader(world) -> None:
    mentor = make.MentorFactory(council=world.halifax)
    with pytest.raises(Denied):
        mentors.acknowledge_handbook(mentor, by=world.people["coordinator"])
    mentors.acknowledge_handbook(mentor, by=mentor.person)
    first = fresh(mentor).handbook_at
    mentors.acknowledge_handbook(mentor, by=mentor.person)
    assert first is not None
    assert fresh(mentor).handbook_at == first


# ------------------------------------------------------------------ letters


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("kind", ["mentor_volunteered", "mentor_approved", "pause_over", "entered"])
def test_each_letter_speaks_the_readers_language_and_leads_to_a_page(kind, language) -> None:
    reader = factories.UserFactory(language=language)
    facts = {"mentor": "Marta", "council": "Halifax", "path": "/there/", "partner": "Centre", "password_path": "/key/"}
    for more in ({"kind": "mentor", "is_new": True}, {"kind": "mentee", "is_new": False}):
        letter = mail.send(f"mentoring/{kind}", to=reader, context=facts | more)
        written = mail.render(letter)
        html = str(written.alternatives[0][0])
        assert written.subject.strip()
        assert "Bonjour" in written.body if language == "fr" else "Hello" in written.body
        assert "/there/" in written.body
        assert "/there/" in html
        assert ("/key/" in written.body) is (kind == "entered" and more["is_new"])
