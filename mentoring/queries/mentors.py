"""A council's mentors, the load that each carries, and where mentors are missing."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.db.models import Case, Count, F, IntegerField, QuerySet, Sum, TextChoices, Value, When
from django.utils import timezone

from allies.kit.bilingual import alphabetical
from councils.models import Council, Occupation, OccupationGroup, User
from mentoring.models import Application, Exclusion, Goal, Mentor, OrientationSession, Pair, Programme, Slot
from mentoring.states import ApplicationState, MentorState

# On the way to a mentor, though not ready for one yet.
ON_THE_WAY = (
    *(ApplicationState.NEEDS_EVIDENCE, ApplicationState.ELIGIBLE, ApplicationState.BOOKED),
    *(ApplicationState.SCREENED, ApplicationState.WAITLISTED),
)
TO_RECRUIT = 3
# A list to choose from stays short: the day of an older session is written instead.
SESSIONS_TO_CHOOSE = timedelta(days=730)


_FACTS = {
    "free": Case(
        When(state=MentorState.AVAILABLE, then=F("capacity") - F("active_load")),
        default=Value(0),
        output_field=IntegerField(),
    ),
    "waits": Case(When(state=MentorState.APPLIED, then=Value(0)), default=Value(1), output_field=IntegerField()),
}
_ORDER = ("waits", "person__name", "pk")


def mentors() -> QuerySet[Mentor]:
    """The mentors in scope with the places that each has free, those who wait for the council first."""
    return (
        Mentor.objects.select_related(
            *("council", "person", "occupation", "occupation__group", "industry", "place", "staff_of", "invited_by")
        )
        .annotate(**_FACTS)
        .order_by(*_ORDER)
    )


def mentor_keys() -> QuerySet[Mentor]:
    """The keys of the mentors in scope, those who wait for the council first, to narrow and to page."""
    return Mentor.objects.alias(**_FACTS).only("pk").order_by(*_ORDER)


def mentors_of(person: User) -> QuerySet[Mentor]:
    """What a person offers, council by council."""
    return (
        Mentor.objects.filter(person=person)
        .select_related("council", "person", "occupation", "industry", "place", "staff_of", "invited_by")
        .order_by(alphabetical("council__name"), "pk")
    )


def pairs_of(mentor: Mentor) -> QuerySet[Pair]:
    """The pairs of a mentor, the newest first."""
    return Pair.objects.filter(mentor=mentor).select_related("mentee_person", "programme").order_by("-made_at", "pk")


def exclusions_of(mentor: Mentor) -> QuerySet[Exclusion]:
    """Whom a mentor is kept apart from, and why."""
    return Exclusion.objects.filter(mentor=mentor).select_related("mentee", "made_by").order_by("-made_at", "pk")


def past_sessions() -> QuerySet[OrientationSession]:
    """The orientation sessions in scope of the last two years that have begun, the latest first."""
    now = timezone.now()
    return (
        OrientationSession.objects.filter(starts_at__lte=now, starts_at__gt=now - SESSIONS_TO_CHOOSE)
        .select_related("intake__programme")
        .order_by("-starts_at", "pk")
    )


def applicants() -> QuerySet[User]:
    """The people with an application in scope, by name."""
    people = Application.objects.exclude(state=ApplicationState.DRAFT).values("person")
    return User.objects.filter(pk__in=people, erased_at=None).order_by("name", "pk")


@dataclass(frozen=True, slots=True)
class Balance:
    """How many places there are in one broad occupational category, and how many people need one."""

    group: OccupationGroup
    mentors: int
    free: int
    coming: int
    ready: int
    on_the_way: int
    # The occupations that most of the people who are ready look for.
    wanted: list[str] = field(default_factory=list)

    @property
    def missing(self) -> int:
        """How many of those who are ready find no place in this category."""
        return max(self.ready - self.free, 0)


def balances() -> list[Balance]:
    """Places against people by occupation, where there is either; where most are missing comes first."""
    groups = {group.code: group for group in OccupationGroup.objects.all()}
    supply: dict[str, dict[str, int]] = {}
    rows = Mentor.objects.exclude(state=MentorState.RETIRED).values("occupation__group", "state")
    for row in rows.annotate(people=Count("pk"), free=Sum(F("capacity") - F("active_load"))).order_by():
        there = supply.setdefault(row["occupation__group"], {"mentors": 0, "free": 0, "coming": 0})
        there["mentors"] += row["people"]
        there["free" if row["state"] == MentorState.AVAILABLE else "coming"] += row["free"]
    ready, coming = Counter[str](), Counter[str]()
    wanted: dict[str, Counter[str]] = defaultdict(Counter)
    asked = Application.objects.filter(
        state__in=[ApplicationState.READY, *ON_THE_WAY], occupation__isnull=False
    ).values_list("occupation", "state")
    for occupation, state, people in asked.annotate(people=Count("pk")).order_by():
        if state == ApplicationState.READY:
            ready[occupation[0]] += people
            wanted[occupation[0]][occupation] += people
        else:
            coming[occupation[0]] += people
    codes = [code for found in wanted.values() for code, _people in found.most_common(TO_RECRUIT)]
    titles = {one.code: one.title for one in Occupation.objects.filter(code__in=codes)}
    none = {"mentors": 0, "free": 0, "coming": 0}
    found = [
        Balance(
            group=groups[code],
            **supply.get(code, none),
            ready=ready[code],
            on_the_way=coming[code],
            wanted=[titles[one] for one, _people in wanted[code].most_common(TO_RECRUIT)],
        )
        for code in sorted({*supply, *ready, *coming})
    ]
    return sorted(found, key=lambda one: (-one.missing, -one.ready, one.group.code))


def sessions_with_seats(council: Council) -> QuerySet[OrientationSession]:
    """A council's orientation sessions that are still to come and have a seat left, the next one first."""
    return (
        OrientationSession.objects.filter(intake__programme__council=council, starts_at__gt=timezone.now())
        .annotate(taken=Count("people"))
        .filter(taken__lt=F("seats"))
        .select_related("intake__programme__council", "host_organisation")
        .order_by("starts_at", "pk")
    )


def session_called(council: Council, key: str) -> OrientationSession | None:
    """The coming session that a form names, if the council holds it."""
    try:
        pk = UUID(key)
    except ValueError:
        return None
    return sessions_with_seats(council).filter(pk=pk).first()


def first_step(mentor: Mentor, *, has_seat: bool) -> str:
    """The one thing that waits for a mentor first, by its name; nothing where nothing waits."""
    if mentor.state == MentorState.APPLIED:
        if mentor.handbook_at is None:
            return "handbook"
        if mentor.oriented_on is None:
            return "seat" if has_seat else "orientation"
        return "approval"
    return {MentorState.PAUSED: "pause", MentorState.RETIRED: "stopped"}.get(MentorState(mentor.state), "")


@dataclass(frozen=True, slots=True)
class Totals:
    """How many mentors stand where, and how many places are free."""

    waiting: int
    available: int
    paused: int
    free: int


def totals() -> Totals:
    """Count the mentors in scope."""
    rows = Mentor.objects.values("state").annotate(people=Count("pk"), free=Sum(F("capacity") - F("active_load")))
    found = list(rows.order_by())
    people = {row["state"]: row["people"] for row in found}
    free = {row["state"]: row["free"] for row in found}
    return Totals(
        waiting=people.get(MentorState.APPLIED, 0),
        available=people.get(MentorState.AVAILABLE, 0),
        paused=people.get(MentorState.PAUSED, 0),
        free=free.get(MentorState.AVAILABLE, 0),
    )


def offer_of(mentor: Mentor) -> dict[str, list[str]]:
    """What a mentor offers, in words."""
    told: dict[str, type[TextChoices]] = {"goals": Goal, "kinds": Programme.Kind, "availability": Slot}
    return {
        name: [str(choice.label) for choice in choices if choice.value in getattr(mentor, name)]
        for name, choices in told.items()
    }
