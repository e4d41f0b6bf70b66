"""What to say when a record of mentoring would break a rule of the database, by the rule's name."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from councils.admin.sentences import SENTENCES as ALL
from mentoring.models import Application

SENTENCES: dict[str, str | Promise] = {
    "a_mentoring_programme_has_one_address": _("The council has a mentoring programme at this address already."),
    "a_public_mentoring_programme_speaks_both_languages": _(
        "Write the name and the summary in both languages before the programme is open to the public."
    ),
    "a_mentoring_group_has_a_size": _("A group has at least two mentees, and at most as many as the largest group."),
    "a_mentoring_programme_takes_time": _("Write 1 to 200 hours, 1 to 104 weeks and at least one day to answer."),
    "modules_of_a_programme_stand_in_order": _("Another module stands at this place already."),
    "a_module_is_named_once_in_a_programme": _("The programme has a module of this title already."),
    "a_module_says_what_to_do_in_both_languages": _("Write the title and the task in both languages."),
    "an_intake_is_named_once_in_a_programme": _("The programme has an intake of this name already."),
    "an_intake_goes_forward": _("Each date of an intake follows the one before it."),
    "an_intake_has_places": _("An intake has at least one place."),
    "an_intake_state_is_known": _("This state is unknown."),
    "an_orientation_takes_time": _("The end lies before the beginning."),
    "an_orientation_has_seats": _("A session has at least one seat."),
    "a_person_applies_once_to_an_intake": _("This person has applied to this intake already."),
    "an_application_comes_from_a_known_place": _("This way of hearing about the programme is unknown."),
    "an_application_state_is_known": _("This state is unknown."),
    "an_application_beyond_a_draft_was_submitted": _("An application beyond a draft says when it was sent."),
    "nobody_is_matched_before_screening_and_orientation": _(
        "Nobody is ready to be matched before interview, orientation and handbook."
    ),
    "an_application_to_be_matched_says_in_what": _("Keep an occupation and a language: this person is to be matched."),
    "an_application_counts_years_of_a_life": _("Write at most 60 years."),
    **{f"an_application_{name}_is_1_to_12": _("Write a level from 1 to 12.") for name in Application.LEVELS},
    "a_person_mentors_once_at_a_council": _("This person mentors for this council already."),
    "a_mentor_has_at_most_as_many_mentees_as_places": _("There are more mentees now than that."),
    "a_mentor_has_a_sensible_capacity": _("Write at most 12 mentees at a time."),
    "a_mentor_state_is_known": _("This state is unknown."),
    "a_mentor_mentors_in_some_way": _("Choose at least one kind of mentoring."),
    "a_mentor_is_oriented_before_being_available": _("A mentor is available after the orientation and the handbook."),
    "a_mentor_counts_years_of_a_life": _("Write at most 70 years."),
    "a_programme_has_one_target_a_year": _("The programme has a target for this year already."),
    "a_target_is_for_a_year": _("Write a year from 2000 to 2100."),
    "a_target_can_be_reached": _("Write at most 5,000 pairs."),
}

ALL.update(SENTENCES)
