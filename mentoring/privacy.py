"""What mentoring keeps about people: purpose, how long, and how it is erased."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from allies.kit.privacy import DeleteRow, Keep, Personal, months, not_personal, personal, when_erased
from mentoring import privacy_of_employers  # noqa: F401  (employers, their champions and invitations, and thanks)
from mentoring.models import (
    Application,
    EligibilityCheck,
    EligibilityRules,
    Exclusion,
    FollowUp,
    Intake,
    Interview,
    InterviewSlot,
    MatchingRun,
    MatchPolicy,
    Mentor,
    Module,
    ModuleDone,
    Orientation,
    OrientationSession,
    Pair,
    PairGoal,
    PlanStep,
    Programme,
    Proposal,
    Pulse,
    Referral,
    ResultReport,
    Session,
)
from mentoring.states import IN_PLAY, ApplicationState, MentorState, PairState, ProposalState

_COUNTED = _("Counted in the programme's results, which no longer name you.")
_TO_QUALIFY = _("To see whether the programme is for you.")
_TO_MATCH = _("To find a mentor who fits you.")
_TO_MENTOR = _("To find mentees whom you can help.")
_TO_SUPPORT = _("So that the two of you and the coordinator know how it goes.")
_TO_TRACE = _("To know when each step was taken, and to tell you what comes next.")
_AFTER_CLOSE = months(24, after="closed_at")
_AFTER_END = months(24, after="ended_on")
_WITH_ACCOUNT = _("As long as your account is open.")
_STEPS = ("submitted_at", "eligible_at", "screened_at", "oriented_at", "ready_at", "proposed_at", "matched_at")

not_personal(Programme, ["kind", "slug", "name_en", "name_fr", "summary_en", "summary_fr", "language"])
not_personal(EligibilityRules, ["statuses", "created_at"])
not_personal(Intake, ["name_en", "name_fr", "opens_on", "closes_on", "match_by", "starts_on", "ends_on", "state"])
not_personal(MatchPolicy, ["weights", "created_at"])
not_personal(Module, ["title_en", "title_fr", "task_en", "task_fr", "link_en", "link_fr"])
# Numbers of many people each, made up before they are written down.
not_personal(ResultReport, ["subject_en", "subject_fr", "until", "numbers", "rows_hash", "reason", "frozen_at"])
not_personal(InterviewSlot, ["starts_at", "ends_at", "where"])
not_personal(OrientationSession, ["starts_at", "ends_at", "where", "host"])

personal(
    Application,
    {
        **{
            name: Personal(purpose=_TO_QUALIFY, keep=_AFTER_CLOSE)
            for name in (
                *("status", "employment", "level_evidence", "heard_by", "heard_from"),
                *("decision_note", "withdrawn_reason"),
            )
        },
        **{
            name: Personal(purpose=_TO_MATCH, keep=_AFTER_CLOSE)
            for name in ("languages", "goals", "availability", "mode", "employer", "countries", "about")
        },
        **{
            name: Personal(purpose=_TO_TRACE, keep=_("As long as the portal runs."), erase=Keep(_COUNTED))
            for name in ("state", "started_at", "saved_at", "closed_at", "handbook_at", "paused_until", *_STEPS)
        },
    },
    owner="person",
)
personal(
    EligibilityCheck,
    {
        name: Personal(purpose=_TO_QUALIFY, keep=_("As long as the application."), erase=Keep(_COUNTED))
        for name in ("verdicts", "verdict", "at", "override_reason")
    },
    owner="application__person",
)
personal(
    Referral,
    {
        "service": Personal(purpose=_TO_TRACE, keep=_("As long as the portal runs."), erase=Keep(_COUNTED)),
        "note": Personal(purpose=_TO_TRACE, keep=months(24, after="made_at")),
        **{
            name: Personal(purpose=_TO_TRACE, keep=_("As long as the portal runs."), erase=Keep(_COUNTED))
            for name in ("outcome", "made_at", "followed_at")
        },
    },
    owner="application__person",
)
personal(
    Interview,
    {
        "note": Personal(purpose=_TO_QUALIFY, keep=months(24, after="application__closed_at")),
        **{
            name: Personal(purpose=_TO_QUALIFY, keep=_("As long as the portal runs."), erase=Keep(_COUNTED))
            for name in ("state", "held_at", "recommendation")
        },
    },
    owner="application__person",
)
personal(
    Orientation,
    {
        "signed_up_at": Personal(purpose=_TO_TRACE, keep=_("As long as the portal runs."), erase=Keep(_COUNTED)),
        "note": Personal(purpose=_TO_TRACE, keep=_("As long as the portal runs."), erase=Keep(_COUNTED)),
    },
    owner="application__person",
)
personal(
    Mentor,
    {
        **{
            name: Personal(purpose=_TO_MENTOR, keep=_WITH_ACCOUNT)
            for name in (
                "languages",
                "goals",
                "availability",
                "employer",
                "position",
                "seniority",
                "exception",
                "about",
            )
        },
        **{
            name: Personal(purpose=_TO_MENTOR, keep=_("As long as the portal runs."), erase=Keep(_COUNTED))
            for name in (
                "state",
                "kinds",
                "mode",
                "handbook_at",
                "oriented_on",
                "paused_until",
                "joined_at",
                "saved_at",
            )
        },
    },
    owner="person",
)
personal(
    Exclusion,
    {
        "kind": Personal(purpose=_TO_MATCH, keep=_WITH_ACCOUNT, erase=Keep(_COUNTED)),
        "reason": Personal(purpose=_TO_MATCH, keep=months(24, after="made_at")),
        "made_at": Personal(purpose=_TO_TRACE, keep=_WITH_ACCOUNT, erase=Keep(_COUNTED)),
    },
    owner="mentee",
)
# The picture that a run was made of names people by number only.
not_personal(
    MatchingRun,
    [
        *("state", "snapshot", "input_hash", "seed", "asked_at", "lease_until", "certificate", "findings"),
        *("pairs_hash", "failure", "solved_at", "published_at"),
    ],
)
personal(
    Proposal,
    {
        **{
            name: Personal(purpose=_TO_MATCH, keep=_("As long as the portal runs."), erase=Keep(_COUNTED))
            for name in (
                *("origin", "state", "components", "alternatives", "expires_at", "answered_at", "declined_by"),
                *("made_at", "reason"),
            )
        },
    },
    owner="application__person",
)
personal(
    Pair,
    {
        **{name: Personal(purpose=_TO_SUPPORT, keep=_AFTER_END) for name in ("end_note", "help_note")},
        **{
            name: Personal(purpose=_TO_SUPPORT, keep=_("As long as the portal runs."), erase=Keep(_COUNTED))
            for name in (
                *("state", "made_at", "started_on", "planned_end_on", "hold_until", "ended_on", "end_reason"),
                *("mentee_signed_at", "mentor_signed_at", "agreement_version", "help_asked_at"),
            )
        },
    },
    owner="mentee_person",
)
personal(
    PairGoal,
    {
        "kind": Personal(purpose=_TO_SUPPORT, keep=_("As long as the portal runs."), erase=Keep(_COUNTED)),
        "target": Personal(purpose=_TO_SUPPORT, keep=months(24, after="pair__ended_on")),
        "added_at": Personal(purpose=_TO_SUPPORT, keep=_("As long as the portal runs."), erase=Keep(_COUNTED)),
        "reached_on": Personal(purpose=_TO_SUPPORT, keep=_("As long as the portal runs."), erase=Keep(_COUNTED)),
    },
    owner="pair__mentee_person",
)
personal(
    ModuleDone,
    {
        name: Personal(purpose=_TO_SUPPORT, keep=_("As long as the portal runs."), erase=Keep(_COUNTED))
        for name in ("done_on", "ticked_at")
    },
    owner="pair__mentee_person",
)
personal(
    Session,
    {
        **{
            name: Personal(purpose=_TO_SUPPORT, keep=_("As long as the portal runs."), erase=Keep(_COUNTED))
            for name in ("starts_at", "ends_at", "how", "state", "logged_at", "settled_at", "objection")
        },
        "topic": Personal(purpose=_TO_SUPPORT, keep=months(24, after="pair__ended_on")),
    },
    owner="pair__mentee_person",
)
personal(
    Pulse,
    {
        **{
            name: Personal(purpose=_TO_SUPPORT, keep=_("As long as the portal runs."), erase=Keep(_COUNTED))
            for name in ("wave", "fit", "answered_at")
        },
        "note": Personal(purpose=_TO_SUPPORT, keep=months(24, after="pair__ended_on")),
    },
    owner="person",
)
personal(
    FollowUp,
    {
        name: Personal(
            purpose=_("To know, for all mentees together, what became of them a year later."),
            keep=_("As long as the portal runs."),
            erase=Keep(_COUNTED),
        )
        for name in (
            *("wave", "due_on", "opens_on", "closes_on", "state", "asked_on", "work", "earnings"),
            *("answered_on", "way", "employer"),
        )
    },
    owner="pair__mentee_person",
)
personal(
    PlanStep,
    {
        name: Personal(
            purpose=_("Your own plan after the mentorship, for nobody else to read."),
            keep=months(24, after="pair__ended_on"),
            erase=DeleteRow(),
        )
        for name in ("text", "by_when", "added_on", "done_on")
    },
    owner="pair__mentee_person",
)


@when_erased
def end_what_is_under_way(user: Any) -> None:
    """Withdraw an erased person from everything that needs them, and give their places back."""
    now = timezone.now()
    today = timezone.localdate(now)
    for side in ("mentee_person", "mentor_person"):
        pairs = Pair.objects.filter(**{side: user.pk})
        pairs.filter(state=PairState.RESERVED).update(state=PairState.RELEASED)
        pairs.filter(state__in=[PairState.ACTIVE, PairState.ON_HOLD]).update(
            state=PairState.ENDED_EARLY, end_reason=Pair.EndReason.OTHER, ended_on=today
        )
    Application.objects.filter(person=user.pk, state__in=[*IN_PLAY, ApplicationState.DRAFT]).update(
        state=ApplicationState.WITHDRAWN, closed_at=now
    )
    offers = [ProposalState.DRAFTED, ProposalState.TO_MENTOR, ProposalState.TO_MENTEE]
    for path in ("application__person", "mentor__person"):
        Proposal.objects.filter(**{path: user.pk}, state__in=offers).update(state=ProposalState.STALE)
    Mentor.objects.filter(person=user.pk).update(state=MentorState.RETIRED, staff_of=None)
