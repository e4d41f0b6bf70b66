"""The facts that the registry keeps."""

from councils.models.council import Council, DatePrecision, FormerName, HostType, RetiredSlug, StageChange
from councils.models.events import Event, Registration
from councils.models.facts import Fact, FactValue, LabourFigure, LabourTable, Source
from councils.models.membership import Invitation, Membership
from councils.models.person import Consent, StaffSession, User
from councils.models.readiness import Readiness
from councils.models.reference import (
    LanguageLevel,
    Occupation,
    OccupationGroup,
    OccupationTitle,
    Place,
    Province,
    Sector,
    Teer,
)
from councils.models.table import Attendance, Body, Meeting, Organisation, Seat, StakeholderGroup
from councils.models.telling import Reflection, Story
from councils.models.work import LocalProgramme

__all__ = [
    "Attendance",
    "Body",
    "Consent",
    "Council",
    "DatePrecision",
    "Event",
    "Fact",
    "FactValue",
    "FormerName",
    "HostType",
    "Invitation",
    "LabourFigure",
    "LabourTable",
    "LanguageLevel",
    "LocalProgramme",
    "Meeting",
    "Membership",
    "Occupation",
    "OccupationGroup",
    "OccupationTitle",
    "Organisation",
    "Place",
    "Province",
    "Readiness",
    "Reflection",
    "Registration",
    "RetiredSlug",
    "Seat",
    "Sector",
    "Source",
    "StaffSession",
    "StageChange",
    "StakeholderGroup",
    "Story",
    "Teer",
    "User",
]
