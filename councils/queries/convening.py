"""Whom a council convenes: organisations and the groups that are missing, bodies and their balance, meetings."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from allies.kit.bilingual import alphabetical, current_language, other_language
from councils.models import Attendance, Body, Meeting, Organisation, Seat, StakeholderGroup

FACE_TO_FACE_TARGET = 2
ITEMS_WITHOUT_WARNING = 5


@dataclass(frozen=True, slots=True)
class GroupCount:
    """How many organisations of a stakeholder group sit at a table."""

    group: str
    label: str
    count: int


def _at_the_table(day: date | None = None) -> Q:
    return Q(left_on=None) | Q(left_on__gt=day or timezone.localdate())


def organisations() -> "QuerySet[Organisation]":
    """The council's organisations: those at the table before those that left, by name."""
    gone = Case(When(_at_the_table(), then=Value(0)), default=Value(1), output_field=IntegerField())
    return (
        Organisation.objects.select_related("sector", "council")
        .annotate(gone=gone)
        .order_by("gone", alphabetical("name"), "pk")
    )


def groups_at_the_table() -> list[GroupCount]:
    """Count the organisations of each group at the table today, groups without one included."""
    counts = Counter(Organisation.objects.filter(_at_the_table()).values_list("group", flat=True))
    return [GroupCount(group.value, str(group.label), counts[group.value]) for group in StakeholderGroup]


def bodies() -> "QuerySet[Body]":
    """The council's bodies with the seats held today and the next meeting: those that work before those that ended."""
    today = timezone.localdate()
    ended = Case(When(ends_on__lte=today, then=Value(1)), default=Value(0), output_field=IntegerField())
    coming = Meeting.objects.filter(body=OuterRef("pk"), starts_at__gte=timezone.now(), cancelled_at=None)
    return (
        Body.objects.select_related("sector", "council__place")
        .annotate(
            over=ended,
            seats_now=Coalesce(Subquery(_seat_count(today), output_field=IntegerField()), 0),
            next_meeting=Subquery(coming.order_by("starts_at").values("starts_at")[:1]),
        )
        .order_by("over", "kind", alphabetical("name"), "pk")
    )


def _seat_count(today: date) -> "QuerySet[Any]":
    held = Seat.objects.current(today).filter(body=OuterRef("pk")).order_by().values("body")
    counted: QuerySet[Any] = held.annotate(n=Count("pk")).values("n")
    return counted


def seats_of(body: Body, day: date | None = None) -> "QuerySet[Seat]":
    """The seats of a body held on a day, chair first."""
    return _by_part(Seat.objects.current(day).filter(body=body))


def coming_seats_of(body: Body) -> "QuerySet[Seat]":
    """The seats of a body whose terms are still to begin, the next first."""
    coming: QuerySet[Seat] = Seat.objects.filter(body=body, starts_on__gt=timezone.localdate())
    return coming.exclude(ends_on=F("starts_on")).select_related("person", "organisation").order_by("starts_on", "pk")


def seats_for(organisation: Organisation) -> "QuerySet[Seat]":
    """The seats held today for an organisation, by body."""
    held: QuerySet[Seat] = Seat.objects.current().filter(organisation=organisation)
    return held.select_related("body", "person").order_by("body", "pk")


def past_seats_of(body: Body) -> "QuerySet[Seat]":
    """The seats of a body whose terms are over, the latest first."""
    gone: QuerySet[Seat] = Seat.objects.filter(body=body, ends_on__lte=timezone.localdate())
    return gone.select_related("person", "organisation").order_by("-ends_on", "pk")


def _by_part(seats: Any) -> "QuerySet[Seat]":
    ranks = [When(part=part, then=Value(rank)) for rank, part in enumerate(Seat.Part.values)]
    rank = Case(*ranks, default=Value(9), output_field=IntegerField())
    found: QuerySet[Seat] = (
        seats.select_related("person", "organisation").annotate(rank=rank).order_by("rank", "starts_on", "pk")
    )
    return found


def balance(seats: Iterable[Seat]) -> list[GroupCount]:
    """Count the seats of each stakeholder group, groups without one included."""
    counts = Counter(seat.organisation.group for seat in seats if seat.organisation)
    return [GroupCount(group.value, str(group.label), counts[group.value]) for group in StakeholderGroup]


def _meetings_of(body: Body) -> "QuerySet[Meeting]":
    came = Count("attendances", filter=Q(attendances__answer=Attendance.Answer.PRESENT))
    return (
        Meeting.objects.filter(body=body)
        .select_related("body__council__place")
        .annotate(came=came, answered=Count("attendances"))
    )


def coming_meetings(body: Body) -> "QuerySet[Meeting]":
    """The meetings of a body that are still to end, the next one first."""
    return _meetings_of(body).filter(ends_at__gte=timezone.now()).order_by("starts_at", "pk")


def past_meetings(body: Body) -> "QuerySet[Meeting]":
    """The meetings of a body that are over, the latest first, with how many came."""
    return _meetings_of(body).filter(ends_at__lt=timezone.now()).order_by("-starts_at", "pk")


def meetings() -> "QuerySet[Meeting]":
    """The council's meetings with what a page of one needs."""
    return Meeting.objects.select_related("body__council__place", "body__sector")


def answers_of(meeting: Meeting) -> dict[UUID, str]:
    """Who answered what about a meeting, by seat."""
    return dict(Attendance.objects.filter(meeting=meeting).values_list("seat_id", "answer"))


@dataclass(frozen=True, slots=True)
class Record:
    """How often the holder of a seat came."""

    seat: Seat
    present: int
    answered: int


def attendance_record(body: Body) -> list[Record]:
    """For each seat held today, how many of the meetings with an answer its holder came to."""
    present = Count("attendances", filter=Q(attendances__answer=Attendance.Answer.PRESENT))
    held = seats_of(body).annotate(present=present, answered=Count("attendances"))
    return [Record(seat, seat.present, seat.answered) for seat in held]


def met_in_person(body: Body, year: int) -> int:
    """How many times a body met, or will meet, face to face in a year: at a place, not only online."""
    placed = ~Q(place_en="") | ~Q(place_fr="")
    return Meeting.objects.filter(placed, body=body, starts_at__year=year, cancelled_at=None).count()


def agenda_items(meeting: Meeting) -> list[str]:
    """The items of the agenda in the reader's language."""
    return [line.strip() for line in meeting.agenda.splitlines() if line.strip()]


def language_of(meeting: Meeting, text: str) -> str:
    """The language in which a text of a meeting is read: the reader's, or the other where that is empty."""
    mine = current_language()
    return mine if getattr(meeting, f"{text}_{mine}") else other_language(mine)
