"""What the rules say of an application as it stands."""

from django.utils import timezone

from mentoring.eligibility import Answers, Finding, judge
from mentoring.models import Application, EligibilityRules
from mentoring.queries.programmes import as_rules, newest_rules


def answers_of(application: Application) -> Answers:
    """The six answers of an application."""
    return Answers(
        status=application.status,
        is_job_ready=application.is_job_ready,
        employment=application.employment,
        years=application.years,
        last_worked=application.last_worked,
        levels=tuple(getattr(application, name) for name in Application.LEVELS),
        has_time=application.has_time,
    )


def judged(application: Application, rules: EligibilityRules | None = None) -> list[Finding]:
    """What each rule says of an application today; the newest rules unless others are given."""
    programme = application.intake.programme
    used = as_rules(rules or newest_rules(programme), programme)
    return judge(answers_of(application), used, year=timezone.localdate().year)
