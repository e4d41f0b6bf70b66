"""What a coordinator works through: programmes, intakes, applications, interview times, orientation sessions."""

from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Greatest
from django.utils import timezone

from allies.kit.bilingual import alphabetical
from councils.models import Membership, User
from mentoring.models import (
    Application,
    EligibilityCheck,
    Intake,
    Interview,
    InterviewSlot,
    Orientation,
    OrientationSession,
    Programme,
)
from mentoring.queries.funnel import waits
from mentoring.states import ApplicationState, IntakeState, InterviewState

# The newest of these says since when a person stands where they stand.
_STEPS = ("submitted_at", "eligible_at", "screened_at", "oriented_at", "ready_at", "proposed_at", "matched_at")
# Whom somebody is to act for comes first, then who is put off, then who needs nothing before the end of the mentorship.
_LATER = (ApplicationState.INELIGIBLE, ApplicationState.WAITLISTED)
_DONE = (
    ApplicationState.MATCHED,
    ApplicationState.COMPLETED,
    ApplicationState.ENDED,
    ApplicationState.DECLINED,
    ApplicationState.WITHDRAWN,
)
_ORDER = ("turn", "since", "pk")
_BOOKED_OR_OVER = ~Q(state=InterviewState.CANCELLED)


def programmes() -> "QuerySet[Programme]":
    """The programmes of the council by name, each with its intakes, the newest first."""
    intakes = (
        Intake.objects.annotate(
            applied=Count("applications", filter=Q(applications__submitted_at__isnull=False)),
            ready=Count("applications", filter=Q(applications__state=ApplicationState.READY)),
        )
        .select_related("programme")
        .order_by("-opens_on", "pk")
    )
    return (
        Programme.objects.select_related("council", "delivered_by")
        .prefetch_related(Prefetch("intakes", queryset=intakes))
        .order_by(alphabetical("name"), "pk")
    )


def intakes() -> "QuerySet[Intake]":
    """The intakes of the council with their programmes."""
    return Intake.objects.select_related("programme__council")


def _facts() -> dict[str, Any]:
    """What an application is sorted and narrowed by, beside its columns."""
    newest = EligibilityCheck.objects.filter(application=OuterRef("pk")).order_by("-at")
    return {
        **waits(),
        "since": Greatest(*(F(step) for step in _STEPS)),
        "verdict": Subquery(newest.values("verdict")[:1]),
        "turn": Case(When(state__in=_DONE, then=Value(2)), When(state__in=_LATER, then=Value(1)), default=Value(0)),
    }


def worklist() -> "QuerySet[Application]":
    """The keys of the applications that were handed in, whom somebody is to act for first, to narrow and to page."""
    return _handed_in().alias(**_facts()).only("pk").order_by(*_ORDER)


def applications() -> "QuerySet[Application]":
    """The applications that were handed in, whom somebody is to act for first; drafts are the applicant's own."""
    return (
        _handed_in()
        .select_related("person", "occupation__group", "intake__programme__council")
        .annotate(**_facts())
        .order_by(*_ORDER)
    )


def _handed_in() -> "QuerySet[Application]":
    return Application.objects.filter(submitted_at__isnull=False)


def application(pk: UUID) -> "QuerySet[Application]":
    """One application with all that its page shows."""
    return (
        applications()
        .filter(pk=pk)
        .select_related("person", "occupation", "industry", "place", "cv", "intake__programme__council")
        .prefetch_related(
            Prefetch(
                "interviews", Interview.objects.select_related("slot", "held_by").order_by("-slot__starts_at", "pk")
            ),
            Prefetch("orientations", Orientation.objects.select_related("session", "recorded_by").order_by("pk")),
            Prefetch("checks", EligibilityCheck.objects.select_related("rules", "overridden_by").order_by("-at")),
            "referrals__partner",
        )
    )


def _taken() -> Any:
    return Exists(Interview.objects.filter(_BOOKED_OR_OVER, slot=OuterRef("pk")))


def times() -> "QuerySet[InterviewSlot]":
    """The interview times of the council from today on, with who booked them."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    booked = Interview.objects.filter(_BOOKED_OR_OVER).select_related("application__person")
    return (
        InterviewSlot.objects.filter(ends_at__gte=today)
        .select_related("programme", "interviewer")
        .prefetch_related(Prefetch("interviews", queryset=booked, to_attr="bookings"))
        .order_by("starts_at", "pk")
    )


def interviews_to_record() -> "QuerySet[Interview]":
    """The interviews that are over and not recorded yet, the oldest first."""
    return (
        Interview.objects.filter(state=InterviewState.BOOKED, slot__starts_at__lte=timezone.now())
        .select_related("application__person", "slot__interviewer")
        .order_by("slot__starts_at")
    )


def free_times(programme: Programme) -> "QuerySet[InterviewSlot]":
    """The times of a programme that an applicant can still book."""
    return (
        InterviewSlot.objects.filter(~_taken(), programme=programme, starts_at__gt=timezone.now())
        .select_related("interviewer")
        .order_by("starts_at", "pk")
    )


def sessions() -> "QuerySet[OrientationSession]":
    """The orientation sessions of the council, the newest first, with how many sit and came."""
    return (
        OrientationSession.objects.select_related("intake__programme__council", "host_organisation")
        .annotate(sitting=Count("people"), present=Count("people", filter=Q(people__came=True)))
        .order_by("-starts_at", "pk")
    )


def seats_of(session: OrientationSession) -> "QuerySet[Orientation]":
    """Who has a seat in a session, by name."""
    return (
        Orientation.objects.filter(session=session)
        .select_related("application__person", "mentor__person")
        .order_by("application__person__name", "mentor__person__name", "pk")
    )


def sessions_ahead(programme: Programme) -> "QuerySet[OrientationSession]":
    """The sessions of a programme that people can still sign up for, full ones among them."""
    return (
        OrientationSession.objects.filter(intake__programme=programme, starts_at__gt=timezone.now())
        .select_related("host_organisation")
        .annotate(sitting=Count("people"))
        .order_by("starts_at", "pk")
    )


def intakes_ahead() -> "QuerySet[Intake]":
    """The intakes that an orientation can be planned for."""
    return (
        Intake.objects.exclude(state__in=[IntakeState.FOLLOW_UP, IntakeState.ARCHIVED])
        .select_related("programme")
        .order_by("-opens_on", "pk")
    )


def staff_of(council: Any) -> "QuerySet[User]":
    """The people on the staff of a council today."""
    terms = Membership.objects.current().staff().filter(council=council)
    return User.objects.filter(pk__in=terms.values("person")).order_by("name", "pk")
