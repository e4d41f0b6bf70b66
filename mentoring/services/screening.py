"""Screening: times that interviewers offer, applicants who book them, and what an interview leads to."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from allies.kit import audit
from allies.kit.access import Denied, authorize, can
from allies.kit.refusals import Refused
from allies.kit.states import move
from councils.models import User
from councils.services.editing import Faulty, Text, saying
from councils.services.roles import hold_person
from mentoring.models import Application, Interview, InterviewSlot, Programme
from mentoring.services.readiness import locked, settle
from mentoring.services.telling import tell, tell_interviewer, when
from mentoring.states import APPLICATION, INTERVIEW, ApplicationState, InterviewState

# Who did not come may book again so many times.
SECOND_CHANCES = 2
MOST_TIMES = 12
OVERLAP = {
    "an_interviewer_is_in_one_place_at_a_time": (
        "starts_at",
        _("The interviewer is taken at that time already: choose another, or fewer times in a row."),
    )
}
BOOKED_ONCE = {
    "an_interview_time_is_booked_once": (
        "slot",
        _("Somebody else has just booked this time. Please choose another one."),
    )
}
OUTCOMES = {
    Interview.Recommendation.ACCEPT: ApplicationState.SCREENED,
    Interview.Recommendation.WAIT: ApplicationState.WAITLISTED,
    Interview.Recommendation.DECLINE: ApplicationState.DECLINED,
}


@transaction.atomic
def offer_times(
    programme: Programme,
    *,
    interviewer: User,
    starts_at: datetime,
    minutes: int,
    times: int,
    where: str,
    by: User,
) -> list[InterviewSlot]:
    """Offer so many interview times in a row, each of so many minutes."""
    authorize(by, "mentoring.work_with_people", programme.council)
    if not interviewer.works_for(programme.council):
        raise Faulty({"interviewer": _("Interviews are held by the council's own staff.")})
    if starts_at <= timezone.now():
        raise Faulty({"starts_at": _("This time has passed: choose one that is still to come.")})
    length = timedelta(minutes=minutes)
    slots = [
        InterviewSlot(
            programme=programme,
            interviewer=interviewer,
            starts_at=starts_at + number * length,
            ends_at=starts_at + (number + 1) * length,
            where=where,
        )
        for number in range(min(times, MOST_TIMES))
    ]
    hold_person(interviewer.pk)
    with saying(**OVERLAP):
        InterviewSlot.objects.bulk_create(slots)
    audit.record("mentoring.times_offered", programme, by=by, council=programme.council_id)
    return slots


@transaction.atomic
def withdraw_time(slot: InterviewSlot, *, by: User) -> None:
    """Take a time back that nobody booked."""
    council = slot.programme.council
    authorize(by, "mentoring.work_with_people", council)
    standing = InterviewSlot.objects.select_for_update(of=("self",)).get(pk=slot.pk)
    # A booking that was cancelled no longer needs the time.
    standing.interviews.filter(state=InterviewState.CANCELLED).update(slot=None)
    if standing.interviews.exists():
        raise Refused(_("This time is booked: cancel the interview first, so that the person is told."))
    audit.record("mentoring.time_withdrawn", standing, by=by, council=council)
    standing.delete()


def no_shows(application: Application) -> int:
    """Count how many times the person did not come."""
    return application.interviews.filter(state=InterviewState.NO_SHOW).count()


def why_not_book(application: Application) -> Text:
    """Say why an applicant can't book a time; nothing where they can."""
    if application.state not in (ApplicationState.ELIGIBLE, ApplicationState.BOOKED):
        return _("There is no interview to book as your application stands.")
    if no_shows(application) > SECOND_CHANCES:
        return _("You missed several interviews. Please write to the coordinator to agree on a time.")
    return ""


@transaction.atomic
def book(application: Application, *, slot: InterviewSlot, by: User) -> Interview:
    """Book a time, or change to it from the one that was booked; nobody else can have it."""
    authorize(by, "mentoring.own_application", application)
    standing = locked(application)
    if why := why_not_book(standing):
        raise Refused(why)
    if slot.programme_id != standing.intake.programme_id or slot.starts_at <= timezone.now():
        raise Refused(_("This time can't be booked any more. Please choose another one."))
    before = standing.interviews.select_related("slot").filter(state=InterviewState.BOOKED).first()
    if before:
        _give_back(standing, before)
    with saying(**BOOKED_ONCE):
        interview = Interview.objects.create(application=standing, slot=slot)
    if standing.state != ApplicationState.BOOKED:
        move(standing, ApplicationState.BOOKED, arrows=APPLICATION)
    tell(standing, "interview_booked", page="my-interview", **when(slot))
    tell_interviewer(standing, slot, "booked")
    audit.record("mentoring.interview_booked", standing, by=by, council=standing.intake.programme.council_id)
    return interview


def _give_back(application: Application, interview: Interview) -> None:
    _require_ahead(interview)
    move(interview, InterviewState.CANCELLED, arrows=INTERVIEW)
    if interview.slot:
        tell_interviewer(application, interview.slot, "given_back")


def _require_ahead(interview: Interview) -> None:
    if interview.slot and interview.slot.starts_at <= timezone.now():
        raise Refused(_("This interview has begun or is over, so it can't be changed here."))


@transaction.atomic
def cancel_interview(interview: Interview, *, by: User) -> None:
    """Give a booked time back, by the applicant or by the council; the person may book another."""
    application = locked(interview.application)
    council = application.intake.programme.council
    own = can(by, "mentoring.own_application", application)
    staff = can(by, "mentoring.work_with_people", council)
    if not (own or staff):
        raise Denied(staff.reason)
    interview.refresh_from_db()
    _give_back(application, interview)
    if application.state == ApplicationState.BOOKED:
        move(application, ApplicationState.ELIGIBLE, arrows=APPLICATION)
    if interview.slot:
        kind = "interview_cancelled" if own else "interview_cancelled_by_us"
        tell(application, kind, page="my-interview", **when(interview.slot))
    audit.record("mentoring.interview_cancelled", application, by=by, council=council)


@transaction.atomic
def hold_interview(
    application: Application,
    *,
    scores: Mapping[str, int],
    note: str,
    recommendation: str,
    told: str = "",
    by: User,
) -> Interview:
    """Record a held interview and move the person to where it leads; `told` is the reason that the person reads."""
    standing = locked(application)
    council = standing.intake.programme.council
    authorize(by, "mentoring.work_with_people", council)
    if standing.state not in (ApplicationState.ELIGIBLE, ApplicationState.BOOKED):
        raise Refused(_("An interview can be recorded for people who are eligible and not interviewed yet."))
    outcome = OUTCOMES[Interview.Recommendation(recommendation)]
    if outcome != ApplicationState.SCREENED and not told.strip():
        raise Faulty({"told": _("Say why: the person reads this.")})
    interview = standing.interviews.select_related("slot").filter(state=InterviewState.BOOKED).first()
    if interview and interview.slot and interview.slot.starts_at > timezone.now():
        raise Refused(_("The interview is booked for later: record it once it was held, or cancel the booking."))
    now = timezone.now()
    facts: dict[str, Any] = {**scores, "note": note, "recommendation": recommendation}
    if interview is None:
        interview = Interview(application=standing, state=InterviewState.HELD, held_by=by, held_at=now, **facts)
        interview.save(force_insert=True)
    else:
        move(interview, InterviewState.HELD, arrows=INTERVIEW, held_by=by, held_at=now, **facts)
    _lead_on(standing, outcome, told)
    audit.record("mentoring.interview_held", standing, by=by, council=council, fields=["state"])
    return interview


def _lead_on(application: Application, outcome: str, told: str) -> None:
    now = timezone.now()
    columns: dict[str, Any] = {"decision_note": told}
    if outcome == ApplicationState.SCREENED:
        columns = {"decision_note": "", "screened_at": now}
    elif outcome == ApplicationState.DECLINED:
        columns["closed_at"] = now
    move(application, outcome, arrows=APPLICATION, **columns)
    if outcome != ApplicationState.SCREENED:
        tell(application, outcome, reason=told)
    elif not settle(application):
        alone = application.intake.programme.kind == Programme.Kind.EXECUTIVE
        tell(application, "screened", page="my-orientation", one_to_one=alone)


@transaction.atomic
def record_no_show(interview: Interview, *, by: User) -> None:
    """Record that a person did not come; they are told how to book again."""
    application = locked(interview.application)
    council = application.intake.programme.council
    authorize(by, "mentoring.work_with_people", council)
    interview.refresh_from_db()
    if interview.slot and interview.slot.starts_at > timezone.now():
        raise Refused(_("The interview has not begun yet."))
    move(interview, InterviewState.NO_SHOW, arrows=INTERVIEW)
    if application.state == ApplicationState.BOOKED:
        move(application, ApplicationState.ELIGIBLE, arrows=APPLICATION)
    again = no_shows(application) <= SECOND_CHANCES
    tell(application, "interview_missed" if again else "interview_missed_often", page="my-interview")
    audit.record("mentoring.interview_missed", application, by=by, council=council)
