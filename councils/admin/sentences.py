"""What to say when a record would break a rule of the database, by the rule's name."""

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_BOTH_LANGUAGES = _("Write the name and the texts in both languages before it is published.")
_NAME_IN_BOTH = _("Write the name in both languages.")
_ENDS_BEFORE = _("It can't end before it starts.")

SENTENCES: dict[str, str | Promise] = {
    "a_cma_code_names_one_place": _("This CMA code belongs to another place."),
    "a_place_lies_in_canada": _("These coordinates lie outside Canada."),
    "a_job_title_is_listed_once": _("This job title is listed for this occupation already."),
    "a_published_council_speaks_both_languages": _(
        "Write the council's name and summary in both languages before it is published."
    ),
    "a_merged_council_names_its_successor": _("A merged council names its successor."),
    "only_a_merged_council_has_a_successor": _("Only a merged council has a successor."),
    "a_council_is_not_merged_into_itself": _("A council can't merge into itself."),
    "a_council_works_in_a_language": _("Choose at least one language of work."),
    "an_accent_is_a_colour": _("Write a colour like #0b5a60."),
    "a_former_name_ends_after_it_starts": _ENDS_BEFORE,
    "a_former_name_speaks_both_languages": _NAME_IN_BOTH,
    "a_change_of_stage_leads_elsewhere": _("A change of stage leads to another stage."),
    "a_change_of_stage_gives_its_reason_in_both_languages": _("Give the reason in both languages."),
    "a_source_has_a_title_in_both_languages": _("Write the title in both languages."),
    "a_figure_says_what_it_counts_in_both_languages": _("Say in both languages what the figure counts."),
    "one_value_of_a_figure_is_shown": _("Another value of this figure is shown."),
    "a_source_states_a_value_once_in_a_place": _("This value of this source is already in the register."),
    "a_value_is_written_in_both_languages": _("Write the value in both languages."),
    "an_address_belongs_to_one_person": _("Another person has this e-mail address."),
    "an_erased_person_may_not_sign_in": _("An erased person can't sign in."),
    "one_readiness_checklist_a_day": _("A checklist of that day exists already: choose another date."),
    "readiness_is_scored_0_to_3": _("Score from 0 to 3."),
    "an_organisation_is_listed_once_at_a_council": _("This organisation is at the council's table already."),
    "an_organisation_has_a_name_in_both_languages": _NAME_IN_BOTH,
    "an_organisation_leaves_after_it_joins": _("An organisation can't leave before it joins."),
    "a_body_is_named_once_at_a_council": _("The council has a body of this name already."),
    "a_published_body_speaks_both_languages": _BOTH_LANGUAGES,
    "a_body_ends_after_it_starts": _ENDS_BEFORE,
    "a_sector_working_group_names_its_sector": _("Choose the sector of a sector working group."),
    "a_seat_is_held_by_a_person_or_a_name": _(
        "Choose a person of the portal, or write a name and an e-mail address: one or the other."
    ),
    "a_seat_ends_after_it_starts": _ENDS_BEFORE,
    "a_meeting_ends_after_it_starts": _ENDS_BEFORE,
    "a_body_meets_once_at_a_time": _("This body has a meeting at that time already."),
    "approved_minutes_are_written": _("Write the minutes before they are approved."),
    "a_seat_attends_a_meeting_once": _("The attendance of this seat at this meeting is noted already."),
    "a_council_reflects_once_a_year": _("The council has a reflection for that year already."),
    "a_published_reflection_speaks_both_languages": _(
        "Write the success and the challenge in both languages before the reflection is published."
    ),
    "a_published_story_speaks_both_languages": _BOTH_LANGUAGES,
    "a_published_story_has_consent": _("A published story needs consent that still holds: withdraw the story first."),
    "a_published_photo_has_consent_and_a_description": _(
        "A published photo needs consent that covers it, and a description in both languages."
    ),
    "a_published_story_says_since_when": _("A published story says since when."),
    "consent_to_a_story_names_who_recorded_it": _("Name the person who recorded the consent."),
    "a_story_has_at_most_150_words": _("A story has at most 150 words in each language."),
    "a_programme_is_named_once_at_a_council": _("The council has a programme of this name already."),
    "a_published_programme_speaks_both_languages": _BOTH_LANGUAGES,
    "a_programme_ends_after_it_starts": _ENDS_BEFORE,
    "a_published_event_speaks_both_languages": _BOTH_LANGUAGES,
    "an_event_ends_after_it_starts": _ENDS_BEFORE,
    "an_event_ends_at_an_hour_after_it_begins": _ENDS_BEFORE,
    "an_event_has_at_least_one_place": _("An event has at least one place; leave it empty where all may come."),
    "people_sign_up_for_a_councils_event_on_a_known_day": _(
        "People sign up for events of a council whose day is known."
    ),
    "people_sign_up_before_the_event": _("The last day to sign up lies after the first day of the event."),
    "an_address_is_registered_once_for_an_event": _("This address is registered for the event already."),
    "a_registration_has_a_known_role": _("Choose as what the person comes."),
    "a_registration_has_a_known_state": _("Choose a state."),
    "a_withdrawn_registration_says_since_when": _("A withdrawal has its moment, and nothing else has."),
    "who_came_unannounced_came": _("Somebody who never signed up has come, or not."),
}


def faults(instance: Model) -> list[str]:
    """Say which rules of the database a record would break, those about fields outside a form included."""
    found = []
    for rule in instance._meta.constraints:
        try:
            rule.validate(type(instance), instance)
        except ValidationError as error:
            found.append(str(SENTENCES.get(rule.name, error.messages[0])))
    return found
