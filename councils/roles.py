"""Roles: what each is called, what it means in plain words, and where it is held."""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Role(models.TextChoices):
    """Every role that a person can hold."""

    ADMINISTRATOR = "administrator", _("Administrator")
    NATIONAL_STAFF = "national_staff", _("National staff")
    COACH = "coach", _("Coach")
    COMMITTEE = "committee", _("Steering Committee member")
    FUNDER = "funder", _("Funder")
    DIRECTOR = "director", _("Executive director")
    COORDINATOR = "coordinator", _("Coordinator")
    BOARD = "board", _("Board member or champion")
    PARTNER = "partner", _("Delivery partner")
    MENTEE = "mentee", _("Mentee")
    MENTOR = "mentor", _("Mentor")
    CONNECTOR = "connector", pgettext_lazy("role", "Connector")
    EMPLOYER = "employer", _("Employer contact")


class Place(models.TextChoices):
    """Where a role is held."""

    NATIONAL = "national", _("National")
    COUNCIL = "council", _("At a council")
    OWN = "own", _("For oneself")


@dataclass(frozen=True, slots=True)
class RoleFacts:
    """What is true of a role: where it is held, whether it needs a second factor, and what it may do."""

    place: Place
    is_staff: bool
    may: str | Promise


FACTS: dict[Role, RoleFacts] = {
    Role.ADMINISTRATOR: RoleFacts(
        Place.NATIONAL,
        True,
        _("Manages accounts and all data in the administration, and gives national roles."),
    ),
    Role.NATIONAL_STAFF: RoleFacts(
        Place.NATIONAL,
        True,
        _(
            "Keeps the registry of councils, its figures and its sources, and compares results. "
            "Sees personal data only after stating a reason, which is logged."
        ),
    ),
    Role.COACH: RoleFacts(
        Place.NATIONAL,
        True,
        _("Follows the councils, their readiness and their yearly reflections. Sees no personal data."),
    ),
    Role.COMMITTEE: RoleFacts(
        Place.NATIONAL,
        True,
        _("Reads the state of the network and decides on grants. Sees no personal data."),
    ),
    Role.FUNDER: RoleFacts(
        Place.NATIONAL,
        True,
        _("Reads the network's results. Changes nothing and sees no personal data."),
    ),
    Role.DIRECTOR: RoleFacts(
        Place.COUNCIL,
        True,
        _("Leads one council: edits its pages, its people and their roles, and files its yearly reflection."),
    ),
    Role.COORDINATOR: RoleFacts(
        Place.COUNCIL,
        True,
        _("Runs the daily work of one council: pages, partners, bodies, meetings, programmes and stories."),
    ),
    Role.BOARD: RoleFacts(
        Place.COUNCIL,
        False,
        _("Reads one council's workspace: its bodies, meetings and minutes. Changes nothing."),
    ),
    Role.PARTNER: RoleFacts(
        Place.COUNCIL,
        False,
        _("Delivers programmes for one council and reads their pages in its workspace."),
    ),
    Role.MENTEE: RoleFacts(Place.OWN, False, _("Applies for mentoring and follows the application.")),
    Role.MENTOR: RoleFacts(Place.OWN, False, _("Mentors newcomers in the same profession.")),
    Role.CONNECTOR: RoleFacts(Place.OWN, False, _("Meets newcomers and introduces them to three colleagues.")),
    Role.EMPLOYER: RoleFacts(Place.OWN, False, _("Speaks for an employer that mentors, hires or hosts interns.")),
}

NATIONAL = frozenset(r for r, f in FACTS.items() if f.place is Place.NATIONAL)
AT_A_COUNCIL = frozenset(r for r, f in FACTS.items() if f.place is Place.COUNCIL)
OWN = frozenset(r for r, f in FACTS.items() if f.place is Place.OWN)
STAFF = frozenset(r for r, f in FACTS.items() if f.is_staff)
COUNCIL_STAFF = frozenset({Role.DIRECTOR, Role.COORDINATOR})
REGISTRY_STAFF = frozenset({Role.ADMINISTRATOR, Role.NATIONAL_STAFF})
