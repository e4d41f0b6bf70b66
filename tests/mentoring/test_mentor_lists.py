"""Lists of mentors and mentees from a file: every row checked, looked at first, taken in whole or not at all."""

import io

import pytest
from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from allies.kit import scope
from allies.kit.access import Denied
from allies.kit.audit import Entry
from allies.kit.models import Letter, StoredFile
from allies.kit.refusals import Refused
from councils.models import Membership, OccupationTitle, User
from councils.roles import Role
from councils.services.sheets import RowErrors
from mentoring.models import Mentor
from mentoring.services import mentor_lists as lists
from mentoring.services.people_sheet import MENTOR_NEEDED
from mentoring.states import IntakeState, MentorState
from tests import factories
from tests.factories import mentoring as make

pytestmark = pytest.mark.django_db
HEAD = "email,name,occupation,languages"
ADA = "ada@people.example,Ada,21231,en:12; fr:7"


@pytest.fixture
def halifax(world):
    factories.OccupationFactory(code="21231")
    with scope.within(world.halifax):
        yield world.halifax


@pytest.fixture
def coordinator(world):
    return world.people["coordinator"]


@pytest.fixture
def intake(halifax):
    programme = make.ProgrammeFactory(council=halifax)
    return make.IntakeFactory(programme=programme, state=IntakeState.OPEN)


def file(*lines: str, name: str = "list.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, "\n".join(lines).encode())


@pytest.fixture
def look(halifax, coordinator):
    def at(*lines, intake=None, name="list.csv"):
        return lists.look_at_people(halifax, file(*lines, name=name), by=coordinator, intake=intake)

    return at


@pytest.fixture
def take(halifax, coordinator, look):
    def in_(*lines, intake=None):
        kept = look(*lines, intake=intake)
        plan = lists.plan_of(halifax, kept, by=coordinator, intake=intake)
        return lists.take_in(halifax, kept, seal=plan.seal, by=coordinator, intake=intake)

    return in_


def faults(look, *lines, intake=None) -> set[tuple[int, str]]:
    with pytest.raises(RowErrors) as refused:
        look(*lines, intake=intake)
    return {(error.row, error.column) for error in refused.value.errors}


# ------------------------------------------------------------------ mentors


def test_a_new_mentor_gets_an_account_without_a_password_the_role_and_a_letter(take, halifax) -> None:
    assert take(HEAD, ADA) == 1
    ada = User.objects.get(email="ada@people.example")
    mentor = Mentor.objects.get()
    assert not ada.has_usable_password()
    assert EmailAddress.objects.get(user=ada).verified is False
    assert (mentor.person, mentor.state, mentor.council) == (ada, MentorState.APPLIED, halifax)
    assert (mentor.languages, mentor.occupation_id) == ({"en": 12, "fr": 7}, "21231")
    with scope.across():
        assert Membership.objects.get(person=ada).role == Role.MENTOR
    letter = Letter.objects.get(template="mentoring/entered")
    assert (letter.to, letter.context["is_new"]) == ("ada@people.example", True)
    assert Entry.objects.filter(action="mentoring.mentor_entered").count() == 1
    assert not StoredFile.objects.exists()


def test_people_are_found_by_any_address_that_is_theirs(take) -> None:
    ada = factories.UserFactory(email="other@people.example", name="Ada Lovelace")
    EmailAddress.objects.create(user=ada, email="ada@people.example", verified=True)
    take(HEAD, ADA.replace("ada@", "ADA@"))
    assert Mentor.objects.get().person == ada
    assert User.objects.filter(email="ada@people.example").count() == 0
    ada.refresh_from_db()
    assert ada.name == "Ada Lovelace"


def test_a_mentor_who_is_known_gets_the_new_facts_and_an_empty_cell_says_nothing(take, halifax) -> None:
    ada = factories.UserFactory(email="ada@people.example")
    make.MentorFactory(council=halifax, person=ada, available=True, years=5, employer="Fundy Bank")
    take(f"{HEAD},years,employer", f"{ADA},8,")
    mentor = Mentor.objects.get()
    assert (mentor.years, mentor.employer, mentor.state) == (8, "Fundy Bank", MentorState.AVAILABLE)
    assert set(Entry.objects.get(action="mentoring.mentor_changed").fields) == {"years", "languages"}
    assert not Letter.objects.exists()


def test_every_column_is_read_in_codes_or_words_of_both_languages(take) -> None:
    place = factories.PlaceFactory(name_en="Moncton", name_fr="Moncton")
    OccupationTitle.objects.create(
        occupation=factories.OccupationFactory(), language="fr", title="Développeuse", folded="developpeuse"
    )
    take(
        "email;name;occupation;languages;kinds;goals;availability;mode;city;capacity;position;language",
        "a@people.example;A;Développeuse;anglais (12), Arabic: 9;one_to_one,En groupe;"
        "network, Prepare for interviews;saturday;À distance;moncton;3;Lead;fr",
    )
    mentor = Mentor.objects.get()
    assert mentor.languages == {"en": 12, "ar": 9}
    assert (mentor.kinds, mentor.goals) == (["one_to_one", "group"], ["network", "interview"])
    assert (mentor.mode, mentor.place, mentor.capacity) == ("online", place, 3)
    assert mentor.person.language == "fr"


def test_an_excel_workbook_is_read_like_a_text_file(halifax, coordinator) -> None:
    book, out = Workbook(), io.BytesIO()
    book.active.append(["email", "name", "occupation", "languages", "years"])
    book.active.append(["a@people.example", "A", 21231, "en:12", 4])
    book.save(out)
    upload = SimpleUploadedFile("list.xlsx", out.getvalue())
    kept = lists.look_at_people(halifax, upload, by=coordinator)
    (planned,) = lists.plan_of(halifax, kept, by=coordinator).rows
    assert planned.facts == {"occupation_id": "21231", "languages": {"en": 12}, "years": 4}


def test_each_fault_is_told_by_row_and_column_and_nothing_is_kept(look, halifax) -> None:
    closed = factories.UserFactory(email="closed@people.example", is_active=False)
    gone = factories.UserFactory(email="gone@people.example")
    make.MentorFactory(council=halifax, person=gone, available=True, state=MentorState.RETIRED)
    found = faults(
        look,
        f"{HEAD},years,goals,city,capacity",
        f"{ADA},5,network,,2",
        "nobody,,99999,klingon:12,61,fame,Atlantis,13",
        f"{ADA},,,,",
        f"{closed.email},C,21231,en:12,,,,",
        f"{gone.email},G,21231,en:12,,,,",
        "b@people.example,B,21231,en,,,,",
    )
    assert found == {
        *((3, name) for name in ("email", "name", "occupation", "languages", "years", "goals", "city", "capacity")),
        (4, "email"),
        (5, "email"),
        (6, "email"),
        (7, "languages"),
    }
    assert not StoredFile.objects.exists()
    assert not User.objects.filter(email="ada@people.example").exists()


def test_a_job_title_that_means_several_occupations_is_a_fault(look) -> None:
    for code in ("21231", "21232"):
        occupation = factories.OccupationFactory(code=code)
        OccupationTitle.objects.create(occupation=occupation, language="en", title="Tester", folded="tester")
    assert faults(look, HEAD, "a@people.example,A,Tester,en:12") == {(2, "occupation")}


def test_fewer_places_than_mentees_is_a_fault_of_the_row(look, halifax) -> None:
    mentor = make.MentorFactory(council=halifax, available=True, capacity=2)
    for _ in range(2):
        intake = make.IntakeFactory(programme=make.ProgrammeFactory(council=halifax))
        make.PairFactory(application=make.ApplicationFactory(intake=intake, ready=True), mentor=mentor)
    row = f"{mentor.person.email},M,21231,en:12,1"
    assert faults(look, f"{HEAD},capacity", row) == {(2, "capacity")}


@pytest.mark.parametrize("missing", MENTOR_NEEDED)
def test_a_missing_column_is_told(look, missing) -> None:
    head = [name for name in HEAD.split(",") if name != missing]
    assert faults(look, ",".join(head), "x,y,z") == {(1, missing)}


def test_a_list_of_more_people_than_can_be_looked_at_is_refused(look) -> None:
    with pytest.raises(Refused, match="more than 500 rows"):
        look(HEAD, *[ADA] * 501)


def test_what_is_confirmed_is_what_was_seen(look, halifax, coordinator) -> None:
    ada = factories.UserFactory(email="ada@people.example")
    mentor = make.MentorFactory(council=halifax, person=ada, available=True)
    kept = look(f"{HEAD},years", f"{ADA},8")
    seen = lists.plan_of(halifax, kept, by=coordinator).seal
    Mentor.objects.filter(pk=mentor.pk).update(years=30)
    with pytest.raises(Refused, match="Meanwhile"):
        lists.take_in(halifax, kept, seal=seen, by=coordinator)
    assert Mentor.objects.get().years == 30
    now = lists.plan_of(halifax, kept, by=coordinator).seal
    assert lists.take_in(halifax, kept, seal=now, by=coordinator) == 1
    with pytest.raises(Refused, match="imported already"):
        lists.take_in(halifax, kept, seal=now, by=coordinator)


def test_a_list_belongs_to_who_looked_at_it_and_can_be_forgotten(look, halifax, coordinator, world) -> None:
    kept = look(HEAD, ADA)
    assert lists.kept_people(halifax, kept.pk, by=world.people["director"]) is None
    with pytest.raises(Denied):
        lists.forget_list(kept, by=world.people["director"])
    lists.forget_list(kept, by=coordinator)
    assert lists.kept_people(halifax, kept.pk, by=coordinator) is None


@pytest.mark.parametrize("who", ["rival", "board", "coach", "national", "stranger"])
def test_only_those_who_work_with_the_councils_people_import(halifax, world, who) -> None:
    with pytest.raises(Denied):
        lists.look_at_people(halifax, file(HEAD, ADA), by=world.people[who])


@pytest.mark.parametrize("number", [1, 50])
def test_looking_takes_the_same_queries_however_long_the_list(
    halifax, coordinator, look, number, django_assert_num_queries
) -> None:
    kept = look(HEAD, *[f"p{n}@people.example,P,21231,en:12" for n in range(number)])
    with django_assert_num_queries(6):
        assert len(lists.plan_of(halifax, kept, by=coordinator).rows) == number


def test_an_export_of_mentors_can_be_imported_again(halifax, look, coordinator) -> None:
    mentor = make.MentorFactory(council=halifax, available=True)
    columns = lists.export_columns()
    cells = []
    for _heading, source in columns:
        value = source(mentor) if callable(source) else mentor
        for part in [] if callable(source) else source.split("."):
            value = getattr(value, part)
        cells.append(str(value or "").replace(",", " "))
    kept = look(",".join(str(heading) for heading, _source in columns), ",".join(cells))
    plan = lists.plan_of(halifax, kept, by=coordinator)
    assert plan.same == 1
