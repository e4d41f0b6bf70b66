"""The invented people of the engine's measurements as rows of the portal: an intake that is ready to be matched."""

from typing import Any

from councils.models import Place, User
from councils.roles import Role
from mentoring.matching import Mode
from mentoring.models import Application, Mentor
from mentoring.models.profile import Goal, Slot
from mentoring.models.profile import Mode as Where
from mentoring.states import ApplicationState, IntakeState, MentorState
from tests import factories
from tests.factories import mentoring as make
from tests.mentoring.matching.invented import GOALS, TIMES, Crowd

_WHERE = {Mode.IN_PERSON: Where.IN_PERSON, Mode.VIRTUAL: Where.ONLINE, Mode.EITHER: Where.EITHER}
_GOALS = dict(zip(GOALS, Goal.values, strict=False))
_TIMES = {name: Slot.values[at % len(Slot.values)] for at, name in enumerate(TIMES)}


def settle(mentees: int, mentors: int) -> tuple[Any, User]:
    """Write so many people into one council; gives the closed intake and its coordinator."""
    council = factories.CouncilFactory(place=Place.objects.order_by("code")[0])
    coordinator = factories.MembershipFactory(council=council, role=Role.COORDINATOR).person
    intake = make.IntakeFactory(
        programme=make.ProgrammeFactory(council=council), state=IntakeState.CLOSED, places=32_000
    )
    places = list(Place.objects.order_by("code").values_list("pk", flat=True)[:3])
    crowd = Crowd(1)
    applying, offering = crowd.mentees(mentees), crowd.mentors(mentors)
    people = User.objects.bulk_create(
        User(email=f"crowd{at}@people.example", name=f"Person {at}", password="!") for at in range(mentees + mentors)
    )
    way = {"screened_at": make.NOW, "oriented_at": make.NOW, "handbook_at": make.NOW, "submitted_at": make.NOW}
    Application.objects.bulk_create(
        Application(
            intake=intake,
            person=people[at],
            state=ApplicationState.READY,
            ready_at=make.NOW,
            waiting_intakes=int(applying.waiting[at]),
            **way,
            **_facts(applying, at, places),
        )
        for at in range(mentees)
    )
    Mentor.objects.bulk_create(
        Mentor(
            council=council,
            person=people[mentees + at],
            state=MentorState.AVAILABLE,
            capacity=int(offering.capacity[at]),
            handbook_at=make.NOW,
            oriented_on=make.NOW.date(),
            **_facts(offering, at, places),
        )
        for at in range(mentors)
    )
    return intake, coordinator


def _facts(people: Any, at: int, places: list[str]) -> dict[str, Any]:
    city = people.city[at]
    return {
        "occupation_id": people.occupation[at],
        "industry_id": people.industry[at],
        "years": int(people.years[at]),
        "languages": dict(people.languages[at]),
        "goals": sorted({_GOALS[name] for name in people.goals[at]}),
        "availability": sorted({_TIMES[name] for name in people.availability[at]}),
        "mode": _WHERE[Mode(int(people.mode[at]))],
        "place_id": places[int(city[-1])] if city else None,
        "employer": people.employer[at],
    }
