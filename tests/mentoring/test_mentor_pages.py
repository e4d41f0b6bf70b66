"""The pages of mentors and about them: in both languages, without JavaScript, with what was typed when refused."""

from datetime import timedelta

import pytest
from django.utils import timezone

from allies.kit import scope
from councils.models import OccupationTitle
from mentoring.models import Mentor, Orientation
from mentoring.states import MentorState, PairState
from tests import factories
from tests.factories import mentoring as make

pytestmark = pytest.mark.django_db
OFFER = {
    "occupation_words": "Software engineers and designers",
    "years": "9",
    "level_en": "12",
    "kinds": ["one_to_one"],
    "goals": ["network", "interview"],
    "availability": ["saturday"],
    "mode": "either",
    "capacity": "2",
    "about": "Ask me anything.",
}


@pytest.fixture
def halifax(world):
    factories.OccupationFactory()
    return world.halifax


@pytest.fixture
def titles(halifax):
    """The titles by which occupations are found."""
    for code, title in (("21231", "Software engineers and designers"), ("21232", "Software developers")):
        occupation = factories.OccupationFactory(code=code, title_en=title)
        OccupationTitle.objects.create(occupation=occupation, language="en", title=title, folded=title.lower())


def mine(signed_in, world, **facts):
    mentor = make.MentorFactory(council=world.halifax, person=world.people["stranger"], **facts)
    return mentor, signed_in("stranger"), f"/en/my-mentoring/mentor/{mentor.pk}/"


def fresh(mentor) -> Mentor:
    with scope.across():
        return Mentor.objects.get(pk=mentor.pk)


def words(answer) -> str:
    return answer.content.decode()


# ------------------------------------------------------------------ volunteering


def test_the_public_page_leads_to_signing_up_and_back_to_the_form(client, halifax) -> None:
    page = words(client.get("/en/mentoring/halifax/become-a-mentor/"))
    assert "Become a mentor" in page
    assert "/en/account/signup/?next=%2Fen%2Fmy-mentoring%2Fvolunteer%2Fhalifax%2F" in page
    assert 'hreflang="fr-CA" href="http' in page


def test_each_language_has_its_address_and_the_other_ones_leads_on(client, halifax) -> None:
    assert client.get("/fr/mentorat/halifax-fr/devenir-mentor/").status_code == 200
    answer = client.get("/fr/mentorat/halifax/devenir-mentor/")
    assert (answer.status_code, answer["Location"]) == (301, "/fr/mentorat/halifax-fr/devenir-mentor/")
    assert client.get("/en/mentoring/nowhere/become-a-mentor/").status_code == 404


def test_a_council_that_is_not_public_has_no_such_page(client, halifax) -> None:
    hidden = factories.CouncilFactory(slug_en="hidden", is_published=False)
    assert client.get(f"/en/mentoring/{hidden.slug_en}/become-a-mentor/").status_code == 404


def test_the_form_takes_an_offer_and_leads_to_the_persons_own_page(signed_in, titles) -> None:
    client = signed_in("stranger")
    answer = client.post("/en/my-mentoring/volunteer/halifax/", OFFER, follow=True)
    with scope.across():
        mentor = Mentor.objects.get()
    assert answer.redirect_chain == [(f"/en/my-mentoring/mentor/{mentor.pk}/", 302)]
    assert (mentor.occupation_id, mentor.languages, mentor.goals) == ("21231", {"en": 12}, ["network", "interview"])
    page = words(answer)
    assert "Read the handbook" in page
    assert client.get("/en/my-mentoring/volunteer/halifax/").status_code == 302
    assert "You have offered to mentor here already." in words(client.get("/en/mentoring/halifax/become-a-mentor/"))


def test_an_occupation_is_searched_for_without_judging_the_rest(signed_in, titles) -> None:
    client = signed_in("stranger")
    typed = {"occupation_words": "software", "go": "find", "goals": ["network"], "about": "Half a text"}
    answer = client.post("/en/my-mentoring/volunteer/halifax/", typed)
    assert answer.status_code == 200
    page = words(answer)
    assert 'value="21231"' in page
    assert 'value="21232"' in page
    assert "Half a text" in page
    assert 'value="network" id="id_goals_0" checked' in page
    assert "needs another look" not in page


def test_words_that_may_mean_several_occupations_are_asked_back_and_a_choice_is_taken(signed_in, titles) -> None:
    client = signed_in("stranger")
    answer = client.post("/en/my-mentoring/volunteer/halifax/", OFFER | {"occupation_words": "software"})
    assert answer.status_code == 422
    assert "Choose the occupation that fits from the list." in words(answer)
    chosen = OFFER | {"occupation_words": "software", "occupation": "21232"}
    assert client.post("/en/my-mentoring/volunteer/halifax/", chosen).status_code == 302
    with scope.across():
        assert Mentor.objects.get().occupation_id == "21232"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"occupation_words": "zzz"}, "We found no occupation with these words."),
        ({"occupation": "99999"}, "Choose an occupation from the list."),
        ({"level_en": ""}, "Say how well you speak English, French or both."),
        ({"other_1": "ar"}, "Say how well you speak it."),
        ({"other_1": "ar", "level_1": "7", "other_2": "ar", "level_2": "4"}, "This language stands there already."),
        ({"kinds": []}, "This field is required."),
        ({"capacity": "13"}, "less than or equal to 12"),
        ({"years": "-1"}, "greater than or equal to 0"),
        ({"about": "x" * 1501}, "at most 1500 characters"),
        ({"mode": "telepathy"}, "not one of the available choices"),
    ],
)
def test_bad_input_is_told_next_to_its_field_and_what_was_typed_stays(signed_in, titles, change, sentence) -> None:
    answer = signed_in("stranger").post("/en/my-mentoring/volunteer/halifax/", OFFER | {"employer": "Kept"} | change)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert "Kept" in words(answer)


# ------------------------------------------------------------------ one's own page


def test_the_page_of_somebody_else_does_not_exist(signed_in, world) -> None:
    mentor = make.MentorFactory(council=world.halifax)
    for who in ("stranger", "coordinator", "admin"):
        assert signed_in(who).get(f"/en/my-mentoring/mentor/{mentor.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({}, "Read the handbook"),
        ({"handbook_at": make.NOW}, "invites you to an orientation"),
        ({"handbook_at": make.NOW, "oriented_on": make.NOW.date()}, "The council looks at your offer"),
        ({"available": True, "state": MentorState.RETIRED}, "Offer to mentor again"),
    ],
)
def test_the_page_names_the_one_thing_that_waits_first(signed_in, world, facts, sentence) -> None:
    _mentor, client, path = mine(signed_in, world, **facts)
    assert sentence in words(client.get(path))


def test_the_offer_is_changed_and_the_form_shows_what_stands_there(signed_in, world, titles) -> None:
    spoken = {"en": 12, "fr": 8, "ar": 10, "es": 4, "pt": 7}
    mentor, client, path = mine(signed_in, world, available=True, languages=spoken)
    page = words(client.get(f"{path}offer/"))
    assert '<option value="8" selected>level 8</option>' in page
    answer = client.post(
        f"{path}offer/",
        OFFER | {"level_fr": "8", "other_1": "ar", "level_1": "12", "other_2": "es", "level_2": "4", "years": "30"},
    )
    assert answer.status_code == 302
    assert fresh(mentor).languages == spoken | {"ar": 12}
    assert fresh(mentor).years == 30


def test_a_capacity_below_the_mentees_is_refused_on_the_form_with_their_number(signed_in, world, titles) -> None:
    mentor, client, path = mine(signed_in, world, available=True, capacity=3)
    for _ in range(2):
        intake = make.IntakeFactory(programme=make.ProgrammeFactory(council=world.halifax))
        make.PairFactory(application=make.ApplicationFactory(intake=intake, ready=True), mentor=mentor)
    answer = client.post(f"{path}offer/", OFFER | {"capacity": "1"})
    assert answer.status_code == 422
    assert "2 mentees count on you now: keep at least 2 places." in words(answer)
    assert "2 mentees count on you: complete or end the pairs first" in words(client.get(path))


def test_the_handbook_is_read_and_confirmed(signed_in, world) -> None:
    mentor, client, path = mine(signed_in, world)
    assert "I have read the handbook" in words(client.get(f"{path}handbook/"))
    assert client.post(f"{path}handbook/").status_code == 302
    assert fresh(mentor).handbook_at is not None
    assert "You confirmed on" in words(client.get(f"{path}handbook/"))


def test_a_seat_in_an_orientation_is_taken_and_given_up(signed_in, world) -> None:
    mentor, client, path = mine(signed_in, world, handbook_at=make.NOW)
    intake = make.IntakeFactory(programme=make.ProgrammeFactory(council=world.halifax))
    soon = timezone.now() + timedelta(days=3)
    session = make.OrientationSessionFactory(intake=intake, starts_at=soon, ends_at=soon + timedelta(hours=2))
    assert f'value="{session.pk}"' in words(client.get(path))
    client.post(f"{path}orientation/", {"session": str(session.pk)})
    with scope.across():
        assert Orientation.objects.get().mentor == mentor
    assert "Your orientation is on" in words(client.get(path))
    client.post(f"{path}orientation/", {"give_up": "1"})
    with scope.across():
        assert not Orientation.objects.exists()
    for wrong in ("", "no", str(intake.pk)):
        answer = client.post(f"{path}orientation/", {"session": wrong}, follow=True)
        assert "Choose a session." in words(answer)


def test_a_pause_is_taken_and_ended_on_the_page(signed_in, world) -> None:
    mentor, client, path = mine(signed_in, world, available=True)
    answer = client.post(f"{path}pause/", {"until": "2020-01-01"})
    assert answer.status_code == 422
    assert "still to come" in words(answer)
    later = timezone.localdate() + timedelta(days=20)
    client.post(f"{path}pause/", {"until": later.isoformat()})
    assert fresh(mentor).paused_until == later
    assert "I am back now" in words(client.get(path))
    client.post(f"{path}return/")
    assert fresh(mentor).state == MentorState.AVAILABLE


def test_stopping_is_refused_with_the_reason_while_a_pair_runs(signed_in, world) -> None:
    mentor, client, path = mine(signed_in, world, available=True)
    intake = make.IntakeFactory(programme=make.ProgrammeFactory(council=world.halifax))
    pair = make.PairFactory(application=make.ApplicationFactory(intake=intake, ready=True), mentor=mentor)
    assert "1 mentee still counts" in words(client.post(f"{path}stop/", follow=True))
    with scope.across():
        type(pair).objects.update(state=PairState.RELEASED)
    client.post(f"{path}stop/")
    assert fresh(mentor).state == MentorState.RETIRED


def test_who_mentors_in_one_place_is_led_there_and_others_choose(signed_in, world) -> None:
    mentor, client, path = mine(signed_in, world, available=True)
    assert client.get("/en/my-mentoring/mentor/")["Location"] == path
    make.MentorFactory(council=world.calgary, person=mentor.person)
    assert "Calgary Council" in words(client.get("/en/my-mentoring/mentor/"))
    assert "You are no mentor yet" in words(signed_in("funder").get("/en/my-mentoring/mentor/"))
