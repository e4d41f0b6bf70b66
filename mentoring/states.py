"""The tables of arrows of mentoring: an intake, an application, an interview, a mentor, a run, a proposal, a pair."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class IntakeState(models.TextChoices):
    """Where an intake stands between its plan and its last follow-up."""

    PLANNED = "planned", _("Planned")
    OPEN = "open", pgettext_lazy("intake", "Open")
    CLOSED = "closed", pgettext_lazy("intake", "Closed to applications")
    MATCHING = "matching", _("Matching")
    RUNNING = "running", pgettext_lazy("intake", "Pairs under way")
    FOLLOW_UP = "follow_up", _("Follow-up")
    ARCHIVED = "archived", _("Archived")


INTAKE: dict[str, frozenset[str]] = {
    IntakeState.PLANNED: frozenset({IntakeState.OPEN, IntakeState.ARCHIVED}),
    IntakeState.OPEN: frozenset({IntakeState.CLOSED}),
    IntakeState.CLOSED: frozenset({IntakeState.OPEN, IntakeState.MATCHING, IntakeState.ARCHIVED}),
    IntakeState.MATCHING: frozenset({IntakeState.CLOSED, IntakeState.RUNNING}),
    IntakeState.RUNNING: frozenset({IntakeState.FOLLOW_UP}),
    IntakeState.FOLLOW_UP: frozenset({IntakeState.ARCHIVED}),
    IntakeState.ARCHIVED: frozenset(),
}


class ApplicationState(models.TextChoices):
    """Where an applicant stands on the way to a mentor."""

    DRAFT = "draft", _("Draft")
    NEEDS_EVIDENCE = "needs_evidence", _("A coordinator checks your answers")
    ELIGIBLE = "eligible", _("Eligible")
    INELIGIBLE = "ineligible", _("Not eligible yet")
    BOOKED = "booked", _("Interview booked")
    SCREENED = "screened", _("Accepted after the interview")
    READY = "ready", _("Ready to be matched")
    PROPOSED = "proposed", _("A mentor is proposed")
    MATCHED = "matched", _("Matched")
    WAITLISTED = "waitlisted", _("On the waiting list")
    DECLINED = "declined", _("Declined")
    COMPLETED = "completed", _("Completed")
    ENDED = "ended", _("Ended early")
    WITHDRAWN = "withdrawn", _("Withdrawn")


_LEAVE = frozenset({ApplicationState.WITHDRAWN})
APPLICATION: dict[str, frozenset[str]] = {
    ApplicationState.DRAFT: _LEAVE
    | {ApplicationState.NEEDS_EVIDENCE, ApplicationState.ELIGIBLE, ApplicationState.INELIGIBLE},
    ApplicationState.NEEDS_EVIDENCE: _LEAVE | {ApplicationState.ELIGIBLE, ApplicationState.INELIGIBLE},
    # A person who was refused may answer again, and a coordinator may say why a rule does not apply.
    ApplicationState.INELIGIBLE: _LEAVE | {ApplicationState.DRAFT, ApplicationState.ELIGIBLE},
    ApplicationState.ELIGIBLE: _LEAVE
    | {ApplicationState.BOOKED, ApplicationState.SCREENED, ApplicationState.WAITLISTED, ApplicationState.DECLINED},
    ApplicationState.BOOKED: _LEAVE
    | {
        ApplicationState.ELIGIBLE,
        ApplicationState.SCREENED,
        ApplicationState.WAITLISTED,
        ApplicationState.DECLINED,
    },
    ApplicationState.SCREENED: _LEAVE
    | {ApplicationState.READY, ApplicationState.WAITLISTED, ApplicationState.DECLINED},
    ApplicationState.READY: _LEAVE | {ApplicationState.PROPOSED, ApplicationState.WAITLISTED},
    ApplicationState.PROPOSED: _LEAVE | {ApplicationState.READY, ApplicationState.MATCHED},
    ApplicationState.MATCHED: _LEAVE | {ApplicationState.READY, ApplicationState.COMPLETED, ApplicationState.ENDED},
    ApplicationState.WAITLISTED: _LEAVE
    | {ApplicationState.ELIGIBLE, ApplicationState.SCREENED, ApplicationState.READY, ApplicationState.DECLINED},
    ApplicationState.DECLINED: frozenset(),
    ApplicationState.COMPLETED: frozenset(),
    ApplicationState.ENDED: frozenset(),
    ApplicationState.WITHDRAWN: frozenset(),
}
# In the pool from which pairs are made, or on the way to it.
IN_PLAY = frozenset(state for state in APPLICATION if APPLICATION[state]) - {ApplicationState.DRAFT}
# Who waits for a mentor, or is on the way there; an index holds them.
TO_BE_MATCHED = (
    *(ApplicationState.NEEDS_EVIDENCE, ApplicationState.ELIGIBLE, ApplicationState.BOOKED),
    *(ApplicationState.SCREENED, ApplicationState.READY, ApplicationState.WAITLISTED),
)


class InterviewState(models.TextChoices):
    """Where a screening interview stands."""

    BOOKED = "booked", pgettext_lazy("interview", "Booked")
    HELD = "held", pgettext_lazy("interview", "Held")
    NO_SHOW = "no_show", _("Did not come")
    CANCELLED = "cancelled", pgettext_lazy("interview", "Cancelled")


INTERVIEW: dict[str, frozenset[str]] = {
    InterviewState.BOOKED: frozenset({InterviewState.HELD, InterviewState.NO_SHOW, InterviewState.CANCELLED}),
    InterviewState.HELD: frozenset(),
    InterviewState.NO_SHOW: frozenset(),
    InterviewState.CANCELLED: frozenset(),
}


class MentorState(models.TextChoices):
    """Whether a mentor can be given somebody."""

    APPLIED = "applied", pgettext_lazy("mentor", "Has volunteered")
    AVAILABLE = "available", pgettext_lazy("mentor", "Available")
    PAUSED = "paused", pgettext_lazy("mentor", "Paused")
    RETIRED = "retired", pgettext_lazy("mentor", "No longer mentors")


MENTOR: dict[str, frozenset[str]] = {
    MentorState.APPLIED: frozenset({MentorState.AVAILABLE, MentorState.RETIRED}),
    MentorState.AVAILABLE: frozenset({MentorState.PAUSED, MentorState.RETIRED}),
    MentorState.PAUSED: frozenset({MentorState.AVAILABLE, MentorState.RETIRED}),
    MentorState.RETIRED: frozenset(),
}


class RunState(models.TextChoices):
    """Where a matching run stands."""

    QUEUED = "queued", _("Waiting its turn")
    SOLVING = "solving", _("Being solved")
    SOLVED = "solved", pgettext_lazy("run", "Ready for review")
    PUBLISHED = "published", pgettext_lazy("run", "Published")
    SUPERSEDED = "superseded", pgettext_lazy("run", "Overtaken by a newer one")
    CANCELLED = "cancelled", pgettext_lazy("run", "Cancelled")
    FAILED = "failed", pgettext_lazy("run", "Failed")


RUN: dict[str, frozenset[str]] = {
    RunState.QUEUED: frozenset({RunState.SOLVING, RunState.CANCELLED, RunState.FAILED}),
    # Back to the queue where the worker that solved it has died.
    RunState.SOLVING: frozenset({RunState.QUEUED, RunState.SOLVED, RunState.CANCELLED, RunState.FAILED}),
    RunState.SOLVED: frozenset({RunState.PUBLISHED, RunState.SUPERSEDED, RunState.CANCELLED}),
    RunState.PUBLISHED: frozenset(),
    RunState.SUPERSEDED: frozenset(),
    RunState.CANCELLED: frozenset(),
    RunState.FAILED: frozenset(),
}
RUN_UNDER_WAY = (RunState.QUEUED, RunState.SOLVING, RunState.SOLVED)


class ProposalState(models.TextChoices):
    """Where a proposed pair stands between the engine and two people who agree."""

    DRAFTED = "drafted", pgettext_lazy("proposal", "Proposed by the engine")
    REJECTED = "rejected", pgettext_lazy("proposal", "Set aside by the coordinator")
    STALE = "stale", pgettext_lazy("proposal", "No longer possible")
    TO_MENTOR = "to_mentor", pgettext_lazy("proposal", "Waiting for the mentor")
    TO_MENTEE = "to_mentee", pgettext_lazy("proposal", "Waiting for the mentee")
    CONFIRMED = "confirmed", pgettext_lazy("proposal", "Both agreed")
    DECLINED = "declined", pgettext_lazy("proposal", "Declined")
    EXPIRED = "expired", pgettext_lazy("proposal", "Not answered in time")


PROPOSAL: dict[str, frozenset[str]] = {
    ProposalState.DRAFTED: frozenset({ProposalState.TO_MENTOR, ProposalState.REJECTED, ProposalState.STALE}),
    ProposalState.TO_MENTOR: frozenset(
        {ProposalState.TO_MENTEE, ProposalState.DECLINED, ProposalState.EXPIRED, ProposalState.STALE}
    ),
    ProposalState.TO_MENTEE: frozenset(
        {ProposalState.CONFIRMED, ProposalState.DECLINED, ProposalState.EXPIRED, ProposalState.STALE}
    ),
    ProposalState.CONFIRMED: frozenset(),
    ProposalState.REJECTED: frozenset(),
    ProposalState.STALE: frozenset(),
    ProposalState.DECLINED: frozenset(),
    ProposalState.EXPIRED: frozenset(),
}
# Somebody is asked: the place with the mentor is held until the answer.
PROPOSAL_OFFERED = (ProposalState.TO_MENTOR, ProposalState.TO_MENTEE)


class PairState(models.TextChoices):
    """Where a mentee's place in a mentorship stands."""

    RESERVED = "reserved", _("Place held")
    ACTIVE = "active", pgettext_lazy("pair", "Under way")
    ON_HOLD = "on_hold", pgettext_lazy("pair", "On hold")
    COMPLETED = "completed", pgettext_lazy("pair", "Completed")
    ENDED_EARLY = "ended_early", pgettext_lazy("pair", "Ended early")
    RELEASED = "released", pgettext_lazy("pair", "Place given back")


PAIR: dict[str, frozenset[str]] = {
    PairState.RESERVED: frozenset({PairState.ACTIVE, PairState.RELEASED}),
    PairState.ACTIVE: frozenset({PairState.ON_HOLD, PairState.COMPLETED, PairState.ENDED_EARLY}),
    PairState.ON_HOLD: frozenset({PairState.ACTIVE, PairState.COMPLETED, PairState.ENDED_EARLY}),
    PairState.COMPLETED: frozenset(),
    PairState.ENDED_EARLY: frozenset(),
    PairState.RELEASED: frozenset(),
}
# These take one of the mentor's places.
PAIR_HOLDS_A_PLACE = (PairState.RESERVED, PairState.ACTIVE, PairState.ON_HOLD)


class SessionState(models.TextChoices):
    """Whether both sides agree that a meeting took place."""

    LOGGED = "logged", _("Waiting to be confirmed")
    CONFIRMED = "confirmed", pgettext_lazy("session", "Confirmed")
    DISPUTED = "disputed", pgettext_lazy("session", "Questioned")
    WITHDRAWN = "withdrawn", pgettext_lazy("session", "Taken back")


SESSION: dict[str, frozenset[str]] = {
    SessionState.LOGGED: frozenset({SessionState.CONFIRMED, SessionState.DISPUTED, SessionState.WITHDRAWN}),
    SessionState.DISPUTED: frozenset({SessionState.CONFIRMED, SessionState.WITHDRAWN}),
    SessionState.CONFIRMED: frozenset(),
    SessionState.WITHDRAWN: frozenset(),
}


class FollowUpState(models.TextChoices):
    """Where the question stands of how somebody is doing."""

    SCHEDULED = "scheduled", pgettext_lazy("follow-up", "Not due yet")
    INVITED = "invited", pgettext_lazy("follow-up", "Asked")
    TO_CALL = "to_call", pgettext_lazy("follow-up", "To be called")
    ANSWERED = "answered", pgettext_lazy("follow-up", "Answered")
    REFUSED = "refused", pgettext_lazy("follow-up", "Does not want to be asked")
    UNREACHABLE = "unreachable", pgettext_lazy("follow-up", "Could not be reached")
    LAPSED = "lapsed", pgettext_lazy("follow-up", "Too late")


_HEARD = frozenset({FollowUpState.ANSWERED, FollowUpState.REFUSED})
FOLLOW_UP: dict[str, frozenset[str]] = {
    FollowUpState.SCHEDULED: _HEARD | {FollowUpState.INVITED, FollowUpState.LAPSED},
    FollowUpState.INVITED: _HEARD | {FollowUpState.TO_CALL, FollowUpState.LAPSED},
    FollowUpState.TO_CALL: _HEARD | {FollowUpState.UNREACHABLE, FollowUpState.LAPSED},
    # Somebody who answers late has answered: the date tells.
    FollowUpState.UNREACHABLE: _HEARD,
    FollowUpState.LAPSED: _HEARD,
    FollowUpState.ANSWERED: frozenset(),
    FollowUpState.REFUSED: frozenset(),
}
