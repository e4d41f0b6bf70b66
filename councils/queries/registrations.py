"""Who signs up for an event and who comes: how an event stands, the list, and the numbers told of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from uuid import UUID

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from allies.kit.bilingual import alphabetical
from councils.dates import zone_of
from councils.models import Event, Organisation, Registration, StakeholderGroup

Role, State = Registration.Role, Registration.State
# Those who have one of the places.
COMING = (State.SIGNED_UP, State.CAME, State.ABSENT)
# No smaller number of people is told to the public.
FEWEST = 5


class Standing(StrEnum):
    """Whether people may sign up for an event now, and why not."""

    OPEN = "open"
    FULL = "full"
    OVER = "over"
    BEGUN = "begun"
    ELSEWHERE = "elsewhere"


def begins_at(event: Event) -> datetime:
    """The moment from which an event counts as begun: its hour, or the start of its day where none is known."""
    return event.starts_at or datetime.combine(event.starts_on, time(), zone_of(event))


def has_begun(event: Event) -> bool:
    """Whether an event has begun."""
    return begins_at(event) <= timezone.now()


def standing_of(event: Event) -> Standing:
    """Say whether people may sign up for an event now; one query where its places are limited."""
    if not event.takes_signups:
        return Standing.ELSEWHERE
    if has_begun(event):
        return Standing.BEGUN
    if event.signup_until and timezone.localdate(timezone=zone_of(event)) > event.signup_until:
        return Standing.OVER
    if event.places is not None and places_taken(event) >= event.places:
        return Standing.FULL
    return Standing.OPEN


def places_taken(event: Event) -> int:
    """How many have a place: who signed up and did not withdraw."""
    return Registration.objects.filter(event=event, state__in=COMING, signed_up_at__isnull=False).count()


def hosts_of(event: Event) -> "QuerySet[Organisation]":
    """The organisations that host an event, employers first."""
    rank = Case(When(group=StakeholderGroup.EMPLOYER, then=Value(0)), default=Value(1), output_field=IntegerField())
    return event.hosts.order_by(rank, alphabetical("name"), "pk")


def registrations(event: Event) -> "QuerySet[Registration]":
    """Everybody who signed up or came, by name; those who withdrew and those whose name is erased last."""
    rank = Case(
        When(state=State.WITHDRAWN, then=Value(1)),
        When(name="", then=Value(2)),
        default=Value(0),
        output_field=IntegerField(),
    )
    return Registration.objects.filter(event=event).annotate(rank=rank).order_by("rank", "name", "pk")


def place_of(event: Event, pk: UUID) -> "QuerySet[Registration]":
    """Somebody's place at an event, if it is theirs now and can still be given back."""
    ahead = Registration.objects.select_related("event__council").filter(event=event, pk=pk, state=State.SIGNED_UP)
    return ahead.none() if has_begun(event) else ahead


def expected(event: Event) -> "QuerySet[Registration]":
    """Those who are to be ticked: all but who withdrew and whose name is erased."""
    return registrations(event).exclude(state=State.WITHDRAWN).exclude(name="")


@dataclass(frozen=True, slots=True)
class Counted:
    """What became of those who come as one thing; who came unannounced came without having signed up."""

    role: str
    label: str
    signed_up: int
    came: int
    absent: int


def by_role(event: Event) -> list[Counted]:
    """Count for each role who signed up, who came and who did not; roles that nobody has are left out. One query."""
    rows = {
        row["role"]: row
        for row in Registration.objects.filter(event=event)
        .exclude(state=State.WITHDRAWN)
        .order_by()
        .values("role")
        .annotate(
            signed_up=Count("pk", filter=Q(signed_up_at__isnull=False)),
            came=Count("pk", filter=Q(state=State.CAME)),
            absent=Count("pk", filter=Q(state=State.ABSENT, signed_up_at__isnull=False)),
        )
    }
    return [
        Counted(str(role), str(role.label), *(rows[role][name] for name in ("signed_up", "came", "absent")))
        for role in Role
        if role in rows
    ]


def in_all(counted: Iterable[Counted]) -> Counted:
    """Add the roles up."""
    rows = list(counted)
    sums = (sum(getattr(row, name) for row in rows) for name in ("signed_up", "came", "absent"))
    return Counted("", _("In all"), *sums)


def employers_by_organisation(event: Event) -> list[tuple[str, int]]:
    """How many people came as employers from each organisation, most first; capitals and spaces don't count."""
    found: dict[str, list[str]] = {}
    came = Registration.objects.filter(event=event, role=Role.EMPLOYER, state=State.CAME)
    for name in came.order_by("signed_up_at", "pk").values_list("organisation", flat=True):
        words = " ".join(name.split())
        found.setdefault(words.casefold(), []).append(words)
    rows = [(names[0] or _("No organisation named"), len(names)) for names in found.values()]
    return sorted(rows, key=lambda row: (-row[1], row[0].casefold()))


def for_the_public(counted: Iterable[Counted]) -> str:
    """Say how many came and how many of them were employers, as exactly as it tells of no few people."""
    counted = list(counted)
    came = in_all(counted).came
    employers = sum(row.came for row in counted if row.role == Role.EMPLOYER)
    if came < FEWEST:
        return _("Fewer than 5 people came.")
    if employers == 0:
        words = _("%(people)s people came.")
    elif employers < FEWEST:
        words = _("%(people)s people came, fewer than 5 of them employers.")
    elif came - employers < FEWEST:
        words = _("%(people)s people came, most of them employers.")
    else:
        words = _("%(people)s people came, %(employers)s of them employers.")
    return words % {"people": came, "employers": employers}
