"""Cohorts with follow-ups in bulk, so that tests of results stay quick."""

from datetime import date, timedelta
from uuid import uuid4

from councils.models import User
from mentoring.models import Application, FollowUp, Pair
from tests.factories import mentoring as make

ENDED = date(2025, 6, 30)
WORKS = {"work": "employed", "hours": 37, "in_field": True, "earnings": "60-80", "contacts": 6}
LOOKS = {"work": "looking", "hours": None, "in_field": None, "earnings": "", "contacts": 2}
STUDIES = LOOKS | {"work": "studying"}


def mentored(intake, answers, *, wave="m12", ended_on=ENDED, due_on=None, on=None, before="unemployed", mentor=None):
    """Let as many pairs of an intake end as there are answers, and be asked at a wave; None stays silent."""
    mentor = mentor or make.MentorFactory(council=intake.programme.council, available=True)
    people = User.objects.bulk_create(
        User(email=f"{uuid4()}@people.example", name="Somebody", password="!") for _answer in answers
    )
    befores = [before] * len(answers) if isinstance(before, str) else before
    applications = Application.objects.bulk_create(
        Application(
            intake=intake, person=person, state="completed", submitted_at=make.NOW, employment=was,
            **dict.fromkeys(("screened_at", "oriented_at", "handbook_at", "ready_at"), make.NOW),
            occupation=mentor.occupation, languages={"en": 8},
        )
        for person, was in zip(people, befores, strict=True)
    )  # fmt: skip
    pairs = Pair.objects.bulk_create(
        Pair(
            programme=intake.programme, application=application, mentor=mentor, mentee_person=application.person,
            mentor_person=mentor.person, state="completed", started_on=ended_on - timedelta(days=119),
            planned_end_on=ended_on, ended_on=ended_on,
        )
        for application in applications
    )  # fmt: skip
    due = due_on or ended_on + timedelta(days=365)
    told = {"state": "answered", "answered_on": on or due, "way": "link", "asked": 1}
    return FollowUp.objects.bulk_create(
        FollowUp(
            pair=pair, wave=wave, due_on=due, opens_on=due, closes_on=due + timedelta(days=40),
            **({**answer, **told} if answer else {"state": "lapsed", "asked": 4}),
        )
        for pair, answer in zip(pairs, answers, strict=True)
    )  # fmt: skip


def answers(yes=0, no=0, silent=0, other=0):
    """Give so many at work, looking, silent and studying."""
    return [WORKS] * yes + [LOOKS] * no + [STUDIES] * other + [None] * silent
