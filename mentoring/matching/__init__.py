"""The engine of matching: pure functions of arrays, without Django, clock or chance; numpy and scipy only."""

from mentoring.matching.engine import ScoreList, match, match_scores, score_list
from mentoring.matching.people import Mentee, Mentees, Mentor, Mentors, Mode
from mentoring.matching.policy import Criterion, Policy, Rule, Weight
from mentoring.matching.result import Result

__all__ = [
    "Criterion",
    "Mentee",
    "Mentees",
    "Mentor",
    "Mentors",
    "Mode",
    "Policy",
    "Result",
    "Rule",
    "ScoreList",
    "Weight",
    "match",
    "match_scores",
    "score_list",
]
