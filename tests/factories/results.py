"""The smallest valid target, report and step of a plan."""

from datetime import date

import factory

from mentoring import models
from tests.factories import CouncilFactory, Made, UserFactory
from tests.factories.mentoring import PairFactory, ProgrammeFactory


class YearTargetFactory(Made):
    class Meta:
        model = models.YearTarget

    programme = factory.SubFactory(ProgrammeFactory)
    year = 2026
    matches = 110
    completed = 90


class ResultReportFactory(Made):
    class Meta:
        model = models.ResultReport

    council = factory.SubFactory(CouncilFactory)
    subject_en = "All programmes"
    subject_fr = "Tous les programmes"
    until = date(2026, 3, 1)
    numbers = factory.LazyFunction(dict)
    method = 1
    rows_hash = "0" * 64
    reason = "For the annual report"
    frozen_by = factory.SubFactory(UserFactory)


class PlanStepFactory(Made):
    class Meta:
        model = models.PlanStep

    pair = factory.SubFactory(PairFactory, active=True)
    text = "Ask for a talk about my pay"
