"""What is done in mentoring, in words, for the list of what changed at a council and at one person."""

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from councils.queries import changes

DEEDS = {
    "mentoring.programme_added": _("added a mentoring programme"),
    "mentoring.programme_changed": _("changed a mentoring programme"),
    "mentoring.programme_published": _("published a mentoring programme"),
    "mentoring.programme_unpublished": _("took a mentoring programme off the public site"),
    "mentoring.rules_written": _("wrote new eligibility rules"),
    "mentoring.policy_written": _("wrote new weights of matching"),
    "mentoring.intake_added": _("planned an intake"),
    "mentoring.intake_changed": _("changed an intake"),
    "mentoring.intake_open": _("opened an intake"),
    "mentoring.intake_closed": _("closed an intake to applications"),
    "mentoring.intake_matching": _("began the matching of an intake"),
    "mentoring.intake_running": _("let the pairs of an intake begin"),
    "mentoring.intake_follow_up": _("began the follow-up of an intake"),
    "mentoring.intake_archived": _("archived an intake"),
    "mentoring.application_begun": _("began an application"),
    "mentoring.application_sent": _("sent an application"),
    "mentoring.application_reopened": _("opened an application for new answers"),
    "mentoring.application_withdrawn": _("withdrew an application"),
    "mentoring.application_paused": _("paused an application"),
    "mentoring.application_resumed": _("took an application up again"),
    "mentoring.cv_added": _("added a CV"),
    "mentoring.cv_removed": _("removed a CV"),
    "mentoring.applications_exported": _("downloaded the list of applications"),
    "mentoring.eligibility_decided": _("decided about the eligibility of an applicant"),
    "mentoring.person_referred": _("introduced an applicant to a service"),
    "mentoring.referral_followed": _("asked what came of an introduction"),
    "mentoring.times_offered": _("offered interview times"),
    "mentoring.time_withdrawn": _("took an interview time back"),
    "mentoring.interview_booked": _("booked an interview"),
    "mentoring.interview_cancelled": _("cancelled an interview"),
    "mentoring.interview_held": _("recorded an interview"),
    "mentoring.interview_missed": _("recorded that an applicant did not come to the interview"),
    "mentoring.orientation_planned": _("planned an orientation session"),
    "mentoring.orientation_changed": _("changed an orientation session"),
    "mentoring.orientation_booked": _("took a seat in an orientation session"),
    "mentoring.orientation_given_up": _("gave up a seat in an orientation session"),
    "mentoring.orientation_attended": _("recorded who came to an orientation session"),
    "mentoring.orientation_one_to_one": _("recorded an orientation one to one"),
    "mentoring.handbook_read": _("read the handbook"),
    "mentoring.applicant_wait": _("put an applicant on the waiting list"),
    "mentoring.applicant_return": _("took an applicant off the waiting list"),
    "mentoring.applicant_invite": _("invited an applicant to orientation"),
    "mentoring.applicant_message": _("wrote to an applicant"),
    "mentoring.applicant_decline": _("declined an applicant"),
    "mentoring.pair_begun": _("let a pair begin"),
    "mentoring.pair_released": _("gave a held place back"),
    "mentoring.agreement_signed": _("signed the agreement of a pair"),
    "mentoring.goal_added": _("added a goal of a pair"),
    "mentoring.goal_moved": _("noted how far a goal of a pair is"),
    "mentoring.goal_dropped": _("took a goal of a pair away"),
    "mentoring.session_logged": _("logged a meeting of a pair"),
    "mentoring.session_confirmed": _("confirmed a meeting of a pair"),
    "mentoring.session_questioned": _("questioned a meeting of a pair"),
    "mentoring.session_taken_back": _("took a meeting of a pair back"),
    "mentoring.session_not_answered": _("counted a meeting of a pair that nobody answered for"),
    "mentoring.pulse_answered": _("answered how a pair is going"),
    "mentoring.help_asked": _("asked for help with a pair"),
    "mentoring.help_given": _("got in touch with a pair"),
    "mentoring.pair_paused": _("put a pair on hold"),
    "mentoring.pair_resumed": _("let a pair go on"),
    "mentoring.pair_completed": _("completed a pair"),
    "mentoring.pair_ended_early": _("ended a pair early"),
    "mentoring.pair_replaced": _("parted a pair to match the mentee anew"),
    "mentoring.mentor_volunteered": _("offered to mentor"),
    "mentoring.mentor_changed": _("changed what a mentor offers"),
    "mentoring.mentor_approved": _("made a mentor available"),
    "mentoring.mentor_paused": _("paused a mentor"),
    "mentoring.mentor_came_back": _("ended the pause of a mentor"),
    "mentoring.mentor_retired": _("recorded that a mentor stopped"),
    "mentoring.mentor_entered": _("entered a mentor from a list"),
    "mentoring.application_entered": _("entered an application from a list"),
    "mentoring.mentors_exported": _("downloaded the list of mentors"),
    "mentoring.pair_excluded": _("kept two people from being paired"),
    "mentoring.exclusion_lifted": _("let two people be paired again"),
}
# Rows of these are about people who applied or mentor: their names are for those who may see personal data.
ABOUT_PEOPLE = (
    *("Application", "EligibilityCheck", "Exclusion", "Interview", "Mentor", "Orientation", "Pair", "PairGoal"),
    *("Proposal", "Pulse", "Referral", "Session"),
)


def register() -> None:
    """Teach the registry's lists of changes the words of mentoring."""
    changes.DEEDS.update(DEEDS)
    changes.ABOUT_PEOPLE.update(apps.get_model("mentoring", name) for name in ABOUT_PEOPLE)
