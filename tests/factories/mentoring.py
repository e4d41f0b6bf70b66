"""The smallest valid thing of each table of mentoring."""

from datetime import UTC, date, datetime, timedelta

import factory

from mentoring import models
from mentoring.states import ApplicationState, FollowUpState, InterviewState, MentorState, PairState, RunState
from tests.factories import CouncilFactory, Made, OccupationFactory, OrganisationFactory, UserFactory

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)


class ProgrammeFactory(Made):
    class Meta:
        model = models.Programme

    council = factory.SubFactory(CouncilFactory)
    slug = factory.Sequence(lambda n: f"mentoring-{n}")
    name_en = factory.Sequence(lambda n: f"Mentoring {n}")
    name_fr = factory.Sequence(lambda n: f"Mentorat {n}")
    summary_en = "Six conversations that open doors."
    summary_fr = "Six conversations qui ouvrent des portes."


class EligibilityRulesFactory(Made):
    class Meta:
        model = models.EligibilityRules

    programme = factory.SubFactory(ProgrammeFactory)


class IntakeFactory(Made):
    class Meta:
        model = models.Intake

    programme = factory.SubFactory(ProgrammeFactory)
    name_en = factory.Sequence(lambda n: f"Spring {n}")
    name_fr = factory.Sequence(lambda n: f"Printemps {n}")
    opens_on = date(2026, 1, 5)
    closes_on = date(2026, 2, 1)
    match_by = date(2026, 3, 1)
    starts_on = date(2026, 3, 15)
    ends_on = date(2026, 7, 15)
    places = 20


class ApplicationFactory(Made):
    class Meta:
        model = models.Application

    class Params:
        submitted = factory.Trait(
            state=ApplicationState.ELIGIBLE, submitted_at=NOW, eligible_at=NOW + timedelta(minutes=1)
        )
        ready = factory.Trait(
            state=ApplicationState.READY,
            submitted_at=NOW,
            eligible_at=NOW,
            screened_at=NOW,
            oriented_at=NOW,
            handbook_at=NOW,
            ready_at=NOW,
        )

    intake = factory.SubFactory(IntakeFactory)
    person = factory.SubFactory(UserFactory)
    status = models.ResidenceStatus.PERMANENT
    is_job_ready = True
    employment = models.Employment.UNEMPLOYED
    years = 6
    last_worked = 2024
    has_time = True
    level_listening = 8
    level_speaking = 8
    level_reading = 8
    level_writing = 7
    level_evidence = models.Application.Evidence.TEST
    occupation = factory.SubFactory(OccupationFactory)
    languages = factory.LazyFunction(lambda: {"en": 8, "fr": 5})
    goals = factory.LazyFunction(lambda: ["network", "interview"])
    availability = factory.LazyFunction(lambda: ["weekday_evening"])
    mode = models.Mode.EITHER


class EligibilityCheckFactory(Made):
    class Meta:
        model = models.EligibilityCheck

    application = factory.SubFactory(ApplicationFactory, submitted=True)
    rules = factory.LazyAttribute(lambda c: EligibilityRulesFactory(programme=c.application.intake.programme))
    verdicts = factory.LazyFunction(lambda: {"status": "pass"})
    verdict = models.EligibilityCheck.Verdict.PASS


class ReferralFactory(Made):
    class Meta:
        model = models.Referral

    application = factory.SubFactory(ApplicationFactory, submitted=True)
    partner = factory.LazyAttribute(lambda r: OrganisationFactory(council=r.application.intake.programme.council))
    service = "Language classes"


class MentorFactory(Made):
    class Meta:
        model = models.Mentor

    class Params:
        available = factory.Trait(state=MentorState.AVAILABLE, oriented_on=date(2026, 1, 20), handbook_at=NOW)

    council = factory.SubFactory(CouncilFactory)
    person = factory.SubFactory(UserFactory)
    occupation = factory.SubFactory(OccupationFactory)
    years = 12
    languages = factory.LazyFunction(lambda: {"en": 12})
    goals = factory.LazyFunction(lambda: ["network", "job_search"])
    availability = factory.LazyFunction(lambda: ["weekday_evening", "saturday"])


class ExclusionFactory(Made):
    class Meta:
        model = models.Exclusion

    council = factory.SubFactory(CouncilFactory)
    mentee = factory.SubFactory(UserFactory)
    mentor = factory.LazyAttribute(lambda e: MentorFactory(council=e.council))
    kind = models.Exclusion.Kind.STAFF


class InterviewSlotFactory(Made):
    class Meta:
        model = models.InterviewSlot

    programme = factory.SubFactory(ProgrammeFactory)
    interviewer = factory.SubFactory(UserFactory)
    starts_at = factory.Sequence(lambda n: NOW + timedelta(hours=n))
    ends_at = factory.LazyAttribute(lambda s: s.starts_at + timedelta(minutes=45))
    where = "Main Street 1"


class InterviewFactory(Made):
    class Meta:
        model = models.Interview

    class Params:
        held = factory.Trait(
            state=InterviewState.HELD,
            held_by=factory.SubFactory(UserFactory),
            held_at=NOW,
            goals_clear=3,
            field_ready=3,
            communication=4,
            commitment=4,
            recommendation=models.Interview.Recommendation.ACCEPT,
        )

    application = factory.SubFactory(ApplicationFactory, submitted=True)
    slot = factory.LazyAttribute(lambda i: InterviewSlotFactory(programme=i.application.intake.programme))


class OrientationSessionFactory(Made):
    class Meta:
        model = models.OrientationSession

    intake = factory.SubFactory(IntakeFactory)
    starts_at = NOW
    ends_at = NOW + timedelta(hours=2, minutes=30)
    where = "Main Street 1"


class OrientationFactory(Made):
    class Meta:
        model = models.Orientation

    session = factory.SubFactory(OrientationSessionFactory)
    application = factory.LazyAttribute(lambda o: ApplicationFactory(intake=o.session.intake, submitted=True))
    council = factory.LazyAttribute(lambda o: o.session.intake.programme.council)


class MatchPolicyFactory(Made):
    class Meta:
        model = models.MatchPolicy

    programme = factory.SubFactory(ProgrammeFactory)
    weights = factory.LazyFunction(lambda: {"occupation": "high"})


class MatchingRunFactory(Made):
    class Meta:
        model = models.MatchingRun

    class Params:
        solved = factory.Trait(
            state=RunState.SOLVED,
            certificate=factory.LazyFunction(lambda: {"ok": True}),
            matched=1,
            total=700,
            worst=700,
            solved_at=NOW,
        )

    intake = factory.SubFactory(IntakeFactory)
    policy = factory.LazyAttribute(lambda r: MatchPolicyFactory(programme=r.intake.programme))
    snapshot = factory.LazyFunction(lambda: {"mentees": [], "mentors": []})
    input_hash = factory.Sequence(lambda n: f"{n:064x}")
    seed = "a seed"
    asked_by = factory.SubFactory(UserFactory)


class ProposalFactory(Made):
    class Meta:
        model = models.Proposal

    run = factory.SubFactory(MatchingRunFactory, solved=True)
    application = factory.LazyAttribute(lambda p: ApplicationFactory(intake=p.run.intake, ready=True))
    mentor = factory.LazyAttribute(lambda p: MentorFactory(council=p.run.intake.programme.council, available=True))
    score = 700


class PairFactory(Made):
    class Meta:
        model = models.Pair

    class Params:
        active = factory.Trait(state=PairState.ACTIVE, started_on=date(2026, 3, 16), planned_end_on=date(2026, 7, 13))

    application = factory.SubFactory(ApplicationFactory, ready=True)
    programme = factory.LazyAttribute(lambda p: p.application.intake.programme)
    mentor = factory.LazyAttribute(lambda p: MentorFactory(council=p.programme.council, available=True))
    mentee_person = factory.LazyAttribute(lambda p: p.application.person)
    mentor_person = factory.LazyAttribute(lambda p: p.mentor.person)


class PairGoalFactory(Made):
    class Meta:
        model = models.PairGoal

    pair = factory.SubFactory(PairFactory, active=True)
    kind = models.Goal.NETWORK
    target = "Meet five people who do this work here"
    added_by = factory.LazyAttribute(lambda g: g.pair.mentee_person)


class SessionFactory(Made):
    class Meta:
        model = models.Session

    pair = factory.SubFactory(PairFactory, active=True)
    starts_at = factory.Sequence(lambda n: NOW + timedelta(days=14, hours=3 * n))
    ends_at = factory.LazyAttribute(lambda s: s.starts_at + timedelta(hours=1, minutes=30))
    how = models.Session.How.VIDEO
    logged_by = factory.LazyAttribute(lambda s: s.pair.mentor_person)


class PulseFactory(Made):
    class Meta:
        model = models.Pulse

    pair = factory.SubFactory(PairFactory, active=True)
    person = factory.LazyAttribute(lambda p: p.pair.mentee_person)
    wave = models.Pulse.Wave.FIRST
    fit = models.Pulse.Fit.GOOD
    rating = 4


class FollowUpFactory(Made):
    class Meta:
        model = models.FollowUp

    class Params:
        answered = factory.Trait(
            state=FollowUpState.ANSWERED,
            asked=1,
            answered_on=date(2026, 4, 1),
            way=models.FollowUp.Way.LINK,
            work=models.FollowUp.Work.EMPLOYED,
            hours=37,
            in_field=True,
            earnings=models.FollowUp.Earnings.UNDER_60,
            contacts=6,
        )

    pair = factory.SubFactory(PairFactory, active=True)
    wave = models.FollowUp.Wave.START
    due_on = date(2026, 3, 16)
    opens_on = factory.LazyAttribute(lambda f: f.due_on)
    closes_on = factory.LazyAttribute(lambda f: f.due_on + timedelta(days=30))
