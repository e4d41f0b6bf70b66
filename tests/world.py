"""A small world: Halifax and Calgary with one of everything each, and one person for each role."""

from dataclasses import dataclass
from typing import Any

from councils.models import Council, Province, User
from councils.roles import Role
from tests import factories as make
from tests.factories.events import RegistrationFactory, SignUpEventFactory
from tests.replaying import replayed

# The columns of the access matrix, in this order.
ACTORS = (
    "anon",
    "stranger",
    "mentee",
    "board",
    "partner",
    "coordinator",
    "director",
    "rival",
    "coach",
    "committee",
    "funder",
    "national",
    "admin",
)


@dataclass(frozen=True, slots=True)
class World:
    """Who and what there is; `things` holds Halifax's rows by model name, `foreign` Calgary's."""

    halifax: Council
    calgary: Council
    people: dict[str, User]
    things: dict[str, Any]
    foreign: dict[str, Any]


def something_is_there() -> bool:
    """Tell whether the database holds what the world would take up instead of making it."""
    return Province.objects.exists()


@replayed(unless=something_is_there)
def build() -> World:
    """Build the world."""
    places = {
        "halifax": make.PlaceFactory(code="halifax"),
        "calgary": make.PlaceFactory(
            code="calgary", province=make.ProvinceFactory(code="AB", name_en="Alberta", name_fr="Alberta")
        ),
    }
    halifax = make.CouncilFactory(
        slug_en="halifax", slug_fr="halifax-fr", name_en="Halifax Council", place=places["halifax"]
    )
    calgary = make.CouncilFactory(
        slug_en="calgary", slug_fr="calgary-fr", name_en="Calgary Council", place=places["calgary"]
    )
    people = {"stranger": make.UserFactory(name="Stranger", email="stranger@people.example")}
    held = {
        "mentee": (Role.MENTEE, None),
        "board": (Role.BOARD, halifax),
        "partner": (Role.PARTNER, halifax),
        "coordinator": (Role.COORDINATOR, halifax),
        "director": (Role.DIRECTOR, halifax),
        "rival": (Role.COORDINATOR, calgary),
        "coach": (Role.COACH, None),
        "committee": (Role.COMMITTEE, None),
        "funder": (Role.FUNDER, None),
        "national": (Role.NATIONAL_STAFF, None),
        "admin": (Role.ADMINISTRATOR, None),
    }
    for name, (role, council) in held.items():
        people[name] = make.UserFactory(name=name.title(), email=f"{name}@people.example")
        make.MembershipFactory(person=people[name], role=role, council=council)
    return World(halifax, calgary, people, things=_one_of_everything(halifax), foreign=_one_of_everything(calgary))


def _one_of_everything(council: Council) -> dict[str, Any]:
    organisation = make.OrganisationFactory(council=council, name_en=f"{council.slug_en} Bank")
    body = make.BodyFactory(council=council, name_en=f"{council.slug_en} Board", name_fr="Conseil d'administration")
    seat = make.SeatFactory(body=body, organisation=organisation)
    meeting = make.MeetingFactory(body=body)
    event = SignUpEventFactory(council=council, signing_up=True)
    return {
        "Membership": make.MembershipFactory(council=council, role=Role.BOARD),
        "Invitation": make.InvitationFactory(council=council),
        "Organisation": organisation,
        "Body": body,
        "Seat": seat,
        "Meeting": meeting,
        "Attendance": make.AttendanceFactory(meeting=meeting, seat=seat),
        "LocalProgramme": make.LocalProgrammeFactory(council=council, is_published=True),
        "Reflection": make.ReflectionFactory(council=council, year=2025),
        "Story": make.StoryFactory(council=council, published=True),
        "Event": event,
        "Registration": RegistrationFactory(event=event),
        "Readiness": make.ReadinessFactory(council=council),
    }
