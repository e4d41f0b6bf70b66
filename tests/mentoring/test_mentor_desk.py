"""What a council's staff see of mentors: the list, one record, places against people, and lists from a file."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from allies.kit import scope
from allies.kit.audit import Entry
from mentoring.models import Exclusion, Mentor
from mentoring.states import MentorState
from tests import factories
from tests.factories import mentoring as make
from tests.mentoring.test_mentor_pages import fresh, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def halifax(world):
    factories.OccupationFactory()
    return world.halifax


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
    with django_assert_num_queries(11):
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
    zoe, other, namesake = (
        make.ApplicationFactory(intake=intake, submitted=True, person__name=name).person
        for name in ("Zoé Côté", "Zoé Lacôté", "Ana Lima")
    )
    # The second application of one person makes no second person.
    make.ApplicationFactory(
        intake=make.IntakeFactory(programme=make.ProgrammeFactory(council=world.halifax)), submitted=True, person=zoe
    )
    foreign = make.ApplicationFactory(submitted=True, person__name="Ana Lima").person
    path = f"{LIST}{mentor.pk}/exclude/"
    facts = {"kind": "conflict", "reason": "Cousins"}
    for typed, told in (
        (foreign.email, "Nobody who can be chosen here is called so."),
        ("zoe", f"Several people fit: {zoe.name} ({zoe.email}), {other.name} ({other.email})."),
        ("", "This field is required."),
    ):
        wrong = staff.post(path, facts | {"mentee": typed})
        assert wrong.status_code == 422
        assert told in words(wrong)
        assert f'value="{typed}"' in wrong.content.decode() or not typed
    for typed in ("  zoe   cote ", other.email.upper(), "lima ana"):
        assert staff.post(path, facts | {"mentee": typed}).status_code == 302
    with scope.across():
        assert {row.mentee for row in Exclusion.objects.all()} == {zoe, other, namesake}
        Exclusion.objects.exclude(mentee=zoe).delete()
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
