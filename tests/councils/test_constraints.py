"""The database refuses the impossible: one attempt for each constraint, by its name."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import timezone

from allies.kit.scope import across
from councils import models
from councils.roles import Role
from councils.states import ReflectionState, Stage, StoryState
from tests import factories as make
from tests.factories.events import RegistrationFactory

LATE, EARLY = date(2026, 2, 1), date(2026, 1, 1)


def _twice(factory, **facts):
    factory(**facts)
    factory(**facts)


def _overlap(**facts):
    person = make.UserFactory()
    make.MembershipFactory(person=person, starts_on=EARLY, **facts)
    make.MembershipFactory(person=person, starts_on=LATE, **facts)


def _published(**gap):
    return make.StoryFactory(published=True, **gap)


def _merge_into_itself():
    council = make.CouncilFactory()
    models.Council.objects.filter(pk=council.pk).update(stage=Stage.MERGED, merged_into=council)


def _level(level):
    models.LanguageLevel.objects.create(level=level, stage_en="Basic", stage_fr="Débutant")


def _occupation(code, group="1"):
    models.OccupationGroup.objects.create(code="1", title_en="Business", title_fr="Affaires")
    models.Teer.objects.create(code=1, title_en="University", title_fr="Université")
    return models.Occupation.objects.create(code=code, group_id=group, teer_id=1, title_en="A", title_fr="B")


def _job_title_twice():
    occupation = _occupation("11100")
    for _ in range(2):
        models.OccupationTitle.objects.create(occupation=occupation, language="en", title="Auditor", folded="auditor")


def _registers_twice():
    event = make.EventFactory()
    RegistrationFactory(event=event, email="amina@people.example")
    RegistrationFactory(event=event, email="Amina@People.example")


def _labour(**facts):
    table = models.LabourTable.objects.get_or_create(
        product="14-10-0082", defaults={"title_en": "T", "title_fr": "T", "imported_at": timezone.now(), "rows": 1}
    )[0]
    given = {"geography": "Halifax", "period": EARLY, "categories": ["Total"], "unit": "Persons", "value": 1} | facts
    models.LabourFigure.objects.create(table=table, **given)


def _consent(**facts):
    models.Consent.objects.create(person=make.UserFactory(), purpose="news", wording="1", language="en", **facts)


def _two_consents():
    person = make.UserFactory()
    for _ in range(2):
        models.Consent.objects.create(person=person, purpose="news", wording="1", language="en")


def _session(**facts):
    given = {"reason": "Support", "ends_at": timezone.now() + timedelta(hours=1)} | facts
    models.StaffSession.objects.create(person=make.UserFactory(), council=make.CouncilFactory(), **given)


def _change(**facts):
    given = {"from_stage": "", "to_stage": Stage.START_UP, "on": EARLY, "reason_en": "Why", "reason_fr": "Pourquoi"}
    models.StageChange.objects.create(council=make.CouncilFactory(), **(given | facts))


def _former_name(**facts):
    given = {"name_en": "Task force", "name_fr": "Groupe de travail"} | facts
    models.FormerName.objects.create(council=make.CouncilFactory(), **given)


def _two_shown_values():
    fact = make.FactFactory()
    make.FactValueFactory(fact=fact, is_shown=True)
    make.FactValueFactory(fact=fact, is_shown=True)


def _attends_twice():
    meeting = make.MeetingFactory()
    _twice(make.AttendanceFactory, meeting=meeting, seat=make.SeatFactory(body=meeting.body))


def _value_twice():
    fact, source = make.FactFactory(), make.SourceFactory()
    _twice(make.FactValueFactory, fact=fact, source=source, locator="p. 1", text_en="4", text_fr="4")


NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)

IMPOSSIBLE = {
    "a_cma_code_names_one_place": lambda: [make.PlaceFactory(cma="205"), make.PlaceFactory(cma="205")],
    "a_place_lies_in_canada": lambda: make.PlaceFactory(latitude=-33.9, longitude=151.2),
    "a_language_level_is_1_to_12": lambda: _level(13),
    "an_occupation_code_has_five_digits": lambda: _occupation("1110"),
    "an_occupation_code_begins_with_its_group": lambda: _occupation("21100"),
    "a_job_title_is_listed_once": _job_title_twice,
    "an_address_belongs_to_one_person": lambda: [
        make.UserFactory(email="a@people.example"),
        models.User.objects.create(email="A@people.example", name="A"),
    ],
    "an_erased_person_may_not_sign_in": lambda: make.UserFactory(erased_at=NOW),
    "one_open_consent_for_each_purpose": _two_consents,
    "consent_is_withdrawn_after_it_is_given": lambda: _consent(given_at=NOW, withdrawn_at=NOW - timedelta(1)),
    "a_staff_session_ends_after_it_starts": lambda: _session(ends_at=NOW - timedelta(1)),
    "a_staff_session_states_a_reason": lambda: _session(reason=""),
    "a_published_council_speaks_both_languages": lambda: make.CouncilFactory(summary_fr=""),
    "a_merged_council_names_its_successor": lambda: make.CouncilFactory(stage=Stage.MERGED),
    "only_a_merged_council_has_a_successor": lambda: make.CouncilFactory(merged_into=make.CouncilFactory()),
    "a_council_is_not_merged_into_itself": _merge_into_itself,
    "a_council_works_in_a_language": lambda: make.CouncilFactory(works_in_english=False),
    "an_accent_is_a_colour": lambda: make.CouncilFactory(accent="teal"),
    "a_former_name_ends_after_it_starts": lambda: _former_name(starts_on=LATE, ends_on=EARLY),
    "a_former_name_speaks_both_languages": lambda: _former_name(name_fr=""),
    "a_change_of_stage_leads_elsewhere": lambda: _change(from_stage=Stage.START_UP),
    "a_change_of_stage_gives_its_reason_in_both_languages": lambda: _change(reason_fr=""),
    "a_term_ends_after_it_starts": lambda: make.MembershipFactory(starts_on=LATE, ends_on=EARLY),
    "council_roles_are_held_at_a_council": lambda: make.MembershipFactory(council=None),
    "national_roles_are_held_at_no_council": lambda: make.MembershipFactory(role=Role.COACH),
    "a_person_shown_in_public_has_a_title_in_both_languages": lambda: make.MembershipFactory(
        is_public=True, title_en="Coordinator"
    ),
    "a_role_is_held_once_at_a_time_at_a_council": lambda: _overlap(council=make.CouncilFactory()),
    "a_role_is_held_once_at_a_time_in_the_network": lambda: _overlap(council=None, role=Role.COACH),
    "an_acceptance_names_who_and_when": lambda: make.InvitationFactory(accepted_at=NOW),
    "an_invitation_is_not_both_accepted_and_taken_back": lambda: make.InvitationFactory(
        accepted_at=NOW, accepted_by=make.UserFactory(), revoked_at=NOW
    ),
    "an_invitation_expires_after_it_is_sent": lambda: make.InvitationFactory(created_at=NOW, expires_at=NOW),
    "one_open_invitation_for_each_address_and_role": lambda: _twice(
        make.InvitationFactory, council=None, email="a@people.example", role=Role.COACH
    ),
    "an_organisation_is_listed_once_at_a_council": lambda: _twice(
        make.OrganisationFactory, council=make.CouncilFactory(), name_en="Bank"
    ),
    "an_organisation_has_a_name_in_both_languages": lambda: make.OrganisationFactory(name_fr=""),
    "an_organisation_leaves_after_it_joins": lambda: make.OrganisationFactory(joined_on=LATE, left_on=EARLY),
    "a_body_is_named_once_at_a_council": lambda: _twice(
        make.BodyFactory, council=make.CouncilFactory(), name_en="Board", name_fr="CA"
    ),
    "a_published_body_speaks_both_languages": lambda: make.BodyFactory(is_published=True, purpose_fr=""),
    "a_body_ends_after_it_starts": lambda: make.BodyFactory(starts_on=LATE, ends_on=EARLY),
    "a_sector_working_group_names_its_sector": lambda: make.BodyFactory(kind=models.Body.Kind.SECTOR),
    "a_seat_is_held_by_a_person_or_a_name": lambda: make.SeatFactory(name=""),
    "a_seat_ends_after_it_starts": lambda: make.SeatFactory(starts_on=LATE, ends_on=EARLY),
    "a_meeting_ends_after_it_starts": lambda: make.MeetingFactory(starts_at=NOW, ends_at=NOW),
    "a_body_meets_once_at_a_time": lambda: _twice(make.MeetingFactory, body=make.BodyFactory(), starts_at=NOW),
    "approved_minutes_are_written": lambda: make.MeetingFactory(minutes_approved_on=EARLY),
    "a_seat_attends_a_meeting_once": _attends_twice,
    "a_programme_is_named_once_at_a_council": lambda: _twice(
        make.LocalProgrammeFactory, council=make.CouncilFactory(), name_en="Mentoring"
    ),
    "a_published_programme_speaks_both_languages": lambda: make.LocalProgrammeFactory(is_published=True, name_fr=""),
    "a_programme_ends_after_it_starts": lambda: make.LocalProgrammeFactory(started_on=LATE, ended_on=EARLY),
    "a_council_reflects_once_a_year": lambda: _twice(make.ReflectionFactory, council=make.CouncilFactory(), year=2025),
    "a_published_reflection_speaks_both_languages": lambda: make.ReflectionFactory(
        state=ReflectionState.PUBLISHED, biggest_success_en="Matches"
    ),
    "a_published_story_speaks_both_languages": lambda: _published(body_fr=""),
    "a_published_story_has_consent": lambda: _published(consent_withdrawn_on=LATE),
    "a_published_photo_has_consent_and_a_description": lambda: _published(photo_id="0" * 32),
    "a_published_story_says_since_when": lambda: _published(published_at=None),
    "consent_to_a_story_names_who_recorded_it": lambda: make.StoryFactory(consent_given_on=EARLY),
    "a_story_has_at_most_150_words": lambda: make.StoryFactory(body_fr="mot " * 151),
    "a_published_event_speaks_both_languages": lambda: make.EventFactory(is_published=True, title_fr=""),
    "an_event_ends_after_it_starts": lambda: make.EventFactory(starts_on=LATE, ends_on=EARLY),
    "an_event_ends_at_an_hour_after_it_begins": lambda: make.EventFactory(ends_at=NOW),
    "an_event_has_at_least_one_place": lambda: make.EventFactory(places=0),
    "people_sign_up_for_a_councils_event_on_a_known_day": lambda: make.EventFactory(takes_signups=True, council=None),
    "people_sign_up_before_the_event": lambda: make.EventFactory(starts_on=EARLY, signup_until=LATE),
    "an_address_is_registered_once_for_an_event": _registers_twice,
    "a_registration_has_a_known_role": lambda: RegistrationFactory(role="guest"),
    "a_registration_has_a_known_state": lambda: RegistrationFactory(state="late"),
    "a_withdrawn_registration_says_since_when": lambda: RegistrationFactory(state="withdrawn"),
    "who_came_unannounced_came": lambda: RegistrationFactory(signed_up_at=None),
    "one_readiness_checklist_a_day": lambda: _twice(make.ReadinessFactory, council=make.CouncilFactory(), on=EARLY),
    "readiness_is_scored_0_to_3": lambda: make.ReadinessFactory(champion=4),
    "a_source_has_a_title_in_both_languages": lambda: make.SourceFactory(title_fr=""),
    "a_figure_says_what_it_counts_in_both_languages": lambda: make.FactFactory(label_en=""),
    "one_value_of_a_figure_is_shown": _two_shown_values,
    "a_source_states_a_value_once_in_a_place": _value_twice,
    "a_value_is_written_in_both_languages": lambda: make.FactValueFactory(text_fr=""),
    "a_labour_figure_is_stated_once": lambda: [_labour(), _labour()],
    "a_labour_figure_has_a_value_or_says_why_not": lambda: _labour(value=None),
}


def test_each_constraint_of_the_registry_has_an_attempt_here() -> None:
    named = {c.name for m in apps.get_app_config("councils").get_models() for c in m._meta.constraints}
    assert set(IMPOSSIBLE) == named


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(IMPOSSIBLE))
def test_the_database_refuses(name) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic(), across():
        IMPOSSIBLE[name]()
    assert refused.value.__cause__.diag.constraint_name == name


@pytest.mark.django_db
def test_a_published_story_may_have_150_words() -> None:
    assert make.StoryFactory(published=True, body_en="word " * 150, body_fr="mot " * 150).state == StoryState.PUBLISHED
