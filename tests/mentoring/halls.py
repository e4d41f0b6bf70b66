"""A hall full of people to be matched: an intake that is closed to applications, its mentees and its mentors."""

from dataclasses import dataclass
from typing import Any

from allies.kit.scope import across
from councils.roles import Role
from mentoring.services import runs, solving
from mentoring.states import IntakeState
from tests import factories
from tests.factories import mentoring as make

CODES = ("21231", "21232", "11100", "11102", "31301", "62010")


@dataclass
class Hall:
    """One intake with everybody in it."""

    council: Any
    programme: Any
    intake: Any
    coordinator: Any
    mentees: list[Any]
    mentors: list[Any]


def occupations() -> list[Any]:
    """The occupations of a hall."""
    return [
        factories.OccupationFactory(
            code=code,
            group=factories.OccupationGroupFactory(code=code[0]),
            teer=factories.TeerFactory(code=int(code[1])),
        )
        for code in CODES
    ]


def hall(
    *, mentees: int = 3, mentors: int = 3, capacity: int = 1, places: int = 100, council: Any = None, **programme: Any
) -> Hall:
    """Fill a hall; the n-th mentee works in the n-th occupation, as does the n-th mentor."""
    council = council or factories.CouncilFactory()
    coordinator = factories.MembershipFactory(council=council, role=Role.COORDINATOR).person
    codes = occupations()
    made = make.ProgrammeFactory(council=council, **programme)
    intake = make.IntakeFactory(programme=made, state=IntakeState.CLOSED, places=places)
    people = [
        make.ApplicationFactory(intake=intake, ready=True, occupation=codes[number % len(codes)])
        for number in range(mentees)
    ]
    guides = [
        make.MentorFactory(council=council, available=True, capacity=capacity, occupation=codes[number % len(codes)])
        for number in range(mentors)
    ]
    return Hall(council, made, intake, coordinator, people, guides)


def solved(at: Hall) -> Any:
    """Ask for a run of the hall and solve it here."""
    run = runs.ask(at.intake, by=at.coordinator)
    assert solving.solve(run.pk)
    with across():
        run.refresh_from_db()
    return run
