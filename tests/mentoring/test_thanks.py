"""Thanks: once a year from 5 December, to whoever gave time, with each hour in exactly one year."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.utils.translation import override

from allies.kit import scope
from allies.kit.mail import render
from mentoring.models import Thanks
from mentoring.services import thanks
from mentoring.states import MentorState
from mentoring.tasks.thanks import thank_mentors
from tests import factories
from tests.factories import employers as make
from tests.factories import mentoring as people
from tests.mentoring.employing import letters, met, pair_of
from tests.mentoring.pairing import browser

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 5)
JUNE = datetime(2026, 6, 1, 15, tzinfo=UTC)


@pytest.fixture(autouse=True)
def all_councils():
    with scope.across():
        yield


@pytest.fixture
def mentor():
    council = factories.CouncilFactory(name_en="Halifax Council", name_fr="Conseil de Halifax")
    person = factories.UserFactory(name="Claire Roy", language="fr")
    return people.MentorFactory(council=council, person=person, available=True, capacity=6)


def kept() -> list[tuple[int, int, int]]:
    return list(Thanks.objects.order_by("year").values_list("year", "minutes", "people"))


def test_a_mentor_is_thanked_once_in_their_language_with_hours_and_people(mentor) -> None:
    for name in ("Amara Hidden", "Bilal Secret"):
        met(pair_of(mentor, name), on=JUNE, minutes=90)
    met(pair_of(mentor, "Chidi Quiet"), on=JUNE + timedelta(days=1), minutes=45)
    assert [thanks.thank_everybody(DAY + timedelta(days=days)) for days in (-1, 0, 1)] == [0, 1, 0]
    # The hour and a half with a group of two counts once.
    assert kept() == [(2026, 135, 3)]
    (letter,) = letters("thanks")
    message = render(letter)
    assert (letter.to, letter.language, message.subject) == (mentor.person.email, "fr", "Merci pour 2026")
    assert "2 heures" in message.body
    assert "3 personnes nouvellement arrivées" in message.body
    assert "Amara" not in message.body
    assert f"/fr/mon-mentorat/mentor/{mentor.pk}/merci/2026.pdf" in message.body


@pytest.mark.parametrize(
    ("settled", "year"),
    [("2025-12-05T04:59:00Z", 2025), ("2025-12-05T05:00:00Z", 2026), ("2026-12-05T05:00:00Z", 2027)],
)
def test_an_hour_belongs_to_the_year_in_which_it_was_confirmed(mentor, settled, year) -> None:
    moment = datetime.fromisoformat(settled)
    met(pair_of(mentor), on=moment - timedelta(days=3), settled_at=moment)
    thanked = {one: thanks.thank_everybody(date(one, 12, 31)) for one in (2025, 2026, 2027)}
    assert thanked == {one: int(one == year) for one in (2025, 2026, 2027)}


def test_whoever_gave_nothing_that_counts_is_not_thanked(mentor) -> None:
    met(pair_of(mentor, signed=False), on=JUNE)
    met(pair_of(mentor, "Bilal Secret"), on=JUNE, state="logged")
    met(pair_of(mentor, "Chidi Quiet"), on=JUNE, state="withdrawn")
    assert thanks.thank_everybody(DAY) == 0


def test_whoever_stopped_is_thanked_too_but_nobody_without_an_account(mentor) -> None:
    met(pair_of(mentor), on=JUNE)
    gone = people.MentorFactory(person=factories.UserFactory(is_active=False), available=True)
    met(pair_of(gone, "Bilal Secret"), on=JUNE)
    mentor.state = MentorState.RETIRED
    mentor.save()
    assert thanks.thank_everybody(DAY) == 1
    assert Thanks.objects.get().mentor == mentor


def test_a_second_worker_at_the_same_moment_thanks_nobody_twice(mentor, monkeypatch) -> None:
    met(pair_of(mentor), on=JUNE)
    found = thanks.due(2026)
    make.ThanksFactory(mentor=mentor, year=2026)
    monkeypatch.setattr(thanks, "due", lambda year: found)
    assert thanks.thank_everybody(DAY) == 0
    assert letters("thanks") == []


@pytest.mark.parametrize("number", [1, 3, 12])
def test_finding_whom_to_thank_takes_the_same_queries_however_many(mentor, number, django_assert_num_queries) -> None:
    for n in range(number):
        one = people.MentorFactory(council=mentor.council, available=True)
        met(pair_of(one, f"Mentee{n} X"), on=JUNE)
    with django_assert_num_queries(1):
        assert len(thanks.due(2026)) == number


def test_the_timetable_asks_daily_from_volunteer_day_to_the_end_of_the_year(mentor) -> None:
    entry = settings.CELERY_BEAT_SCHEDULE["mentoring.thank_mentors"]
    assert entry["task"] == thank_mentors.name
    assert (entry["schedule"].day_of_month, entry["schedule"].month_of_year) == (set(range(5, 32)), {12})
    met(pair_of(mentor), on=JUNE)
    with time_machine.travel("2026-12-05T15:00:00Z", tick=False):
        assert [thank_mentors(), thank_mentors()] == [1, 0]


@pytest.mark.parametrize(
    ("language", "title", "span"),
    [
        ("en", "With thanks", "From December 5, 2025 to December 4, 2026"),
        ("fr", "Avec toute notre gratitude", "Du 5 décembre 2025 au 4 décembre 2026"),
    ],
)
def test_the_certificate_is_one_tagged_page_in_the_readers_language(mentor, language, title, span) -> None:
    row = make.ThanksFactory(mentor=mentor, year=2026)
    with override(language):
        said, content = thanks.values(row), thanks.certificate(row, by=mentor.person)
    assert (said["title"], said["span"], said["name"]) == (title, span, "Claire Roy")
    assert content.startswith(b"%PDF-1.7")
    assert b"/StructTreeRoot" in content
    assert len(re.findall(rb"/Type\s*/Page\b", content)) == 1


def test_each_year_stands_on_the_mentors_own_page_and_nowhere_else(mentor) -> None:
    other = make.ThanksFactory().mentor
    for year in (2024, 2025):
        make.ThanksFactory(mentor=mentor, year=year, minutes=90)
    claire, page = browser(mentor.person), f"/en/my-mentoring/mentor/{mentor.pk}/"
    shown = re.findall(r"thanks/(\d+).pdf", claire.get(page).content.decode())
    assert shown == ["2025", "2024"]
    answer = claire.get(f"{page}thanks/2025.pdf")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    for path in (f"{page}thanks/2023.pdf", f"/en/my-mentoring/mentor/{other.pk}/thanks/2025.pdf"):
        assert claire.get(path).status_code == 404
