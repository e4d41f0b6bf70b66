"""The pages of mentors and about them: in both languages, without JavaScript, with what was typed when refused."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from allies.kit import scope
from allies.kit.audit import Entry
from councils.models import OccupationTitle
from mentoring import mentor_panels
from mentoring.models import Exclusion, Mentor, Orientation
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


def test_other_parts_put_their_cards_on_the_page(signed_in, world, monkeypatch) -> None:
    _mentor, client, path = mine(signed_in, world, available=True)
    monkeypatch.setattr(mentor_panels, "_panels", [])
    mentor_panels.add(lambda user, mentor: ("ui/tag.html", {"label": f"A card for {user.name}"}))
    mentor_panels.add(lambda user, mentor: None)
    assert "A card for Stranger" in words(client.get(path))


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


# ------------------------------------------------------------------ staff


LIST = "/en/workspace/halifax/mentoring/mentors/"


@pytest.fixture
def staff(signed_in, halifax):
    return signed_in("coordinator")


def test_the_list_is_narrowed_by_state_field_language_places_and_words(staff, world) -> None:
    person = factories.UserFactory(name="Zoé Fortin")
    make.MentorFactory(council=world.halifax, person=person, available=True, languages={"fr": 12}, employer="Banque")
    make.MentorFactory(council=world.halifax, languages={"en": 12}, capacity=0)
    make.MentorFactory(council=world.calgary)
    for query, count in {
        "": 2,
        "state=available": 1,
        "state=applied": 1,
        "group=2": 2,
        "language=fr": 1,
        "free=yes": 1,
        "free=no": 1,
        "q=zoe+banque": 1,
        "q=nobody": 0,
    }.items():
        answer = staff.get(f"{LIST}?{query}")
        assert len(answer.context["table"].rows) == count, query
    assert "means nothing here" in words(staff.get(f"{LIST}?state=lost"))


@pytest.mark.parametrize("column", ["person", "occupation", "places", "state", "joined_at"])
def test_the_list_is_sorted_by_each_column_both_ways(staff, world, column) -> None:
    for _ in range(2):
        make.MentorFactory(council=world.halifax, available=True)
    for sort in (column, f"-{column}"):
        assert staff.get(f"{LIST}?sort={sort}").status_code == 200


@pytest.mark.parametrize("number", [1, 3, 50])
def test_the_list_takes_the_same_queries_however_long(staff, world, number, django_assert_num_queries) -> None:
    for _ in range(number):
        make.MentorFactory(council=world.halifax, available=True)
    staff.get(LIST)
    with django_assert_num_queries(10):
        staff.get(LIST)


def test_an_export_holds_what_the_list_holds_and_is_on_record(staff, world) -> None:
    make.MentorFactory(council=world.halifax, available=True, person=factories.UserFactory(name="=Zoé"))
    make.MentorFactory(council=world.halifax)
    answer = staff.get("/en/workspace/halifax/mentoring/mentors.csv?state=available")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert len(text.splitlines()) == 2
    assert "'=Zoé" in text
    entry = Entry.objects.get(action="mentoring.mentors_exported")
    assert (entry.actor, entry.reason) == (world.people["coordinator"], "1")


def test_a_mentors_page_shows_load_pairs_and_exclusions_and_notes_the_opening(staff, world) -> None:
    mentor = make.MentorFactory(council=world.halifax, available=True, capacity=2)
    intake = make.IntakeFactory(programme=make.ProgrammeFactory(council=world.halifax))
    application = make.ApplicationFactory(intake=intake, ready=True, person=factories.UserFactory(name="Amina"))
    make.PairFactory(application=application, mentor=mentor, active=True)
    make.ExclusionFactory(
        council=world.halifax, mentor=mentor, mentee=factories.UserFactory(name="Boris"), reason="Kin"
    )
    page = words(staff.get(f"{LIST}{mentor.pk}/"))
    for text in ("1 of 2 places are taken", "Amina", "Boris", "Kin"):
        assert text in page
    assert Entry.objects.get(action="people.opened").target_id == str(mentor.person.pk)


def test_another_councils_mentor_is_not_found(staff, world) -> None:
    other = make.MentorFactory(council=world.calgary)
    assert staff.get(f"{LIST}{other.pk}/").status_code == 404
    assert staff.post(f"{LIST}{other.pk}/approve/").status_code == 404


def test_a_mentor_is_approved_paused_and_brought_back_by_the_staff(staff, world) -> None:
    mentor = make.MentorFactory(council=world.halifax)
    path = f"{LIST}{mentor.pk}/"
    refused = staff.post(f"{path}approve/", {"note": "Kept words"})
    assert refused.status_code == 422
    assert "Kept words" in words(refused)
    today = timezone.localdate()
    facts = {"on": today.isoformat(), "note": "By telephone", "handbook_told": "on"}
    assert staff.post(f"{path}approve/", facts).status_code == 302
    assert fresh(mentor).state == MentorState.AVAILABLE
    staff.post(f"{path}pause/", {"until": (today + timedelta(days=9)).isoformat()})
    assert fresh(mentor).state == MentorState.PAUSED
    staff.post(f"{path}return/")
    assert fresh(mentor).state == MentorState.AVAILABLE
    staff.post(f"{path}retire/")
    assert fresh(mentor).state == MentorState.RETIRED


def test_two_people_are_kept_apart_and_let_together_again(staff, world) -> None:
    mentor = make.MentorFactory(council=world.halifax, available=True)
    intake = make.IntakeFactory(programme=make.ProgrammeFactory(council=world.halifax))
    mentee = make.ApplicationFactory(intake=intake, submitted=True).person
    foreign = make.ApplicationFactory(submitted=True).person
    path = f"{LIST}{mentor.pk}/exclude/"
    wrong = staff.post(path, {"mentee": foreign.pk, "kind": "conflict", "reason": "No"})
    assert wrong.status_code == 422
    assert "not one of the available choices" in words(wrong)
    assert staff.post(path, {"mentee": mentee.pk, "kind": "conflict", "reason": "Cousins"}).status_code == 302
    with scope.across():
        exclusion = Exclusion.objects.get()
    staff.post(f"/en/workspace/halifax/mentoring/exclusions/{exclusion.pk}/lift/")
    with scope.across():
        assert not Exclusion.objects.exists()


def test_the_balance_says_whom_to_recruit(staff, world) -> None:
    assert "Nothing to compare yet" in words(staff.get(f"{LIST}places/"))
    intake = make.IntakeFactory(programme=make.ProgrammeFactory(council=world.halifax))
    for _ in range(2):
        make.ApplicationFactory(intake=intake, ready=True)
    page = words(staff.get(f"{LIST}places/"))
    assert "Whom to recruit" in page
    assert "2 places are missing" in page


def test_national_staff_state_a_reason_before_they_see_mentors(signed_in, world) -> None:
    mentor = make.MentorFactory(council=world.halifax)
    for path in (LIST, f"{LIST}{mentor.pk}/", "/en/workspace/halifax/mentoring/mentors.csv"):
        answer = signed_in("national").get(path)
        assert answer.status_code == 302
        assert "/session" in answer["Location"]


# ------------------------------------------------------------------ lists from a file


IMPORT = "/en/workspace/halifax/mentoring/import/mentors/"


def upload(text: str):
    return {"file": SimpleUploadedFile("list.csv", text.encode())}


def test_a_list_is_looked_at_then_imported(staff, halifax) -> None:
    faulty = staff.post(IMPORT, upload("email,name,occupation,languages\nnobody,A,21231,en:12\n"))
    assert faulty.status_code == 422
    assert "row 2, column email" in words(faulty)
    good = staff.post(IMPORT, upload("email,name,occupation,languages,colour\na@x.example,Ada,21231,en:12,red\n"))
    page = words(staff.get(good["Location"]))
    assert "To add: 1." in page
    assert "1 person gets an account." in page
    assert "colour" in page
    with scope.across():
        assert not Mentor.objects.exists()
    seal = page.split('name="seal" value="')[1].split('"')[0]
    assert staff.post(good["Location"], {"seal": "wrong"}).status_code == 422
    assert staff.post(good["Location"], {"seal": seal}).status_code == 302
    with scope.across():
        assert Mentor.objects.get().person.name == "Ada"


def test_mentees_are_imported_into_an_open_intake(staff, world) -> None:
    programme = make.ProgrammeFactory(council=world.halifax)
    opened = make.IntakeFactory(programme=programme, state="open")
    choice = words(staff.get("/en/workspace/halifax/mentoring/import/"))
    path = f"/en/workspace/halifax/mentoring/import/mentees/{opened.pk}/"
    assert path in choice
    text = "email,name,occupation,languages,heard_from\na@x.example,Ada,21231,en:12,Centre\n"
    checked = staff.post(path, upload(text))
    page = words(staff.get(checked["Location"]))
    assert "An application is added" in page
    assert staff.post(checked["Location"], {"forget": "1"}).status_code == 302
    assert staff.get(checked["Location"]).status_code == 404


def test_an_empty_list_has_every_column_in_its_place(staff, world) -> None:
    answer = staff.get("/en/workspace/halifax/mentoring/import/mentors.csv")
    head = b"".join(answer.streaming_content).decode("utf-8-sig").strip().split(",")
    assert head[:4] == ["email", "name", "occupation", "languages"]
    assert len(set(head)) == len(head)
