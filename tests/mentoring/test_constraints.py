"""The database refuses what mentoring must not hold: one attempt for each constraint, by its name."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from allies.kit.scope import across
from mentoring import models
from mentoring.states import ApplicationState, InterviewState, PairState, ProposalState, RunState, SessionState
from tests import factories
from tests.factories import employers as staff
from tests.factories import mentoring as make
from tests.factories import modules as modular
from tests.factories import results as made
from tests.mentoring.test_places import place_with

DAY, NOW = date(2026, 3, 2), make.NOW


def _twice(factory, **facts):
    factory(**facts)
    factory(**facts)


def _applies_twice():
    intake, person = make.IntakeFactory(), factories.UserFactory()
    _twice(make.ApplicationFactory, intake=intake, person=person)


def _two_at_one_place():
    _twice(modular.ModuleFactory, programme=make.ProgrammeFactory(), position=1)
    with connection.cursor() as cursor:
        # The order is judged at the end, so that two may change places.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _done_twice():
    pair = make.PairFactory(active=True)
    _twice(modular.ModuleDoneFactory, pair=pair, module=modular.ModuleFactory(programme=pair.programme))


def _level(name):
    return lambda: make.ApplicationFactory(**{name: 13})


def _score(name):
    return lambda: make.InterviewFactory(**{name: 5})


def _two_bookings():
    programme = make.ProgrammeFactory()
    application = make.ApplicationFactory(intake=make.IntakeFactory(programme=programme), submitted=True)
    _twice(make.InterviewFactory, application=application)


def _two_in_a_slot():
    slot = make.InterviewSlotFactory()
    intake = make.IntakeFactory(programme=slot.programme)
    for _ in range(2):
        make.InterviewFactory(slot=slot, application=make.ApplicationFactory(intake=intake, submitted=True))


def _interviewer_twice():
    person = factories.UserFactory()
    for minutes in (0, 30):
        start = NOW + timedelta(minutes=minutes)
        make.InterviewSlotFactory(interviewer=person, starts_at=start)


def _orientation(**facts):
    session = make.OrientationSessionFactory()
    return models.Orientation.objects.create(council=session.intake.programme.council, **facts)


def _seat_twice(side):
    session = make.OrientationSessionFactory()
    council = session.intake.programme.council
    if side == "mentor":
        one = {"mentor": make.MentorFactory(council=council), "application": None}
    else:
        one = {"application": make.ApplicationFactory(intake=session.intake, submitted=True)}
    _twice(make.OrientationFactory, session=session, **one)


def _run_twice(**facts):
    intake = make.IntakeFactory()
    policy = make.MatchPolicyFactory(programme=intake.programme)
    _twice(make.MatchingRunFactory, intake=intake, policy=policy, **facts)


def _proposed_twice():
    run = make.MatchingRunFactory(solved=True)
    _twice(make.ProposalFactory, run=run, application=make.ApplicationFactory(intake=run.intake, ready=True))


def _two_offers():
    application = make.ApplicationFactory(ready=True)
    council = application.intake.programme.council
    for _ in range(2):
        make.ProposalFactory(
            run=None,
            application=application,
            mentor=make.MentorFactory(council=council, available=True),
            state=ProposalState.TO_MENTOR,
            expires_at=NOW,
        )


def _excluded_twice():
    exclusion = make.ExclusionFactory()
    make.ExclusionFactory(council=exclusion.council, mentee=exclusion.mentee, mentor=exclusion.mentor)


def _two_places():
    person, programme = factories.UserFactory(), make.ProgrammeFactory()
    for _ in range(2):
        intake = make.IntakeFactory(programme=programme)
        make.PairFactory(application=make.ApplicationFactory(intake=intake, person=person, ready=True))


def _with_themselves():
    application = make.ApplicationFactory(ready=True)
    mentor = make.MentorFactory(council=application.intake.programme.council, person=application.person)
    make.PairFactory(application=application, mentor=mentor)


def _over_capacity():
    mentor = make.MentorFactory(available=True, capacity=1)
    for _ in range(2):
        place_with(mentor)


def _sessions_overlap():
    pair = make.PairFactory(active=True)
    for minutes in (0, 30):
        make.SessionFactory(pair=pair, starts_at=NOW + timedelta(minutes=minutes))


def _confirms_alone():
    pair = make.PairFactory(active=True)
    make.SessionFactory(pair=pair, logged_by=pair.mentee_person, confirmed_by=pair.mentee_person)


def _pulse_twice():
    pair = make.PairFactory(active=True)
    _twice(make.PulseFactory, pair=pair)


def _of_one_employer(factory, **facts):
    _twice(factory, organisation=factories.OrganisationFactory(), **facts)


IMPOSSIBLE = {
    "a_mentoring_programme_has_one_address": lambda: _twice(
        make.ProgrammeFactory, council=factories.CouncilFactory(), slug="mentoring"
    ),
    "a_public_mentoring_programme_speaks_both_languages": lambda: make.ProgrammeFactory(
        is_published=True, summary_fr=""
    ),
    "a_mentoring_group_has_a_size": lambda: make.ProgrammeFactory(group_least=6, group_most=4),
    "a_mentoring_programme_takes_time": lambda: make.ProgrammeFactory(hours=0),
    "eligibility_versions_are_numbered": lambda: _twice(
        make.EligibilityRulesFactory, programme=make.ProgrammeFactory(), version=2
    ),
    "an_eligibility_level_is_a_level": lambda: make.EligibilityRulesFactory(least_level=13),
    "eligibility_names_a_status": lambda: make.EligibilityRulesFactory(statuses=[]),
    "an_intake_is_named_once_in_a_programme": lambda: _twice(
        make.IntakeFactory, programme=make.ProgrammeFactory(), name_en="Spring"
    ),
    "an_intake_goes_forward": lambda: make.IntakeFactory(closes_on=date(2025, 1, 1)),
    "an_intake_has_places": lambda: make.IntakeFactory(places=0),
    "an_intake_state_is_known": lambda: make.IntakeFactory(state="lost"),
    "a_person_applies_once_to_an_intake": _applies_twice,
    "an_application_state_is_known": lambda: make.ApplicationFactory(state="lost", submitted_at=NOW),
    "an_application_beyond_a_draft_was_submitted": lambda: make.ApplicationFactory(state=ApplicationState.ELIGIBLE),
    "nobody_is_matched_before_screening_and_orientation": lambda: make.ApplicationFactory(ready=True, handbook_at=None),
    "an_application_to_be_matched_says_in_what": lambda: make.ApplicationFactory(ready=True, languages={}),
    "an_application_counts_years_of_a_life": lambda: make.ApplicationFactory(years=61),
    **{f"an_application_{name}_is_1_to_12": _level(name) for name in models.Application.LEVELS},
    "an_eligibility_override_has_a_reason": lambda: make.EligibilityCheckFactory(override_reason="A licence pends"),
    "an_interview_time_takes_time": lambda: make.InterviewSlotFactory(ends_at=NOW - timedelta(days=9)),
    "an_interviewer_is_in_one_place_at_a_time": _interviewer_twice,
    "an_application_has_one_booked_interview": _two_bookings,
    "an_interview_time_is_booked_once": _two_in_a_slot,
    "a_held_interview_says_what_came_of_it": lambda: make.InterviewFactory(state=InterviewState.HELD),
    **{f"an_interview_scores_{name}_1_to_4": _score(name) for name in models.Interview.SCORES},
    "an_orientation_takes_time": lambda: make.OrientationSessionFactory(ends_at=NOW),
    "an_orientation_has_seats": lambda: make.OrientationSessionFactory(seats=0),
    "an_orientation_is_of_a_mentee_or_a_mentor": lambda: make.OrientationFactory(application=None),
    "a_mentee_has_one_seat_in_an_orientation": lambda: _seat_twice("mentee"),
    "a_mentor_has_one_seat_in_an_orientation": lambda: _seat_twice("mentor"),
    "an_orientation_one_to_one_says_who_and_why": lambda: _orientation(
        application=make.ApplicationFactory(submitted=True)
    ),
    "matching_policies_are_numbered": lambda: _twice(
        make.MatchPolicyFactory, programme=make.ProgrammeFactory(), version=2
    ),
    "a_least_score_is_a_score": lambda: make.MatchPolicyFactory(floor=1001),
    "a_run_with_the_same_input_exists_once": lambda: _run_twice(
        input_hash="same", solved=True, state=RunState.PUBLISHED, published_at=NOW, published_by=factories.UserFactory()
    ),
    "an_intake_has_one_run_under_way": _run_twice,
    "a_result_of_matching_is_proven": lambda: make.MatchingRunFactory(solved=True, certificate={"ok": False}),
    "a_published_run_says_who_and_when": lambda: make.MatchingRunFactory(solved=True, state=RunState.PUBLISHED),
    "a_run_state_is_known": lambda: make.MatchingRunFactory(state="lost"),
    "a_run_proposes_once_for_a_mentee": _proposed_twice,
    "a_mentee_has_one_open_offer": _two_offers,
    "a_proposal_scores_at_most_1000": lambda: make.ProposalFactory(score=1001),
    "an_offer_of_a_pair_expires": lambda: make.ProposalFactory(state=ProposalState.TO_MENTEE),
    "a_declined_pair_says_by_whom_and_why": lambda: make.ProposalFactory(state=ProposalState.DECLINED),
    "a_proposal_state_is_known": lambda: make.ProposalFactory(state="lost"),
    "a_person_mentors_once_at_a_council": lambda: _twice(
        make.MentorFactory, council=factories.CouncilFactory(), person=factories.UserFactory()
    ),
    "a_mentor_has_at_most_as_many_mentees_as_places": _over_capacity,
    "a_mentor_has_a_sensible_capacity": lambda: make.MentorFactory(capacity=13),
    "a_mentor_state_is_known": lambda: make.MentorFactory(state="lost"),
    "a_mentor_mentors_in_some_way": lambda: make.MentorFactory(kinds=[]),
    "a_mentor_is_oriented_before_being_available": lambda: make.MentorFactory(available=True, handbook_at=None),
    "a_mentor_counts_years_of_a_life": lambda: make.MentorFactory(years=71),
    "a_pair_is_excluded_once_for_a_reason": _excluded_twice,
    "a_mentee_has_one_place_at_a_time_in_a_programme": _two_places,
    "nobody_mentors_themselves": _with_themselves,
    "a_pair_under_way_has_started": lambda: make.PairFactory(state=PairState.ACTIVE),
    "a_pair_that_ended_says_when": lambda: make.PairFactory(active=True, state=PairState.COMPLETED),
    "a_pair_that_ended_early_says_why": lambda: make.PairFactory(
        active=True, state=PairState.ENDED_EARLY, ended_on=DAY
    ),
    "a_pair_on_hold_says_until_when": lambda: make.PairFactory(active=True, state=PairState.ON_HOLD),
    "a_pair_state_is_known": lambda: make.PairFactory(state="lost"),
    "progress_is_0_to_100": lambda: make.PairGoalFactory(progress=101),
    "a_reached_goal_is_complete": lambda: make.PairGoalFactory(progress=90, reached_on=DAY),
    "a_session_takes_time": lambda: make.SessionFactory(starts_at=NOW, ends_at=NOW),
    "nobody_confirms_their_own_session": _confirms_alone,
    "a_settled_session_says_when": lambda: make.SessionFactory(state=SessionState.CONFIRMED),
    "a_questioned_session_says_why": lambda: make.SessionFactory(state=SessionState.DISPUTED, settled_at=NOW),
    "sessions_of_a_pair_do_not_overlap": _sessions_overlap,
    "a_pulse_is_answered_once": _pulse_twice,
    "a_pulse_rates_1_to_5": lambda: make.PulseFactory(rating=6),
    "a_follow_up_comes_once": lambda: _twice(
        make.FollowUpFactory, pair=make.PairFactory(active=True), wave=models.FollowUp.Wave.MONTH_3
    ),
    "modules_of_a_programme_stand_in_order": _two_at_one_place,
    "a_module_is_named_once_in_a_programme": lambda: _twice(
        modular.ModuleFactory, programme=make.ProgrammeFactory(), title_en="Say no"
    ),
    "a_module_says_what_to_do_in_both_languages": lambda: modular.ModuleFactory(task_fr=""),
    "a_pair_does_a_module_once": _done_twice,
    "an_application_comes_from_a_known_place": lambda: make.ApplicationFactory(heard_by="a bird"),
    "a_follow_up_has_a_window": lambda: make.FollowUpFactory(due_on=DAY, opens_on=DAY, closes_on=date(2026, 1, 1)),
    "an_answered_follow_up_says_when_and_how": lambda: make.FollowUpFactory(answered=True, answered_on=None),
    "hours_are_asked_of_those_who_work": lambda: make.FollowUpFactory(answered=True, hours=101),
    "a_follow_up_by_phone_says_who_called": lambda: make.FollowUpFactory(answered=True, way=models.FollowUp.Way.PHONE),
    "who_works_is_asked_later_whether_it_is_the_same_employer": lambda: make.FollowUpFactory(
        answered=True, employer="same"
    ),
    "a_step_of_a_plan_says_what": lambda: made.PlanStepFactory(text=""),
    "a_programme_has_one_target_a_year": lambda: _twice(made.YearTargetFactory, programme=make.ProgrammeFactory()),
    "a_target_is_for_a_year": lambda: made.YearTargetFactory(year=1066),
    "a_target_can_be_reached": lambda: made.YearTargetFactory(matches=5001),
    "a_report_narrows_within_a_council": lambda: made.ResultReportFactory(council=None, year=2026),
    "a_report_names_its_rows": lambda: made.ResultReportFactory(rows_hash="none"),
    "a_report_says_why_and_of_what": lambda: made.ResultReportFactory(reason=""),
    "an_employer_asks_for_years_of_a_working_life": lambda: staff.EmployerTermsFactory(least_years=41),
    "an_offer_to_host_says_since_when": lambda: staff.EmployerTermsFactory(hosting="A room"),
    "an_employer_has_one_champion_at_a_time": lambda: _of_one_employer(staff.ChampionFactory),
    "a_champion_ends_after_beginning": lambda: staff.ChampionFactory(ended_at=NOW),
    "an_accepted_employer_invitation_names_who_and_when": lambda: staff.EmployerInvitationFactory(accepted_at=NOW),
    "an_employer_invitation_ends_in_one_way": lambda: staff.EmployerInvitationFactory(
        accepted_at=NOW, accepted_by=factories.UserFactory(), revoked_at=NOW
    ),
    "an_employer_invitation_expires_after_it_is_sent": lambda: staff.EmployerInvitationFactory(expires_at=NOW),
    "an_address_has_one_open_invitation_of_an_employer": lambda: _of_one_employer(
        staff.EmployerInvitationFactory, email="a@people.example"
    ),
    "one_person_at_a_time_is_asked_to_be_champion": lambda: _of_one_employer(
        staff.EmployerInvitationFactory, kind="champion"
    ),
    "a_mentor_is_thanked_once_a_year": lambda: _twice(
        staff.ThanksFactory, mentor=make.MentorFactory(available=True), year=2025
    ),
    "thanks_are_for_time_given_to_somebody": lambda: staff.ThanksFactory(people=0),
    "a_follow_up_state_is_known": lambda: make.FollowUpFactory(state="lost"),
}


def test_each_constraint_of_mentoring_has_an_attempt_here() -> None:
    named = {c.name for m in apps.get_app_config("mentoring").get_models() for c in m._meta.constraints}
    assert set(IMPOSSIBLE) == named


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(IMPOSSIBLE))
def test_the_database_refuses(name) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic(), across():
        IMPOSSIBLE[name]()
    assert refused.value.__cause__.diag.constraint_name == name
