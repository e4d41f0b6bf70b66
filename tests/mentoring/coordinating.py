"""What the tests of a coordinator's work share: a council with an open intake, and people on their way."""

from datetime import timedelta
from types import SimpleNamespace

from django.utils import timezone

from allies.kit.models import Letter
from mentoring.models import Interview
from tests.factories import mentoring as make

SCORES = {"goals_clear": 3, "field_ready": 3, "communication": 4, "commitment": 4}


def place(world):
    """Halifax with a public programme, its rules and an open intake; entered by the caller."""
    programme = make.ProgrammeFactory(council=world.halifax, slug="mentoring", is_published=True)
    rules = make.EligibilityRulesFactory(programme=programme)
    intake = make.IntakeFactory(programme=programme, state="open")
    return SimpleNamespace(
        council=world.halifax, programme=programme, rules=rules, intake=intake, by=world.people["coordinator"]
    )


def applicant(here, **facts):
    """Somebody who is eligible."""
    return make.ApplicationFactory(intake=here.intake, submitted=True, **facts)


def slot(here, *, hours=24, **facts):
    """An interview time so many hours from now."""
    starts = timezone.now() + timedelta(hours=hours)
    return make.InterviewSlotFactory(programme=here.programme, interviewer=here.by, starts_at=starts, **facts)


def begun(interview):
    """Let a booked interview's time come."""
    starts = timezone.now() - timedelta(hours=1)
    interview.slot.starts_at, interview.slot.ends_at = starts, starts + timedelta(minutes=45)
    interview.slot.save()
    return Interview.objects.select_related("slot", "application").get(pk=interview.pk)


def session(here, *, hours=24, **facts):
    """An orientation session so many hours from now."""
    starts = timezone.now() + timedelta(hours=hours)
    return make.OrientationSessionFactory(
        intake=here.intake, starts_at=starts, ends_at=starts + timedelta(hours=2, minutes=30), **facts
    )


def told(application):
    """The kinds of the letters that wait for an applicant, in their order."""
    letters = Letter.objects.filter(person=application.person, template="mentoring/step").order_by("created_at")
    return [letter.context["kind"] for letter in letters]
