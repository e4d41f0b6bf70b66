"""Letters to applicants about what changed, in their own language."""

from typing import Any

from django.urls import reverse
from django.utils import translation

from allies.kit import mail
from allies.kit.ui.formats import moment
from mentoring.models import Application, InterviewSlot, OrientationSession
from mentoring.queries.tracker import tracker_path


def tell(application: Application, kind: str, *, page: str = "", **facts: Any) -> None:
    """Write to an applicant; `kind` chooses the words, `page` names an own page of the application to lead to."""
    person = application.person
    with translation.override(person.language):
        said = {name: value() if callable(value) else value for name, value in facts.items()}
        programme = application.intake.programme
        mail.send(
            "mentoring/step",
            to=person,
            context={
                "kind": kind,
                "programme": programme.name,
                "council": programme.council.name,
                "path": reverse(f"mentoring:{page}", args=[application.pk]) if page else tracker_path(),
                **said,
            },
        )


def tell_interviewer(application: Application, slot: InterviewSlot, kind: str) -> None:
    """Write to an interviewer that somebody booked a time of theirs, or gave it back."""
    person = slot.interviewer
    council = application.intake.programme.council
    with translation.override(person.language):
        facts = {
            "kind": kind,
            "name": str(application.person),
            "when": moment(slot.starts_at),
            "path": reverse("mentoring:application-show", args=[council.slug, application.pk]),
        }
    mail.send("mentoring/interviewer", to=person, context=facts)


def when(meeting: InterviewSlot | OrientationSession) -> dict[str, Any]:
    """What a letter says of a time to meet; the hour is written in the language of the letter."""
    facts: dict[str, Any] = {"when": lambda: moment(meeting.starts_at), "where": meeting.where}
    if isinstance(meeting, OrientationSession):
        facts["host"] = lambda: meeting.hosted_by
    return facts
