"""Mentoring in the small world: at each of the two councils one of everything, with the mentee and a mentor in it."""

from typing import Any

from councils.models import Council, Organisation, User
from mentoring.states import ApplicationState
from tests import factories
from tests.factories import employers as staff
from tests.factories import mentoring as make
from tests.factories import modules as modular
from tests.factories import results as made
from tests.replaying import replayed
from tests.world import World, build, something_is_there


def add_mentoring(world: World) -> World:
    """Add mentoring to a world: the world's mentee is paired at Halifax; the mentor's people are new."""
    people, bank, foreign_bank = world.people, world.things["Organisation"], world.foreign["Organisation"]
    world.things.update(_one_of_everything(world.halifax, people["mentee"], people["coordinator"], bank))
    world.foreign.update(_one_of_everything(world.calgary, factories.UserFactory(), people["rival"], foreign_bank))
    return world


def _one_of_everything(council: Council, mentee: User, coordinator: User, employer: Organisation) -> dict[str, Any]:
    programme = make.ProgrammeFactory(council=council, slug="mentoring", is_published=True)
    rules = make.EligibilityRulesFactory(programme=programme)
    intake = make.IntakeFactory(programme=programme, state="open")
    mentor = make.MentorFactory(council=council, available=True, capacity=3)
    application = make.ApplicationFactory(
        intake=intake, person=mentee, ready=True, state=ApplicationState.MATCHED, matched_at=make.NOW
    )
    applicant = make.ApplicationFactory(intake=intake, submitted=True)
    waiting = make.ApplicationFactory(intake=intake, ready=True)
    run = make.MatchingRunFactory(intake=intake, solved=True)
    slot = make.InterviewSlotFactory(programme=programme, interviewer=coordinator)
    session = make.OrientationSessionFactory(intake=intake)
    pair = make.PairFactory(application=application, mentor=mentor, active=True)
    module = modular.ModuleFactory(programme=programme)
    return {
        "EmployerTerms": staff.EmployerTermsFactory(organisation=employer),
        "Champion": staff.ChampionFactory(organisation=employer),
        "EmployerInvitation": staff.EmployerInvitationFactory(organisation=employer),
        "Thanks": staff.ThanksFactory(mentor=mentor),
        "Programme": programme,
        "EligibilityRules": rules,
        "Intake": intake,
        "Mentor": mentor,
        "Application": application,
        "applicant": applicant,
        "waiting": waiting,
        "EligibilityCheck": make.EligibilityCheckFactory(application=applicant, rules=rules),
        "Referral": make.ReferralFactory(application=applicant),
        "Exclusion": make.ExclusionFactory(council=council, mentee=applicant.person, mentor=mentor),
        "InterviewSlot": slot,
        "Interview": make.InterviewFactory(application=applicant, slot=slot),
        "OrientationSession": session,
        "Orientation": make.OrientationFactory(session=session, application=applicant),
        "MatchPolicy": run.policy,
        "MatchingRun": run,
        "Proposal": make.ProposalFactory(run=run, application=waiting, mentor=mentor),
        "Pair": pair,
        "Module": module,
        "ModuleDone": modular.ModuleDoneFactory(pair=pair, module=module),
        "PlanStep": made.PlanStepFactory(pair=pair),
        "YearTarget": made.YearTargetFactory(programme=programme),
        "ResultReport": made.ResultReportFactory(council=council),
        "PairGoal": make.PairGoalFactory(pair=pair),
        "Session": make.SessionFactory(pair=pair),
        "Pulse": make.PulseFactory(pair=pair),
        "FollowUp": make.FollowUpFactory(pair=pair, state="to_call", asked=4),
    }


@replayed(unless=something_is_there)
def build_with_mentoring() -> World:
    """Build the world with mentoring in it."""
    return add_mentoring(build())
