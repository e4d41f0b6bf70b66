"""The facts that mentoring keeps."""

from mentoring.models.application import Application, EligibilityCheck, Employment, Heard, Referral
from mentoring.models.employer import Champion, EmployerInvitation, EmployerTerms
from mentoring.models.followup import FollowUp
from mentoring.models.matching import MatchingRun, MatchPolicy, Proposal
from mentoring.models.mentor import Exclusion, Mentor
from mentoring.models.mentorship import Pair, PairGoal, Pulse, Session
from mentoring.models.module import Module, ModuleDone
from mentoring.models.plan import PlanStep
from mentoring.models.profile import Goal, Mode, Seniority, Slot
from mentoring.models.programme import EligibilityRules, Intake, Programme, ResidenceStatus
from mentoring.models.results import ResultReport, YearTarget
from mentoring.models.screening import Interview, InterviewSlot, Orientation, OrientationSession
from mentoring.models.thanks import Thanks

__all__ = [
    "Application",
    "Champion",
    "EligibilityCheck",
    "EligibilityRules",
    "EmployerInvitation",
    "EmployerTerms",
    "Employment",
    "Exclusion",
    "FollowUp",
    "Goal",
    "Heard",
    "Intake",
    "Interview",
    "InterviewSlot",
    "MatchPolicy",
    "MatchingRun",
    "Mentor",
    "Mode",
    "Module",
    "ModuleDone",
    "Orientation",
    "OrientationSession",
    "Pair",
    "PairGoal",
    "PlanStep",
    "Programme",
    "Proposal",
    "Pulse",
    "Referral",
    "ResidenceStatus",
    "ResultReport",
    "Seniority",
    "Session",
    "Slot",
    "Thanks",
    "YearTarget",
]
