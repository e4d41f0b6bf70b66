"""The facts that mentoring keeps."""

from mentoring.models.application import Application, EligibilityCheck, Employment, Heard, Referral
from mentoring.models.followup import FollowUp
from mentoring.models.matching import MatchingRun, MatchPolicy, Proposal
from mentoring.models.mentor import Exclusion, Mentor
from mentoring.models.mentorship import Pair, PairGoal, Pulse, Session
from mentoring.models.module import Module, ModuleDone
from mentoring.models.programme import EligibilityRules, Intake, Programme, ResidenceStatus
from mentoring.models.screening import Interview, InterviewSlot, Orientation, OrientationSession

__all__ = [
    "Application",
    "EligibilityCheck",
    "EligibilityRules",
    "Employment",
    "Exclusion",
    "FollowUp",
    "Goal",
    "Intake",
    "Interview",
    "InterviewSlot",
    "MatchPolicy",
    "MatchingRun",
    "Mentor",
    "Mode",
    "Heard",
    "Orientation",
    "OrientationSession",
    "Pair",
    "PairGoal",
    "Programme",
    "Proposal",
    "Pulse",
    "Module",
    "ModuleDone",
    "Referral",
    "ResidenceStatus",
    "Session",
    "Slot",
]
