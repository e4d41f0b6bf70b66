"""What a coordinator decides about applicants, one at a time or many: waiting list, invitation, message, refusal."""

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from allies.kit import audit
from allies.kit.access import authorize
from allies.kit.refusals import Refused
from allies.kit.states import move
from councils.models import Council, User
from councils.services.editing import Faulty, Text
from mentoring.models import Application
from mentoring.services.orientation import why_not_orient, why_not_sign_up
from mentoring.services.readiness import free_the_time, locked, settle
from mentoring.services.telling import tell
from mentoring.states import APPLICATION, ApplicationState

CLOSED = (
    ApplicationState.WITHDRAWN,
    ApplicationState.DECLINED,
    ApplicationState.COMPLETED,
    ApplicationState.ENDED,
)


class Act(models.TextChoices):
    """What can be done with several applicants at once."""

    WAIT = "wait", _("Put on the waiting list")
    RETURN = "return", _("Take off the waiting list")
    INVITE = "invite", _("Invite to orientation")
    MESSAGE = "message", _("Send a message")
    DECLINE = "decline", _("Decline")


# These tell the person something that the coordinator writes.
WITH_WORDS = (Act.WAIT, Act.MESSAGE, Act.DECLINE)


def why_not(application: Application, act: Act) -> Text:
    """Say why this can't be done with a person; nothing where it can."""
    arrows = APPLICATION[application.state]
    if act == Act.WAIT and application.state == ApplicationState.WAITLISTED:
        return _("is on the waiting list already")
    if act == Act.WAIT and ApplicationState.WAITLISTED not in arrows:
        return _("can't be put on the waiting list from this state")
    if act == Act.RETURN and application.state != ApplicationState.WAITLISTED:
        return _("is not on the waiting list")
    if act == Act.INVITE and why_not_orient(application):
        return _("needs no orientation now")
    if act == Act.INVITE and why_not_sign_up(application):
        return _("is oriented one to one")
    if act == Act.DECLINE and ApplicationState.DECLINED not in arrows:
        return _("can't be declined from this state")
    if act == Act.MESSAGE and not application.person.is_active:
        return _("has closed the account")
    return ""


@transaction.atomic
def decide(application: Application, *, act: Act, words: str = "", by: User) -> None:
    """Do one of the acts with one person, who is told."""
    standing = locked(application)
    council = standing.intake.programme.council
    authorize(by, "mentoring.work_with_people", council)
    if why := why_not(standing, act):
        raise Refused(why)
    if act in WITH_WORDS and not words.strip():
        raise Faulty({"words": _("Write what the person is to read.")})
    if act == Act.WAIT:
        _let_wait(standing, words)
    elif act == Act.RETURN:
        _take_back(standing)
    elif act == Act.INVITE:
        tell(standing, "orientation_invited", page="my-orientation")
    elif act == Act.MESSAGE:
        tell(standing, "message", words=words, sender=by.name)
    else:
        _refuse(standing, words)
    audit.record(f"mentoring.applicant_{act.value}", standing, by=by, council=council)


def _let_wait(application: Application, words: str) -> None:
    free_the_time(application)
    move(application, ApplicationState.WAITLISTED, arrows=APPLICATION, decision_note=words)
    tell(application, "waitlisted", reason=words)


def _take_back(application: Application) -> None:
    """Lead a person back to where they stood before they waited."""
    to = ApplicationState.SCREENED if application.screened_at else ApplicationState.ELIGIBLE
    move(application, to, arrows=APPLICATION, decision_note="")
    if not settle(application):
        tell(application, "returned", page="my-orientation" if application.screened_at else "my-interview")


def _refuse(application: Application, words: str) -> None:
    free_the_time(application)
    move(
        application,
        ApplicationState.DECLINED,
        arrows=APPLICATION,
        decision_note=words,
        closed_at=timezone.now(),
    )
    tell(application, "declined", reason=words)


def record_export(council: Council, *, by: User) -> None:
    """Put on record that somebody took the list of applicants along."""
    authorize(by, "mentoring.see_people", council)
    audit.record("mentoring.applications_exported", council, by=by, council=council)
