"""What waits for a person: the first page after signing in."""

from dataclasses import dataclass

from allies.kit.scope import across, within
from councils.models import Council, Invitation, StaffSession, User
from councils.queries.network import Share, pulse
from councils.queries.people import addresses_of, open_invitations_for
from councils.queries.staff_sessions import running_sessions
from councils.queries.workspace import Waiting, waiting
from councils.roles import AT_A_COUNCIL, COUNCIL_STAFF, FACTS, NATIONAL, OWN, Role, RoleFacts


@dataclass(frozen=True, slots=True)
class Workplace:
    """A council where a person holds a role, and what waits there for its staff."""

    council: Council
    roles: list[str]
    waiting: Waiting | None


@dataclass(frozen=True, slots=True)
class Start:
    """Everything that the start page shows."""

    invitations: list[Invitation]
    workplaces: list[Workplace]
    national: list[tuple[Role, RoleFacts]]
    own: list[tuple[Role, RoleFacts]]
    sessions: list[StaffSession]
    exceptions: list[Share]

    @property
    def is_empty(self) -> bool:
        """Whether the person holds no role yet."""
        return not (self.workplaces or self.national or self.own)


def start_for(person: User) -> Start:
    """Gather what waits for a person in each of their roles."""
    return Start(
        invitations=open_invitations_for(addresses_of(person)),
        workplaces=_workplaces(person),
        national=_held(person, NATIONAL),
        own=_held(person, OWN),
        sessions=running_sessions(person) if person.keeps_registry else [],
        exceptions=_exceptions() if person.is_national else [],
    )


def _exceptions() -> list[Share]:
    with across():
        return [share for share in pulse().exceptions if share.count]


def _held(person: User, roles: frozenset[Role]) -> list[tuple[Role, RoleFacts]]:
    return [(role, FACTS[role]) for role in Role if role in roles and person.has_role(role)]


def _workplaces(person: User) -> list[Workplace]:
    councils = Council.objects.filter(pk__in=[at for _role, at in person.held_roles if at]).by_name()
    found = []
    for council in councils.select_related("place", "province"):
        roles = [role for role in Role if role in AT_A_COUNCIL and person.has_role(role, council=council)]
        with within(council):
            work = waiting(council) if COUNCIL_STAFF.intersection(roles) else None
        found.append(Workplace(council, [str(role.label) for role in roles], work))
    return found
