"""An application in the hands of the person who applies: begun, kept as a draft, sent, answered again, left, paused."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from allies.kit import audit, files, mail
from allies.kit.access import authorize, can
from allies.kit.refusals import Refused
from allies.kit.states import move
from allies.kit.ui.formats import day
from councils.addresses import in_both
from councils.models import Organisation, StakeholderGroup, User
from councils.services.editing import Faulty, Text, write
from mentoring.eligibility import Verdict
from mentoring.models import Application, EligibilityCheck, Intake, Mentor, Orientation, Pair, Proposal
from mentoring.queries.heard import HOW
from mentoring.queries.programmes import is_open
from mentoring.queries.tracker import tracker_path
from mentoring.services.eligibility import record_check
from mentoring.services.gathering import gather
from mentoring.services.obstacles import NOT_READY
from mentoring.services.publish import tell
from mentoring.services.readiness import free_the_time
from mentoring.states import (
    APPLICATION,
    IN_PLAY,
    PAIR,
    PROPOSAL,
    PROPOSAL_OFFERED,
    ApplicationState,
    PairState,
    ProposalState,
)

ANSWERS = (
    *("status", "is_job_ready", "employment", "years", "last_worked", "has_time"),
    *Application.LEVELS,
    "level_evidence",
)
WISHES = (
    *("occupation", "industry", "languages", "goals", "availability", "mode", "place", "employer"),
    *("countries", "about", "heard_by", "heard_org", "heard_from"),
)
FIELDS = (*ANSWERS, *WISHES)
CV_KINDS = ("pdf", "docx")
LONGEST_PAUSE = timedelta(days=366)
# Nobody waits for an answer of the person, and no mentor's place is held.
CAN_PAUSE = (
    ApplicationState.NEEDS_EVIDENCE,
    ApplicationState.ELIGIBLE,
    ApplicationState.SCREENED,
    ApplicationState.READY,
    ApplicationState.WAITLISTED,
)
# In a programme one takes part once at a time; a person who did not qualify may try a later intake.
_UNDER_WAY = IN_PLAY - {ApplicationState.INELIGIBLE}
_AFTER = {
    Verdict.PASS: ApplicationState.ELIGIBLE,
    Verdict.UNKNOWN: ApplicationState.NEEDS_EVIDENCE,
    Verdict.FAIL: ApplicationState.INELIGIBLE,
}
_CLOSED = _("This intake takes no applications now.")


def _own(application: Application, by: User) -> Application:
    authorize(by, "mentoring.own_application", application)
    return Application.objects.select_for_update(of=("self",)).get(pk=application.pk)


def _draft(application: Application, by: User) -> Application:
    standing = _own(application, by)
    if standing.state != ApplicationState.DRAFT:
        raise Refused(_("This application has been sent: it can't be changed any more."))
    return standing


def _council_of(application: Application) -> Any:
    return application.intake.programme.council


@transaction.atomic
def begin(
    intake: Intake, *, by: User, answers: Mapping[str, Any] | None = None, sent_by: Organisation | None = None
) -> Application:
    """Begin a draft with what the person has answered already, or give the application that there is.

    `sent_by` is the organisation whose address led here; the person may say otherwise on the form.
    """
    standing = Application.objects.filter(intake=intake, person=by).exclude(state=ApplicationState.WITHDRAWN).first()
    if standing is not None:
        return standing
    programme = intake.programme
    if not is_open(intake) or not programme.is_published or not programme.council.is_published:
        raise Refused(_CLOSED)
    under_way = Application.objects.filter(intake__programme=programme, person=by, state__in=_UNDER_WAY)
    if under_way.exists():
        raise Refused(_("You already have an application to this programme: it stands on this page."))
    application = Application(intake=intake, person=by)
    write(application, answers or {}, known=ANSWERS)
    if sent_by is not None:
        application.heard_org, application.heard_by = sent_by, HOW[StakeholderGroup(sent_by.group)]
    try:
        with transaction.atomic():
            application.save(force_insert=True)
    except IntegrityError:
        # Begun in another window at the same moment.
        return Application.objects.exclude(state=ApplicationState.WITHDRAWN).get(intake=intake, person=by)
    audit.record("mentoring.application_begun", application, by=by, council=_council_of(application))
    return application


@transaction.atomic
def save_draft(application: Application, facts: Mapping[str, Any], *, by: User) -> Application:
    """Keep what was written so far; it is audited when it is sent, not every few seconds."""
    standing = _draft(application, by)
    write(standing, facts, known=FIELDS)
    standing.save(update_fields=[*facts, "saved_at"])
    return standing


@transaction.atomic
def set_cv(application: Application, upload: "UploadedFile[Any]", *, by: User) -> Application:
    """Keep a CV in place of the one there was."""
    standing = _draft(application, by)
    old = standing.cv
    standing.cv = files.store(upload, kinds=CV_KINDS, by=by, tenant_id=_council_of(standing).pk)
    standing.save(update_fields=["cv", "saved_at"])
    if old:
        files.discard(old)
    audit.record("mentoring.cv_added", standing, by=by, council=_council_of(standing), fields=["cv"])
    return standing


@transaction.atomic
def remove_cv(application: Application, *, by: User) -> None:
    """Forget the CV of a draft."""
    standing = _draft(application, by)
    old, standing.cv = standing.cv, None
    if old is None:
        raise Refused(_("There is no CV here."))
    standing.save(update_fields=["cv", "saved_at"])
    files.discard(old)
    audit.record("mentoring.cv_removed", standing, by=by, council=_council_of(standing), fields=["cv"])


def missing(application: Application) -> dict[str, Text]:
    """What has to be said before an application can be sent: a sentence for each field."""
    wanted: dict[str, Text] = {
        "status": _("Choose your status, or “Something else”."),
        "employment": _("Choose what fits best today."),
        "occupation": _("Choose the occupation that you look for: the mentor is found by it."),
        "goals": _("Choose at least one goal."),
        "availability": _("Choose at least one time."),
        "mode": _("Choose where you would like to meet."),
    }
    gaps = {name: sentence for name, sentence in wanted.items() if not getattr(application, name)}
    if application.mode not in ("", "online") and application.place is None:
        gaps["place"] = _("Choose the city where you could meet.")
    return gaps


@transaction.atomic
def submit(application: Application, *, by: User) -> EligibilityCheck:
    """Send an application: judged by the newest rules, on record, confirmed by a letter; Faulty for what is missing."""
    standing = _own(application, by)
    if standing.state != ApplicationState.DRAFT:
        raise Refused(_("This application has been sent already."))
    if not is_open(standing.intake):
        raise Refused(_CLOSED)
    if gaps := missing(standing):
        raise Faulty(gaps)
    check = record_check(standing)
    now = timezone.now()
    columns: dict[str, Any] = {"submitted_at": standing.submitted_at or now, "decision_note": ""}
    if check.verdict == Verdict.PASS:
        columns["eligible_at"] = standing.eligible_at or now
    move(standing, _AFTER[Verdict(check.verdict)], arrows=APPLICATION, **columns)
    _confirm(standing, check)
    _reflect(application, standing, "state", *columns)
    audit.record("mentoring.application_sent", standing, by=by, council=_council_of(standing), fields=["state"])
    return check


def _confirm(application: Application, check: EligibilityCheck) -> None:
    person, intake = application.person, application.intake
    with translation.override(person.language):
        facts = {
            "programme": intake.programme.name,
            "council": _council_of(application).name,
            "intake": intake.name,
            "verdict": str(check.verdict),
            "match_by": day(intake.match_by),
        }
    path = in_both(tracker_path)[person.language]
    mail.send("mentoring/received", to=person, context={**facts, "path": path}, key=f"received/{check.pk}")


def _reflect(application: Application, standing: Application, *names: str) -> None:
    for name in names:
        setattr(application, name, getattr(standing, name))


@transaction.atomic
def answer_again(application: Application, *, by: User) -> None:
    """Open an application that did not qualify for new answers, while the intake is open."""
    standing = _own(application, by)
    if not is_open(standing.intake):
        raise Refused(_CLOSED)
    if standing.state != ApplicationState.INELIGIBLE:
        raise Refused(_("Only an application that does not qualify yet can be answered again."))
    move(standing, ApplicationState.DRAFT, arrows=APPLICATION)
    _reflect(application, standing, "state")
    audit.record("mentoring.application_reopened", standing, by=by, council=_council_of(standing), fields=["state"])


@transaction.atomic
def withdraw(application: Application, reason: str, *, by: User) -> None:
    """Leave at any time before the meetings begin; everything that is held for the person is given back.

    The person leaves, or the council's staff records that the person left.
    """
    council = _council_of(application)
    if not can(by, "mentoring.own_application", application):
        authorize(by, "mentoring.work_with_people", council)
    # Whoever answers an offer holds the mentor before the application: in the same order nobody blocks anybody.
    held = Mentor.objects.select_for_update(of=("self",)).order_by("pk")
    list(held.filter(pairs__application=application, pairs__state=PairState.RESERVED))
    standing = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    said = reason.strip()[:300]
    if not said and standing.state != ApplicationState.DRAFT:
        raise Faulty({"reason": _("Say why in a few words: it helps us do better.")})
    under_way = [PairState.ACTIVE, PairState.ON_HOLD]
    if Pair.objects.filter(application=standing, state__in=under_way).exists():
        raise Refused(_("You are working with a mentor: end the mentorship first, so that your mentor hears from you."))
    move(
        standing,
        ApplicationState.WITHDRAWN,
        arrows=APPLICATION,
        withdrawn_reason=said,
        closed_at=timezone.now(),
        paused_until=None,
    )
    _give_back(standing)
    _reflect(application, standing, "state", "withdrawn_reason", "closed_at", "paused_until")
    audit.record("mentoring.application_withdrawn", standing, by=by, council=council, fields=["state"])


def _give_back(application: Application) -> None:
    offered = [ProposalState.DRAFTED, *PROPOSAL_OFFERED]
    own = {"application": application}
    for proposal in Proposal.objects.select_for_update(of=("self",)).filter(**own, state__in=offered).order_by("pk"):
        was_asked = proposal.state in PROPOSAL_OFFERED
        move(proposal, ProposalState.STALE, arrows=PROPOSAL, reason=NOT_READY)
        if was_asked:
            tell("offer_ended", proposal, proposal.mentor.person, application.intake.programme)
    for pair in Pair.objects.select_for_update(of=("self",)).filter(**own, state=PairState.RESERVED).order_by("pk"):
        move(pair, PairState.RELEASED, arrows=PAIR)
        if pair.group:
            gather(pair.group)
    free_the_time(application)
    Orientation.objects.filter(**own, came=None).delete()


@transaction.atomic
def pause(application: Application, until: date, *, by: User) -> None:
    """Wait until a day without losing one's place: nobody is proposed meanwhile."""
    standing = _own(application, by)
    today = timezone.localdate()
    if standing.state not in CAN_PAUSE:
        raise Refused(_("This application can't be paused where it stands now."))
    if not today < until <= today + LONGEST_PAUSE:
        raise Faulty({"until": _("Choose a day after today and within a year.")})
    standing.paused_until = until
    standing.save(update_fields=["paused_until", "saved_at"])
    _reflect(application, standing, "paused_until")
    fields = ["paused_until"]
    audit.record("mentoring.application_paused", standing, by=by, council=_council_of(standing), fields=fields)


@transaction.atomic
def come_back(application: Application, *, by: User) -> None:
    """End a pause before its day."""
    standing = _own(application, by)
    if standing.paused_until is None:
        raise Refused(_("This application is not paused."))
    standing.paused_until = None
    standing.save(update_fields=["paused_until", "saved_at"])
    _reflect(application, standing, "paused_until")
    fields = ["paused_until"]
    audit.record("mentoring.application_resumed", standing, by=by, council=_council_of(standing), fields=fields)
