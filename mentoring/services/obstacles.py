"""Why two people can't be paired now: looked at again under locks, whatever a run found before.

Rows are locked in one order everywhere: run, mentors, applications, proposals.
"""

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext_noop

from mentoring.models import Application, Exclusion, Mentor, Pair, Programme
from mentoring.states import PAIR_HOLDS_A_PLACE, ApplicationState, MentorState

# Why a pair that was found is no longer possible: source texts, translated when shown.
NOT_READY = gettext_noop("The mentee is no longer waiting for a mentor.")
NOT_AVAILABLE = gettext_noop("The mentor is no longer available.")
NO_PLACE = gettext_noop("The mentor has no free place any more.")
EXCLUDED = gettext_noop("The two must not be paired.")
HAS_A_PLACE = gettext_noop("The mentee has a place with another mentor.")
STAYS_AT_HOME = gettext_noop("The mentor's council or the programme no longer matches across councils.")


def lock(
    mentor_ids: Collection[UUID], application_ids: Collection[UUID]
) -> tuple[dict[UUID, Mentor], dict[UUID, Application]]:
    """Hold mentors and applications, in the order that everybody keeps."""
    mentors = Mentor.objects.select_for_update(of=("self",)).select_related("person", "council")
    applications = Application.objects.select_for_update(of=("self",)).select_related(
        "person", "intake__programme__council__place"
    )
    return (
        {mentor.pk: mentor for mentor in mentors.filter(pk__in=mentor_ids).order_by("pk")},
        {application.pk: application for application in applications.filter(pk__in=application_ids).order_by("pk")},
    )


def excluded(applications: Collection[Application], mentors: Collection[UUID]) -> set[tuple[UUID, UUID]]:
    """The pairs of a person and a mentor that are excluded now."""
    people = [application.person_id for application in applications]
    return set(Exclusion.objects.filter(mentee__in=people, mentor__in=mentors).values_list("mentee", "mentor"))


def placed_people(programme: Programme, applications: Collection[Application]) -> set[UUID]:
    """Those of the applicants who have a place in the programme now."""
    return set(
        Pair.objects.filter(
            programme=programme,
            mentee_person__in=[application.person_id for application in applications],
            state__in=PAIR_HOLDS_A_PLACE,
        ).values_list("mentee_person", flat=True)
    )


def out_of_reach(programme: Programme, mentors: Collection[Mentor]) -> set[UUID]:
    """Those mentors of other councils who can't be met now: the programme, their council or they keep to themselves."""
    far = {mentor.pk: mentor for mentor in mentors if mentor.council_id != programme.council_id}
    if not far or not programme.matches_network_wide:
        return set(far)
    councils = {mentor.council_id for mentor in far.values()}
    willing = set(
        Programme.objects.filter(council__in=councils, matches_network_wide=True).values_list("council", flat=True)
    )
    return {pk for pk, mentor in far.items() if not mentor.serves_network or mentor.council_id not in willing}


def obstacle(
    application: Application,
    mentor: Mentor,
    barred: set[tuple[UUID, UUID]],
    placed: set[UUID],
    away: set[UUID],
) -> str:
    """Why a pair is not possible now; empty where it is. Both rows are locked."""
    if application.state != ApplicationState.READY:
        return NOT_READY
    if mentor.state != MentorState.AVAILABLE:
        return NOT_AVAILABLE
    if mentor.pk in away:
        return STAYS_AT_HOME
    if (application.person_id, mentor.pk) in barred or application.person_id == mentor.person_id:
        return EXCLUDED
    if mentor.active_load >= mentor.capacity:
        return NO_PLACE
    return HAS_A_PLACE if application.person_id in placed else ""
