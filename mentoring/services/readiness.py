"""When somebody is ready to be matched: accepted after the interview, oriented, and the handbook read."""

from django.utils import timezone

from allies.kit.states import move
from mentoring.models import Application
from mentoring.services.telling import tell, tell_interviewer
from mentoring.states import APPLICATION, INTERVIEW, ApplicationState, InterviewState

# The three, in the order in which people usually come to them; what a pair is made of must be known as well.
STEPS = ("screened_at", "oriented_at", "handbook_at")


def locked(application: Application) -> Application:
    """Read an application as it stands and keep others from it until the transaction ends.

    Two steps that are completed at once would each miss the other, and nobody would become ready.
    """
    return (
        Application.objects.select_for_update(of=("self",))
        .select_related("person", "intake__programme__council")
        .get(pk=application.pk)
    )


def settle(application: Application) -> bool:
    """Make a locked application ready when its three steps are all there; says whether it became ready."""
    if application.state != ApplicationState.SCREENED or not all(getattr(application, step) for step in STEPS):
        return False
    if application.occupation_id is None or not application.languages:
        return False
    move(
        application,
        ApplicationState.READY,
        arrows=APPLICATION,
        ready_at=application.ready_at or timezone.now(),
    )
    tell(application, "ready")
    return True


def free_the_time(application: Application) -> None:
    """Give the interview time that was booked to others, and tell the interviewer."""
    for interview in application.interviews.filter(state=InterviewState.BOOKED).select_related("slot__interviewer"):
        move(interview, InterviewState.CANCELLED, arrows=INTERVIEW)
        if interview.slot and interview.slot.starts_at > timezone.now():
            tell_interviewer(application, interview.slot, "given_back")
